import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { isNemoVideoError, NemoVideoError } from './errors';
import { settle } from './settle';

/** First pause of the back-off; doubles with each try. Milliseconds. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** Part of a pause that is left to chance, so that parallel items do not knock together. */
const JITTER = 0.25;
const MOST_TRIES = 5;
/** NemoVideo's own advice for a 429 without Retry-After (seed: wait 30 s and retry once). */
const RATE_LIMIT_PAUSE_MS = 30_000;
/** A longer pause than this is left to the user, where no deadline says more. Milliseconds. */
const LONGEST_ASKED_MS = 900_000;

export interface RetryRules {
	/**
	 * `read`: may be repeated whatever became of it. `costly`: is repeated only after a definite
	 * refusal, because the backend may have acted on it.
	 */
	as: 'read' | 'costly';
	deadline?: Deadline;
	signal?: AbortSignal;
}

interface Tries {
	transient: number;
	rateLimited: number;
	renewed: boolean;
	/** The next try repeats a request that met a 429. */
	repeats: boolean;
}

/**
 * The one place that decides on waiting and trying again.
 *
 * @param attempt makes the request once
 * @returns what the attempt that succeeded gave
 * @throws the NemoVideoError of the last attempt, or one of kind `cancelled`
 */
export async function withRetry<T>(
	client: NemoVideoClient,
	rules: RetryRules,
	attempt: () => Promise<T>,
): Promise<T> {
	const signal = rules.signal ?? client.transport.signal;
	const tries: Tries = { transient: 0, rateLimited: 0, renewed: false, repeats: false };
	for (;;) {
		const held = client.gate.closedFor();
		if (held > 0 && held >= timeLeft(rules)) {
			if (tries.repeats) client.gate.leave();
			throw heldBack(held);
		}
		await client.gate.pass(signal, tries.repeats);
		tries.repeats = false;
		const outcome = await settle(attempt);
		if (outcome.ok) return outcome.value;
		const { error } = outcome;
		if (!isNemoVideoError(error)) throw error;
		const pause = await pauseBeforeNextTry(client, rules, tries, error);
		if (pause === undefined) throw error;
		await client.clock.wait(pause, signal);
	}
}

/** @returns milliseconds to wait, or undefined when the failure is final */
async function pauseBeforeNextTry(
	client: NemoVideoClient,
	rules: RetryRules,
	tries: Tries,
	error: NemoVideoError,
): Promise<number | undefined> {
	if (rules.as === 'costly' && error.outcome !== 'refused') return undefined;
	const fits = (pause: number) => pause < timeLeft(rules);
	switch (error.kind) {
		case 'auth': {
			const expired = error.code === 1001 || error.httpStatus === 401;
			if (!expired || tries.renewed) return undefined;
			tries.renewed = true;
			return (await client.transport.renew(error.credentialMark)) ? 0 : undefined;
		}
		case 'rateLimit': {
			const pause = error.retryAfterMs ?? RATE_LIMIT_PAUSE_MS;
			tries.repeats = tries.rateLimited++ === 0 && fits(pause);
			client.gate.close(pause, tries.repeats);
			return tries.repeats ? pause : undefined;
		}
		case 'network':
		case 'timeout':
		case 'server': {
			if (++tries.transient >= MOST_TRIES) return undefined;
			const pause = Math.max(backOff(client, tries.transient), error.retryAfterMs ?? 0);
			return fits(pause) ? pause : undefined;
		}
		default:
			return undefined;
	}
}

function timeLeft({ deadline }: RetryRules): number {
	return deadline?.left() ?? LONGEST_ASKED_MS;
}

/** The failure of a request that could not even be sent before its time is over. */
function heldBack(ms: number): NemoVideoError {
	return new NemoVideoError('rateLimit', 'NemoVideo is receiving too many requests', {
		description: `It asked to wait ${Math.ceil(ms / 1000)} s more, which is too long for this item: nothing was sent. Try again then, or lower the number of rows that run in parallel.`,
		retryAfterMs: ms,
		outcome: 'refused',
	});
}

function backOff(client: NemoVideoClient, tries: number): number {
	const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
	return pause * (1 - JITTER + 2 * JITTER * client.clock.random());
}

/**
 * Whether a failure of a read may pass by itself, so that a polling loop should go on.
 */
export function isTransient(error: unknown): error is NemoVideoError {
	return (
		isNemoVideoError(error) &&
		(error.kind === 'network' ||
			error.kind === 'timeout' ||
			error.kind === 'server' ||
			error.kind === 'rateLimit')
	);
}
