import { sleep } from 'n8n-workflow';
import type { Clock } from '../api/clock';
import { cancelledError, raceStop } from '../api/stop';

/** Longest a timer of the engine can run at once: beyond it, it would fire at once. Milliseconds. */
const MAX_TIMER_MS = 2_147_483_647;

/**
 * Waits, and ends at once when the signal is aborted. `sleep` takes a signal only in newer n8n and
 * ignores it in older, so it is raced; newer ones also drop the timer.
 *
 * @throws NemoVideoError of kind `cancelled`
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) throw cancelledError();
	const end = steadyNow() + ms;
	for (let left = ms; left > 0; left = end - steadyNow()) {
		const timer = sleep(Math.min(left, MAX_TIMER_MS), signal);
		// The timer rejects in newer n8n when the signal is aborted; the signal itself is looked at.
		await raceStop(
			timer.catch(() => undefined),
			signal,
		);
		if (signal?.aborted) throw cancelledError();
	}
}

/**
 * Milliseconds since the epoch by the system's clock when this process began, and counted steadily
 * since: where that clock is set right meanwhile, no wait and no limit gets longer or shorter.
 */
export function steadyNow(): number {
	return Math.floor(performance.timeOrigin + performance.now());
}

/** Real time. */
export const systemClock: Clock = {
	now: steadyNow,
	wait,
	random: () => Math.random(),
};
