import { sanitizeText } from '../text/sanitize';
import { NemoVideoError } from './errors';
import { outcomeOf } from './outcome';
import type { ByteStream } from './transport';

const MAX_TARGET_CHARACTERS = 200;

/** @returns where an answer sends on to; undefined where it doesn't */
export function redirectTarget({
	status,
	headers,
}: Pick<ByteStream, 'status' | 'headers'>): string | undefined {
	return status >= 300 && status < 400 ? headers.location : undefined;
}

/**
 * The failure of a request that was sent on to another address. It isn't followed, because the token
 * would go along.
 *
 * @param location the answer's Location
 * @param asked the address that was asked
 */
export function redirectError(status: number, location: string, asked: string): NemoVideoError {
	const host = parse(asked)?.host ?? 'NemoVideo';
	// Without its query, which may hold secrets.
	const target = parse(location, asked);
	const words = target
		? sanitizeText(`${target.origin}${target.pathname}`, MAX_TARGET_CHARACTERS)
		: '';
	return new NemoVideoError(
		'input',
		`The host ${host} answered with a redirect to ${words === '' ? 'another address' : `'${words}'`} (HTTP ${status})`,
		{
			description:
				"Redirects aren't followed, because they would pass the token on. Check 'Base URL' in the NemoVideo API credential: it may need https:// or another host, or there may be a proxy or login page in between.",
			httpStatus: status,
			outcome: outcomeOf({ status }),
		},
	);
}

function parse(address: string, base?: string): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}
