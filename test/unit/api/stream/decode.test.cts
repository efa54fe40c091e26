import { decodeSse, MAX_EVENT_CHARACTERS } from '../../../../src/api/stream/decode';
import { chunksOf, dataOf, messagesOf } from './reading.cts';

const KEEP_ALIVE = { kind: 'keepAlive' };

/** One byte at a time, so that every border of the text is also a border of a chunk. */
function byteByByte(text: string): AsyncGenerator<Uint8Array> {
	return chunksOf(...[...Buffer.from(text)].map((byte) => Uint8Array.of(byte)));
}

async function failureOf(bytes: AsyncIterable<Uint8Array>): Promise<unknown> {
	return await messagesOf(bytes).then(
		() => undefined,
		(error: unknown) => error,
	);
}

describe('decoding server-sent events', () => {
	it('gives each event its data, whatever ends a line', async () => {
		for (const end of ['\n', '\r\n', '\r']) {
			const stream = ['data: {"a":1}', '', 'data:{"b":2}', '', ''].join(end);
			expect(await dataOf(chunksOf(stream))).toEqual(['{"a":1}', '{"b":2}']);
			expect(await dataOf(byteByByte(stream))).toEqual(['{"a":1}', '{"b":2}']);
		}
	});

	it('keeps characters whole that the network split', async () => {
		expect(await dataOf(byteByByte('data: 您的视频 🎬 👨‍👩‍👧\n\n'))).toEqual(['您的视频 🎬 👨‍👩‍👧']);
	});

	it('ignores a byte order mark', async () => {
		expect(await dataOf(byteByByte('\uFEFFdata: {"a":1}\n\n'))).toEqual(['{"a":1}']);
	});

	it('joins the data lines of one event', async () => {
		expect(await dataOf(chunksOf('data: {"a":\ndata: 1}\n\n'))).toEqual(['{"a":\n1}']);
	});

	it.each([
		['a comment', ': still here\n\n'],
		['empty data', 'data:\n\n'],
		['data without a colon', 'data\n\n'],
		['a retry field', 'retry: 3000\n\n'],
		['an unusable retry field', 'retry: soon\n\n'],
		['the bare word heartbeat', 'heartbeat\n\n'],
		['an id alone', 'id: 7\n\n'],
		['an event without data', 'event: ping\r\n\r\n'],
		['blank lines', '\n\n\n'],
	])('takes %s as a sign of life', async (_name, text) => {
		const event = 'data: {"type":"x"}\n\n';
		for (const bytes of [chunksOf(text, event), chunksOf(text + event), byteByByte(text + event)]) {
			expect((await messagesOf(bytes))[0]).toEqual(KEEP_ALIVE);
		}
	});

	it.each([
		'data: {"code":1002}\n\n',
		'event: error\nid: 1\ndata: {"code":1002}\n\n',
		'{"code":1002}\n',
	])('gives %j first, however it was split', async (text) => {
		for (const bytes of [chunksOf(text), byteByByte(text)]) {
			expect((await messagesOf(bytes))[0]).toEqual({ kind: 'data', data: '{"code":1002}' });
		}
	});

	it('takes no empty chunk for a sign of life', async () => {
		expect(await messagesOf(chunksOf('', ''))).toEqual([]);
	});

	it('passes a refusal on that was written without the framing of events', async () => {
		const refusal = '{"code":1001,"message":"token expired"}';
		expect(await dataOf(chunksOf(refusal))).toEqual([refusal]);
		expect(await dataOf(chunksOf(`${refusal}\n`))).toEqual([refusal]);
	});

	it('lets data through that is not JSON', async () => {
		expect(await dataOf(chunksOf('data: hello\n\ndata: \u0000\n\n'))).toEqual(['hello', '\u0000']);
	});
});

describe('the end of a stream', () => {
	it.each([
		['nothing at all', '', []],
		['a blank line', 'data: {"a":1}\n\n', ['{"a":1}']],
		['a line end', 'data: {"a":1}\n', ['{"a":1}']],
		['a carriage return', 'data: {"a":1}\r', ['{"a":1}']],
		['the last brace', 'data: {"a":1}', ['{"a":1}']],
		['the last of several lines that share an event', 'data: {"a":1}\ndata: {"b":2}', 1],
		['[DONE]', 'data: [DONE]', ['[DONE]']],
		['an empty data line', 'data: {"a":1}\n\ndata:\n', ['{"a":1}']],
		['an error text that was not escaped', 'data: {"error": "no "draft"', 1],
		['text that is no JSON', 'data: bye\n', ['bye']],
	])('is complete after %s', async (_name, text, expected) => {
		const data = await dataOf(chunksOf(text));
		if (typeof expected === 'number') expect(data).toHaveLength(expected);
		else expect(data).toEqual(expected);
	});

	it.each([
		['in the middle of JSON', 'data: {"type":"text","content":"You'],
		['in JSON of several lines', 'data: {"a":\n'],
		['in the name of the field', 'dat'],
		['before the data', 'data:'],
		['in a word', 'data: heart'],
		['in a character', Buffer.from('data: {"a":"您').subarray(0, -1)],
	])('is a lost stream when it comes %s', async (_name, last) => {
		const seen: unknown[] = [];
		const bytes = chunksOf('data: {"first":1}\n\n', last);
		const reading = (async () => {
			for await (const message of decodeSse(bytes)) seen.push(message);
		})();
		await expect(reading).rejects.toMatchObject({ kind: 'stream', outcome: 'unknown' });
		expect(seen[0]).toEqual({ kind: 'data', data: '{"first":1}' });
		expect(seen.filter((message) => JSON.stringify(message).includes('data"'))).toHaveLength(1);
	});

	it.each(['d', 'dat', 'ev', 'i', 'retr'])(
		'is a lost stream, and no page of a gateway, where %j is all that came of it',
		async (bytes) => {
			const seen: unknown[] = [];
			const reading = (async () => {
				for await (const message of decodeSse(chunksOf(bytes))) seen.push(message);
			})();
			await expect(reading).rejects.toMatchObject({ kind: 'stream', outcome: 'unknown' });
			expect(seen).toEqual([]);
		},
	);

	it('passes on what the connection threw', async () => {
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('data: {"a":1}\n\n');
			throw new Error('reset');
		}
		await expect(messagesOf(broken())).rejects.toThrow('reset');
	});

	it('closes the source when the reader stops early', async () => {
		let closed = false;
		async function* endless(): AsyncGenerator<Uint8Array> {
			try {
				for (;;) yield Buffer.from('data: {"a":1}\n\ndata: {"b":2}\n\n');
			} finally {
				closed = true;
			}
		}
		for await (const message of decodeSse(endless())) {
			expect(message.kind).toBe('data');
			break;
		}
		expect(closed).toBe(true);
	});
});

describe('large events', () => {
	const chunk = Buffer.alloc(64 * 1024, 'x');

	async function* event(characters: number): AsyncGenerator<Uint8Array> {
		yield Buffer.from('data: {"type":"text","content":"');
		for (let sent = 0; sent < characters; sent += chunk.length) yield chunk;
		yield Buffer.from('"}\n\n');
	}

	it('of 2 MB come through whole', async () => {
		const [data] = await dataOf(event(2 * 1024 * 1024));
		expect(data).toHaveLength(2 * 1024 * 1024 + '{"type":"text","content":""}'.length);
	});

	it('of more than 16 MB end in one clear failure instead of filling the memory', async () => {
		let pulled = 0;
		async function* endless(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('data: ');
			for (;;) {
				pulled += chunk.length;
				yield chunk;
			}
		}
		const failure = await failureOf(endless());
		expect(failure).toMatchObject({ kind: 'protocol' });
		expect(pulled).toBeLessThan(MAX_EVENT_CHARACTERS + 2 * chunk.length);
	});

	it('are refused by their size, not by how the network cut them', async () => {
		const line = Buffer.concat([
			Buffer.from('data: '),
			Buffer.alloc(MAX_EVENT_CHARACTERS + 1, 'x'),
			Buffer.from('\n\n'),
		]);
		expect(await failureOf(chunksOf(line))).toMatchObject({ kind: 'protocol' });
	});

	it('of many lines count by their sum', async () => {
		const line = Buffer.concat([Buffer.from('data: '), chunk, Buffer.from('\n')]);
		async function* lines(): AsyncGenerator<Uint8Array> {
			for (;;) yield line;
		}
		expect(await failureOf(lines())).toMatchObject({ kind: 'protocol' });
	});
});
