import type { Clock } from './clock';

/** A point in time until which work may go on; measured by the clock, never by counting tries. */
export class Deadline {
	private readonly until: number;

	/** @param ms milliseconds from now */
	constructor(
		private readonly clock: Clock,
		readonly ms: number,
	) {
		this.until = clock.now() + ms;
	}

	/** Milliseconds left, never negative. */
	left(): number {
		return Math.max(0, this.until - this.clock.now());
	}

	get passed(): boolean {
		return this.left() === 0;
	}
}
