import type { Clock } from './clock';
import { Pace } from './pace';

/** How long a request waits before it works its turn out again. Milliseconds. */
const MAX_SLEEP_MS = 1_000;

/** Between a refused request that comes again and the next one, at least. Milliseconds. */
const AFTER_REPEAT_MS = 250;

interface Waiter {
	isRepeat: boolean;
}

export interface AcquireOptions {
	signal?: AbortSignal;
	/** The request was refused before and comes again: it goes first, and with more distance. */
	isRepeat?: boolean;
	/** What was read for the request gets old while it waits, so it goes before others. */
	goesFirst?: boolean;
	/** How long the request can wait, in milliseconds from now. */
	maxWaitMs?: number;
}

/**
 * One limiter for all requests of a credential in this process: a 429 met by one of them holds all
 * of them back. When the pause is over, they go one by one at the pace that NemoVideo has kept up
 * with. The refused ones go first, each after a rest as long as NemoVideo asked for, because a second
 * refusal is final; only requests that were never refused try out whether a faster pace is possible.
 */
export class RateLimiter {
	private readonly pace: Pace;
	private pausedUntil = 0;
	private lastSentAt = -Infinity;
	/** Whether that one came again, so that none must overtake it. */
	private wasRepeat = false;
	/** Requests that wait for their turn, in the order in which they go. */
	private readonly line: Waiter[] = [];

	constructor(private readonly clock: Clock) {
		this.pace = new Pace(clock);
	}

	/**
	 * Holds all further requests back.
	 *
	 * @param ms how long from now, in milliseconds
	 */
	pause(ms: number): void {
		// Refusals that come together are one overload.
		this.pace.refused(ms, { isAnother: this.pausedFor() === 0 });
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** How long requests are held back from now, in milliseconds; zero when they are not. */
	pausedFor(): number {
		return Math.max(0, this.pausedUntil - this.clock.now());
	}

	/** Whether nobody would miss this limiter: nothing is held back and nobody waits. */
	get isIdle(): boolean {
		return (
			this.line.length === 0 && this.pausedFor() === 0 && this.pace.gapMs(this.pausedUntil) === 0
		);
	}

	/**
	 * Waits until the request may be sent.
	 *
	 * @returns how long it would have to wait beyond `maxWaitMs`, in milliseconds from now; undefined
	 * when it may be sent
	 * @throws NemoVideoError of kind `cancelled` on Stop
	 */
	async acquire(options: AcquireOptions = {}): Promise<number | undefined> {
		const { isRepeat = false, goesFirst = false, maxWaitMs = Infinity } = options;
		const until = this.clock.now() + maxWaitMs;
		const waiter = { isRepeat };
		const { line } = this;
		const fresh = line.findIndex((other) => !other.isRepeat);
		line.splice((isRepeat || goesFirst) && fresh >= 0 ? fresh : line.length, 0, waiter);
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
			const wait = this.waitOf(waiter);
			const now = this.clock.now();
			if (wait <= 0) {
				this.lastSentAt = now;
				this.wasRepeat = waiter.isRepeat;
				this.pace.sent();
				return undefined;
			}
			if (now + wait >= until) return wait;
			await this.clock.wait(Math.max(this.pausedFor(), Math.min(wait, MAX_SLEEP_MS)), signal);
		}
	}

	/** Milliseconds from now until the turn of a request, as far as can be told. */
	private waitOf(waiter: Waiter): number {
		const gap = this.pace.gapMs(this.pausedUntil);
		const paused = this.pausedFor();
		if (gap === 0) return paused;
		const ahead = this.line.indexOf(waiter);
		const rests = this.line.slice(0, ahead + 1).map(({ isRepeat }) => {
			return isRepeat ? Math.max(gap, this.pace.restMs) : gap;
		});
		const [first = 0, ...others] = rests;
		const distance = this.wasRepeat ? Math.max(first, AFTER_REPEAT_MS) : first;
		const next = Math.max(paused, this.lastSentAt + distance - this.clock.now());
		return Math.max(0, next) + others.reduce((sum, rest) => sum + rest, 0);
	}
}
