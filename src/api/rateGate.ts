import type { Clock } from './clock';

/** Between two refused requests that come again. Milliseconds. */
const REPEAT_GAP_MS = 250;
/** Between two others once the gate opens; doubled by each further 429. Milliseconds. */
const FIRST_GAP_MS = 50;
const LONGEST_GAP_MS = 5_000;
/** The gap is halved whenever this much time has passed without another 429. */
const HALVED_AFTER_MS = 5_000;
/** A gap this small is none. */
const SMALLEST_GAP_MS = 20;

/**
 * One gate for all items of a run: a 429 met by one of them holds all of them back. When it opens,
 * the refused requests come first, one by one, because a second refusal is final; then the others,
 * at a distance that grows with each further 429 and shrinks with time.
 */
export class RateGate {
	private closedUntil = 0;
	/** As it was when the gate was closed last. */
	private gapMs = 0;
	/** When the next request may pass. */
	private next = 0;
	/** Refused requests that will come again. */
	private repeats = 0;

	constructor(private readonly clock: Clock) {}

	/**
	 * Holds all further requests back.
	 *
	 * @param ms how long from now, in milliseconds
	 * @param comesAgain whether the refused request will pass once more, as a repeat
	 */
	close(ms: number, comesAgain = false): void {
		// Refusals that come together are one overload.
		if (this.closedFor() === 0) {
			this.gapMs = Math.min(LONGEST_GAP_MS, Math.max(FIRST_GAP_MS, this.gap() * 2));
		}
		this.closedUntil = Math.max(this.closedUntil, this.clock.now() + ms);
		this.next = this.closedUntil;
		if (comesAgain) this.repeats++;
	}

	/** How long the gate stays closed, in milliseconds; zero when it is open. */
	closedFor(): number {
		return Math.max(0, this.closedUntil - this.clock.now());
	}

	/**
	 * Waits until the gate is open and it is this request's turn.
	 *
	 * @param repeat whether the request was refused before
	 */
	async pass(signal?: AbortSignal, repeat = false): Promise<void> {
		for (;;) {
			await this.clock.wait(this.closedFor(), signal);
			if (!repeat && this.repeats > 0) {
				await this.clock.wait(Math.max(this.closedFor(), REPEAT_GAP_MS), signal);
				continue;
			}
			const gap = repeat ? Math.max(this.gap(), REPEAT_GAP_MS) : this.gap();
			if (gap > 0) {
				const turn = Math.max(this.next, this.clock.now());
				this.next = turn + gap;
				await this.clock.wait(turn - this.clock.now(), signal);
			}
			if (this.closedFor() > 0) continue;
			if (repeat) this.repeats--;
			return;
		}
	}

	/** A refused request that was to come again will not. */
	leave(): void {
		this.repeats--;
	}

	private gap(): number {
		const halvings = (this.clock.now() - this.closedUntil) / HALVED_AFTER_MS;
		const gap = this.gapMs * 0.5 ** Math.max(0, halvings);
		return gap < SMALLEST_GAP_MS ? 0 : gap;
	}
}
