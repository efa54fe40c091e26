/**
 * The engine's own timers are set here.
 *
 * @jest-environment-options {"ownPackages": true}
 */
import { getEventListeners } from 'node:events';
import { cancelledError, raceStop } from '../../../src/api/stop';
import { systemClock, wait } from '../../../src/n8n/wait';
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

describe('a wait in an older n8n, whose own sleep knows no Stop', () => {
	let older: { wait: typeof wait };
	beforeEach(() => {
		jest.isolateModules(() => {
			jest.doMock('n8n-workflow', () => ({
				...jest.requireActual<object>('n8n-workflow'),
				sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
			}));
			older = require('../../../src/n8n/wait');
		});
	});
	afterEach(() => void jest.dontMock('n8n-workflow'));

	it('ends at once with Stop', async () => {
		const stop = new AbortController();
		const work = older.wait(1_000, stop.signal);
		const ended = hasEnded(work);
		stop.abort();
		expect(await ended).toBe(true);
		await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
	});

	it('leaves nothing listening for Stop', async () => {
		const stop = new AbortController();
		const work = older.wait(10, stop.signal);
		const listening = getEventListeners(stop.signal, 'abort').length;
		stop.abort();
		await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
		expect([listening, getEventListeners(stop.signal, 'abort').length]).toEqual([1, 0]);
	});
});

describe('waiting for work that others share', () => {
	it('brings what the work brings, and leaves nothing listening for Stop', async () => {
		const stop = new AbortController();
		expect(await raceStop(Promise.resolve('token'), stop.signal)).toBe('token');
		expect(await raceStop(Promise.resolve('token'), undefined)).toBe('token');
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});

	it('fails as the work fails', async () => {
		const refused = new Error('no token');
		const { signal } = new AbortController();
		await expect(raceStop(Promise.reject(refused), signal)).rejects.toBe(refused);
		await expect(raceStop(Promise.reject(refused), undefined)).rejects.toBe(refused);
	});

	it('ends with Stop, not the work', async () => {
		const stop = new AbortController();
		let finish: (value: string) => void = () => undefined;
		const work = new Promise<string>((resolve) => (finish = resolve));
		const stoppedOne = failureOf(raceStop(work, stop.signal));
		const other = raceStop(work, new AbortController().signal);
		stop.abort();
		expect(await stoppedOne).toMatchObject({ kind: 'cancelled', outcome: 'refused' });
		finish('token');
		expect(await other).toBe('token');
	});

	it('does not begin after Stop', async () => {
		const never = new Promise<never>(() => undefined);
		expect((await failureOf(raceStop(never, AbortSignal.abort()))).kind).toBe('cancelled');
	});
});

describe('when the clock of the system is set', () => {
	it.each([
		['an hour back', -3_600_000],
		['an hour ahead', 3_600_000],
	])('%s, a wait lasts as long as it was to, and time continues steadily', async (_way, ms) => {
		const before = systemClock.now();
		const work = wait(3_000);
		await jest.advanceTimersByTimeAsync(1_000);
		jest.setSystemTime(Date.now() + ms);
		await jest.advanceTimersByTimeAsync(1_999);
		expect(await hasEnded(work)).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(await hasEnded(work)).toBe(true);
		expect(systemClock.now() - before).toBeGreaterThanOrEqual(2_999);
		expect(systemClock.now() - before).toBeLessThanOrEqual(3_001);
	});
});

it('time is what the system said at the beginning, and no chance comes twice', () => {
	jest.useRealTimers();
	expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
	const chances = Array.from({ length: 5 }, () => systemClock.random());
	expect(new Set(chances).size).toBe(5);
	expect(chances.every((chance) => chance >= 0 && chance < 1)).toBe(true);
});

it('Stop while a request is in progress leaves its outcome open', () => {
	expect(cancelledError('noAnswer').outcome).toBe('unknown');
});
