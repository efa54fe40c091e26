import { NemoVideoError, type Outcome } from '../../api/errors';

/** Codes of connections that were never made: nothing of the request has left. */
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'EHOSTDOWN',
]);

/** OpenSSL's and Node's names for certificates that were not believed. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS/;

const IN_WORDS: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'has a host name that cannot be found',
	EAI_AGAIN: 'has a host name that cannot be looked up at the moment',
	EHOSTUNREACH: 'cannot be reached from this machine',
	ENETUNREACH: 'cannot be reached from this network',
	ECONNRESET: 'closed the connection before it had answered',
	ETIMEDOUT: 'did not answer in time',
	ECONNABORTED: 'did not answer in time',
};

/**
 * Turns whatever the HTTP client threw into a failure that says whether the request can have
 * arrived. Node's code is left out: n8n replaces texts that hold one by texts of its own. Nothing of the original error is kept: it holds the request with its headers.
 */
export function networkFailure(error: unknown): NemoVideoError {
	const { code, syscall } = findCode(error);
	const certificate = code !== undefined && CERTIFICATE.test(code);
	const neverConnected =
		certificate ||
		(code !== undefined && NEVER_CONNECTED.has(code)) ||
		(syscall === 'connect' && code === 'ETIMEDOUT');
	const outcome: Outcome = neverConnected ? 'refused' : 'unknown';
	const words = certificate
		? 'has a certificate that this machine does not trust'
		: (IN_WORDS[code ?? ''] ?? 'broke the connection');
	return new NemoVideoError('network', `The NemoVideo API ${words}`, {
		description:
			"Check the base URL in the credential and this machine's connection, proxy and firewall, then try again.",
		outcome,
	});
}

/** How deep errors are wrapped: n8n's around axios' around Node's. */
const DEEPEST = 6;

function findCode(error: unknown): { code?: string; syscall?: string } {
	let found: { code?: string; syscall?: string } = {};
	let current: unknown = error;
	for (let depth = 0; depth < DEEPEST && typeof current === 'object' && current !== null; depth++) {
		const code = codeOf(current);
		const syscall =
			'syscall' in current && typeof current.syscall === 'string' ? current.syscall : undefined;
		// The innermost code is Node's own; axios' ERR_… above it say less.
		found = { code: code ?? found.code, syscall: syscall ?? found.syscall };
		current = 'cause' in current ? current.cause : undefined;
	}
	return found;
}

/** n8n 1 keeps no cause of an error, but puts its code where HTTP statuses go. */
function codeOf(error: object): string | undefined {
	if ('code' in error && typeof error.code === 'string') return error.code;
	if (!('httpCode' in error) || typeof error.httpCode !== 'string') return undefined;
	return /^\d+$/.test(error.httpCode) ? undefined : error.httpCode;
}
