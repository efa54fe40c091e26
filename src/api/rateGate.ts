import type { Clock } from './clock';

/** One gate for all items of a run: a 429 met by one of them holds all of them back. */
export class RateGate {
	private closedUntil = 0;

	constructor(private readonly clock: Clock) {}

	/**
	 * Holds all further requests back.
	 *
	 * @param ms how long from now, in milliseconds
	 */
	close(ms: number): void {
		this.closedUntil = Math.max(this.closedUntil, this.clock.now() + ms);
	}

	/** How long the gate stays closed, in milliseconds; zero when it is open. */
	closedFor(): number {
		return Math.max(0, this.closedUntil - this.clock.now());
	}

	/** Waits until the gate is open. */
	async pass(signal?: AbortSignal): Promise<void> {
		for (let left = this.closedFor(); left > 0; left = this.closedFor()) {
			await this.clock.wait(left, signal);
		}
	}
}
