import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { failedProxy, hasClosedTunnel } from './failedProxy';

/** System calls before a connection is made: where one of them fails, nothing has left. */
const BEFORE_CONNECTION: ReadonlySet<string> = new Set(['connect', 'getaddrinfo', 'bind']);
/** Codes that only a look-up of names gives. */
const NAME_NOT_FOUND: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** OpenSSL's and Node's names for certificates that were not believed. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS/;

const API = 'The NemoVideo API';

const PROXY = {
	description:
		'n8n sends its requests through the proxy in HTTPS_PROXY or HTTP_PROXY of the machine that runs it. Check that address, and that the proxy is running.',
};
const CLOSED_TUNNEL = 'The proxy closed the connection before connecting to the NemoVideo API';

const IN_WORDS: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: "can't be found under its host name",
	EAI_AGAIN: "can't be looked up by its host name at the moment",
	EHOSTUNREACH: 'cannot be reached from this machine',
	ENETUNREACH: 'cannot be reached from this network',
	ECONNRESET: 'closed the connection without answering',
	ETIMEDOUT: 'did not answer in time',
	ECONNABORTED: 'did not answer in time',
};

/** What did not answer. */
export interface Asked {
	/** As a message begins, where it is not the API. */
	name?: string;
	/** The address, by which a proxy before it is told from it. */
	url?: string;
}

/**
 * Turns whatever the HTTP client threw into a failure that says whether the request can have
 * arrived. Node's code is left out: n8n replaces texts that hold one by texts of its own. Nothing of the
 * original error is kept: it holds the request with its headers.
 */
export function networkFailure(error: unknown, { name = API, url }: Asked = {}): NemoVideoError {
	const { code, syscall } = findCode(error);
	const certificate = code !== undefined && CERTIFICATE.test(code);
	const neverConnected =
		certificate ||
		NAME_NOT_FOUND.has(code ?? '') ||
		// The same codes also end connections that were made and have carried the request.
		(code !== undefined && BEFORE_CONNECTION.has(syscall ?? ''));
	const words = certificate
		? 'has a certificate that this machine does not trust'
		: (IN_WORDS[code ?? ''] ?? 'broke the connection');
	const outcome = outcomeOf(neverConnected ? 'neverConnected' : 'noAnswer');
	const proxy = neverConnected && !certificate ? failedProxy(error, url) : undefined;
	if (proxy !== undefined) {
		return new NemoVideoError('network', `The proxy ${proxy} ${words}`, { ...PROXY, outcome });
	}
	if (hasClosedTunnel(error)) {
		const ended = outcomeOf('neverConnected');
		return new NemoVideoError('network', CLOSED_TUNNEL, { ...PROXY, outcome: ended });
	}
	if (name !== API) {
		return new NemoVideoError('network', `${name} ${words}`, {
			description: "Check this machine's connection, proxy and firewall.",
			outcome,
		});
	}
	// Trying again doesn't help against a certificate.
	return new NemoVideoError(certificate ? 'input' : 'network', `${API} ${words}`, {
		description: certificate
			? "It may be self-signed, or come from a proxy in between. Check 'Base URL' in the NemoVideo API credential, or make n8n trust the certificate's authority (NODE_EXTRA_CA_CERTS)."
			: "Check the base URL in the credential and this machine's connection, proxy and firewall, then try again.",
		outcome,
	});
}

/** How deep errors are wrapped: n8n's around axios' around Node's. */
const DEEPEST = 6;

interface Cause {
	code?: string;
	syscall?: string;
}

/** The innermost code is Node's own; axios' ERR_… above it say less. */
function findCode(error: unknown, depth = 0): Cause {
	if (depth >= DEEPEST || typeof error !== 'object' || error === null) return {};
	const inner = 'cause' in error ? findCode(error.cause, depth + 1) : {};
	const several = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
	// A host with several addresses: each of them was tried and failed.
	const tried = several.map((one) => findCode(one, depth + 1));
	const [first] = tried;
	const together = tried.every(({ syscall }) => BEFORE_CONNECTION.has(syscall ?? '')) ? first : {};
	return {
		code: inner.code ?? codeOf(error) ?? first?.code,
		syscall: inner.syscall ?? syscallOf(error) ?? together?.syscall,
	};
}

/** n8n 1 keeps no cause of an error, but puts its code where HTTP statuses go. */
function codeOf(error: object): string | undefined {
	if ('code' in error && typeof error.code === 'string') return error.code;
	if (!('httpCode' in error) || typeof error.httpCode !== 'string') return undefined;
	return /^\d+$/.test(error.httpCode) ? undefined : error.httpCode;
}

/** Node's words begin with the system call: `connect ECONNREFUSED 10.0.0.1:443`. n8n 1 keeps no more. */
function syscallOf(error: object): string | undefined {
	if ('syscall' in error && typeof error.syscall === 'string') return error.syscall;
	const words = 'messages' in error && Array.isArray(error.messages) ? error.messages : [];
	const texts = words.filter((word): word is string => typeof word === 'string');
	return texts.map((text) => /\b(connect|getaddrinfo|bind) E[A-Z]/.exec(text)?.[1]).find(Boolean);
}
