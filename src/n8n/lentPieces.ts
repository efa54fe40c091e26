import { collectQuickly } from './quickCollection';

/** More than the buffers of a stream hold, so that each holds one piece or two. Bytes. */
export const PIECE_BYTES = 262_144;

/** Many times what the streams between here and a socket hold back at once. */
const PIECES_LENT = 32;

/**
 * Hands on a file's bytes in memory that is used again, so that a file on its way leaves no garbage
 * that only V8's full collector can free (see `collectQuickly`).
 *
 * Used again means taken back: a piece is empty once 32 later ones were asked for. By then it was
 * sent, for streams ask for more only when they have passed on what they hold. An HTTP client that
 * kept a file's pieces would come short of its Content-Length, and fail. Freeing them cannot be left
 * to V8: Node wraps each piece in an object, and in about a third of n8n's processes V8 puts those
 * into the old part of its heap, from where they keep the pieces.
 *
 * @param source the file's bytes in pieces of any size
 * @returns the same bytes in pieces of 256 kB, the last one shorter
 * @throws what the source throws
 */
export async function* lendPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const lent = new LentMemory();
	let piece = lent.next();
	let filled = 0;
	for await (const bytes of source) {
		collectQuickly(bytes.byteLength);
		for (let from = 0; from < bytes.byteLength;) {
			const part = bytes.subarray(from, from + PIECE_BYTES - filled);
			piece.set(part, filled);
			filled += part.byteLength;
			from += part.byteLength;
			if (filled < PIECE_BYTES) continue;
			yield piece;
			piece = lent.next();
			filled = 0;
		}
	}
	if (filled > 0) yield piece.subarray(0, filled);
}

class LentMemory {
	private readonly lent: ArrayBuffer[] = [];
	private at = 0;

	/** @returns memory out of the hands of whoever may still have it, or new memory */
	next(): Uint8Array {
		const last = this.lent[this.at];
		const memory =
			last === undefined
				? new ArrayBuffer(PIECE_BYTES)
				: structuredClone(last, { transfer: [last] });
		this.lent[this.at] = memory;
		this.at = (this.at + 1) % PIECES_LENT;
		return Buffer.from(memory);
	}
}
