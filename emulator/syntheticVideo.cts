import { createCipheriv, createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ByteSource } from './bytes.cts';
import { SEED_VIDEO } from './seedVideo.cts';

const BLOCK = 256 * 1024;
const STAMP = 16;

/**
 * An MP4 of any size that depends on its key alone: one second of real H.264 and AAC, followed by
 * a `free` box whose bytes differ per key. Made on the fly, so half a gigabyte costs no memory.
 */
export class SyntheticVideo implements ByteSource {
	readonly size: number;
	readonly contentType = 'video/mp4';
	readonly etag: string;
	private readonly head: Buffer;
	private readonly pattern: Buffer;

	/**
	 * @param key equal keys give equal bytes
	 * @param sizeBytes at least what the video itself needs; less is raised to that
	 */
	constructor(key: string, sizeBytes: number) {
		const seed = createHash('sha256').update(key).digest();
		const padding = Math.max(STAMP, sizeBytes - SEED_VIDEO.length - 8);
		const box = Buffer.alloc(8);
		box.writeUInt32BE(padding + 8, 0);
		box.write('free', 4, 'latin1');
		this.head = Buffer.concat([SEED_VIDEO, box]);
		this.size = this.head.length + padding;
		this.etag = `"${seed.toString('hex').slice(0, 16)}-${this.size}"`;
		// A cipher's key stream: as good as chance, and made at once.
		const stream = createCipheriv('aes-128-ctr', seed.subarray(0, 16), seed.subarray(16));
		this.pattern = stream.update(Buffer.alloc(BLOCK));
	}

	/** Block after block of the key's pattern, each stamped with its number. */
	private block(index: number): Buffer {
		const bytes = Buffer.from(this.pattern);
		bytes.writeBigUInt64BE(BigInt(index), 0);
		return bytes;
	}

	private *pieces(start: number, end: number): Generator<Buffer> {
		let at = start;
		if (at < this.head.length) {
			const to = Math.min(end + 1, this.head.length);
			yield this.head.subarray(at, to);
			at = to;
		}
		while (at <= end) {
			const offset = at - this.head.length;
			const index = Math.floor(offset / BLOCK);
			const within = offset % BLOCK;
			const piece = this.block(index).subarray(within, Math.min(BLOCK, within + end + 1 - at));
			yield piece;
			at += piece.length;
		}
	}

	read(start: number, end: number): Readable {
		return Readable.from(this.pieces(start, end), { objectMode: true, highWaterMark: 1 });
	}

	/** SHA-256 of the whole file, in hexadecimal. */
	sha256(): string {
		const hash = createHash('sha256');
		for (const piece of this.pieces(0, this.size - 1)) hash.update(piece);
		return hash.digest('hex');
	}
}
