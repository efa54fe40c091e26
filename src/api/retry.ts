import type { NemoVideoClient } from './client';
import type { Deadline } from './deadline';
import { isNemoVideoError, NemoVideoError } from './errors';
import { isFinalPage } from './gateway';
import { outcomeOf } from './outcome';
import type { RateLimiter } from './rateLimiter';
import { resultOf } from './result';

/** First pause of the back-off; doubles with each try. Milliseconds. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 8_000;
/** Part of a pause that is left to chance, so that parallel items do not knock together. */
const JITTER = 0.25;
/** Tries of one request, the first included. */
export const MAX_TRIES = 5;
/** NemoVideo's own advice for a 429 without Retry-After (seed: wait 30 s and retry once). */
const RATE_LIMIT_PAUSE_MS = 30_000;
/**
 * Longest that a request without a deadline of its own waits and tries again: what n8n's HTTP
 * client allows for one request by default. Milliseconds.
 */
const DEFAULT_BUDGET_MS = 300_000;

export interface RetryRules {
	/**
	 * Whether the request may be made twice without harm. Other requests are repeated only after a
	 * definite refusal, because the backend may have acted on them.
	 */
	idempotent: boolean;
	/** Until when waiting and trying again may go on; by default five minutes. */
	deadline?: Deadline;
	signal?: AbortSignal;
	/** 1 where the caller's own loop does the repeating. */
	maxTries?: number;
	/** The attempt makes requests that wait for the rate limit themselves. */
	waitsItself?: true;
	/** The caller's own loop makes the request again, after a 429. */
	isRepeat?: boolean;
	/** What was read for the request gets old while it waits, so it goes before others. */
	goesFirst?: true;
}

/**
 * The one place that decides on waiting for the rate limit and on trying a request again.
 *
 * @param attempt makes the request once; it's told whether it comes again after a 429
 * @returns what the attempt that succeeded gave
 * @throws the NemoVideoError of the last attempt, or one of kind `cancelled`
 */
export async function withRetry<T>(
	client: NemoVideoClient,
	rules: RetryRules,
	attempt: (isRepeat: boolean) => Promise<T>,
): Promise<T> {
	const retries = new Retries(client, rules, await client.rateLimiter());
	for (;;) {
		const isRepeat = await retries.waitForTurn();
		const outcome = await resultOf(async () => await attempt(isRepeat));
		if (outcome.ok) return outcome.value;
		const { error } = outcome;
		if (!isNemoVideoError(error)) throw error;
		if (!(await retries.waitAfter(error))) throw asFree(error, rules);
	}
}

/** What a call that costs nothing did doesn't matter to whoever makes it again. */
function asFree(error: NemoVideoError, { idempotent }: RetryRules): NemoVideoError {
	if (!idempotent || error.outcome !== 'unknown') return error;
	return error.with({ outcome: outcomeOf('noAnswer', true) });
}

/** The tries of one request. */
class Retries {
	private readonly startedAt: number;
	private readonly signal: AbortSignal | undefined;
	private failed = 0;
	private rateLimited = 0;
	private renewed = false;
	/** The next try repeats a request that met a 429. */
	private isRepeat: boolean;

	constructor(
		private readonly client: NemoVideoClient,
		private readonly rules: RetryRules,
		private readonly limiter: RateLimiter,
	) {
		this.startedAt = client.clock.now();
		this.isRepeat = rules.isRepeat === true;
		this.signal = rules.signal ?? client.transport.signal;
	}

	/**
	 * @returns whether the request comes again after a 429
	 * @throws NemoVideoError when the rate limit holds the request back for too long
	 */
	async waitForTurn(): Promise<boolean> {
		const { signal, isRepeat } = this;
		const { goesFirst, waitsItself } = this.rules;
		this.isRepeat = false;
		if (waitsItself) return isRepeat;
		const maxWaitMs = this.timeLeft();
		const excess = await this.limiter.acquire({ signal, isRepeat, goesFirst, maxWaitMs });
		if (excess !== undefined) throw heldBackError(excess);
		return isRepeat;
	}

	/** @returns whether the request may be tried again now */
	async waitAfter(error: NemoVideoError): Promise<boolean> {
		const pause = await this.pauseAfter(error);
		if (pause === undefined) return false;
		await this.client.clock.wait(pause, this.signal);
		return true;
	}

	/** @returns milliseconds, or undefined when the failure is final */
	private async pauseAfter(error: NemoVideoError): Promise<number | undefined> {
		const { idempotent, maxTries = MAX_TRIES } = this.rules;
		const asked = isRateLimited(error) ? (error.retryAfterMs ?? RATE_LIMIT_PAUSE_MS) : undefined;
		if (asked !== undefined) this.limiter.pause(asked);
		if (!idempotent && error.outcome !== 'refused') return undefined;
		if (error.kind === 'auth') return (await this.renew(error)) ? 0 : undefined;
		if (++this.failed >= maxTries) return undefined;
		if (asked !== undefined) return this.repeatAfter(asked);
		if (!isTransient(error)) return undefined;
		const pause = Math.max(this.backOff(), error.retryAfterMs ?? 0);
		return pause < this.timeLeft() ? pause : undefined;
	}

	/** After a 429 the limiter does the waiting, so that refused requests keep their place. */
	private repeatAfter(asked: number): number | undefined {
		if (this.rateLimited++ > 0 || asked >= this.timeLeft()) return undefined;
		this.isRepeat = true;
		return 0;
	}

	/** Gets a new token once, where the old one has expired. */
	private async renew({ code, httpStatus, tokenFingerprint }: NemoVideoError): Promise<boolean> {
		const expired = code === 1001 || httpStatus === 401;
		if (!expired || this.renewed) return false;
		this.renewed = true;
		return await this.client.transport.renew(tokenFingerprint);
	}

	private timeLeft(): number {
		const { clock } = this.client;
		return this.rules.deadline?.left() ?? this.startedAt + DEFAULT_BUDGET_MS - clock.now();
	}

	private backOff(): number {
		const pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failed - 1));
		return pause * (1 - JITTER + 2 * JITTER * this.client.clock.random());
	}
}

/** Whether a failure says that too much was asked for: told by NemoVideo, or by a gateway before it. */
export function isRateLimited({ kind, httpStatus }: NemoVideoError): boolean {
	return kind === 'rateLimit' || (kind === 'server' && httpStatus === 429);
}

/** The failure of a request that could not even be sent before its time is over. */
function heldBackError(ms: number): NemoVideoError {
	return new NemoVideoError('rateLimit', 'NemoVideo is receiving too many requests', {
		description: `It asked to wait ${Math.ceil(ms / 1000)} s more, which is too long for this item, so this request wasn't sent. Try again then, or lower the number of rows that run in parallel.`,
		retryAfterMs: ms,
		outcome: outcomeOf('notSent'),
	});
}

/**
 * Whether a failure of a read may pass by itself, so that a polling loop should go on.
 */
export function isTransient(error: unknown): error is NemoVideoError {
	if (!isNemoVideoError(error) || isFinalPage(error)) return false;
	return (
		error.kind === 'network' ||
		error.kind === 'timeout' ||
		error.kind === 'server' ||
		error.kind === 'rateLimit'
	);
}
