/** Whether the bytes read so far are a whole MP4, one that was cut off, or nothing that can tell. */
export type Wholeness = 'whole' | 'cut' | 'unknown';

const SHORT_HEADER = 8;
const LONG_HEADER = 16;

/**
 * Follows the top-level boxes of an MP4 (ISO 14496-12: a 32-bit length and a type, with a 64-bit
 * length behind them where the short one says 1) without keeping the bytes. A file whose transfer
 * gives no believable length can so be told from one that was cut off.
 */
export class Mp4Boxes {
	private readonly header = new Uint8Array(LONG_HEADER);
	private filled = 0;
	/** Bytes of the current box that are still to come. */
	private left = 0;
	private readonly types = new Set<string>();
	private isMp4: boolean | undefined;

	push(chunk: Uint8Array): void {
		let at = 0;
		while (at < chunk.byteLength && this.isMp4 !== false) {
			if (this.left > 0) {
				const passed = Math.min(this.left, chunk.byteLength - at);
				this.left -= passed;
				at += passed;
				continue;
			}
			this.header[this.filled++] = chunk[at++] ?? 0;
			if (this.filled >= SHORT_HEADER) this.readHeader();
		}
	}

	/**
	 * What it looks like if nothing more comes.
	 *
	 * @param isEnd whether somebody vouches for the end: a few bytes behind the last box are padding
	 *   then and not the beginning of a further one
	 */
	wholeness(isEnd = false): Wholeness {
		if (this.isMp4 !== true || this.left === Infinity) return 'unknown';
		const hasMedia = this.types.has('moov') && (this.types.has('mdat') || this.types.has('moof'));
		const isBetweenBoxes = this.left === 0 && (this.filled === 0 || isEnd);
		return isBetweenBoxes && hasMedia ? 'whole' : 'cut';
	}

	private readHeader(): void {
		const view = new DataView(this.header.buffer);
		const length = view.getUint32(0);
		if (length === 1 && this.filled < LONG_HEADER) return;
		const type = String.fromCharCode(...this.header.subarray(4, SHORT_HEADER));
		this.isMp4 ??= type === 'ftyp';
		const size = length === 1 ? Number(view.getBigUint64(SHORT_HEADER)) : length;
		// Length 0: up to the end of the file, wherever that is.
		this.left = length === 0 ? Infinity : size - this.filled;
		if (this.left < 0) this.isMp4 = false;
		this.types.add(type);
		this.filled = 0;
	}
}
