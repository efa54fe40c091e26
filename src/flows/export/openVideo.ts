import type { NemoVideoClient } from '../../api/client';
import type { Deadline } from '../../api/deadline';
import { readFileContent } from '../../api/fileContent';
import { DOWNLOAD } from '../../api/renderEndpoints';
import { unwrapResponse } from '../../api/response';
import { withRetry } from '../../api/retry';
import { readShortText } from '../../api/sendMessage';
import type { ByteStream } from '../../api/transport';
import { isVideoFormat, MIME_TYPES, type MediaFormat } from '../../text/mediaTypes';
import { peek } from '../peek';
import { downloadWithResume } from './downloadWithResume';
import { lengthOf } from './fileInTransit';
import {
	brokenDownload,
	endlessVideo,
	hostRefusal,
	MAX_UNTOLD_BYTES,
	otherFile,
} from './videoFaults';
import type { SourceAnswer, VideoSource } from './videoSources';

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

/** Where a video is asked for. */
export interface VideoRequest {
	source: VideoSource;
	/** This one and those that may go on where it refuses in the middle. */
	sources: readonly VideoSource[];
	/** As the render tells it, in bytes, where it tells one. */
	told: number | undefined;
	deadline: Deadline;
}

/**
 * Opens a video at one of its addresses.
 *
 * @throws NemoVideoError where the answer is a refusal or no video
 */
export async function openVideo(
	client: NemoVideoClient,
	{ source, sources, told, deadline }: VideoRequest,
): Promise<Download> {
	// The rounds do the rest of the repeating.
	const rules = { idempotent: true, maxTries: 2, deadline };
	const ask = async () => await openSource(client, source);
	const { answer, format } = await videoIn(
		client,
		source.isApi ? await withRetry(client, rules, ask) : await ask(),
	);
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
		bytes: downloadWithResume(client, stream, opens, told),
		format,
		mimeType: MIME_TYPES[format],
		...(sizeBytes === undefined ? {} : { sizeBytes }),
		url,
		close: () => stream.close(),
	};
}

/** @throws NemoVideoError where NemoVideo refuses; how other hosts answer is for the caller to see */
async function openSource(client: NemoVideoClient, source: VideoSource): Promise<SourceAnswer> {
	const answer = await source.open({});
	const { stream, isApi } = answer;
	if (!isApi || isSuccess(stream)) return answer;
	const body = await readShortText(client.clock, stream);
	unwrapResponse({ ...stream, body }, { ...DOWNLOAD, name: 'the download of the video' });
	return answer;
}

function isSuccess({ status }: ByteStream): boolean {
	return status >= 200 && status < 300;
}

/** @throws NemoVideoError where the answer is a refusal or no video */
async function videoIn(
	client: NemoVideoClient,
	answer: SourceAnswer,
): Promise<{ answer: SourceAnswer; format: MediaFormat }> {
	const { stream, url } = answer;
	if (!isSuccess(stream)) {
		stream.close();
		throw hostRefusal(stream, url);
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
