import type { NemoVideoClient } from '../api/client';
import { Deadline } from '../api/deadline';
import { openEnvelope } from '../api/envelope';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { readShortText } from '../api/message';
import { downloadPath, readRender, type Render } from '../api/render';
import { withRetry } from '../api/retry';
import { settle } from '../api/settle';
import type { ByteStream } from '../api/transport';

/** A video on its way: read `bytes` to the end, which throws rather than ending short. */
export interface Download {
	bytes: AsyncIterable<Uint8Array>;
	mimeType: string;
	/** As the server announced it; undefined when it did not. */
	sizeBytes?: number;
	/** Closes the connection without reading on. */
	close(): void;
}

/** Two hours for the whole file: 500 MB at 70 kB/s. Milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 7_200_000;
/** A connection that brings nothing for this long is broken. Milliseconds. */
const SILENT_MS = 60_000;
/** Breaks in a row without a single new byte before it is given up. */
const MOST_BARREN_BREAKS = 5;
const FIRST_PAUSE_MS = 250;

type Open = (headers: Readonly<Record<string, string>>) => Promise<ByteStream>;

/**
 * Opens a render's video: at the URL the render names, else at NemoVideo's download endpoint.
 * A connection that breaks is resumed where it broke, or the file is begun again.
 *
 * @returns `gone` when both answer 403, 404 or 410: the video has to be rendered anew
 * @throws NemoVideoError
 */
export async function openDownload(
	client: NemoVideoClient,
	render: Render,
): Promise<Download | 'gone'> {
	const { url } = render;
	if (url !== undefined) {
		const open: Open = async (headers) => await client.transport.openUrl(url, headers);
		await client.gate.pass(client.transport.signal);
		const direct = await settle(async () => await openWhole(client, open));
		if (direct.ok) return begin(client, direct.value, open);
		if (isNemoVideoError(direct.error) && direct.error.kind === 'cancelled') throw direct.error;
	}
	const open = fromEndpoint(client, render.renderId);
	const fallback = await settle(
		async () => await withRetry(client, { as: 'read' }, async () => await openWhole(client, open)),
	);
	if (fallback.ok) return begin(client, fallback.value, open);
	if (isGone(fallback.error)) return 'gone';
	throw fallback.error;
}

/** @throws NemoVideoError where the answer is a refusal */
async function openWhole(client: NemoVideoClient, open: Open): Promise<ByteStream> {
	const stream = await open({});
	if (stream.status >= 200 && stream.status < 300) return stream;
	const body = await readShortText(client.clock, stream);
	openEnvelope({ ...stream, body }, { name: 'the download of the video', notFound: 'render' });
	throw new NemoVideoError('protocol', 'The video could not be downloaded', {
		httpStatus: stream.status,
		outcome: 'refused',
	});
}

function isGone(error: unknown): boolean {
	return isNemoVideoError(error) && [403, 404, 410].includes(error.httpStatus ?? 0);
}

/** The endpoint sends the file itself; the sibling gateway's version names a URL in JSON instead. */
function fromEndpoint(client: NemoVideoClient, renderId: string): Open {
	return async (headers) => {
		const stream = await client.transport.open({
			method: 'GET',
			path: downloadPath(renderId),
			accept: '*/*',
			headers,
		});
		const isJson = /json/i.test(stream.headers['content-type'] ?? '');
		if (!isJson || stream.status >= 300) return stream;
		const body = await readShortText(client.clock, stream);
		const { data } = openEnvelope(
			{ ...stream, body },
			{ name: 'GET /api/render/proxy/{render}/download', notFound: 'render' },
		);
		const { url } = readRender(data, renderId);
		if (url === undefined) {
			throw new NemoVideoError('protocol', 'NemoVideo named no address for the video', {
				httpStatus: stream.status,
			});
		}
		return await client.transport.openUrl(url, headers);
	};
}

function begin(client: NemoVideoClient, first: ByteStream, open: Open): Download {
	const sizeBytes = lengthOf(first);
	const type = (first.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	return {
		bytes: resumed(client, first, open, sizeBytes),
		close: () => first.close(),
		mimeType: type.startsWith('video/') ? type : 'video/mp4',
		...(sizeBytes === undefined ? {} : { sizeBytes }),
	};
}

/** Content-Length counts the bytes on the wire, so it says nothing about a compressed answer. */
function lengthOf({ headers }: ByteStream): number | undefined {
	const encoding = headers['content-encoding'];
	if (encoding !== undefined && encoding !== 'identity') return undefined;
	const text = headers['content-length'];
	return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function* resumed(
	client: NemoVideoClient,
	first: ByteStream,
	open: Open,
	sizeBytes: number | undefined,
): AsyncGenerator<Uint8Array> {
	const { clock, transport } = client;
	const deadline = new Deadline(clock, DOWNLOAD_TIMEOUT_MS);
	const entityTag = strongTag(first.headers.etag);
	let stream: ByteStream | undefined = first;
	let received = 0;
	let skip = 0;
	let barren = 0;
	for (;;) {
		const before = received;
		let cause: unknown;
		if (stream !== undefined) {
			const reader = guarded(client, stream);
			try {
				for (;;) {
					const next = await settle(async () => await reader.next());
					if (!next.ok) {
						cause = next.error;
						break;
					}
					if (next.value.done) break;
					const chunk = next.value.value;
					const fresh = skip >= chunk.byteLength ? undefined : chunk.subarray(skip);
					skip = Math.max(0, skip - chunk.byteLength);
					if (fresh === undefined) continue;
					received += fresh.byteLength;
					yield fresh;
				}
			} finally {
				stream.close();
			}
			if (cause === undefined && (sizeBytes === undefined || received === sizeBytes)) return;
		}
		// Throws when the user has stopped the execution.
		await clock.wait(0, transport.signal);
		barren = received > before ? 0 : barren + 1;
		const tooLong = sizeBytes !== undefined && received > sizeBytes;
		if (tooLong || deadline.passed || barren > MOST_BARREN_BREAKS) {
			throw broken(received, sizeBytes, cause);
		}
		await clock.wait(FIRST_PAUSE_MS * 2 ** barren, transport.signal);
		const again = await settle(async () => await open(rangeHeaders(received, entityTag)));
		stream = again.ok ? again.value : undefined;
		skip = 0;
		if (stream === undefined) continue;
		if (stream.status === 206 && startOfRange(stream) === received) continue;
		const sameFile =
			stream.status === 200 &&
			lengthOf(stream) === sizeBytes &&
			strongTag(stream.headers.etag) === entityTag;
		if (!sameFile) {
			stream.close();
			if (stream.status >= 500 || stream.status === 429) {
				stream = undefined;
				continue;
			}
			throw broken(received, sizeBytes, cause);
		}
		// No ranges here: the file comes from its beginning, and what is known is passed over.
		skip = received;
	}
}

/** Ends with a throw when nothing arrives for a while, by closing the stream. */
async function* guarded(
	client: NemoVideoClient,
	stream: ByteStream,
): AsyncGenerator<Uint8Array, undefined> {
	const { clock } = client;
	const done = new AbortController();
	let last = clock.now();
	let silent = false;
	void settle(async () => {
		for (;;) {
			const left = last + SILENT_MS - clock.now();
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

function rangeHeaders(from: number, entityTag: string | undefined): Record<string, string> {
	if (from === 0) return {};
	return {
		range: `bytes=${from}-`,
		...(entityTag === undefined ? {} : { 'if-range': entityTag }),
	};
}

/** Weak tags do not vouch for equal bytes. */
function strongTag(tag: string | undefined): string | undefined {
	return tag?.startsWith('"') ? tag : undefined;
}

function startOfRange({ headers }: ByteStream): number | undefined {
	const match = /^bytes (\d+)-/.exec(headers['content-range'] ?? '');
	return match?.[1] === undefined ? undefined : Number(match[1]);
}

function broken(received: number, sizeBytes: number | undefined, cause: unknown): NemoVideoError {
	const size = sizeBytes === undefined ? 'an unknown number of' : String(sizeBytes);
	return new NemoVideoError(
		'network',
		`The download of the video broke off after ${received} of ${size} bytes`,
		{
			description:
				'The render is finished and kept by NemoVideo: run the export again, it is not rendered anew.',
			stage: 'download',
			cause,
		},
	);
}
