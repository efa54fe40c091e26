import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { DEFAULT_BASE_URL, DEFAULT_WEB_URL, type NemoVideoCredential } from './credential';

/** Characters that come along when an address is copied, and that nobody sees. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u00A0\u2028\u2029\u202F\u3000]/u;

/** How the paths of NemoVideo's endpoints begin (seed: endpoints). */
const ENDPOINT_PATH = /\/(?:api\/(?:tasks|auth|upload-video|state|credits|render)|run_sse)\b/i;

/**
 * Looks for an address of a credential that nothing can be sent to, so that it is told at once instead
 * of after requests that cannot arrive.
 *
 * @returns a failure of kind `input` that names the field and never shows the address, which may hold
 *   a password; undefined where all is well
 */
export function findWrongAddress({
	baseUrl,
	webUrl,
}: Pick<NemoVideoCredential, 'baseUrl' | 'webUrl'>): NemoVideoError | undefined {
	return (
		wrongAddress(baseUrl, 'Base URL', DEFAULT_BASE_URL) ??
		wrongAddress(webUrl, 'Website URL', DEFAULT_WEB_URL)
	);
}

function wrongAddress(address: string, label: string, example: string): NemoVideoError | undefined {
	const fault = faultOf(address);
	if (fault === undefined) return undefined;
	return new NemoVideoError('input', `'${label}' in the NemoVideo API credential ${fault.what}`, {
		description: `${fault.advice} The usual address is ${example}.`,
		outcome: outcomeOf('notSent'),
	});
}

function faultOf(address: string): { what: string; advice: string } | undefined {
	if (INVISIBLE.test(address)) {
		return {
			what: 'contains an invisible character',
			advice: 'Clear the field and enter the address again.',
		};
	}
	// Pasted behind a scheme that was there, it would have the host name `http`.
	const url = /^https?:\/\/(?!https?:?\/\/)/i.test(address) ? parse(address) : undefined;
	if (url === undefined) {
		return {
			what: 'is not a complete web address',
			advice: 'Enter https:// or http:// once, followed by the host name.',
		};
	}
	if (url.username !== '' || url.password !== '') {
		return {
			what: 'contains a user name or password',
			advice: 'Remove it: NemoVideo needs only the token, and addresses show up in messages.',
		};
	}
	if (/[?#\\]/.test(address)) {
		return {
			what: 'contains more than an address',
			advice: 'Remove the question mark or hash and everything after it.',
		};
	}
	if (ENDPOINT_PATH.test(url.pathname)) {
		return {
			what: 'contains the address of a single endpoint',
			advice: "Remove everything after the host name: the nodes add each endpoint's path.",
		};
	}
	return undefined;
}

function parse(address: string): URL | undefined {
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}

/** The failure of an address that the backend named and that is not opened. */
export function unusableAddress(): NemoVideoError {
	return new NemoVideoError(
		'protocol',
		"NemoVideo returned an address that isn't a plain http or https address",
		{ description: 'The node did not open it.' },
	);
}
