import type { Clock } from '../../../src/api/clock';
import { RateLimiter } from '../../../src/api/rateLimiter';

/** Time that passes only as a test lets it. */
class TestClock implements Clock {
	private time = 1_000;
	private waiting: Array<{ until: number; wake: () => void }> = [];

	now(): number {
		return this.time;
	}

	random(): number {
		return 0.5;
	}

	async wait(ms: number): Promise<void> {
		if (ms <= 0) return;
		await new Promise<void>((wake) => this.waiting.push({ until: this.time + ms, wake }));
	}

	pass(ms: number): void {
		this.time += ms;
	}

	/** Lets time run until nobody waits any more. */
	async run(): Promise<void> {
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			this.waiting.sort((one, other) => one.until - other.until);
			const first = this.waiting.shift();
			if (!first) return;
			this.time = Math.max(this.time, first.until);
			first.wake();
		}
	}
}

let clock: TestClock;
let limiter: RateLimiter;

beforeEach(() => {
	clock = new TestClock();
	limiter = new RateLimiter(clock);
});

/** When each of many requests passes, in milliseconds from now. */
async function passes(count: number): Promise<number[]> {
	const from = clock.now();
	const times: number[] = [];
	const all = Array.from({ length: count }, async () => {
		await limiter.acquire();
		times.push(clock.now() - from);
	});
	await clock.run();
	await Promise.all(all);
	return times;
}

describe('a gate that nobody closed', () => {
	it('holds nothing back', async () => {
		expect(await passes(50)).toEqual(Array.from({ length: 50 }, () => 0));
	});
});

describe('a gate after a 429', () => {
	it('lets nothing through before the time is over', async () => {
		limiter.pause(30_000);
		expect(limiter.pausedFor()).toBe(30_000);
		expect((await passes(5))[0]).toBe(30_000);
	});

	it('lets requests through one by one, not all at once', async () => {
		limiter.pause(1_000);
		const times = await passes(4);
		expect(new Set(times).size).toBe(4);
		expect(times[0]).toBe(1_000);
	});

	it('lets the refused request come first, alone', async () => {
		limiter.pause(1_000);
		const order: string[] = [];
		const other = limiter.acquire().then(() => order.push(`other at ${clock.now()}`));
		const repeat = limiter
			.acquire({ isRepeat: true })
			.then(() => order.push(`repeat at ${clock.now()}`));
		await clock.run();
		await Promise.all([other, repeat]);
		expect(order).toEqual(['repeat at 2000', expect.stringMatching(/^other at 2[2-9]/)]);
	});

	it('lets refused requests come as far apart as NemoVideo asked to wait, because a second refusal is final', async () => {
		for (let count = 0; count < 5; count++) limiter.pause(2_000);
		const times: number[] = [];
		const from = clock.now();
		const repeats = Array.from({ length: 4 }, async () => {
			await limiter.acquire({ isRepeat: true });
			times.push(clock.now() - from);
		});
		await clock.run();
		await Promise.all(repeats);
		const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
		expect(times[0]).toBe(2_000);
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_000);
	});

	it('keeps the pace at which NemoVideo took requests before', async () => {
		await passes(12);
		for (let refused = 0; refused < 10; refused++) limiter.pause(1_000);
		const times = await passes(5);
		const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
		// Two of twelve were taken within a second.
		for (const gap of gaps) expect(gap).toBeGreaterThan(350);
		for (const gap of gaps) expect(gap).toBeLessThanOrEqual(500);
	});

	it('is wide open again after a while', async () => {
		limiter.pause(1_000);
		await passes(2);
		clock.pass(300_000);
		expect(await passes(10)).toEqual(Array.from({ length: 10 }, () => 0));
	});

	it('stays closed for the longest of several waits', async () => {
		limiter.pause(5_000);
		limiter.pause(1_000);
		expect((await passes(1))[0]).toBe(5_000);
	});

	it('keeps a greater distance when it is closed again, not for refusals that come together', async () => {
		const distance = async (): Promise<number> => {
			const [first = 0, second = 0] = await passes(2);
			return second - first;
		};
		limiter.pause(1_000);
		limiter.pause(1_000);
		const once = await distance();
		limiter.pause(1_000);
		expect(await distance()).toBeGreaterThan(once);
	});

	it('holds back again those who wait for their turn when another 429 comes', async () => {
		limiter.pause(1_000);
		const from = clock.now();
		const times: number[] = [];
		const all = Array.from({ length: 3 }, async () => {
			await limiter.acquire();
			if (times.length === 0) limiter.pause(10_000);
			times.push(clock.now() - from);
		});
		await clock.run();
		await Promise.all(all);
		expect(times[0]).toBe(1_000);
		expect(times[1]).toBeGreaterThanOrEqual(11_000);
	});
});
