import fc from 'fast-check';

import { parseJson } from '../../../../src/api/json';
import { hasTimeline, isReadyToExport, readTimeline } from '../../../../src/api/timeline/timeline';
import { nested, segment, track, urbanDreams } from '../drafts.cts';

const summaryOf = (draft: unknown) => readTimeline(draft).summary;

describe('reading a draft', () => {
	it('summarises it in the format of NemoVideo’s skill text', () => {
		expect(summaryOf(urbanDreams())).toBe(
			'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)',
		);
	});

	it('gives the tracks with type, name, times in milliseconds and volume', () => {
		expect(readTimeline(urbanDreams())).toMatchObject({
			tracks: [
				{ type: 'video', name: 'city timelapse', startMs: 0, endMs: 10_000 },
				{ type: 'audio', name: 'Lo-fi', startMs: 0, endMs: 10_000, volumePercent: 35 },
				{ type: 'text', name: 'Urban Dreams', startMs: 0, endMs: 3_000 },
			],
			durationMs: 10_000,
			readyToExport: true,
		});
	});

	it.each([
		undefined,
		null,
		{},
		[],
		'',
		'null',
		'not json',
		'{"t":',
		42,
		true,
		{ t: null },
		{ t: {} },
	])('takes %j for an empty timeline', (draft) => {
		expect(readTimeline(draft)).toEqual({
			summary: 'Timeline (0 tracks): nothing on it yet',
			tracks: [],
			durationMs: 0,
			readyToExport: false,
		});
	});

	it('reads a draft that came as a JSON text', () => {
		expect(readTimeline(JSON.stringify(urbanDreams()))).toEqual(readTimeline(urbanDreams()));
	});

	it.each([
		[
			'one track',
			[track(0, segment('intro', 0, 4_000))],
			'Timeline (1 track): 1. Video: intro (0-4s)',
		],
		['no segments', [track(1)], 'Timeline (1 track): 1. BGM: empty'],
		[
			'many segments',
			[
				track(
					0,
					segment('mug', 0, 6_000),
					segment('lamp', 6_000, 6_000),
					segment('bag', 12_000, 6_000),
				),
			],
			'Timeline (1 track): 1. Video: mug and 2 more (0-18s)',
		],
		[
			'one clip cut in parts',
			[track(0, { d: 2_000, m: { title: 'run' } }, { d: 3_000, m: { title: 'run' } })],
			'Timeline (1 track): 1. Video: run in 2 parts (0-5s)',
		],
		[
			'many titles',
			[track(7, segment('Hello', 0, 1_500), segment('World', 2_000, 1_250))],
			'Timeline (1 track): 1. Title: "Hello" and 1 more (0-3.25s)',
		],
		[
			'an unknown track type',
			[track(5, segment('warm grade', 0, 10_000))],
			'Timeline (1 track): 1. Effects: warm grade (0-10s)',
		],
		['no track type', [{ sg: [{ d: 1_000 }] }], 'Timeline (1 track): 1. Other: untitled (0-1s)'],
		[
			'a clip in the middle',
			[track(7, segment('Sale', 27_040, 2_960))],
			'Timeline (1 track): 1. Title: "Sale" (27.04-30s)',
		],
		[
			'no length anywhere',
			[track(0, { m: { title: 'still' } })],
			'Timeline (1 track): 1. Video: still',
		],
		[
			'quotes in a title',
			[track(7, segment('"Wow"', 0, 1_000))],
			`Timeline (1 track): 1. Title: "'Wow'" (0-1s)`,
		],
	])('finds words for %s', (_case, t, expected) => {
		expect(summaryOf({ t })).toBe(expected);
	});

	it('counts every track but names no more than forty', () => {
		const t = Array.from({ length: 1_000 }, (_, index) => track(0, segment(`c${index}`, 0, 1_000)));
		expect(summaryOf({ t })).toMatch(
			/^Timeline \(1000 tracks\): 1\. Video: c0 .* 40\. .* and 960 more$/u,
		);
		expect(readTimeline({ t }).tracks).toHaveLength(1_000);
	});

	it('lets segments without a start follow one another', () => {
		const [video] = readTimeline({
			t: [track(0, { d: 2_000 }, { d: 3_000 }, { st: 9_000, d: 500 }, { d: 500 })],
		}).tracks;
		expect(video).toMatchObject({ startMs: 0, endMs: 10_000 });
	});

	it.each([
		{ s: 1_000, d: 2_000 },
		{ start: 1_000, end: 3_000 },
		{ start_ms: '1000', duration_ms: '2000' },
		{ startMs: 1_000, durationMs: 2_000 },
		{ m: { start: 1_000, d: 2_000 } },
	])('finds start and length under %j', (sketch) => {
		expect(readTimeline({ t: [track(0, sketch)] }).tracks[0]).toMatchObject({
			startMs: 1_000,
			endMs: 3_000,
		});
	});

	it.each([
		[{ m: { volume: 0.35 } }, 35],
		[{ v: 0.35 }, 35],
		[{ volume: 35 }, 35],
		[{ m: { volume: '35%' } }, 35],
		[{ volume: 0 }, 0],
		[{ volume: 1 }, 100],
		[{ volume: 1.5 }, 150],
		[{ volume: -1 }, undefined],
		[{ volume: 'loud' }, undefined],
		[{}, undefined],
	])('reads the volume of %j as %s percent', (sketch, percent) => {
		expect(readTimeline({ t: [track(1, sketch)] }).tracks[0]?.volumePercent).toBe(percent);
		// The same said of the track as a whole.
		const whole = { ...track(1, { d: 1_000 }), ...sketch };
		expect(readTimeline({ t: [whole] }).tracks[0]?.volumePercent).toBe(percent);
	});

	it.each([
		[{ m: { title: 'a', text: 'b' } }, 'a'],
		[{ name: 'n' }, 'n'],
		[{ m: { content: 'c' } }, 'c'],
		[{ url: 'https://x.example/dir/red%20mug.jpg?sig=1#t' }, 'red mug.jpg'],
		[{ src: '/mnt/userdata/p/lamp.mp4' }, 'lamp.mp4'],
		[{ url: 'https://x.example/%E0%A4%A' }, '%E0%A4%A'],
		[{ url: 'https://x.example/' }, 'untitled'],
		[{ m: { title: { text: 'deep' } } }, 'untitled'],
		[{ m: { title: '\u0000\u202E ' }, name: 'visible' }, 'visible'],
	])('names %j %s', (sketch, name) => {
		expect(readTimeline({ t: [track(0, sketch)] }).tracks[0]?.name).toBe(name);
	});

	it('shows the words of a title before its title', () => {
		expect(
			summaryOf({ t: [track(7, { d: 1_000, m: { title: 'Title 1', text: 'Sale!' } })] }),
		).toContain('"Sale!"');
	});

	it('keeps names to one visible line of at most sixty characters', () => {
		const name = readTimeline({
			t: [
				track(0, {
					m: { title: `a\u0007b\r\nIgnore\u202E the\u200Babove\u2028${'😀'.repeat(100)}` },
				}),
			],
		}).tracks[0]?.name;
		expect(name).toMatch(/^a b Ignore the above 😀+…$/u);
		expect([...(name ?? '')]).toHaveLength(60);
	});

	it('keeps joined emoji and scripts whole', () => {
		const title = '👩‍💻 می‌خواهم क्षि';
		expect(readTimeline({ t: [track(7, { m: { text: title } })] }).tracks[0]?.name).toBe(title);
	});

	it('prefers the stated length of the draft', () => {
		expect(readTimeline({ ...urbanDreams(), d: 12_000 }).durationMs).toBe(12_000);
		expect(readTimeline({ t: urbanDreams().t }).durationMs).toBe(10_000);
		expect(readTimeline({ t: urbanDreams().t, d: 'x' }).durationMs).toBe(10_000);
	});

	it('reads numbers that were kept digit for digit', () => {
		const draft = parseJson(
			'{"t":[{"tt":0,"id":5529798706024415232,"sg":[{"d":10000,"id":5529798706024415233}]}]}',
		);
		expect(summaryOf(draft)).toBe('Timeline (1 track): 1. Video: untitled (0-10s)');
	});

	it('reads a draft nested deeper than a stack', () => {
		const deep = nested(200_000);
		expect(readTimeline({ t: [track(0, { m: { title: deep }, d: 1_000 })] }).durationMs).toBe(
			1_000,
		);
	});
});

describe('asking what can be done with a draft', () => {
	it('has a timeline once the draft is not empty', () => {
		expect(hasTimeline(urbanDreams())).toBe(true);
		expect(hasTimeline(JSON.stringify(urbanDreams()))).toBe(true);
		expect(hasTimeline({ t: [track(0)] })).toBe(true);
		for (const draft of [undefined, null, {}, '', '{}', 'x', 7, { t: [] }]) {
			expect(hasTimeline(draft)).toBe(false);
		}
	});

	it('is ready to export once some track holds a segment', () => {
		expect(isReadyToExport(urbanDreams())).toBe(true);
		expect(isReadyToExport({ t: [track(0), track(1, { d: 1 })] })).toBe(true);
		for (const draft of [
			undefined,
			null,
			{},
			{ t: [] },
			{ t: [track(0)] },
			{ t: [{ sg: {} }] },
			{ t: {} },
		]) {
			expect(isReadyToExport(draft)).toBe(false);
		}
	});
});

const looseSegment = fc.dictionary(
	fc.constantFrom('d', 'st', 's', 'e', 'id', 'm', 'v', 'volume', 'title', 'url', 'x', '__proto__'),
	fc.jsonValue({ maxDepth: 2 }),
);
const looseTrack = fc.record(
	{
		tt: fc.jsonValue({ maxDepth: 1 }),
		sg: fc.oneof(fc.array(looseSegment), fc.jsonValue()),
		m: fc.jsonValue(),
	},
	{ requiredKeys: [] },
);
const looseDraft = fc.oneof(
	fc.jsonValue(),
	fc.json(),
	fc.record(
		{ t: fc.array(looseTrack), d: fc.jsonValue(), m: fc.jsonValue() },
		{ requiredKeys: [] },
	),
);

describe('properties of reading a draft', () => {
	it('never throws on any JSON, and what it gives is sound', () => {
		fc.assert(
			fc.property(looseDraft, (draft) => {
				const { summary, tracks, durationMs, readyToExport } = readTimeline(draft);
				expect(summary.startsWith(`Timeline (${tracks.length} track`)).toBe(true);
				expect(summary).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
				expect(Number.isSafeInteger(durationMs)).toBe(true);
				for (const { startMs, endMs, name } of tracks) {
					expect(startMs).toBeGreaterThanOrEqual(0);
					expect(endMs).toBeGreaterThanOrEqual(startMs);
					expect(name).not.toBe('');
				}
				if (readyToExport) expect(hasTimeline(draft)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it('counts the tracks and reads times back exactly', () => {
		const ms = fc.integer({ min: 0, max: 3_600_000 });
		const exact = fc.array(
			fc.record({
				tt: fc.constantFrom(0, 1, 7),
				sg: fc.array(fc.record({ st: ms, d: ms }), { minLength: 1 }),
			}),
		);
		fc.assert(
			fc.property(exact, (t) => {
				const { tracks, durationMs } = readTimeline({ t });
				expect(tracks.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
					t.map(({ sg }) => [
						Math.min(...sg.map(({ st }) => st)),
						Math.max(...sg.map(({ st, d }) => st + d)),
					]),
				);
				expect(durationMs).toBe(Math.max(0, ...tracks.map(({ endMs }) => endMs)));
			}),
			{ numRuns: 300 },
		);
	});
});
