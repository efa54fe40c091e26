import { sleep } from 'n8n-workflow';
import type { Clock } from '../api/clock';
import { cancelledError, raceStop } from '../api/stop';

/** Longest a timer of the engine can run at once: beyond it, it would fire at once. Milliseconds. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Waits, and ends at once when the signal is aborted. `sleep` takes a signal only in newer n8n and
 * ignores it in older, so it is raced; newer ones also drop the timer.
 *
 * @throws NemoVideoError of kind `cancelled`
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) throw cancelledError();
	const end = Date.now() + ms;
	for (let left = ms; left > 0; left = end - Date.now()) {
		const timer = sleep(Math.min(left, LONGEST_TIMER_MS), signal);
		// The timer rejects in newer n8n when the signal is aborted; the signal itself is looked at.
		await raceStop(
			timer.catch(() => undefined),
			signal,
		);
		if (signal?.aborted) throw cancelledError();
	}
}

/** Real time. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait,
	random: () => Math.random(),
};
