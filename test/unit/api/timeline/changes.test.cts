import fc from 'fast-check';

import { describeChanges, UNNAMED_CHANGE } from '../../../../src/api/timeline/changes';
import { nested, segment, track, urbanDreams, view } from '../drafts.cts';

type Draft = ReturnType<typeof urbanDreams>;

/** What is told when the skill text's example is edited so. */
function afterEdit(edit: (draft: Draft) => void): string[] {
	const draft = urbanDreams();
	edit(draft);
	return describeChanges(view(urbanDreams()), view(draft));
}

describe('telling what a turn changed', () => {
	it('says nothing when nothing differs', () => {
		expect(afterEdit(() => {})).toEqual([]);
		expect(describeChanges(view(undefined), view({}, [], ''))).toEqual([]);
		expect(describeChanges(view(urbanDreams()), view(JSON.stringify(urbanDreams())))).toEqual([]);
	});

	it('does not mind the order of keys', () => {
		const { t, d, m } = urbanDreams();
		expect(describeChanges(view({ t, d, m }), view({ m, d, t }))).toEqual([]);
	});

	it('tells the volume of a track that is said of the track as a whole', () => {
		const draft = (m: object) => ({
			t: [{ ...track(1, { d: 10_000, m: { title: 'Lo-fi' } }), m }],
		});
		const told = describeChanges(view(draft({ volume: 0.35 })), view(draft({ volume: 0.2 })));
		expect(told).toEqual(['BGM volume: 35% -> 20%']);
		expect(describeChanges(view(draft({})), view(draft({ volume: 0.2 })))).toEqual([
			'BGM volume: 20%',
		]);
	});

	it('names a title that was added', () => {
		expect(
			afterEdit(({ t }) => {
				t.push(track(7, segment('Paradise Found', 0, 3_000)));
			}),
		).toEqual(["Title added: 'Paradise Found' (0-3s)"]);
	});

	it('names a title added to the track that was there', () => {
		expect(afterEdit(({ t }) => t[2]?.sg.push(segment('The End', 7_000, 3_000)))).toEqual([
			"Title added: 'The End' (7-10s)",
		]);
	});

	it.each([
		['volume', 1, { d: 10_000, m: { title: 'Lo-fi', volume: 0.2 } }, ['BGM volume: 35% -> 20%']],
		[
			'music',
			1,
			{ d: 10_000, m: { title: 'Jazz', volume: 0.35 } },
			["BGM replaced: 'Lo-fi' -> 'Jazz'"],
		],
		[
			'words',
			2,
			{ d: 3_000, m: { title: 'City Lights' } },
			["Title changed: 'Urban Dreams' -> 'City Lights'"],
		],
		[
			'time',
			2,
			{ st: 2_000, d: 3_000, m: { title: 'Urban Dreams' } },
			["Title 'Urban Dreams' moved: 0-3s -> 2-5s"],
		],
		[
			'a longer time',
			2,
			{ d: 5_000, m: { title: 'Urban Dreams' } },
			["Title 'Urban Dreams' lengthened: 0-3s -> 0-5s"],
		],
		[
			'both ends',
			2,
			{ st: 1_000, d: 5_000, m: { title: 'Urban Dreams' } },
			["Title 'Urban Dreams' retimed: 0-3s -> 1-6s"],
		],
		[
			'style',
			2,
			{ d: 3_000, m: { title: 'Urban Dreams', style: 'neon blue, fade-in' } },
			["Title 'Urban Dreams' style: neon blue, fade-in"],
		],
		[
			'a style of parts',
			2,
			{ d: 3_000, m: { title: 'Urban Dreams', style: { color: 'red' } } },
			["Title 'Urban Dreams' style changed"],
		],
		[
			'what nobody published',
			2,
			{ d: 3_000, glow: 2, m: { title: 'Urban Dreams', blur: 1 } },
			["Title 'Urban Dreams' changed: glow, blur"],
		],
	])('tells a change of %s', (_what, index, sketch, lines) => {
		expect(
			afterEdit(({ t }) => {
				t[index]?.sg.splice(0, 1, { id: t[index]?.sg[0]?.id, st: 0, ...sketch });
			}),
		).toEqual(lines);
	});

	it('reports a changed speed', () => {
		expect(afterEdit(({ t }) => Object.assign(t[0]?.sg[0] ?? {}, { speed: 1.5 }))).toEqual([
			"Video 'city timelapse' speed: 1x -> 1.5x",
		]);
	});

	it('tells a trim together with the new length', () => {
		expect(
			afterEdit((draft) => {
				Object.assign(draft.t[0]?.sg[0] ?? {}, { d: 7_000 });
				draft.d = 7_000;
			}),
		).toEqual(["Video 'city timelapse' trimmed: 0-10s -> 0-7s", 'Length: 10s -> 7s']);
	});

	it('tells another file under the same name, but not a new signature of its address', () => {
		const move = (url: string) =>
			afterEdit(({ t }) => Object.assign(t[0]?.sg[0]?.m ?? {}, { url }));
		expect(move('https://static1.nemovideo.ai/d.mp4')).toEqual([
			"Video 'city timelapse' file: 'c.mp4' -> 'd.mp4'",
		]);
		expect(move('https://static1.nemovideo.ai/c.mp4?sig=2')).toEqual([UNNAMED_CHANGE]);
	});

	it('tells a new canvas', () => {
		expect(
			afterEdit((draft) => {
				draft.m = { ...draft.m, width: 1080, height: 1920 };
			}),
		).toEqual(['Canvas: 1920x1080 -> 1080x1920']);
	});

	it('tells a removed track, and that it is gone in the middle', () => {
		expect(
			afterEdit(({ t }) => {
				t.splice(1, 1);
			}),
		).toEqual(["Track removed: BGM 'Lo-fi'"]);
	});

	it('tells a new order of tracks', () => {
		expect(afterEdit(({ t }) => t.reverse())).toEqual(['Tracks reordered']);
	});

	it('tells a first timeline whole', () => {
		expect(
			describeChanges(view(null), view(urbanDreams(), null, [{ url: 'https://x/c.mp4' }])),
		).toEqual([
			"Clip generated: 'c.mp4'",
			"Video added: 'city timelapse' (0-10s)",
			"BGM added: 'Lo-fi' (0-10s, 35%)",
			"Title added: 'Urban Dreams' (0-3s)",
			'Length: 10s',
			'Canvas: 1920x1080',
			"Project title: 'project'",
		]);
	});

	it('gathers many alike changes into one line', () => {
		const clips = (...names: string[]) =>
			track(0, ...names.map((name, index) => segment(name, index * 2_000, 2_000)));
		const before = view({ t: [clips('a', 'b', 'c', 'd', 'e', 'f')] });
		const after = view({ t: [clips('b', 'c', 'd', 'e', 'f')] });
		expect(describeChanges(before, after)).toEqual([
			"Video removed: 'a' (0-2s)",
			'5 clips moved',
			'Length: 12s -> 10s',
		]);
		expect(describeChanges(view({}), before)).toEqual([
			"6 clips added: 'a', 'b', 'c' and 3 more (0-12s)",
			'Length: 12s',
		]);
	});

	it('matches tracks and segments by what they hold when there are no ids', () => {
		const title = (text: string) => ({ d: 3_000, m: { text } });
		const before = { t: [track(7, title('A'), title('B'))] };
		const after = {
			t: [track(7, { d: 1_000, m: { text: 'New' } }), track(7, title('A'), title('B'))],
		};
		expect(describeChanges(view(before), view(after))).toEqual(["Title added: 'New' (0-1s)"]);
	});

	it.each([
		[[], [{ filename: 'mug.jpg' }], ["File added: 'mug.jpg'"]],
		[
			null,
			[{ filename: 'a.jpg' }, { cdn_url: 'https://x/b.jpg' }],
			["2 files added: 'a.jpg', 'b.jpg'"],
		],
		[
			{},
			{ h1: { name: 'a' }, h2: { name: 'b' }, h3: { name: 'c' }, h4: { name: 'd' } },
			["4 files added: 'a', 'b', 'c' and 1 more"],
		],
		[['https://x/a.jpg'], [], ["File removed: 'a.jpg'"]],
		[
			[{ filename: 'a.jpg' }],
			[{ filename: 'a.jpg', tags: ['mug'] }],
			["Details of a file changed: 'a.jpg'"],
		],
		[5, 6, [UNNAMED_CHANGE]],
	])('tells the files of %j and then %j', (before, after, lines) => {
		expect(describeChanges(view(null, before), view(null, after))).toEqual(lines);
	});

	it.each([
		[undefined, { url: 'https://x/clip.mp4' }, ["Clip generated: 'clip.mp4'"]],
		[
			[],
			[{ type: 'video' }, { type: 'music', name: 'Lo-fi' }],
			['Clip generated', "Audio track generated: 'Lo-fi'"],
		],
		[[{ id: 1 }], [{ id: 1 }, { id: 2 }, { id: 3 }], ['2 clips generated']],
		[{ videos: [] }, { videos: ['https://x/1.mp4'] }, ["Clip generated: '1.mp4'"]],
	])('tells what was generated from %j to %j', (before, after, lines) => {
		expect(describeChanges(view(null, null, before), view(null, null, after))).toEqual(lines);
	});

	it('owns up to a difference it has no words for', () => {
		expect(describeChanges(view({ t: [], rev: 1 }), view({ t: [], rev: 2 }))).toEqual([
			UNNAMED_CHANGE,
		]);
	});

	it('keeps a long list of changes readable', () => {
		const t = Array.from({ length: 100 }, (_, index) => track(7, segment(`t${index}`, 0, 1_000)));
		const lines = describeChanges(view({}), view({ t, d: 1_000 }));
		expect(lines).toHaveLength(41);
		expect(lines.at(-1)).toBe('and 61 more changes');
	});

	it('compares states nested deeper than a stack', () => {
		expect(describeChanges(view({ x: nested(200_000) }), view({ x: nested(200_000) }))).toEqual([]);
	});
});

const json = fc.jsonValue({ maxDepth: 3 });
const looseSegment = fc.record(
	{ id: json, st: json, d: json, v: json, m: json, x: json },
	{ requiredKeys: [] },
);
const looseDraft = fc.oneof(
	json,
	fc.record(
		{
			t: fc.array(
				fc.record({ id: json, tt: json, sg: fc.array(looseSegment) }, { requiredKeys: [] }),
			),
			d: json,
			m: json,
		},
		{ requiredKeys: [] },
	),
);
const looseView = fc.record({ draft: looseDraft, videoInfos: json, generatedMedia: json });

describe('properties of telling changes', () => {
	it('says nothing of equal states, whatever they are', () => {
		fc.assert(
			fc.property(looseView, (state) => {
				expect(describeChanges(state, structuredClone(state))).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	it('never throws and never gives an empty or many-lined line', () => {
		fc.assert(
			fc.property(looseView, looseView, (before, after) => {
				for (const line of describeChanges(before, after)) {
					expect(line).not.toMatch(/^\s*$|[\p{Cc}\u2028\u2029]/u);
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('says something whenever the draft differs', () => {
		fc.assert(
			fc.property(fc.nat(9), fc.nat(9), (left, right) => {
				const lines = describeChanges(view({ t: [], x: left }), view({ t: [], x: right }));
				expect(lines.length > 0).toBe(left !== right);
			}),
			{ numRuns: 100 },
		);
	});
});
