import type { Clock } from '../../../src/api/clock';
import { NemoVideoError } from '../../../src/api/errors';

interface Timer {
	at: number;
	ring(): void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
	private time = 1_700_000_000_000;
	private timers: Timer[] = [];

	now(): number {
		return this.time;
	}

	random(): number {
		return 0.5;
	}

	async wait(ms: number, signal?: AbortSignal): Promise<void> {
		const cancelled = () =>
			new NemoVideoError('cancelled', 'The wait was cancelled', { outcome: 'refused' });
		if (signal?.aborted) throw cancelled();
		if (ms <= 0) return;
		await new Promise<void>((resolve, reject) => {
			const stop = (): void => reject(cancelled());
			const ring = (): void => {
				signal?.removeEventListener('abort', stop);
				resolve();
			};
			this.timers.push({ at: this.time + ms, ring });
			signal?.addEventListener('abort', stop, { once: true });
		});
	}

	/** How long it is until something that waits goes on; undefined where nothing waits. */
	untilNext(): number | undefined {
		const times = this.timers.map(({ at }) => at - this.time);
		return times.length === 0 ? undefined : Math.min(...times);
	}

	/** Lets time pass; everything that waits for it goes on at its own moment. */
	async advance(ms: number): Promise<void> {
		const end = this.time + ms;
		await settled();
		for (;;) {
			const [next] = this.timers.sort((one, other) => one.at - other.at);
			if (next === undefined || next.at > end) break;
			this.timers.shift();
			this.time = next.at;
			next.ring();
			await settled();
		}
		this.time = end;
		await settled();
	}

	/** Lets the work go on, and time pass second by second until it is over. */
	async passUntil<T>(work: Promise<T>): Promise<T> {
		let isOver = false;
		const done = (): void => void (isOver = true);
		work.then(done, done);
		for (let step = 0; step < 2_000 && !isOver; step++) {
			await settled();
			if (!isOver) await this.advance(1_000);
		}
		return await work;
	}
}

/** Resolves when all that could go on without time has gone on. */
export async function settled(): Promise<void> {
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
