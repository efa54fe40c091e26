import type { Render } from '../../api/render';
import { perQueue } from '../perQueue';

/** Before the first look, where nothing is known. Milliseconds. */
const FIRST_MS = 8_000;
/** Milliseconds. */
const MIN_PAUSE_MS = 1_000;
/** Progress is no clock: so much of what seems left passes before the next look. */
const SHARE = 0.7;
/** The end is so near that the next look is meant to find it. Milliseconds. */
const NEAR_MS = 4_000;
/** How much later than it seems a render ends. Milliseconds. */
const MARGIN_MS = 500;
/** A render that is late is looked at less and less often. */
const LATE_GROWTH = 1.5;
/** Without progress: so much of what has passed. */
const BLIND_SHARE = 0.25;
const BLIND_SHARE_IN_TIME = 0.1;
/** Renders whose times are kept. */
const MAX_TIMES = 20;
const MIN_TIMES = 3;

/** How long the last renders of this process took. */
export class RenderTimes {
	/** Those of everything that shares a queue of sessions. */
	static readonly of = perQueue(() => new RenderTimes());

	private readonly times: number[] = [];

	/** @param ms from the first look to the one that found it finished */
	note(ms: number): void {
		this.times.push(ms);
		if (this.times.length > MAX_TIMES) this.times.shift();
	}

	/** @returns milliseconds; undefined where too few are known */
	get quickest(): number | undefined {
		return this.times.length < MIN_TIMES ? undefined : Math.min(...this.times);
	}
}

interface Sighting {
	/** Milliseconds since the wait began. */
	at: number;
	/** 0 to 100. */
	progress: number;
}

/**
 * When to look at a render again, so that a finished one is found soon and a long one isn't asked for
 * too often: by its own progress, or by the times of earlier renders where it tells none.
 */
export class LookSchedule {
	private last: Sighting | undefined;
	private late = MIN_PAUSE_MS;
	private looks = 0;

	/** @param longestMs the longest pause between two looks, in milliseconds */
	constructor(
		private readonly longestMs: number,
		private readonly times: RenderTimes,
	) {}

	/**
	 * @param render as it was seen now
	 * @param elapsedMs since the wait began
	 * @returns how long to wait before the next look, in milliseconds
	 */
	pauseAfter({ progress }: Render, elapsedMs: number): number {
		const pause = this.looks++ === 0 ? this.beforeFirst() : this.next(progress, elapsedMs);
		if (progress !== undefined) this.last = { at: elapsedMs, progress };
		return Math.min(this.longestMs, Math.max(MIN_PAUSE_MS, pause));
	}

	private beforeFirst(): number {
		return Math.min(FIRST_MS, SHARE * (this.times.quickest ?? FIRST_MS / SHARE));
	}

	private next(progress: number | undefined, elapsedMs: number): number {
		const left = progress === undefined ? undefined : this.left(progress, elapsedMs);
		if (left === undefined) return this.blind(elapsedMs);
		if (left > NEAR_MS) return SHARE * left;
		const pause = Math.max(left + MARGIN_MS, this.late);
		this.late *= LATE_GROWTH;
		return pause;
	}

	/** By the pace so far and by that since the last look, whichever ends sooner. */
	private left(progress: number, elapsedMs: number): number | undefined {
		const { last } = this;
		if (!last || progress <= last.progress || elapsedMs <= last.at) return undefined;
		const missing = 100 - progress;
		const lately = (missing * (elapsedMs - last.at)) / (progress - last.progress);
		return Math.min(lately, (missing * elapsedMs) / progress);
	}

	private blind(elapsedMs: number): number {
		const { quickest } = this.times;
		if (quickest === undefined) return BLIND_SHARE * elapsedMs;
		const early = SHARE * (quickest - elapsedMs);
		return early > NEAR_MS ? early : Math.max(2 * MIN_PAUSE_MS, BLIND_SHARE_IN_TIME * elapsedMs);
	}
}
