import { LookSchedule, RenderTimes } from '../../../../src/flows/export/lookSchedule';
import type { Render } from '../../../../src/api/render';

const LONGEST_MS = 30_000;

/** How a render tells its progress, by the share of its time that has passed. */
type Pace = (share: number) => number | undefined;

const STEADY: Pace = (share) => Math.max(5, Math.min(99, Math.round(share * 100)));
const PACES: Record<string, Pace> = {
	steady: STEADY,
	'in four steps': (share) => Math.min(98, 10 + 22 * Math.floor(share * 4)),
	'quick at first': (share) => Math.min(99, Math.round(100 * Math.sqrt(share))),
	'slow at first': (share) => Math.max(5, Math.min(99, Math.round(100 * share * share))),
	stuck: () => 40,
	untold: () => undefined,
};

/** Looks until the render is finished. */
function watch(durationMs: number, pace: Pace, times = new RenderTimes()) {
	const schedule = new LookSchedule(LONGEST_MS, times);
	const seen = (at: number): Render => {
		const progress = pace(at / durationMs);
		const render: Render = { renderId: 'r', status: 'processing', statusWord: 'processing' };
		return progress === undefined ? render : { ...render, progress };
	};
	let at = 0;
	let looks = 0;
	while (at < durationMs) {
		at += schedule.pauseAfter(seen(at), at);
		looks++;
	}
	times.note(at);
	return { looks, lateMs: at - durationMs };
}

/** 25 to 95 s, 200 of them. */
const DURATIONS = Array.from({ length: 200 }, (_, index) => 25_000 + index * 351.7);
const at = (values: number[], share: number): number =>
	values.sort((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;

describe('looks at a render that tells its progress', () => {
	const found = DURATIONS.map((ms) => watch(ms, STEADY));

	it('find it within 2 s of its end as a rule, and nearly always within 5 s', () => {
		const late = found.map(({ lateMs }) => lateMs);
		expect(at(late, 0.5)).toBeLessThanOrEqual(2_000);
		expect(at(late, 0.95)).toBeLessThanOrEqual(5_000);
	});

	it('are at most ten', () => {
		expect(Math.max(...found.map(({ looks }) => looks))).toBeLessThanOrEqual(10);
	});
});

describe('looks at any render', () => {
	it.each(Object.keys(PACES))('never wait longer than the longest pause: %s', (name) => {
		const pace = PACES[name] ?? STEADY;
		for (const ms of [100, 3_000, 40_000, 1_800_000]) {
			const { lateMs } = watch(ms, pace);
			expect(lateMs).toBeLessThanOrEqual(LONGEST_MS);
		}
	});

	it.each(Object.keys(PACES))('find it sooner than a look every 30 s: %s', (name) => {
		const times = new RenderTimes();
		const late = DURATIONS.map((ms) => watch(ms, PACES[name] ?? STEADY, times).lateMs);
		const rival = DURATIONS.map((ms) => Math.ceil(ms / LONGEST_MS) * LONGEST_MS - ms);
		expect(at(late, 0.5)).toBeLessThan(at(rival, 0.5) / 2);
	});

	it.each(Object.keys(PACES))('are no storm: %s', (name) => {
		const times = new RenderTimes();
		const looks = DURATIONS.map((ms) => watch(ms, PACES[name] ?? STEADY, times).looks);
		expect(Math.max(...looks)).toBeLessThanOrEqual(25);
	});

	it('keep to a shorter pause that the user has chosen', () => {
		const schedule = new LookSchedule(100, new RenderTimes());
		const render: Render = { renderId: 'r', status: 'pending', statusWord: 'queued' };
		expect(schedule.pauseAfter(render, 0)).toBe(100);
	});

	it('begin sooner where earlier renders were quick', () => {
		const times = new RenderTimes();
		for (const ms of [3_000, 2_500, 4_000]) times.note(ms);
		const render: Render = { renderId: 'r', status: 'pending', statusWord: 'queued' };
		expect(new LookSchedule(LONGEST_MS, times).pauseAfter(render, 0)).toBeLessThan(2_000);
	});
});
