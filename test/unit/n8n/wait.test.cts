/**
 * The engine's own timers are set here.
 *
 * @jest-environment-options {"ownPackages": true}
 */
import { getEventListeners } from 'node:events';
import { stopped, systemClock, wait } from '../../../src/n8n/wait';
import { failureOf } from '../support/scripted.cts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Whether work has ended, without waiting for it. */
async function hasEnded(work: Promise<unknown>): Promise<boolean> {
	let ended = false;
	void work.then(
		() => (ended = true),
		() => (ended = true),
	);
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	return ended;
}

describe('a wait', () => {
	it('lasts as long as it is asked to', async () => {
		const work = wait(1_000);
		await jest.advanceTimersByTimeAsync(999);
		expect(await hasEnded(work)).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(await hasEnded(work)).toBe(true);
	});

	it.each([0, -5])('of %p ms is none', async (ms) => {
		expect(await hasEnded(wait(ms))).toBe(true);
	});

	it('may be longer than a timer of the engine runs', async () => {
		const days = 30 * 24 * 3_600_000;
		const work = wait(days, new AbortController().signal);
		await jest.advanceTimersByTimeAsync(days - 1);
		expect(await hasEnded(work)).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(await hasEnded(work)).toBe(true);
	});

	it('ends at once with Stop', async () => {
		const stop = new AbortController();
		const failure = failureOf(wait(1_000, stop.signal));
		stop.abort();
		expect(await failure).toMatchObject({ kind: 'cancelled', outcome: 'refused' });
	});

	it('after Stop does not begin', async () => {
		expect((await failureOf(wait(0, AbortSignal.abort()))).kind).toBe('cancelled');
	});

	it('leaves nothing listening for Stop', async () => {
		const stop = new AbortController();
		const work = systemClock.wait(10, stop.signal);
		await jest.advanceTimersByTimeAsync(10);
		await work;
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});
});

it('Stop while a request is under way leaves its outcome open', () => {
	expect(stopped('unknown').outcome).toBe('unknown');
});
