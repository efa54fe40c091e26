/**
 * An address that the backend named, where it may be followed and shown: http or https, complete,
 * and without a user name or password in it.
 *
 * @returns the normalised address; undefined for everything else, such as `file:`, `data:`,
 * `javascript:` or an address without its scheme
 */
export function webAddress(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const url = parse(value);
	if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		return undefined;
	}
	return url.username === '' && url.password === '' ? url.href : undefined;
}

function parse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
