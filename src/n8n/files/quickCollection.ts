/** An array of 1,000 numbers takes about this much. Bytes. */
const LITTER_BYTES = 8_192;

/** V8 lets the young part of its heap grow to 64 MB and pieces of files to 64 MB; half is safe. */
const LITTER_PER_BYTE = 2;

const template = new Array<number>(LITTER_BYTES / 8).fill(0);

/** What nobody keeps need not be made, as far as V8's compilers can tell. */
export const litter: { last: readonly number[] } = { last: template };

/**
 * Leaves twice as much young garbage as a piece of a file has bytes, so that V8 collects quickly.
 *
 * Pieces lie outside of V8's heap. Its quick collector, which runs when the young part of the heap
 * is full, frees those that nobody holds; but a file on its way makes hardly any young objects.
 * Without them the full collector runs for every 64 MB, through all that n8n holds (see
 * `freePiece`): five sixths of n8n's processor time during a download of 500 MB (compare
 * `npm run bench -- transfer`).
 *
 * The garbage is copies of an array, because copies are always made young. Of `new Array` V8 learns
 * where it is called, and in about half of n8n's processes it moved those to the old part.
 *
 * @param bytes of the piece that is handed on; 1 MB at most, for the pieces under way must fit into
 *   the young part
 */
export function collectQuickly(bytes: number): void {
	for (let made = 0; made < bytes * LITTER_PER_BYTE; made += LITTER_BYTES) {
		litter.last = template.slice();
	}
}
