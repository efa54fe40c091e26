import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { resultOf, type Result } from '../../api/result';
import { readState, type SessionState } from '../../api/state';

export interface RecoveryLimits {
	/** Before the first reading, in milliseconds. */
	firstWaitMs: number;
	/** Between readings, in milliseconds. */
	intervalMs: number;
	/** Readings that find nothing new before it is given up; as many may fail. */
	checks: number;
}

/** NemoVideo's skill text: wait 30 s, then every 60 s, five unchanged readings. */
export const DEFAULT_RECOVERY: RecoveryLimits = {
	firstWaitMs: 30_000,
	intervalMs: 60_000,
	checks: 5,
};

export type Recovery =
	/** The state differs from before the turn and no longer moves: the work is done. */
	| { how: 'settled'; state: SessionState }
	/** The state differs but kept moving to the last reading. */
	| { how: 'moving'; state: SessionState }
	/** No reading showed anything new. */
	| { how: 'unchanged'; state: SessionState }
	/** The session could not be read often enough to tell; `reason` is the last failure. */
	| { how: 'unreadable'; reason: unknown };

/** Between two readings that have to agree before a changed timeline counts as done. Milliseconds. */
export const REST_MS = 3_000;

/** The loop here does the repeating. */
const READING_TRIES = 1;

/**
 * Finds out from the session's state what became of a turn whose stream was lost: the prompt is
 * never sent again (NemoVideo's skill text: wait 30 s, then every 60 s, five unchanged readings).
 *
 * Generation has two stages and the raw clip is not the end, so a change counts only once two
 * readings agree on it.
 *
 * @param before fingerprint of the state before the turn
 * @throws NemoVideoError of kind `cancelled` on Stop. A reading that fails says nothing of the turn;
 * as many of them as of unchanged ones end the search, and a refused token or session at once
 */
export async function recoverTurn(
	client: NemoVideoClient,
	sessionId: string,
	before: string,
	limits: RecoveryLimits,
): Promise<Recovery> {
	const readings = new PatientReadings(client, sessionId, limits);
	let latest: SessionState | undefined;
	let unchanged = 0;
	let moves = 0;
	for (;;) {
		const reading = await readings.next();
		if (!reading.ok) {
			return latest && latest.fingerprint !== before
				? { how: 'moving', state: latest }
				: { how: 'unreadable', reason: reading.error };
		}
		const state = reading.value;
		const previous = latest;
		latest = state;
		if (state.fingerprint === before) {
			if (++unchanged >= limits.checks) return { how: 'unchanged', state };
		} else if (state.fingerprint === previous?.fingerprint) {
			return { how: 'settled', state };
		} else if (++moves > limits.checks) {
			return { how: 'moving', state };
		}
	}
}

/** Reads a session again and again, with a wait before each reading. */
export class PatientReadings {
	private failed = 0;
	private isFirst = true;

	constructor(
		private readonly client: NemoVideoClient,
		private readonly sessionId: string,
		private readonly limits: RecoveryLimits,
	) {}

	/**
	 * Waits and reads. A reading that fails says nothing, so the next one takes its place.
	 *
	 * @returns the next state, or the failure that ended it: a refused token or session, or the last
	 * of as many failed readings as there may be checks
	 * @throws NemoVideoError of kind `cancelled` on Stop
	 */
	async next(): Promise<Result<SessionState>> {
		const { client, sessionId, limits } = this;
		for (;;) {
			const pause = this.isFirst ? limits.firstWaitMs : limits.intervalMs;
			this.isFirst = false;
			await client.clock.wait(pause, client.transport.signal);
			const reading = await resultOf(
				async () => await readState(client, sessionId, { maxTries: READING_TRIES }),
			);
			if (reading.ok) return reading;
			if (isStop(reading.error)) throw reading.error;
			if (isRefusal(reading.error) || ++this.failed >= limits.checks) return reading;
		}
	}
}

/** How long a search with these limits takes at least, in milliseconds. */
export function patienceOf({ firstWaitMs, intervalMs, checks }: RecoveryLimits): number {
	return firstWaitMs + intervalMs * (checks - 1);
}

/**
 * What is left of the patience for work that nobody has looked for yet; one check at least.
 *
 * @param elapsedMs how long the work has been on its own
 */
export function remainingPatience(limits: RecoveryLimits, elapsedMs: number): RecoveryLimits {
	const { firstWaitMs, intervalMs, checks } = limits;
	const left = Math.max(0, patienceOf(limits) - elapsedMs);
	return {
		firstWaitMs: Math.max(0, firstWaitMs - elapsedMs),
		intervalMs,
		checks: Math.min(checks, Math.ceil(left / intervalMs) + 1),
	};
}

/** For what was told or looked for with patience before: one look, at once. */
export function oneLook(limits: RecoveryLimits): RecoveryLimits {
	return { ...limits, firstWaitMs: 0, checks: 1 };
}

function isStop(error: unknown): boolean {
	return !isNemoVideoError(error) || error.kind === 'cancelled';
}

/** Whether another reading cannot help; everything else may pass while the turn is looked for. */
function isRefusal(error: unknown): boolean {
	return isNemoVideoError(error) && (error.kind === 'auth' || error.kind === 'session');
}
