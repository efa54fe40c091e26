import type { ByteStream } from '../../../../src/api/transport';
import { lengthOf } from '../../../../src/flows/export/fileInTransit';
import { downloadWithResume, type Open } from '../../../../src/flows/export/downloadWithResume';
import { failureOf, lost, pieces, Scripted } from '../../support/scripted.cts';

/** A source that gives one answer after another, the last one again and again. */
class Source {
	readonly asked: Array<Readonly<Record<string, string>>> = [];
	private readonly answers: Array<() => ByteStream>;

	constructor(...answers: Array<() => ByteStream>) {
		this.answers = answers;
	}

	readonly open: Open = async (headers) => {
		this.asked.push(headers);
		const give = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
		if (give === undefined) throw lost();
		return await Promise.resolve(give());
	};
}

const CHUNKED = { 'transfer-encoding': 'chunked' };
const whole = (text: string, headers: Record<string, string> = {}) =>
	pieces([text], 200, { 'content-length': String(text.length), ...headers });
const broken = (text: string, headers: Record<string, string> = {}) =>
	pieces([text, lost()], 200, headers);
const rest =
	(from: number, text: string, total: number | string = 10, status = 206) =>
	() =>
		pieces([text], status, { 'content-range': `bytes ${from}-9/${total}` });
const refusal =
	(status: number, headers: Record<string, string> = {}) =>
	() =>
		pieces([], status, headers);

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

const read = async (first: ByteStream, ...sources: Source[]): Promise<string> =>
	await readTold(undefined, first, ...sources);

async function readTold(
	told: number | undefined,
	first: ByteStream,
	...sources: Source[]
): Promise<string> {
	const take = async (): Promise<string> => {
		const chunks: Uint8Array[] = [];
		const opens = sources.map(({ open }) => open);
		for await (const chunk of downloadWithResume(nemo.client, first, opens, told))
			chunks.push(chunk);
		return Buffer.concat(chunks).toString('latin1');
	};
	return await nemo.run(take());
}

/** The smallest film whose boxes are whole. */
const FILM = ['ftyp', 'moov', 'mdat'].map((type) => `\0\0\0\x08${type}`).join('');

describe('the end of a file', () => {
	it('is believed where the length is met', async () => {
		const source = new Source();
		expect(await read(whole('0123456789'), source)).toBe('0123456789');
		expect(source.asked).toEqual([]);
	});

	it('is believed in chunks, where the connection ended well', async () => {
		const source = new Source();
		expect(await read(pieces(['0123', '45'], 200, CHUNKED), source)).toBe('012345');
		expect(source.asked).toEqual([]);
	});

	it('is believed where the film is whole though the length is that of a packed answer', async () => {
		const source = new Source();
		expect(await read(pieces([FILM], 200, { 'content-length': '12' }), source)).toBe(FILM);
		expect(await read(pieces([FILM], 200, { 'content-length': '99' }), source)).toBe(FILM);
		expect(await read(pieces([FILM]), source)).toBe(FILM);
		expect(source.asked).toEqual([]);
	});

	it('that is marked by closing alone has to be met twice', async () => {
		const source = new Source(
			() => pieces(['01234567']),
			() => pieces(['01234567']),
		);
		expect(await read(pieces(['0123']), source)).toBe('01234567');
		expect(source.asked).toEqual([{ range: 'bytes=4-' }, { range: 'bytes=8-' }]);
	});

	it('is reported by a server that has nothing beyond it', async () => {
		const source = new Source(refusal(416, { 'content-range': 'bytes */4' }));
		expect(await read(pieces(['0123']), source)).toBe('0123');
		expect(source.asked).toHaveLength(1);
	});

	it.each<[string, string, Record<string, string>]>([
		['in the middle of a box, by closing', FILM.slice(0, -1), {}],
		['with nothing in it', '', {}],
		['with nothing in it though it says so', '', { 'content-length': '0' }],
		['in another place than the length says', '012', { 'content-length': '10' }],
	])('is not believed %s, however often', async (_what, text, headers) => {
		const answer = () => pieces([text], 200, headers);
		const source = new Source(answer);
		expect(await failureOf(read(answer(), source))).toMatchObject({
			kind: 'network',
			stage: 'download',
		});
		expect(source.asked.length).toBeGreaterThanOrEqual(8);
	});

	it.each<[string, (text: string) => ByteStream]>([
		['in chunks', (text) => pieces([text], 200, CHUNKED)],
		['at the length that was announced', (text) => whole(text)],
	])('in the middle of a box is none though it is met twice %s', async (_how, give) => {
		const cut = FILM.slice(0, -1);
		const source = new Source(() => give(cut));
		expect(await failureOf(read(give(cut), source))).toMatchObject({
			kind: 'render',
			stage: 'download',
		});
		expect(source.asked).toHaveLength(1);
	});

	it('in the middle of a box is none though a server has nothing beyond it', async () => {
		const cut = FILM.slice(0, -1);
		const source = new Source(refusal(416, { 'content-range': `bytes */${cut.length}` }));
		expect(await failureOf(read(pieces([cut]), source))).toMatchObject({ kind: 'render' });
	});

	it('may have a few bytes of padding before it, where its length says so', async () => {
		const padded = `${FILM}\0\0\0\0`;
		const source = new Source();
		expect(await read(whole(padded), source)).toBe(padded);
	});

	it('is where the whole ends, though a server gives a part that nobody asked for', async () => {
		const part = pieces([FILM.slice(0, 9)], 206, {
			'content-length': '9',
			'content-range': `bytes 0-8/${FILM.length}`,
		});
		const source = new Source(() =>
			pieces([FILM.slice(9)], 206, {
				'content-range': `bytes 9-${FILM.length - 1}/${FILM.length}`,
			}),
		);
		expect(await read(part, source)).toBe(FILM);
	});

	it('beyond what a server has is none', async () => {
		const source = new Source(refusal(416, { 'content-range': 'bytes */9' }));
		const error = await failureOf(read(broken('0123'), source));
		expect(error.message).toMatch(/after 4 of an unknown number of bytes/);
		expect(source.asked).toEqual([{ range: 'bytes=4-' }, {}]);
	});
});

describe('a file whose size was told', () => {
	const OTHER = { kind: 'render', stage: 'download', retryable: false };

	it('is whole with so many bytes, whatever the length says', async () => {
		const ways: Array<Record<string, string>> = [{}, { 'content-length': '4' }, CHUNKED];
		for (const headers of ways) {
			expect(await readTold(10, pieces(['0123456789'], 200, headers), new Source())).toBe(
				'0123456789',
			);
		}
	});

	it('is another one with a byte more, and no byte of the rest is read', async () => {
		let read = 0;
		const endless = async function* (): AsyncGenerator<Uint8Array> {
			for (;;) {
				read += 1;
				yield await Promise.resolve(Buffer.alloc(4));
			}
		};
		const first = { ...pieces([]), bytes: endless() };
		expect(await failureOf(readTold(10, first, new Source()))).toMatchObject(OTHER);
		expect(read).toBe(3);
	});

	it('is another one where it ends short of that twice, or is known to', async () => {
		const source = new Source(() => pieces(['01234567'], 200, CHUNKED));
		const short = readTold(10, pieces(['01234567'], 200, CHUNKED), source);
		expect(await failureOf(short)).toMatchObject(OTHER);
		const knows = new Source(refusal(416, { 'content-range': 'bytes */8' }));
		const known = readTold(10, pieces(['01234567'], 200, CHUNKED), knows);
		expect((await failureOf(known)).message).toMatch(/8 bytes, while 10 were rendered/);
	});

	it('is asked for again where it was cut off short of what the server announced', async () => {
		const source = new Source(rest(4, '456789'));
		expect(await readTold(10, pieces(['0123'], 200, { 'content-length': '10' }), source)).toBe(
			'0123456789',
		);
	});
});

describe('a file whose size nobody tells', () => {
	it('is not read beyond two gigabytes', async () => {
		const piece = Buffer.alloc(64);
		const lengths = [2_147_483_600, 48, 1];
		const huge = async function* (): AsyncGenerator<Uint8Array> {
			for (const length of lengths) {
				yield await Promise.resolve(Object.create(piece, lengthOfBytes(length)) as Uint8Array);
			}
		};
		const first = { ...pieces([], 200, CHUNKED), bytes: huge() };
		const passed: number[] = [];
		const take = async (): Promise<void> => {
			for await (const { byteLength } of downloadWithResume(nemo.client, first, []))
				passed.push(byteLength);
		};
		expect(await failureOf(nemo.run(take()))).toMatchObject({
			kind: 'fileSize',
			message: expect.stringContaining('2 GB') as string,
		});
		expect(passed).toEqual([2_147_483_600, 48]);
	});
});

/** Makes a few bytes say that they are many. */
const lengthOfBytes = (length: number): PropertyDescriptorMap => ({
	byteLength: { value: length },
	subarray: { value: () => ({ byteLength: length }) },
});

describe('after a break', () => {
	it('a file that begins otherwise is not put together with the first one', async () => {
		const source = new Source(() => pieces(['<html>']));
		const error = await failureOf(read(broken('0123'), source));
		expect(error.message).toMatch(/after 4 of an unknown number of bytes/);
	});

	it('the file is asked for from there on, if it is still the same', async () => {
		const source = new Source(rest(4, '456789'));
		expect(await read(broken('0123', { etag: '"one"', 'content-length': '10' }), source)).toBe(
			'0123456789',
		);
		expect(source.asked).toEqual([{ range: 'bytes=4-', 'if-range': '"one"' }]);
	});

	it('a weak tag does not prove that it is the same file', async () => {
		const source = new Source(rest(4, '456789'));
		await read(broken('0123', { etag: 'W/"one"' }), source);
		expect(source.asked).toEqual([{ range: 'bytes=4-' }]);
	});

	it('before the first byte it is asked for whole', async () => {
		const source = new Source(() => whole('0123456789'));
		expect(await read(pieces([lost()]), source)).toBe('0123456789');
		expect(source.asked).toEqual([{}]);
	});

	it('the length is learnt from the range', async () => {
		const source = new Source(rest(4, '45'), rest(6, '6789'));
		expect(await read(broken('0123'), source)).toBe('0123456789');
		expect(source.asked).toHaveLength(2);
	});

	it('a range without a total continues all the same', async () => {
		const source = new Source(rest(4, '456789', '*'));
		expect(await read(broken('0123', { 'content-length': '10' }), source)).toBe('0123456789');
	});

	it('what is known already is passed over, in whatever pieces it comes', async () => {
		const again = () => pieces(['01', '2', '3456', '789'], 200, { 'content-length': '10' });
		const source = new Source(again);
		expect(await read(broken('0123', { 'content-length': '10' }), source)).toBe('0123456789');
	});

	it.each([408, 429, 500, 503])('a server that answers %i is asked again', async (status) => {
		const source = new Source(refusal(status), rest(4, '456789'));
		expect(await read(broken('0123', { 'content-length': '10' }), source)).toBe('0123456789');
		expect(source.asked).toHaveLength(2);
	});

	it('a server that refuses for good is left for the next one, without its tag', async () => {
		const first = new Source(refusal(403));
		const second = new Source(() =>
			pieces(['456789'], 206, {
				'content-range': 'bytes 4-9/10',
				etag: '"other"',
			}),
		);
		const start = broken('0123', { 'content-length': '10', etag: '"one"' });
		expect(await read(start, first, second)).toBe('0123456789');
		expect(first.asked).toHaveLength(1);
		expect(second.asked).toEqual([{ range: 'bytes=4-' }]);
	});

	it.each<[string, () => ByteStream]>([
		[
			'another tag',
			() => pieces(['456789'], 206, { 'content-range': 'bytes 4-9/10', etag: '"two"' }),
		],
		['another total', rest(4, '456789', 12)],
		['another length', () => whole('0123456789ab')],
		['a refusal', refusal(404)],
	])('%s ends it immediately', async (_what, answer) => {
		const source = new Source(answer);
		const tag: Record<string, string> = _what === 'another tag' ? { etag: '"one"' } : {};
		const error = await failureOf(read(broken('0123', { 'content-length': '10', ...tag }), source));
		expect(error.message).toMatch(/after 4 of 10 bytes/);
		expect(error.description).toMatch(/won't be made or charged again/);
		expect(source.asked).toHaveLength(1);
	});

	it.each([3, 2, 0])(
		'a part that begins earlier, at byte %i, is used from there on',
		async (from) => {
			const source = new Source(rest(from, '0123456789'.slice(from)));
			expect(await read(broken('0123', { 'content-length': '10' }), source)).toBe('0123456789');
			expect(source.asked).toEqual([{ range: 'bytes=4-' }]);
		},
	);

	it.each<[string, () => ByteStream]>([
		['a later part', rest(5, '56789')],
		['a part that says not which', () => pieces(['456789'], 206)],
		['a refusal of every part', refusal(416)],
		['a part that is said to be beyond the end', refusal(416, { 'content-range': 'bytes */10' })],
	])('%s cannot be used, so the file is downloaded from the start', async (_what, answer) => {
		const length = { 'content-length': '10' };
		const source = new Source(answer, () => whole('0123456789'));
		expect(await read(broken('0123', length), source)).toBe('0123456789');
		expect(source.asked).toEqual([{ range: 'bytes=4-' }, {}]);
		const never = new Source(answer);
		const error = await failureOf(read(broken('0123', length), never));
		expect(error.message).toMatch(/after 4 of 10 bytes/);
		expect(never.asked).toHaveLength(2);
		expect(
			await read(broken('0123', length), new Source(answer), new Source(rest(4, '456789'))),
		).toBe('0123456789');
	});

	it('pauses grow up to half a minute, and a new byte makes them short again', async () => {
		const waits: number[] = [];
		const { clock } = nemo;
		const wait = clock.wait.bind(clock);
		jest.spyOn(clock, 'wait').mockImplementation(async (ms, signal) => {
			if (signal === nemo.signal && ms > 0) waits.push(ms);
			await wait(ms, signal);
		});
		const one = () => pieces(['4', lost()], 206, { 'content-range': 'bytes 4-9/10' });
		const source = new Source(refusal(500), refusal(500), one, refusal(500));
		await failureOf(read(broken('0123', { 'content-length': '10' }), source));
		expect(waits).toEqual([
			250, 500, 1000, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
		]);
	});
});

describe('a download that drags on', () => {
	/** Gives a byte every so often, for ever. */
	function dripping(everyMs: number): ByteStream {
		let closed = false;
		const bytes = async function* (): AsyncGenerator<Uint8Array> {
			while (!closed) {
				await nemo.clock.wait(everyMs);
				yield Buffer.from('x');
			}
		};
		return {
			status: 200,
			headers: { 'content-length': '1000000' },
			bytes: bytes(),
			close: () => (closed = true),
		};
	}

	it('is not silent while bytes come', async () => {
		const started = nemo.clock.now();
		await failureOf(read(dripping(30_000), new Source(() => dripping(30_000))));
		expect(nemo.clock.now() - started).toBeGreaterThan(7_000_000);
	});

	it('is given up after two hours, though bytes still come', async () => {
		const started = nemo.clock.now();
		const error = await failureOf(read(dripping(50_000), new Source(() => dripping(50_000))));
		expect(error.kind).toBe('network');
		expect(nemo.clock.now() - started).toBeLessThan(7_400_000);
	});

	it('is broken when nothing comes for a minute', async () => {
		const source = new Source(rest(0, '0123456789'));
		const silent = dripping(61_000);
		await failureOf(read(silent, source));
		expect(source.asked.length).toBeGreaterThan(0);
	});
});

describe('the length of an answer', () => {
	it.each([
		[{ 'content-length': '10' }, 10],
		[{ 'content-length': '10', 'content-encoding': 'identity' }, 10],
		[{ 'content-length': '10', 'content-encoding': 'gzip' }, undefined],
		[{ 'content-length': '10, 10' }, undefined],
		[{ 'content-length': '-1' }, undefined],
		[{}, undefined],
	])('of %j is %s', (headers, length) => {
		expect(lengthOf(pieces([], 200, headers as Record<string, string>))).toBe(length);
	});
});
