import type { NemoVideoError } from '../../api/errors';
import type { ByteStream } from '../../api/transport';
import { Mp4Boxes } from './mp4Boxes';
import { brokenDownload, cutVideo, endlessVideo, MAX_UNTOLD_BYTES, otherFile } from './videoFaults';

const BEGINNING_BYTES = 64;

/** What the answer to a further request for a file means. */
export type Meaning =
	'goesOn' | 'later' | 'anew' | 'refused' | 'changed' | 'whole' | 'other' | 'cut';

/** What is known of the file and of how much of it has come. */
export class FileInTransit {
	received = 0;
	private skip = 0;
	/** Whether the server is asked to go on; else the file is begun again. */
	private asksForPart = true;
	private readonly boxes = new Mp4Boxes();
	/** By its first bytes, a file that is begun again is known as the same. */
	private readonly beginning = new Uint8Array(BEGINNING_BYTES);
	private length: number | undefined;
	private validator: string | undefined;
	/** Where a connection ended as if it were the end. */
	private endedAt: number | undefined;

	constructor(
		first: ByteStream,
		private readonly told: number | undefined,
	) {
		this.length = lengthOf(first);
		this.validator = validatorOf(first);
	}

	/**
	 * @returns what of a chunk is new, if anything
	 * @throws NemoVideoError where the file grows beyond what it may have, or is another one
	 */
	take(chunk: Uint8Array): Uint8Array | undefined {
		this.compareBeginning(chunk);
		const fresh = chunk.subarray(Math.min(this.skip, chunk.byteLength));
		this.skip -= chunk.byteLength - fresh.byteLength;
		if (fresh.byteLength === 0) return undefined;
		this.received += fresh.byteLength;
		if (this.received > (this.told ?? MAX_UNTOLD_BYTES)) {
			throw this.told === undefined ? endlessVideo() : this.otherSize();
		}
		this.boxes.push(fresh);
		return fresh;
	}

	/** Remembers the file's first bytes, and looks whether they are the same when they come again. */
	private compareBeginning(chunk: Uint8Array): void {
		const from = this.received - this.skip;
		const known = Math.min(this.received, BEGINNING_BYTES);
		for (let at = from; at < BEGINNING_BYTES && at - from < chunk.byteLength; at++) {
			const byte = chunk[at - from] ?? 0;
			if (at >= known) this.beginning[at] = byte;
			else if (this.beginning[at] !== byte) throw this.broken(undefined);
		}
	}

	/**
	 * Whether a connection that ended without a failure has brought the file to its end. The MP4 itself
	 * says so, or its length where it is no MP4: n8n's HTTP client unpacks compressed answers and leaves
	 * the packed length in the headers, and a server that marks the end by closing looks no other when
	 * cut off. Where the size was told, only that counts.
	 *
	 * @throws NemoVideoError where the file has ended twice at the same place, and that is not its end
	 */
	endedWhole({ headers }: ByteStream): boolean {
		if (this.received === 0) return false;
		if (this.told !== undefined) return this.endedAsTold();
		const isAnnounced = this.received === this.length;
		const wholeness = this.boxes.wholeness(isAnnounced);
		if (wholeness === 'whole') return true;
		if (this.length !== undefined && !isAnnounced) return false;
		const isEnd = isAnnounced || /chunked/i.test(headers['transfer-encoding'] ?? '');
		if (wholeness === 'unknown' && isEnd) return true;
		// Nothing vouches for the end: it has to be met twice at the same place.
		const isSamePlace = this.endedAt === this.received;
		this.endedAt = this.received;
		if (isSamePlace && wholeness === 'cut' && isEnd) throw cutVideo(this.received);
		return isSamePlace && wholeness === 'unknown';
	}

	private endedAsTold(): boolean {
		if (this.received === this.told) return true;
		// Short of what the server announced, it was cut off.
		if (this.length !== undefined && this.received < this.length) return false;
		if (this.endedAt === this.received) throw this.otherSize();
		this.endedAt = this.received;
		return false;
	}

	rangeHeaders(): Record<string, string> {
		if (this.received === 0 || !this.asksForPart) return {};
		const range = `bytes=${this.received}-`;
		return this.validator === undefined ? { range } : { range, 'if-range': this.validator };
	}

	/** Another source names the same file by other tags. */
	asksElsewhere(): void {
		this.validator = undefined;
		this.asksForPart = true;
	}

	/** What the answer to a further request means. */
	read(answer: ByteStream): Meaning {
		const { status } = answer;
		const { from, to = 0, total } = rangeOf(answer);
		if (status === 416) {
			const isSenseless = total === undefined || total === 0 || total > this.received;
			if (isSenseless) return this.beginAgain();
			if (total !== this.received) return 'changed';
			if (this.told !== undefined) return this.told === total ? 'whole' : 'other';
			return this.boxes.wholeness(true) === 'cut' ? 'cut' : 'whole';
		}
		if (status === 429 || status === 408 || status >= 500) return 'later';
		if (status !== 200 && status !== 206) return 'refused';
		const tag = validatorOf(answer);
		const isTagged = this.validator !== undefined && tag !== undefined;
		if (isTagged && tag !== this.validator) return 'changed';
		const length = lengthOf(answer);
		if (!isTagged && this.length !== undefined && length !== undefined) {
			if (length !== this.length) return 'changed';
		}
		if (status === 206) {
			// Some begin their parts at the borders of blocks.
			if (from === undefined || from > this.received || to < this.received)
				return this.beginAgain();
			this.length = length ?? this.length;
			this.skip = this.received - from;
			return 'goesOn';
		}
		// No ranges here: the file comes from its beginning.
		this.length = length ?? this.length;
		this.skip = this.received;
		return 'goesOn';
	}

	/** A server that gives another part than was asked for can't go on. */
	private beginAgain(): Meaning {
		if (!this.asksForPart) return 'refused';
		this.asksForPart = false;
		return 'anew';
	}

	broken(cause: unknown): NemoVideoError {
		return brokenDownload(this.received, this.told ?? this.length, cause);
	}

	otherSize(): NemoVideoError {
		const has = this.received > (this.told ?? 0) ? `more than ${this.told}` : `${this.received}`;
		return otherFile(`a file of ${has} bytes, while ${this.told} were rendered`);
	}
}

/** Which part of the whole file an answer brings, where it says so. Bytes. */
export function rangeOf({ headers }: ByteStream): {
	from?: number;
	to?: number;
	total?: number;
} {
	const range = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
	const [, from, to, total] = range ?? [];
	return { from: toNumber(from), to: toNumber(to), total: toNumber(total) };
}

function toNumber(digits: string | undefined): number | undefined {
	return digits === undefined || digits === '*' ? undefined : Number(digits);
}

/**
 * The size of the whole file, where an answer tells it. Bytes.
 *
 * Content-Length counts the bytes on the wire, so it says nothing about a compressed answer,
 * nor does that of a part about the whole.
 */
export function lengthOf(answer: ByteStream): number | undefined {
	const { status, headers } = answer;
	if (status === 206) return rangeOf(answer).total;
	const encoding = headers['content-encoding'];
	if (encoding !== undefined && encoding !== 'identity') return undefined;
	const text = headers['content-length'];
	return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Weak tags do not vouch for equal bytes. */
function validatorOf({ headers }: ByteStream): string | undefined {
	const { etag } = headers;
	return etag?.startsWith('"') ? etag : undefined;
}
