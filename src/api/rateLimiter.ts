import type { Clock } from './clock';

/** Between two refused requests that come again. Milliseconds. */
const REPEAT_GAP_MS = 250;
/** Between two others once the pause is over; doubled by each further 429. Milliseconds. */
const FIRST_GAP_MS = 50;
const MAX_GAP_MS = 5_000;
/** The gap is halved whenever this much time has passed without another 429. */
const HALVED_AFTER_MS = 5_000;
/** A gap this small is none. */
const MIN_GAP_MS = 20;

export interface AcquireOptions {
	signal?: AbortSignal;
	/** The request was refused before and comes again: it goes first. */
	isRepeat?: boolean;
	/** How long the request can wait, in milliseconds from now. */
	maxWaitMs?: number;
}

/**
 * One limiter for all requests of a credential in this process: a 429 met by one of them holds all
 * of them back. When the pause is over, the refused requests come first, one by one, because a
 * second refusal is final; then the others, at a distance that grows with each further 429 and
 * shrinks with time.
 */
export class RateLimiter {
	private pausedUntil = 0;
	/** As it was when the last pause began. */
	private gapMs = 0;
	/** When the next request may go. */
	private next = 0;
	/** Refused requests that come again. */
	private repeats = 0;
	/** Requests that wait for their turn. */
	private waiting = 0;

	constructor(private readonly clock: Clock) {}

	/**
	 * Holds all further requests back.
	 *
	 * @param ms how long from now, in milliseconds
	 */
	pause(ms: number): void {
		// Refusals that come together are one overload.
		if (this.pausedFor() === 0) {
			this.gapMs = Math.min(MAX_GAP_MS, Math.max(FIRST_GAP_MS, this.gap() * 2));
		}
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
		this.next = this.pausedUntil;
	}

	/** How long requests are held back from now, in milliseconds; zero when they are not. */
	pausedFor(): number {
		return Math.max(0, this.pausedUntil - this.clock.now());
	}

	/** Whether nobody would miss this limiter: nothing is held back and nobody waits. */
	get isIdle(): boolean {
		return this.waiting === 0 && this.pausedFor() === 0 && this.gap() === 0;
	}

	/**
	 * Waits until the request may be sent.
	 *
	 * @returns how long it would have to wait beyond `maxWaitMs`, in milliseconds from now; undefined
	 * when it may be sent
	 * @throws NemoVideoError of kind `cancelled` on Stop
	 */
	async acquire(options: AcquireOptions = {}): Promise<number | undefined> {
		const { isRepeat = false, maxWaitMs = Infinity } = options;
		const until = this.clock.now() + maxWaitMs;
		this.waiting++;
		if (isRepeat) this.repeats++;
		try {
			return await this.waitForTurn(isRepeat, until, options.signal);
		} finally {
			this.waiting--;
			if (isRepeat) this.repeats--;
		}
	}

	private async waitForTurn(
		isRepeat: boolean,
		until: number,
		signal: AbortSignal | undefined,
	): Promise<number | undefined> {
		for (;;) {
			const isBehind = !isRepeat && this.repeats > 0;
			const pause = isBehind ? Math.max(this.pausedFor(), REPEAT_GAP_MS) : this.pausedFor();
			if (pause > 0) {
				if (this.clock.now() + pause >= until) return pause;
				await this.clock.wait(pause, signal);
				continue;
			}
			const gap = isRepeat ? Math.max(this.gap(), REPEAT_GAP_MS) : this.gap();
			if (gap > 0) {
				const turn = Math.max(this.next, this.clock.now());
				const wait = turn - this.clock.now();
				if (wait > 0 && turn >= until) return wait;
				this.next = turn + gap;
				await this.clock.wait(wait, signal);
			}
			if (this.pausedFor() === 0) return undefined;
		}
	}

	private gap(): number {
		const halvings = (this.clock.now() - this.pausedUntil) / HALVED_AFTER_MS;
		const gap = this.gapMs * 0.5 ** Math.max(0, halvings);
		return gap < MIN_GAP_MS ? 0 : gap;
	}
}
