import type { NemoVideoClient } from '../api/client';
import { openEnvelope } from '../api/envelope';
import { isNemoVideoError } from '../api/errors';
import { readFileContent, type MediaFormat } from '../api/fileContent';
import { isVideoFormat, MIME_TYPES } from '../api/mediaTypes';
import type { Render } from '../api/render';
import { withRetry } from '../api/retry';
import { readShortText } from '../api/sendMessage';
import { settle } from '../api/settle';
import { peek } from './peek';
import { lengthOf } from './fileInTransit';
import { readWhole } from './readWhole';
import {
	brokenDownload,
	endlessVideo,
	hostRefusal,
	isGone,
	isOtherFile,
	MAX_UNTOLD_BYTES,
	otherFile,
} from './videoFaults';
import { sourcesOf, type SourceAnswer, type VideoSource } from './videoSources';

/** A video on its way: read `bytes` to the end, which throws rather than ending short. */
export interface Download {
	bytes: AsyncIterable<Uint8Array>;
	/** What its first bytes say it is, whatever the server calls it. */
	format: MediaFormat;
	mimeType: string;
	/** As the render told it, else as the server announced it; undefined where neither did. */
	sizeBytes?: number;
	/** The address that answered with it. */
	url: string;
	/** Closes the connection without reading on. */
	close(): void;
}

/**
 * Hands a render's video on: from the URL that the render names, else from NemoVideo's download
 * endpoint. What is handed on begins like a video and is as long as the render told; a connection that
 * breaks is resumed where it broke.
 *
 * @param use takes the video in, or looks at it and closes it; called again with the other source
 *   where the first turned out to give another file
 * @returns what `use` gave, or `gone` when all sources answer 403, 404 or 410: the video has to be
 *   rendered anew
 * @throws NemoVideoError of kind `render` where no source gives a video
 */
export async function withVideo<T>(
	client: NemoVideoClient,
	render: Render,
	use: (download: Download) => Promise<T>,
): Promise<T | 'gone'> {
	const failures: unknown[] = [];
	const sources = await sourcesOf(client, render);
	for (const [index, source] of sources.entries()) {
		const opened = await settle(
			async () => await openFrom(client, source, sources.slice(index), toldBytes(render)),
		);
		if (opened.ok) {
			const used = await settle(async () => await use(opened.value));
			if (used.ok) return used.value;
			if (!isOtherFile(used.error)) throw used.error;
			failures.push(used.error);
		} else {
			if (isNemoVideoError(opened.error) && opened.error.kind === 'cancelled') throw opened.error;
			failures.push(opened.error);
		}
	}
	// The endpoint knows best: a host that is out of order does not mean that the video is lost.
	const [last, ...others] = failures.reverse();
	const decisive = isGone(last) ? others.find((error) => !isGone(error)) : last;
	if (decisive === undefined) return 'gone';
	throw decisive;
}

/** The size of the video as the render tells it, where it tells one. */
function toldBytes({ sizeBytes }: Render): number | undefined {
	return sizeBytes !== undefined && Number.isSafeInteger(sizeBytes) && sizeBytes > 0
		? sizeBytes
		: undefined;
}

/** @param sources this one and those that may go on where it refuses in the middle */
async function openFrom(
	client: NemoVideoClient,
	source: VideoSource,
	sources: readonly VideoSource[],
	told: number | undefined,
): Promise<Download> {
	const open = async () => await openVideo(client, await source.open({}));
	const { answer, format } = source.isApi
		? await withRetry(client, { idempotent: true }, open)
		: await open();
	const { stream, url } = answer;
	const announced = lengthOf(stream);
	if (told === undefined && announced !== undefined && announced > MAX_UNTOLD_BYTES) {
		stream.close();
		throw endlessVideo();
	}
	const sizeBytes = told ?? announced;
	const opens = sources.map(
		({ open: ask }) =>
			async (headers: Readonly<Record<string, string>>) =>
				(await ask(headers)).stream,
	);
	return {
		bytes: readWhole(client, stream, opens, told),
		format,
		mimeType: MIME_TYPES[format],
		...(sizeBytes === undefined ? {} : { sizeBytes }),
		url,
		close: () => stream.close(),
	};
}

/** @throws NemoVideoError where the answer is a refusal or no video */
async function openVideo(
	client: NemoVideoClient,
	answer: SourceAnswer,
): Promise<{ answer: SourceAnswer; format: MediaFormat }> {
	const { stream, isApi } = answer;
	if (stream.status < 200 || stream.status >= 300) {
		if (isApi) {
			const body = await readShortText(client.clock, stream);
			openEnvelope({ ...stream, body }, { name: 'the download of the video', notFound: 'render' });
		}
		stream.close();
		throw hostRefusal(stream.status);
	}
	const { head, stream: whole } = await peek(client, stream);
	const content = readFileContent(head);
	if (content?.is === 'media' && isVideoFormat(content.format)) {
		return { answer: { ...answer, stream: whole }, format: content.format };
	}
	stream.close();
	if (head.byteLength === 0) {
		const announced = lengthOf(stream);
		// Without a length, an answer that ends at once looks no other when cut off.
		throw announced === 0 ? otherFile('an empty file') : brokenDownload(0, announced, undefined);
	}
	if (content === undefined) throw otherFile('a file of an unknown format');
	throw otherFile(
		content.is === 'media' ? `a file of the format ${content.format.toUpperCase()}` : content.what,
	);
}
