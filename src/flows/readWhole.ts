import type { NemoVideoClient } from '../api/client';
import { Deadline } from '../api/deadline';
import { NemoVideoError } from '../api/errors';
import { settle } from '../api/settle';
import type { ByteStream } from '../api/transport';
import { Mp4Boxes } from './mp4Boxes';

/** Asks a server for the file, with a Range where it is to go on. */
export type Open = (headers: Readonly<Record<string, string>>) => Promise<ByteStream>;

/** Two hours for the whole file: 500 MB at 70 kB/s. Milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 7_200_000;
/** A connection that brings nothing for this long is broken. Milliseconds. */
const SILENT_MS = 60_000;
/** Breaks in a row without a single new byte before it is given up: about two minutes. */
const MOST_BARREN_BREAKS = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Reads a file to its end, however often the connection breaks: it goes on by Range where the
 * server can, else the file is begun again and what is known is passed over.
 *
 * @param first the file from its beginning
 * @param sources where to ask again: the first, and the next ones when it refuses for good
 * @throws NemoVideoError of kind `network` rather than ending short, or `cancelled`
 */
export async function* readWhole(
	client: NemoVideoClient,
	first: ByteStream,
	sources: readonly Open[],
): AsyncGenerator<Uint8Array> {
	const { clock, transport } = client;
	const deadline = new Deadline(clock, DOWNLOAD_TIMEOUT_MS);
	const file = new FileInTransit(first);
	const [opening, ...others] = sources;
	let open = opening;
	let stream: ByteStream | undefined = first;
	let barren = 0;
	for (;;) {
		const before = file.received;
		let cause: unknown;
		if (stream) {
			const reader = guarded(client, stream, deadline);
			try {
				for (;;) {
					const next = await settle(async () => await reader.next());
					if (!next.ok) {
						cause = next.error;
						break;
					}
					if (next.value.done) break;
					const fresh = file.take(next.value.value);
					if (fresh) yield fresh;
				}
			} finally {
				stream.close();
			}
			if (cause === undefined && file.endedWhole(stream)) return;
			stream = undefined;
		}
		// Throws where the user has stopped the execution.
		await clock.wait(0, transport.signal);
		barren = file.received > before ? 0 : barren + 1;
		if (deadline.passed || barren > MOST_BARREN_BREAKS || open === undefined) {
			throw file.broken(cause);
		}
		const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** barren);
		await clock.wait(pause, transport.signal);
		const ask = open;
		const again = await settle(async () => await ask(file.rangeHeaders()));
		if (!again.ok) continue;
		const answer = again.value;
		const meaning = file.read(answer);
		if (meaning === 'goesOn') {
			stream = answer;
			continue;
		}
		answer.close();
		if (meaning === 'whole') return;
		if (meaning === 'refused') {
			open = others.shift();
			if (open) file.asksElsewhere();
		}
		if (meaning === 'changed' || open === undefined) throw file.broken(cause);
	}
}

type Meaning = 'goesOn' | 'later' | 'refused' | 'changed' | 'whole';

/** What is known of the file and of how much of it has come. */
class FileInTransit {
	received = 0;
	private skip = 0;
	private readonly boxes = new Mp4Boxes();
	private length: number | undefined;
	private validator: string | undefined;
	/** Where a connection ended as if it were the end. */
	private endedAt: number | undefined;

	constructor(first: ByteStream) {
		this.length = lengthOf(first);
		this.validator = validatorOf(first);
	}

	/** @returns what of a chunk is new, if anything */
	take(chunk: Uint8Array): Uint8Array | undefined {
		const fresh = chunk.subarray(Math.min(this.skip, chunk.byteLength));
		this.skip -= chunk.byteLength - fresh.byteLength;
		if (fresh.byteLength === 0) return undefined;
		this.received += fresh.byteLength;
		this.boxes.push(fresh);
		return fresh;
	}

	/**
	 * Whether a connection that ended without a failure has brought the file to its end. Its length
	 * says so, or the MP4 itself: n8n's HTTP client unpacks compressed answers and leaves the packed
	 * length in the headers, and a server that marks the end by closing looks no other when cut off.
	 */
	endedWhole({ headers }: ByteStream): boolean {
		if (this.received === 0) return false;
		if (this.received === this.length) return true;
		const wholeness = this.boxes.wholeness();
		if (wholeness === 'whole') return true;
		if (this.length !== undefined) return false;
		const isFramed = /chunked/i.test(headers['transfer-encoding'] ?? '');
		if (wholeness === 'unknown' && isFramed) return true;
		// Nothing vouches for the end: it has to be met twice at the same place.
		const isSamePlace = this.endedAt === this.received;
		this.endedAt = this.received;
		return isSamePlace && (wholeness === 'unknown' || isFramed);
	}

	rangeHeaders(): Record<string, string> {
		if (this.received === 0) return {};
		const range = `bytes=${this.received}-`;
		return this.validator === undefined ? { range } : { range, 'if-range': this.validator };
	}

	/** Another source names the same file by other tags. */
	asksElsewhere(): void {
		this.validator = undefined;
	}

	/** What the answer to a further request means. */
	read(answer: ByteStream): Meaning {
		const { status, headers } = answer;
		const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
		const total = range?.[2] === undefined || range[2] === '*' ? undefined : Number(range[2]);
		if (status === 416) return total === this.received && total > 0 ? 'whole' : 'changed';
		if (status === 429 || status === 408 || status >= 500) return 'later';
		if (status !== 200 && status !== 206) return 'refused';
		const tag = validatorOf(answer);
		const isTagged = this.validator !== undefined && tag !== undefined;
		if (isTagged && tag !== this.validator) return 'changed';
		const length = status === 206 ? total : lengthOf(answer);
		if (!isTagged && this.length !== undefined && length !== undefined) {
			if (length !== this.length) return 'changed';
		}
		if (status === 206) {
			if (range?.[1] === undefined || Number(range[1]) !== this.received) return 'changed';
			this.length = total ?? this.length;
			this.skip = 0;
			return 'goesOn';
		}
		// No ranges here: the file comes from its beginning.
		this.length = length ?? this.length;
		this.skip = this.received;
		return 'goesOn';
	}

	broken(cause: unknown): NemoVideoError {
		const size = this.length === undefined ? 'an unknown number of' : String(this.length);
		return new NemoVideoError(
			'network',
			`The download of the video broke off after ${this.received} of ${size} bytes`,
			{
				description:
					'The render is finished and kept by NemoVideo: run the export again, it is not rendered anew.',
				stage: 'download',
				cause,
			},
		);
	}
}

/** Ends with a throw when nothing arrives for a while, or all takes too long; closes the stream. */
async function* guarded(
	client: NemoVideoClient,
	stream: ByteStream,
	deadline: Deadline,
): AsyncGenerator<Uint8Array, undefined> {
	const { clock } = client;
	const done = new AbortController();
	let last = clock.now();
	let silent = false;
	void settle(async () => {
		for (;;) {
			const left = Math.min(last + SILENT_MS - clock.now(), deadline.left());
			if (left <= 0) {
				silent = true;
				stream.close();
				return;
			}
			await clock.wait(left, done.signal);
		}
	});
	try {
		for await (const chunk of stream.bytes) {
			last = clock.now();
			yield chunk;
			// Time that the store takes to write is not the sender's silence.
			last = clock.now();
		}
	} finally {
		done.abort();
	}
	if (silent) throw new NemoVideoError('network', 'The download fell silent');
	return undefined;
}

/** Content-Length counts the bytes on the wire, so it says nothing about a compressed answer. */
export function lengthOf({ headers }: ByteStream): number | undefined {
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
