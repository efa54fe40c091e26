import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

/** Bytes that can be read from anywhere, without being held in memory. */
export interface ByteSource {
	size: number;
	contentType: string;
	etag: string;
	/** From `start` to `end`, both included. */
	read(start: number, end: number): Readable;
}

export function fileSource(
	path: string,
	size: number,
	contentType: string,
	etag: string,
): ByteSource {
	return {
		size,
		contentType,
		etag: `"${etag}"`,
		read: (start, end) => createReadStream(path, { start, end, highWaterMark: 256 * 1024 }),
	};
}

export function bufferSource(bytes: Buffer, contentType: string, etag: string): ByteSource {
	return {
		size: bytes.length,
		contentType,
		etag: `"${etag}"`,
		read: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
	};
}
