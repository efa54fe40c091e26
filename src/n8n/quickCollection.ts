/** About what an array of 1,000 elements takes. Bytes. */
const LITTER_BYTES = 8_192;

/** The last pieces of garbage, in turns: what is never kept may never be made. */
const litter: unknown[] = [];

/**
 * Leaves as much young garbage as a piece of a file has bytes, so that V8 collects quickly.
 *
 * Pieces lie outside of V8's heap. Its quick collector, which runs when the young part of the heap
 * is full, would free those that were sent; but a file on its way makes hardly any young objects.
 * Without them the full collector runs for every 64 MB, through all that n8n holds: two thirds of
 * n8n's processor time during an upload of 500 MB, measured with `npm run bench -- transfer`.
 *
 * @param bytes of the piece that is handed on; 1 MB at most, for the pieces under way must fit into
 *   the young part
 */
export function collectQuickly(bytes: number): void {
	for (let made = 0; made < bytes; made += LITTER_BYTES) {
		litter[(made / LITTER_BYTES) % 4] = new Array(1_000);
	}
}
