import type { NemoVideoClient } from '../api/client';
import { isTransient } from '../api/retry';
import { settle } from '../api/settle';
import { readState, type SessionState } from '../api/state';

export interface RecoveryLimits {
	/** Before the first reading, in milliseconds. */
	firstWaitMs: number;
	/** Between readings, in milliseconds. */
	intervalMs: number;
	/** Readings that find nothing new before it is given up. */
	checks: number;
}

export type Recovery =
	/** The state differs from before the turn and no longer moves: the work is done. */
	| { how: 'settled'; state: SessionState }
	/** The state differs but kept moving to the last reading. */
	| { how: 'moving'; state: SessionState }
	| { how: 'unchanged'; state: SessionState | undefined };

/**
 * Finds out from the session's state what became of a turn whose stream was lost: the prompt is
 * never sent again (NemoVideo's skill text: wait 30 s, then every 60 s, five unchanged readings).
 *
 * Generation has two stages and the raw clip is not the end, so a change counts only once two
 * readings agree on it.
 *
 * @param before fingerprint of the state before the turn
 * @throws NemoVideoError when the state cannot be read for a lasting reason, or on Stop
 */
export async function recoverFromState(
	client: NemoVideoClient,
	sessionId: string,
	before: string,
	limits: RecoveryLimits,
): Promise<Recovery> {
	let latest: SessionState | undefined;
	let unchanged = 0;
	let moves = 0;
	let pause = limits.firstWaitMs;
	for (;;) {
		await client.clock.wait(pause, client.transport.signal);
		pause = limits.intervalMs;
		const reading = await settle(async () => await readState(client, sessionId));
		if (!reading.ok) {
			if (!isTransient(reading.error)) throw reading.error;
			if (++unchanged >= limits.checks) return { how: 'unchanged', state: latest };
			continue;
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
