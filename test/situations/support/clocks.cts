import { DEFAULT_RECOVERY } from '../../../src/flows/generate/recoverTurn';
import { systemClock, wait } from '../../../src/n8n/wait';

/** A wait that is made short keeps this much of itself. */
const KEPT = 1 / 2_000;

/** Limits for what a socket brings: shortened, they would end what is on its way. Milliseconds. */
const LIMITS: ReadonlySet<number> = new Set([10_000, 45_000]);

/**
 * Lets all waits pass quickly until the test is over.
 *
 * @returns what was asked for, in milliseconds, in order
 */
export function hurry(): number[] {
	const asked: number[] = [];
	jest.spyOn(systemClock, 'wait').mockImplementation(async (ms, signal) => {
		asked.push(ms);
		await wait(LIMITS.has(ms) ? ms : ms * KEPT, signal);
	});
	return asked;
}

/** Lets time pass as it does, and tells the waits that were asked for. */
export function realTime(): number[] {
	const asked: number[] = [];
	jest.spyOn(systemClock, 'wait').mockImplementation(async (ms, signal) => {
		asked.push(ms);
		await wait(ms, signal);
	});
	return asked;
}

/**
 * A clock that jumps to the end of each wait, for work that waits for one thing at a time.
 *
 * @returns the waits that were asked for, in milliseconds, in order
 */
export function jump(): number[] {
	const asked: number[] = [];
	let skippedMs = 0;
	jest.spyOn(systemClock, 'now').mockImplementation(() => Date.now() + skippedMs);
	jest.spyOn(systemClock, 'wait').mockImplementation(async (ms, signal) => {
		if (ms > 0) asked.push(ms);
		await wait(0, signal);
		skippedMs += Math.max(0, ms);
	});
	return asked;
}

/** The first wait lasts as much less as has passed since the loss: on a busy machine, seconds. */
const PASSED_AT_MOST_MS = 10_000;

/** The waits between readings of what was lost, where they are the default ones. Milliseconds. */
export function recoveryWaits(asked: readonly number[]): number[] {
	const { firstWaitMs, intervalMs } = DEFAULT_RECOVERY;
	return asked.flatMap((ms) => {
		if (ms === intervalMs) return [intervalMs];
		return ms <= firstWaitMs && ms > firstWaitMs - PASSED_AT_MOST_MS ? [firstWaitMs] : [];
	});
}

afterEach(() => jest.restoreAllMocks());
