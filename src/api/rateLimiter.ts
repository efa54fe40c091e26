import type { Clock } from './clock';

/** Between two refused requests that come again. Milliseconds. */
const REPEAT_GAP_MS = 250;
/** Between two others once the pause is over; it grows with each further 429. Milliseconds. */
const FIRST_GAP_MS = 50;
const MIN_GROWTH = 1.05;
const MAX_GROWTH = 2;
const MAX_GAP_MS = 5_000;
/** The gap is halved whenever this much time has passed without another 429. */
const HALVED_AFTER_MS = 60_000;
/** A gap this small is none. */
const MIN_GAP_MS = 20;

/** How long a request waits before it works its turn out anew. Milliseconds. */
const MAX_SLEEP_MS = 1_000;

interface Waiter {
	isUrgent: boolean;
}

export interface AcquireOptions {
	signal?: AbortSignal;
	/** The request was refused before and comes again, or can't wait: it goes first. */
	isUrgent?: boolean;
	/** How long the request can wait, in milliseconds from now. */
	maxWaitMs?: number;
}

/**
 * One limiter for all requests of a credential in this process: a 429 met by one of them holds all
 * of them back. When the pause is over, they go one by one, the refused ones first. Their distance
 * is what NemoVideo has kept up with lately, so that a steady limit is met without refusals; it grows
 * with each further 429 and shrinks with time.
 */
export class RateLimiter {
	private pausedUntil = 0;
	/** As it was when the last pause began. */
	private gapMs = 0;
	/** When the next request may go. */
	private next = 0;
	/** Requests that NemoVideo took, and the time it took them in: the older, the less they count. */
	private taken = 0;
	private countedMs = 0;
	private countedAt: number;
	/** Requests that wait for their turn, in the order in which they go. */
	private readonly line: Waiter[] = [];

	constructor(private readonly clock: Clock) {
		this.countedAt = clock.now();
	}

	/**
	 * Holds all further requests back.
	 *
	 * @param ms how long from now, in milliseconds
	 */
	pause(ms: number): void {
		this.taken--;
		// Refusals that come together are one overload.
		if (this.pausedFor() === 0) {
			const now = this.clock.now();
			this.countedMs += now - this.countedAt;
			this.countedAt = now;
			const gap = Math.max(FIRST_GAP_MS, this.gap());
			// The distance that NemoVideo has kept up with lately, pauses included.
			const measured = this.countedMs / Math.max(1, this.taken);
			const next = Math.max(gap * MIN_GROWTH, Math.min(gap * MAX_GROWTH, measured));
			this.gapMs = Math.min(MAX_GAP_MS, next);
			this.countedMs /= 2;
			this.taken /= 2;
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
		return this.line.length === 0 && this.pausedFor() === 0 && this.gap() === 0;
	}

	/**
	 * Waits until the request may be sent.
	 *
	 * @returns how long it would have to wait beyond `maxWaitMs`, in milliseconds from now; undefined
	 * when it may be sent
	 * @throws NemoVideoError of kind `cancelled` on Stop
	 */
	async acquire(options: AcquireOptions = {}): Promise<number | undefined> {
		const { isUrgent = false, maxWaitMs = Infinity } = options;
		const until = this.clock.now() + maxWaitMs;
		const waiter = { isUrgent };
		const { line } = this;
		const others = line.findIndex((other) => !other.isUrgent);
		line.splice(isUrgent && others >= 0 ? others : line.length, 0, waiter);
		try {
			return await this.waitForTurn(waiter, until, options.signal);
		} finally {
			line.splice(line.indexOf(waiter), 1);
		}
	}

	/** What holds back can change while a request waits, so its turn is worked out again and again. */
	private async waitForTurn(
		waiter: Waiter,
		until: number,
		signal: AbortSignal | undefined,
	): Promise<number | undefined> {
		for (;;) {
			const ahead = this.line.indexOf(waiter);
			const own = this.gap();
			const gap = waiter.isUrgent && own > 0 ? Math.max(own, REPEAT_GAP_MS) : own;
			const paused = this.pausedFor();
			const now = this.clock.now();
			const wait = Math.max(0, paused, this.next - now) + ahead * gap;
			if (wait <= 0 || (ahead === 0 && gap === 0 && paused === 0)) {
				this.next = now + gap;
				this.taken++;
				return undefined;
			}
			if (now + wait >= until) return wait;
			await this.clock.wait(Math.max(paused, Math.min(wait, MAX_SLEEP_MS)), signal);
		}
	}

	private gap(): number {
		const halvings = (this.clock.now() - this.pausedUntil) / HALVED_AFTER_MS;
		const gap = this.gapMs * 0.5 ** Math.max(0, halvings);
		return gap < MIN_GAP_MS ? 0 : gap;
	}
}
