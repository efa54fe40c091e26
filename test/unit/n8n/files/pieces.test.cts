import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable, Transform } from 'node:stream';
import { freeBehind, freePiece, PIECE_BYTES } from '../../../../src/n8n/files/pieces';

/** A file of 40 pieces and a short one, the same each time it is read. */
const file = randomBytes(40 * PIECE_BYTES + 17);
const sha256 = createHash('sha256').update(file).digest('hex');

/** Memory of its own, as a file on disk is read into. */
function piece(from: number, size: number): Uint8Array {
	return new Uint8Array(file.subarray(from, from + size));
}

async function* pieces(): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < file.length; at += PIECE_BYTES) yield piece(at, PIECE_BYTES);
}

/** As Node 21 has it, where this Node does not. */
function transfer(this: ArrayBuffer, byteLength: number): ArrayBuffer {
	structuredClone(this, { transfer: [this] });
	return new ArrayBuffer(byteLength);
}

describe("a file's pieces, freed behind their reader", () => {
	it('are the bytes of the file, in order', async () => {
		const hash = createHash('sha256');
		for await (const bytes of freeBehind(pieces())) hash.update(bytes);
		expect(hash.digest('hex')).toBe(sha256);
	});

	it('stay whole while 8 MB of later ones are in progress, and are empty after that, never other bytes', async () => {
		const kept: Uint8Array[] = [];
		let count = 0;
		for await (const bytes of freeBehind(pieces())) {
			count += 1;
			kept.push(bytes);
			for (const [at, one] of kept.entries()) {
				const wanted = file.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES);
				if (count - at <= 33) expect(Buffer.from(one).equals(wanted)).toBe(true);
				else expect(one.byteLength).toBe(0);
			}
		}
		expect(count).toBe(41);
	});

	it('are whole for as many bytes where the file comes in crumbs', async () => {
		async function* crumbs(): AsyncGenerator<Uint8Array> {
			for (let at = 0; at < file.length; at += 10_000) yield piece(at, 10_000);
		}
		const kept: Uint8Array[] = [];
		for await (const bytes of freeBehind(crumbs())) kept.push(bytes);
		const whole = kept.filter((bytes) => bytes.byteLength > 0);
		const held = whole.reduce((sum, bytes) => sum + bytes.byteLength, 0);
		expect(held).toBeGreaterThanOrEqual(32 * PIECE_BYTES);
		expect(held).toBeLessThan(32 * PIECE_BYTES + 20_000);
		expect(Buffer.concat(whole).equals(file.subarray(-held))).toBe(true);
	});

	it('are of 256 kB at most, and the memory of larger ones is left alone', async () => {
		const large = new Uint8Array(file);
		const sizes: number[] = [];
		const hash = createHash('sha256');
		async function* one(): AsyncGenerator<Uint8Array> {
			yield large;
			yield* pieces();
		}
		for await (const bytes of freeBehind(one())) {
			sizes.push(bytes.byteLength);
			if (sizes.length <= 41) hash.update(bytes);
		}
		const file41 = [...Array.from({ length: 40 }, () => PIECE_BYTES), 17];
		expect(sizes).toEqual([...file41, ...file41]);
		expect(hash.digest('hex')).toBe(sha256);
		expect(large.byteLength).toBe(file.length);
	});

	it('are none where the file has no bytes', async () => {
		async function* empty(): AsyncGenerator<Uint8Array> {
			yield Buffer.alloc(0);
		}
		const read: Uint8Array[] = [];
		for await (const piece of freeBehind(empty())) read.push(piece);
		expect(read).toEqual([]);
	});

	it("come to an end with the file's own failure", async () => {
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('a');
			throw new Error('the disk is gone');
		}
		const read = async (): Promise<void> => {
			for await (const piece of freeBehind(broken()))
				expect(Buffer.from(piece).toString()).toBe('a');
		};
		await expect(read()).rejects.toThrow('the disk is gone');
	});

	it('close the file when their reader leaves', async () => {
		let closed = false;
		async function* watched(): AsyncGenerator<Uint8Array> {
			try {
				yield* pieces();
			} finally {
				closed = true;
			}
		}
		for await (const piece of freeBehind(watched())) {
			expect(piece.byteLength).toBe(PIECE_BYTES);
			break;
		}
		expect(closed).toBe(true);
	});
});

describe('freeing a piece', () => {
	afterEach(() => {
		Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer');
	});

	it.each([
		['as Node 20 can', undefined],
		['as later versions can', transfer],
	])('empties it, %s', (_name, method) => {
		if (method) Object.assign(ArrayBuffer.prototype, { transfer: method });
		const one = piece(0, PIECE_BYTES);
		freePiece(one);
		expect(one.byteLength).toBe(0);
	});

	it.each([
		['shares its memory with what lies before it', () => new Uint8Array(8).subarray(4)],
		['shares its memory with what lies after it', () => new Uint8Array(8).subarray(0, 4)],
		['lies in memory of several threads', () => new Uint8Array(new SharedArrayBuffer(4))],
		['is larger than a piece', () => new Uint8Array(PIECE_BYTES + 1)],
	])('leaves one alone that %s', (_name, make) => {
		const one = make();
		const before = one.byteLength;
		freePiece(one);
		expect(one.byteLength).toBe(before);
	});
});

describe('over a socket, by the streams that an HTTP client puts in between', () => {
	let server: Server;
	let arrived: Promise<Buffer>;
	beforeEach(async () => {
		arrived = new Promise((resolve) => {
			server = createServer((incoming, answer) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => {
					chunks.push(chunk);
					// A slow reader, so that every buffer on the way is full.
					incoming.pause();
					setImmediate(() => incoming.resume());
				});
				incoming.on('end', () => {
					answer.end();
					resolve(Buffer.concat(chunks));
				});
			}).listen(0, '127.0.0.1');
		});
		await once(server, 'listening');
	});
	afterEach(() => server.close());

	it.each([
		['in large pieces', 1_000_000],
		['in crumbs', 1_000],
	])('a file read %s arrives unharmed', async (_name, size) => {
		async function* crumbs(): AsyncGenerator<Uint8Array> {
			for (let at = 0; at < file.length; at += size) yield piece(at, size);
		}
		const { port } = server.address() as AddressInfo;
		const outgoing = request({
			port,
			method: 'POST',
			headers: { 'Content-Length': file.length },
			agent: false,
		});
		const counted = pipeline(
			Readable.from(freeBehind(crumbs())),
			new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) }),
			() => undefined,
		);
		counted.pipe(outgoing);
		expect((await arrived).equals(file)).toBe(true);
	});
});
