import type { FaultPlan } from '../story/story.cts';
import { json, page, type Reply } from '../world/reply.cts';

const pick = <Value,>(values: readonly Value[], choice: number): Value =>
	values[choice % values.length] as Value;

/** Why a connection failed, as Node names it. */
export interface NetworkFault {
	code: string;
	syscall: string;
}

/** Never connected: nothing can have arrived. */
const NEVER_CONNECTED: readonly NetworkFault[] = [
	{ code: 'ECONNREFUSED', syscall: 'connect' },
	{ code: 'ENOTFOUND', syscall: 'getaddrinfo' },
	{ code: 'EHOSTUNREACH', syscall: 'connect' },
	{ code: 'ETIMEDOUT', syscall: 'connect' },
];

/** The same codes on a connection that carried the request. */
const BROKEN: readonly NetworkFault[] = [
	{ code: 'EHOSTUNREACH', syscall: 'read' },
	{ code: 'ENETUNREACH', syscall: 'write' },
	{ code: 'ECONNREFUSED', syscall: 'read' },
	{ code: 'EPIPE', syscall: 'write' },
];

const RESET: NetworkFault = { code: 'ECONNRESET', syscall: 'read' };

/** How a request fails without an answer; undefined where the fault is another. */
export function brokenBy({ what, choice }: FaultPlan): NetworkFault | undefined {
	switch (what) {
		case 'refused':
			return pick(NEVER_CONNECTED, choice);
		case 'lostBefore':
		case 'lostAfter':
			return RESET;
		case 'unreachableAfter':
			return pick(BROKEN, choice);
		default:
			return undefined;
	}
}

export const CUT_OFF = RESET;

/** By gateways that did not let the request through, or did not reach NemoVideo. */
const PAGES_BEFORE = [502, 504, 503, 403, 404, 200, 429, 524, 522, 401];
/** By gateways that gave up waiting. */
const PAGES_AFTER = [502, 504, 503, 500, 524, 520];

/** NemoVideo refuses, and has done nothing. */
const REFUSALS: ReadonlyArray<() => Reply> = [
	() => json(429, { message: 'Too many requests' }, { 'retry-after': '3' }),
	() => json(429, { message: 'Too many requests' }),
	() => json(429, { message: 'Too many requests' }, { 'retry-after': '86400' }),
	() => json(200, { code: 429, message: 'Too many requests' }),
	() => json(403, { detail: 'Forbidden' }),
	() => json(402, { message: 'Plan required' }),
	() => json(400, { message: 'Bad request' }),
	() => json(200, { code: 2001, message: 'Insufficient credits' }),
	() => json(200, { code: 5000, message: 'Unexpected' }),
];

/** Something went wrong, and nobody says what was done by then. */
const FAILURES: ReadonlyArray<() => Reply> = [
	() => json(500, { error: 'session not found in cache after job was queued' }),
	() => json(504, { code: 404, message: 'Not found' }),
	() => json(502, { code: 429, message: 'Too many requests' }),
	() => json(503, { message: 'Busy' }, { 'retry-after': '600' }),
	() => json(408, { message: 'Timeout' }),
];

/** The answer that a fault puts in the place of NemoVideo's own; undefined where there is none. */
export function replyOf({ what, choice }: FaultPlan): Reply | undefined {
	switch (what) {
		case 'pageBefore':
			return page(pick(PAGES_BEFORE, choice));
		case 'pageAfter':
			return page(pick(PAGES_AFTER, choice));
		case 'codeBefore':
			return pick([...REFUSALS, ...FAILURES], choice)();
		case 'codeAfter':
			return pick(FAILURES, choice)();
		default:
			return undefined;
	}
}

/** Whether a fault comes before NemoVideo has got the request. */
export function isBefore({ what }: FaultPlan): boolean {
	return what === 'refused' || what.endsWith('Before');
}
