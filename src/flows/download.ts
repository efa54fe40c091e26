import type { NemoVideoClient } from '../api/client';
import { openEnvelope } from '../api/envelope';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { readShortText } from '../api/message';
import { downloadPath, readRender, type Render } from '../api/render';
import { withRetry } from '../api/retry';
import { settle } from '../api/settle';
import type { ByteStream } from '../api/transport';
import { webAddress } from '../api/webAddress';
import { lengthOf, readWhole, type Open } from './readWhole';

/** A video on its way: read `bytes` to the end, which throws rather than ending short. */
export interface Download {
	bytes: AsyncIterable<Uint8Array>;
	mimeType: string;
	/** As the server announced it; undefined when it did not. */
	sizeBytes?: number;
	/** Closes the connection without reading on. */
	close(): void;
}

/** Types of answers that are words about a video, not the video. */
const WORDS = /^(?:text\/|application\/(?:problem\+)?(?:json|xml))/i;
const VIDEO_TYPE = /^video\/[\w.+-]+$/;

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
	const endpoint = fromEndpoint(client, render.renderId);
	let refusal: unknown;
	if (url !== undefined) {
		const open: Open = async (headers) => await client.transport.openUrl(url, headers);
		await client.gate.pass(client.transport.signal);
		const direct = await settle(async () => await openVideo(client, open));
		if (direct.ok) return begin(client, direct.value, [open, endpoint]);
		refusal = direct.error;
		if (isNemoVideoError(refusal) && refusal.kind === 'cancelled') throw refusal;
	}
	const fallback = await settle(
		async () =>
			await withRetry(client, { as: 'read' }, async () => await openVideo(client, endpoint)),
	);
	if (fallback.ok) return begin(client, fallback.value, [endpoint]);
	if (!isGone(fallback.error)) throw fallback.error;
	if (refusal === undefined || isGone(refusal)) return 'gone';
	// The video's host is out of order, which does not mean that the video is lost.
	throw refusal;
}

/** @throws NemoVideoError where the answer is a refusal */
async function openVideo(client: NemoVideoClient, open: Open): Promise<ByteStream> {
	const stream = await open({});
	const isAnswer = stream.status >= 200 && stream.status < 300;
	if (isAnswer && !WORDS.test(stream.headers['content-type'] ?? '')) return stream;
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

/**
 * The endpoint sends the file itself, or sends on to it; the sibling gateway's version names a URL
 * in JSON instead.
 */
function fromEndpoint(client: NemoVideoClient, renderId: string): Open {
	return async (headers) => {
		const stream = await client.transport.open({
			method: 'GET',
			path: downloadPath(renderId),
			accept: '*/*',
			// Compressed, its length and its ranges would be those of the compressed bytes.
			headers: { 'accept-encoding': 'identity', ...headers },
		});
		const { location } = stream.headers;
		if (stream.status >= 300 && stream.status < 400 && location !== undefined) {
			stream.close();
			const { baseUrl } = await client.account();
			const target = webAddress(location, `${baseUrl}${downloadPath(renderId)}`);
			// What cannot be resolved is refused where addresses are opened.
			return await client.transport.openUrl(target ?? location, headers);
		}
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

function begin(client: NemoVideoClient, first: ByteStream, sources: Open[]): Download {
	const sizeBytes = lengthOf(first);
	const type = (first.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	return {
		bytes: readWhole(client, first, sources),
		close: () => first.close(),
		mimeType: VIDEO_TYPE.test(type) ? type : 'video/mp4',
		...(sizeBytes === undefined ? {} : { sizeBytes }),
	};
}
