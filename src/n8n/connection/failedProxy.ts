/** How deep errors are wrapped: n8n's around axios' around Node's. */
const DEEPEST = 6;

/**
 * The proxy that could not be reached: what was to be connected to or looked up, where that is not
 * what was asked.
 *
 * @param error of a connection that was never made
 * @param url what was asked; where it is unknown, so is the proxy
 * @returns the proxy's host, and its port where one is known
 */
export function failedProxy(error: unknown, url: string | undefined): string | undefined {
	const asked = url === undefined ? undefined : parse(url);
	if (asked === undefined) return undefined;
	for (const words of wordsOf(error)) {
		// Node's own words: `connect ECONNREFUSED 10.0.0.1:3128`, `getaddrinfo ENOTFOUND proxy.example`.
		const port = /\bconnect E[A-Z]+ \S+:(\d+)/.exec(words);
		if (port) return port[1] === portOf(asked) ? undefined : /E[A-Z]+ (\S+)/.exec(words)?.[1];
		const host = /\bgetaddrinfo E[A-Z_]+ (\S+)/.exec(words)?.[1];
		if (host !== undefined) return host === asked.hostname ? undefined : host;
	}
	return undefined;
}

function parse(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

/** Whether a proxy closed its connection instead of opening a tunnel: the HTTP client's own words. */
export function hasClosedTunnel(error: unknown): boolean {
	return wordsOf(error).some((words) => words.includes('before receiving CONNECT response'));
}

/** All that an error and its causes say; n8n 1 keeps Node's words in a list. */
function wordsOf(error: unknown, depth = 0): string[] {
	if (depth >= DEEPEST || typeof error !== 'object' || error === null) return [];
	const own = 'message' in error ? [error.message] : [];
	const kept = 'messages' in error && Array.isArray(error.messages) ? error.messages : [];
	const several = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
	return [
		...[...own, ...kept].filter((word): word is string => typeof word === 'string'),
		...('cause' in error ? wordsOf(error.cause, depth + 1) : []),
		...several.flatMap((one) => wordsOf(one, depth + 1)),
	];
}
