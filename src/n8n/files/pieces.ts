/** More than the buffers of a stream hold, so that each holds one piece or two. Bytes. */
export const PIECE_BYTES = 262_144;

/** Many times what the streams between here and a socket hold back at once. Bytes. */
const UNDER_WAY_BYTES = 32 * PIECE_BYTES;

/**
 * Hands on a file's bytes and frees their memory behind them (see `freePiece`).
 *
 * A piece is emptied once 8 MB of later ones were asked for. By then it was sent, for streams ask
 * for more only when they have passed on what they hold. An HTTP client that kept a file's pieces
 * would come short of its Content-Length, and fail.
 *
 * @param source the file's bytes in pieces of any size that nobody else keeps
 * @returns the same bytes, in pieces of 256 kB at most
 * @throws what the source throws
 */
export async function* freeBehind(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const underWay: Uint8Array[] = [];
	let bytesUnderWay = 0;
	for await (const bytes of source) {
		let first: Uint8Array | undefined;
		while ((first = underWay[0]) && bytesUnderWay - first.byteLength >= UNDER_WAY_BYTES) {
			underWay.shift();
			bytesUnderWay -= first.byteLength;
			freePiece(first);
		}
		underWay.push(bytes);
		bytesUnderWay += bytes.byteLength;
		for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) {
			yield bytes.subarray(from, from + PIECE_BYTES);
		}
	}
}

/** From Node 21 on. */
interface Transferable extends ArrayBuffer {
	transfer(byteLength: number): ArrayBuffer;
}

function isTransferable(memory: ArrayBuffer): memory is Transferable {
	return 'transfer' in memory;
}

/**
 * Frees a piece of a file instead of leaving it to V8; the piece is empty after that.
 *
 * Pieces lie outside of V8's heap, and each 64 MB of them makes V8's full collector run through all
 * that n8n holds. Its quick collector cannot be relied on: in about a third of n8n's processes the
 * objects that Node wraps pieces in are made in the old part of the heap, from where they keep them.
 *
 * A piece that shares its memory with others, or is larger than a stream was asked to make, is left
 * to V8.
 *
 * @param piece of a stream whose only reader is done with it
 */
export function freePiece(piece: Uint8Array): void {
	const { buffer, byteLength } = piece;
	if (byteLength > PIECE_BYTES || byteLength !== buffer.byteLength) return;
	if (!(buffer instanceof ArrayBuffer)) return;
	if (isTransferable(buffer)) buffer.transfer(0);
	else structuredClone(buffer, { transfer: [buffer] });
}
