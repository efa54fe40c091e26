import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { NemoVideoError } from '../../api/errors';
import { resultOf } from '../../api/result';
import type { ByteStream } from '../../api/transport';
import { FileInTransit } from './fileInTransit';
import { cutVideo } from './videoFaults';

/** Asks a server for the file, with a Range where it is to go on. */
export type Open = (headers: Readonly<Record<string, string>>) => Promise<ByteStream>;

/** Two hours for the whole file: 500 MB at 70 kB/s. Milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 7_200_000;
/** A connection that brings nothing for this long is broken. Milliseconds. */
const SILENT_MS = 60_000;
/** Breaks in a row without a single new byte before it is given up: about two minutes. */
const MAX_BARREN_BREAKS = 8;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 30_000;

/**
 * Reads a file to its end, however often the connection breaks: it goes on by Range where the
 * server can, else the file is begun again and what is known is passed over.
 *
 * @param first the file from its beginning
 * @param sources where to ask again: the first, and the next ones when it refuses for good
 * @param told the file's size as it has to be, in bytes; undefined where nobody told it
 * @throws NemoVideoError of kind `network` rather than ending short, of kind `render` where the file
 *   has another size than told, of kind `fileSize` beyond `MAX_UNTOLD_BYTES`, or `cancelled`
 */
export async function* downloadWithResume(
	client: NemoVideoClient,
	first: ByteStream,
	sources: readonly Open[],
	told?: number,
): AsyncGenerator<Uint8Array> {
	const { clock, transport } = client;
	const deadline = new Deadline(clock, DOWNLOAD_TIMEOUT_MS);
	const file = new FileInTransit(first, told);
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
					const next = await resultOf(async () => await reader.next());
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
				// Its watch over silence would go on otherwise.
				await reader.return(undefined);
			}
			if (cause === undefined && file.endedWhole(stream)) return;
			stream = undefined;
		}
		// Throws where the user has stopped the execution.
		await clock.wait(0, transport.signal);
		barren = file.received > before ? 0 : barren + 1;
		if (deadline.passed || barren > MAX_BARREN_BREAKS || open === undefined) {
			throw file.broken(cause);
		}
		const pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** barren);
		await clock.wait(pause, transport.signal);
		const ask = open;
		const again = await resultOf(async () => await ask(file.rangeHeaders()));
		if (!again.ok) continue;
		const answer = again.value;
		const meaning = file.read(answer);
		if (meaning === 'goesOn') {
			stream = answer;
			continue;
		}
		answer.close();
		if (meaning === 'whole') return;
		if (meaning === 'other') throw file.otherSize();
		if (meaning === 'cut') throw cutVideo(file.received);
		if (meaning === 'refused') {
			open = others.shift();
			if (open) file.asksElsewhere();
		}
		if (meaning === 'changed' || open === undefined) throw file.broken(cause);
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
	void resultOf(async () => {
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
	if (silent) throw new NemoVideoError('network', 'The download stalled');
	return undefined;
}
