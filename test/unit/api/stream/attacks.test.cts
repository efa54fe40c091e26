import { isDeepStrictEqual } from 'node:util';

import { report } from '../../../report.cts';
import { chunksOf, readStream, recordings, type Reading, type Recording } from './reading.cts';

/** Above this size, offsets are drawn instead of tried one by one. Bytes. */
const EVERY_OFFSET_UP_TO = 16 * 1024;
const DRAWN_OFFSETS = 500;
const CHUNKINGS = 40;

/** A reading that takes longer hangs. Milliseconds; generous, because machines differ. */
const HANG_MS = 60_000;

/** What stands in the thoughts of the recordings. */
const THOUGHTS = ['thinking about it', 'Planning:'];

/** Text pieces of the flat dialect below this length cannot be told from a repetition. */
const TELLING_LENGTH = 8;

const all = recordings();
const adkStreams = all.filter(({ name }) => name.includes('adk'));

/** The same numbers in every run. */
function seeded(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}

function cutAtRandom(bytes: Buffer, next: (below: number) => number, most: number): Buffer[] {
	const chunks: Buffer[] = [];
	for (let from = 0; from < bytes.length;) {
		const to = Math.min(bytes.length, from + 1 + next(most));
		chunks.push(bytes.subarray(from, to));
		from = to;
	}
	return chunks;
}

async function read(...chunks: Buffer[]): Promise<Reading> {
	return await readStream(chunksOf(...chunks));
}

async function* inChunks(chunks: Buffer[]): AsyncGenerator<Uint8Array> {
	yield* chunks;
}

/** The events of a recording, each with the blank line that ends it. */
function eventsOf(bytes: Buffer): string[] {
	return bytes.toString().match(/[^]*?\n\n/g) ?? [];
}

async function readEvents(events: string[]): Promise<Reading> {
	return await read(Buffer.from(events.join('')));
}

function offsetsOf({ bytes }: Recording): number[] {
	if (bytes.length <= EVERY_OFFSET_UP_TO) return [...bytes.keys()];
	const next = seeded(bytes.length);
	return Array.from({ length: DRAWN_OFFSETS }, () => next(bytes.length));
}

function expectNoThought({ text, live }: Reading): void {
	for (const thought of THOUGHTS) {
		expect(text).not.toContain(thought);
		expect(live).not.toContain(thought);
	}
}

/** What counts of a reading where the order or number of keep-alives may differ. */
function essence({ text, tools, failure, lost }: Reading): unknown {
	return { text, tools, failure, lost };
}

describe('recordings of both dialects', () => {
	it('are there: of a real ADK server, of the emulator, and after the published samples', () => {
		for (const folder of ['adk/', 'emulator/', 'flat/']) {
			expect(all.filter(({ name }) => name.startsWith(folder)).length).toBeGreaterThanOrEqual(4);
		}
	});

	it.each(all)(
		'$name reads without a thought or a line that is not understood',
		async ({ bytes }) => {
			const reading = await read(bytes);
			expectNoThought(reading);
			expect(reading.lost).toBeUndefined();
			const said = reading.text !== '' || reading.tools.length > 0 || reading.failure !== undefined;
			expect(said).toBe(true);
		},
	);

	it('read as they are meant to', async () => {
		const texts = Object.fromEntries(
			await Promise.all(
				all.map(async ({ name, bytes }) => {
					const { text, failure } = await read(bytes);
					return [name.replace('.sse', ''), failure ?? text] as const;
				}),
			),
		);
		const promo =
			'Your 30-second video is ready: one generated scene, the title "Paradise Found" and background music.';
		const chinese =
			'视频已完成：20 秒，一个片段，标题“制作一个20秒的”。 点击“导出”按钮下载视频，或打开时间线面板预览。';
		expect(texts).toMatchObject({
			'adk/text': '您的视频已完成 🎬',
			'adk/partial': '您的视频已完成 🎬',
			'adk/silent': '',
			'adk/thrown': 'server',
			'flat/text':
				"I'll turn your five photos into a 30-second promo.\n\nYour promo is ready: five photos, 30 seconds, with background music.\n\nClick the Export button when you like it.",
			'flat/silent': '',
			'flat/heartbeats': '已为您添加背景音乐。',
			'flat/false-error': 'The clip is on the timeline.',
			'flat/false-error-alone': 'server',
			'flat/pieces':
				'您的视频已完成 🎬👨‍👩‍👧。您可以点击“导出”。\n\nTitle added: "Paradise Found" (0-3s).',
			'flat/credits': 'credits',
			'flat/credits-late': 'credits',
			'flat/error': 'server',
			'flat/unescaped-error': 'server',
			'flat/question': 'Which aspect ratio do you want: 9:16, 16:9 or 1:1?',
			'emulator/flat-generation': expect.stringContaining(promo),
			'emulator/flat-chinese': chinese,
			'emulator/flat-silent': '',
			'emulator/flat-credits': 'credits',
			'emulator/flat-error': 'server',
			'emulator/adk-generation': expect.stringContaining(promo),
			'emulator/adk-chinese': chinese,
			'emulator/adk-silent': '',
			'emulator/adk-raw-error': 'server',
			'emulator/adk-system-error': 'server',
			'emulator/adk-error-code': 'server',
			'emulator/mixed-generation': expect.stringContaining(promo),
		});
		for (const text of Object.values(texts)) expect(text).not.toContain('temporary issue');
	});
});

/**
 * What is wrong with the reading of a cut stream.
 *
 * @param around readings of the events that are complete, and of those with the next one
 */
function faultOf(cut: Reading, whole: Reading, around: Reading[]): string | undefined {
	const [before, withNext = before] = around;
	const shown = `${cut.text}${cut.live}`;
	if (THOUGHTS.some((thought) => shown.includes(thought))) return 'shows a thought';
	if (!whole.text.startsWith(cut.text)) return 'has a text that is no beginning of the whole';
	if (cut.lost !== undefined) {
		const rest = { ...cut, lost: undefined };
		return cut.lost === 'stream' && isDeepStrictEqual(rest, before) ? undefined : 'lost too much';
	}
	// A failure that was told counts although its words were cut.
	if (cut.failure !== before?.failure) {
		return cut.failure === withNext?.failure ? undefined : 'fails otherwise';
	}
	// Closed between two events, or where the last one only lacked its blank line.
	return around.some((reading) => isDeepStrictEqual(cut, reading)) ? undefined : 'differs';
}

describe('a stream that is cut', () => {
	let tried = 0;
	afterAll(() => report('offsets', `${tried} cuts over ${all.length} recordings`));

	it.each(all)(
		'$name: gives what came before the cut, or says that it was lost; never doubled, never a thought',
		async (recording) => {
			const { bytes } = recording;
			const whole = await read(bytes);
			const events = eventsOf(bytes);
			const upTo: Reading[] = [];
			const ends: number[] = [];
			let end = 0;
			for (let count = 0; count <= events.length; count++) {
				upTo.push(await readEvents(events.slice(0, count)));
				ends.push((end += Buffer.byteLength(events[count - 1] ?? '')));
			}
			const wrong: unknown[] = [];
			for (const offset of offsetsOf(recording)) {
				const cut = await read(bytes.subarray(0, offset));
				const complete = ends.filter((position) => position <= offset).length - 1;
				const fault = faultOf(cut, whole, upTo.slice(complete, complete + 2));
				if (fault !== undefined) wrong.push({ offset, fault, cut });
				tried++;
			}
			expect(wrong).toEqual([]);
		},
		HANG_MS,
	);

	it('is lost wherever JSON is broken off', async () => {
		for (const { bytes } of adkStreams.filter(({ name }) => !/error|thrown/.test(name))) {
			const events = eventsOf(bytes).filter((event) => event.startsWith('data: {"'));
			const [first = ''] = events;
			for (const offset of [20, Math.floor(first.length / 2), first.trimEnd().length - 1]) {
				const cut = await read(Buffer.from(first).subarray(0, offset));
				expect(cut.lost).toBe('stream');
			}
		}
	});
});

describe('a stream in other chunks', () => {
	let tried = 0;
	afterAll(() => report('chunkings', `${tried} over ${all.length} recordings`));

	it.each(all)(
		'$name: reads the same, whatever the chunks and the line ends',
		async ({ name, bytes }) => {
			const whole = await read(bytes);
			const next = seeded(name.length * 7919 + bytes.length);
			const text = bytes.toString();
			const variants = ['\n', '\r\n', '\r'].map((end) => Buffer.from(text.replaceAll('\n', end)));
			for (let round = 0; round < CHUNKINGS; round++) {
				for (const variant of variants) {
					const most = [3, 1, 17, 200, 5000, 70_000][round % 6] ?? 1;
					const large = bytes.length > EVERY_OFFSET_UP_TO;
					if (large && most < 200 && round > 2) continue;
					tried++;
					expect(await readStream(inChunks(cutAtRandom(variant, next, most)))).toEqual(whole);
				}
			}
		},
		HANG_MS,
	);
});

describe('a stream with garbage in it', () => {
	const garbage = [
		'garbage\n',
		'garbage: more\n',
		': comment\n',
		'data: not json\n',
		'data: {"half":\n',
		'data: [1,2\n',
		'data: "text"\n',
		'data: null\n',
		'data:\n',
		'data\n',
		'id: 7\n',
		'id: \u0000\n',
		'event: message\n',
		'retry: never\n',
		'\u0000\u0001\u0002\n',
		'<html><body>502 Bad Gateway</body></html>\n',
		'{"half":\n',
		`${'x'.repeat(2000)}\n`,
		'\n',
	];

	it.each(all)(
		'$name: reads the same with garbage between its lines and its events',
		async ({ name, bytes }) => {
			const whole = await read(bytes);
			const next = seeded(name.length);
			const lines = bytes.toString().match(/[^\n]*\n/g) ?? [];
			for (let round = 0; round < 30; round++) {
				const attacked = lines.flatMap((line) => {
					const thrown = garbage[next(garbage.length)] ?? '';
					return next(3) === 0 ? [thrown, line] : [line];
				});
				expect(essence(await read(Buffer.from(attacked.join(''))))).toEqual(essence(whole));
			}
		},
		HANG_MS,
	);

	it('reads the same with bytes between its events that are no text', async () => {
		for (const { name, bytes } of all) {
			const whole = await read(bytes);
			const next = seeded(bytes.length);
			for (let round = 0; round < 10; round++) {
				const attacked = eventsOf(bytes).flatMap((event) => {
					const noise = Buffer.from(Array.from({ length: 40 }, () => 128 + next(128)));
					return [noise, Buffer.from('\n\n'), Buffer.from(event)];
				});
				const reading = await read(Buffer.concat(attacked));
				expect({ name, ...Object(essence(reading)) }).toEqual({ name, ...Object(essence(whole)) });
			}
		}
	});
});

describe('a stream with very long lines', () => {
	const MEGABYTES = 2 * 1024 * 1024;

	it.each([
		['a tool result', (text: string) => ({ type: 'tool_result', name: 'x', result: text }), 0],
		['an unknown event', (text: string) => ({ type: 'log', text }), 0],
		[
			'a thought',
			(text: string) => ({ author: 'a', content: { parts: [{ text, thought: true }] } }),
			0,
		],
		['a text', (text: string) => ({ type: 'text', content: text }), MEGABYTES],
	])(
		'takes 2 MB of %s in stride',
		async (_name, event, length) => {
			const line = Buffer.from(`data: ${JSON.stringify(event('字'.repeat(MEGABYTES)))}\n\n`);
			const before = Buffer.from('data: {"type":"text","content":"A."}\n\n');
			const after = Buffer.from('data: {"type":"text","content":"Z."}\n\n');
			const bytes = Buffer.concat([before, line, after]);
			const next = seeded(5);
			const { text, lost } = await readStream(inChunks(cutAtRandom(bytes, next, 64 * 1024)));
			expect(lost).toBeUndefined();
			expect(text.startsWith('A.')).toBe(true);
			expect(text.endsWith('Z.')).toBe(true);
			expect(text.match(/字/g)?.length ?? 0).toBe(length);
		},
		HANG_MS,
	);

	it(
		'takes a comment and a line of garbage of 2 MB',
		async () => {
			const long = 'y'.repeat(MEGABYTES);
			const bytes = Buffer.from(`: ${long}\n\n${long}\n\ndata: {"type":"text","content":"A"}\n\n`);
			expect((await readStream(inChunks(cutAtRandom(bytes, seeded(9), 9000)))).text).toBe('A');
		},
		HANG_MS,
	);
});

function inserted(events: string[], index: number, event: string): string[] {
	return [...events.slice(0, index), event, ...events.slice(index)];
}

describe('events that come twice or out of order', () => {
	const isText = (event: string) => /"text":|"type":"text"/.test(event);
	const isPartial = (event: string) => event.includes('"partial":true');

	/** Flat pieces too short to tell a repetition from chance are left alone. */
	function canRepeat(event: string): boolean {
		const piece = /"type":"text","content":"([^"]*)"/.exec(event)?.[1];
		return piece === undefined || piece.length >= TELLING_LENGTH;
	}

	it.each(all)('$name: each event twice in a row gives the same', async ({ bytes }) => {
		const whole = await read(bytes);
		const events = eventsOf(bytes);
		for (const [index, event] of events.entries()) {
			if (!canRepeat(event)) continue;
			const twice = inserted(events, index, event);
			expect(essence(await readEvents(twice))).toEqual(essence(whole));
		}
		const allTwice = events.flatMap((event) => (canRepeat(event) ? [event, event] : [event]));
		expect(essence(await readEvents(allTwice))).toEqual(essence(whole));
	});

	it.each(adkStreams)(
		'$name: a text again at any later place changes nothing',
		async ({ bytes }) => {
			const whole = await read(bytes);
			const events = eventsOf(bytes);
			for (const [index, event] of events.entries()) {
				if (!isText(event)) continue;
				for (let place = index + 1; place <= events.length; place++) {
					const again = await readEvents(inserted(events, place, event));
					expect(essence(again)).toEqual(essence(whole));
				}
			}
		},
	);

	it.each(adkStreams)('$name: partials in any order change nothing', async ({ name, bytes }) => {
		const whole = await read(bytes);
		const next = seeded(name.length + bytes.length);
		const events = eventsOf(bytes);
		for (let round = 0; round < 50; round++) {
			const attacked = events.filter((event) => !isPartial(event));
			const from = events.findIndex(isPartial);
			for (const event of events.filter(isPartial)) {
				if (next(4) === 0) continue;
				const place = Math.max(0, from) + next(attacked.length - Math.max(0, from) + 1);
				attacked.splice(place, 0, event);
			}
			const reading = await readEvents(attacked);
			expectNoThought(reading);
			expect(essence(reading)).toEqual(essence(whole));
		}
	});
});
