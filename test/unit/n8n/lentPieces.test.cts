import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable, Transform } from 'node:stream';
import { lendPieces, PIECE_BYTES } from '../../../src/n8n/lentPieces';

/** A file of 40 pieces and a short one, the same each time it is read. */
const file = randomBytes(40 * PIECE_BYTES + 17);
async function* pieces(): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < file.length; at += PIECE_BYTES) yield file.subarray(at, at + PIECE_BYTES);
}

describe('pieces of a file in memory that is used again', () => {
	it('are the bytes of the file, in order', async () => {
		const hash = createHash('sha256');
		for await (const piece of lendPieces(pieces())) hash.update(piece);
		expect(hash.digest('hex')).toBe(createHash('sha256').update(file).digest('hex'));
	});

	it('stay whole while 31 later ones are under way, and are empty after that, never other bytes', async () => {
		const kept: Uint8Array[] = [];
		let count = 0;
		for await (const piece of lendPieces(pieces())) {
			count += 1;
			kept.push(piece);
			for (const [at, one] of kept.entries()) {
				const wanted = file.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES);
				if (count - at <= 32) expect(Buffer.from(one).equals(wanted)).toBe(true);
				else expect(one.byteLength).toBe(0);
			}
		}
		expect(count).toBe(41);
	});

	it('are full whatever the pieces of the file are like, but for the last one', async () => {
		async function* uneven(): AsyncGenerator<Uint8Array> {
			for (let at = 0, size = 0; at < file.length; at += size) {
				size = 1 + ((at * 37) % 400_000);
				yield file.subarray(at, at + size);
			}
		}
		const sizes: number[] = [];
		const hash = createHash('sha256');
		for await (const piece of lendPieces(uneven())) {
			sizes.push(piece.byteLength);
			hash.update(piece);
		}
		expect(sizes).toEqual([...Array.from({ length: 40 }, () => PIECE_BYTES), 17]);
		expect(hash.digest('hex')).toBe(createHash('sha256').update(file).digest('hex'));
	});

	it('are none where the file has no bytes', async () => {
		async function* empty(): AsyncGenerator<Uint8Array> {
			yield Buffer.alloc(0);
		}
		const read: Uint8Array[] = [];
		for await (const piece of lendPieces(empty())) read.push(piece);
		expect(read).toEqual([]);
	});

	it("come to an end with the file's own failure", async () => {
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('a');
			throw new Error('the disk is gone');
		}
		const read = async (): Promise<void> => {
			for await (const piece of lendPieces(broken()))
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
		for await (const piece of lendPieces(watched())) {
			expect(piece.byteLength).toBe(PIECE_BYTES);
			break;
		}
		expect(closed).toBe(true);
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
			for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
		}
		const { port } = server.address() as AddressInfo;
		const outgoing = request({
			port,
			method: 'POST',
			headers: { 'Content-Length': file.length },
			agent: false,
		});
		const counted = pipeline(
			Readable.from(lendPieces(crumbs())),
			new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) }),
			() => undefined,
		);
		counted.pipe(outgoing);
		expect((await arrived).equals(file)).toBe(true);
	});
});
