/**
 * Whether the backend can have acted on a request that failed:
 *
 * - `refused`: it did nothing. The request may be sent again.
 * - `free`: it may have acted, but the call costs nothing and doing it twice does no harm.
 * - `unknown`: it may have acted, and acting again would cost again. Never send it again.
 */
export type Outcome = 'refused' | 'free' | 'unknown';

/** How far a request got before it failed. */
export type Reached =
	/** Nothing left this machine: a check, a rate limit or Stop came first. */
	| 'notSent'
	/** No connection was made: the failing call was connect, getaddrinfo, bind or the TLS check. */
	| 'neverConnected'
	/** A forward proxy wants a login before it passes anything on (407). */
	| 'notPassedOn'
	/** The connection was made, and no whole answer came back. */
	| 'noAnswer'
	/** At least one byte of an event stream arrived before the failure, heartbeats included. */
	| 'inStream'
	/** A page of a gateway, proxy or firewall, with any status. */
	| 'gatewayPage'
	/** A whole answer of NemoVideo, before any event stream began. */
	| { status: number; code?: number };

/** NemoVideo's own codes by which it refuses a request (seed: error codes). */
const REFUSING_CODES: ReadonlySet<number> = new Set([1001, 1002, 2001, 4001, 4002]);

/**
 * Statuses that judge the request itself, so that it was not acted on. The others are sent as well
 * by servers that had taken a request on and then gave up on it, or that only might have: 408, 499
 * and 460 (somebody stopped waiting), 409, 423 and 425 (something of the same kind is under way),
 * 421 and 424 (another server failed), 428, and numbers that nobody has registered.
 */
const REFUSING_STATUSES: ReadonlySet<number> = new Set([
	400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 422, 429, 431, 451,
]);

const NOTHING_ARRIVED: ReadonlySet<Reached> = new Set(['notSent', 'neverConnected', 'notPassedOn']);

/**
 * The one place that decides whether a failed request can have been acted on. The rows are those
 * of the public contract ("Never twice"):
 *
 * | what happened                                            | outcome |
 * | -------------------------------------------------------- | ------- |
 * | nothing was sent                                         | refused |
 * | the connection was never made                            | refused |
 * | a forward proxy wants a login (407)                      | refused |
 * | connected, no whole answer                               | unknown |
 * | any byte of the event stream, then a failure             | unknown |
 * | a page of a gateway, whatever its status                 | unknown |
 * | HTTP 400-406 (without 407), 410, 411, 413-415, 422, 429, | refused |
 * | 431 or 451, unless its code is one of the next row       |         |
 * | any other HTTP 4xx or 5xx, or such a code with any       | unknown |
 * | status                                                   |         |
 * | HTTP 2xx with 1001, 1002, 2001, 4001, 4002 or one of the | refused |
 * | refusing statuses as its code                            |         |
 * | HTTP 2xx with any other code, or an unusable answer      | unknown |
 * | HTTP 3xx                                                 | unknown |
 *
 * Words never decide.
 *
 * @param reached how far the request got
 * @param isFree whether the call costs nothing and may be made twice (reads, renders, sessions)
 */
export function outcomeOf(reached: Reached, isFree = false): Outcome {
	if (isRefusal(reached)) return 'refused';
	return isFree ? 'free' : 'unknown';
}

function isRefusal(reached: Reached): boolean {
	if (typeof reached === 'string') return NOTHING_ARRIVED.has(reached);
	const { status, code } = reached;
	if (code !== undefined && isHttpFailure(code) && !REFUSING_STATUSES.has(code)) return false;
	if (REFUSING_STATUSES.has(status)) return true;
	const succeeded = status >= 200 && status < 300;
	return (
		succeeded && code !== undefined && (REFUSING_CODES.has(code) || REFUSING_STATUSES.has(code))
	);
}

function isHttpFailure(number: number): boolean {
	return number >= 400 && number < 600;
}
