import { sleep } from 'n8n-workflow';
import type { Clock } from '../api/clock';
import { NemoVideoError, type Outcome } from '../api/errors';

/** Longest a timer of the engine can run at once: beyond it, it would fire at once. Milliseconds. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The failure of work that the user stopped; n8n files a run as canceled by this very word.
 *
 * @param outcome `unknown` where a request was under way
 */
export function stopped(outcome: Outcome = 'refused'): NemoVideoError {
	return new NemoVideoError('cancelled', 'The execution was canceled', {
		description: 'Nothing more is sent to NemoVideo by this execution.',
		outcome,
	});
}

/**
 * Waits, and ends at once when the signal is aborted. `sleep` takes a signal only in newer n8n and
 * ignores it in older, so it is raced; newer ones also drop the timer.
 *
 * @throws NemoVideoError of kind `cancelled`
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	if (signal?.aborted) throw stopped();
	const end = Date.now() + ms;
	for (let left = ms; left > 0; left = end - Date.now()) {
		const timer = sleep(Math.min(left, LONGEST_TIMER_MS), signal);
		// The timer rejects in newer n8n when the signal is aborted; the signal itself is looked at.
		await raceStop(
			timer.catch(() => undefined),
			signal,
		);
		if (signal?.aborted) throw stopped();
	}
}

/**
 * Waits for work that others share: Stop ends the waiting, not the work.
 *
 * @throws NemoVideoError of kind `cancelled`, or what the work throws
 */
export async function raceStop<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return await work;
	let stop: () => void = () => undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => reject(stopped());
		if (signal.aborted) stop();
		signal.addEventListener('abort', stop, { once: true });
	});
	return await Promise.race([work, aborted]).finally(() =>
		signal.removeEventListener('abort', stop),
	);
}

/** Real time. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait,
	random: () => Math.random(),
};
