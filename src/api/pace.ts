import type { Clock } from './clock';

/** Between two requests after a 429, at least and at most. Milliseconds. */
const MIN_FIRST_GAP_MS = 50;
const MAX_FIRST_GAP_MS = 1_000;
const MAX_GAP_MS = 5_000;
/** By how much the distance grows at least, and at most, where it was too small. */
const MIN_GROWTH = 1.05;
const MAX_GROWTH = 2;
/** The distance is halved whenever this much time has passed without another 429. */
const HALVED_AFTER_MS = 5_000;
/** The same near the distance that was too small the last time. */
const HALVED_NEAR_AFTER_MS = 600_000;
const NEAR = 1.05;
/** A distance this small is none. */
const NONE_MS = 20;
/** Between two refused requests that come again, at least and at most. Milliseconds. */
const MIN_REST_MS = 250;
const MAX_REST_MS = 5_000;
/** Of what NemoVideo asked for: requests reach it with more or less delay. */
const REST_SHARE = 1.15;
/** All that were refused together come again within this time, or their own time is over. */
const ALL_RESTS_MS = 120_000;
/** Requests that are remembered, to count how many NemoVideo took in a while. */
const REMEMBERED = 200;

/** How fast NemoVideo lets requests follow each other, as far as its refusals tell. */
export class Pace {
	/** What NemoVideo asked for the last time. Milliseconds. */
	private askedMs = 0;
	/** As it was when the last overload began. */
	private gap = 0;
	/** What was too small the last time. */
	private tooSmall = 0;
	private gapBefore = 0;
	private sentTimes: number[] = [];
	/** Requests of the last overload's window, and how many of them were refused. */
	private inWindow = 0;
	private refusedInWindow = 0;
	/** Whether the last overload began soon after the one before. */
	private comesSoon = false;
	private pausedUntil = 0;

	constructor(private readonly clock: Clock) {}

	/** The distance to keep before a request that must not be refused again, in milliseconds. */
	get restMs(): number {
		const most = Math.min(MAX_REST_MS, ALL_RESTS_MS / Math.max(1, this.refusedInWindow));
		return clamp(REST_SHARE * this.askedMs, Math.min(MIN_REST_MS, most), most);
	}

	/** A request leaves. */
	sent(): void {
		this.sentTimes.push(this.clock.now());
		if (this.sentTimes.length > REMEMBERED) this.sentTimes.shift();
	}

	/**
	 * A request met a 429.
	 *
	 * @param askedMs the pause that NemoVideo asked for, in milliseconds
	 * @param options.isAnother whether it isn't of an overload that is already known
	 */
	refused(askedMs: number, { isAnother }: { isAnother: boolean }): void {
		const now = this.clock.now();
		if (isAnother) {
			this.gapBefore = this.gapMs(this.pausedUntil);
			this.tooSmall = this.gapBefore;
			this.inWindow = this.sentTimes.filter((at) => at >= now - askedMs).length;
			this.refusedInWindow = 0;
			this.comesSoon = now - this.pausedUntil < HALVED_AFTER_MS;
			this.askedMs = 0;
		}
		this.refusedInWindow++;
		this.askedMs = Math.max(this.askedMs, askedMs);
		this.pausedUntil = Math.max(this.pausedUntil, now + askedMs);
		this.gap = Math.min(MAX_GAP_MS, this.nextGap(askedMs));
		// Several refusals at once are no accident.
		if (this.gapBefore === 0 && this.refusedInWindow > 1) this.tooSmall = this.gap / 2;
	}

	/** The distance after an overload that asked for a pause of so many milliseconds. */
	private nextGap(askedMs: number): number {
		const { gapBefore, inWindow, refusedInWindow } = this;
		const taken = inWindow - refusedInWindow;
		// One refusal may have any reason; several at once tell how many NemoVideo takes.
		const isKnown = refusedInWindow > 1 && taken > 0;
		const measured = isKnown
			? clamp(askedMs / taken, MIN_FIRST_GAP_MS, MAX_FIRST_GAP_MS)
			: MIN_FIRST_GAP_MS;
		if (gapBefore === 0) return measured;
		const least = gapBefore * (this.comesSoon ? MAX_GROWTH : MIN_GROWTH);
		return clamp(measured, least, gapBefore * MAX_GROWTH);
	}

	/**
	 * The distance to keep between two requests now, in milliseconds; zero for none.
	 *
	 * @param since when the last pause ended or ends, in milliseconds since the epoch
	 */
	gapMs(since: number): number {
		const passed = Math.max(0, this.clock.now() - since);
		const near = Math.min(this.gap, this.tooSmall * NEAR);
		const untilNear = near > 0 ? HALVED_AFTER_MS * Math.log2(this.gap / near) : Infinity;
		const gap =
			passed < untilNear
				? this.gap * 0.5 ** (passed / HALVED_AFTER_MS)
				: near * 0.5 ** ((passed - untilNear) / HALVED_NEAR_AFTER_MS);
		return gap < NONE_MS ? 0 : gap;
	}
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
