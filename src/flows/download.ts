import type { NemoVideoClient } from '../api/client';
import { Deadline } from '../api/deadline';
import { openEnvelope } from '../api/envelope';
import { isNemoVideoError, type NemoVideoError } from '../api/errors';
import { readFileContent, type MediaFormat } from '../api/fileContent';
import { isVideoFormat, MIME_TYPES } from '../api/mediaTypes';
import { getRender, type Render } from '../api/render';
import { isTransient, withRetry } from '../api/retry';
import { readShortText } from '../api/sendMessage';
import { settle } from '../api/settle';
import type { ByteStream } from '../api/transport';
import { peek } from './peek';
import { lengthOf } from './fileInTransit';
import { readWhole } from './readWhole';
import { isCancelled } from './renderJob';
import {
	asKept,
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

/** Rounds through a video's addresses while one of them fails for a reason that passes. */
const MOST_ROUNDS = 8;
/** Rounds in which the address of a film that was finished a moment ago may not work yet. */
const MOST_FRESH_ROUNDS = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** How long the rounds may go on: as long as one request to NemoVideo. Milliseconds. */
const PATIENCE_MS = 300_000;

/**
 * Hands a render's video on: from the URL that the render names, else from NemoVideo's download
 * endpoint. What is handed on begins like a video and is as long as the render told; a connection that
 * breaks is resumed where it broke. Addresses that fail for a reason that passes are asked again.
 *
 * @param use takes the video in, or looks at it and closes it; called again with the other source
 *   where the first turned out to give another file
 * @param isFresh whether the render ended a moment ago, so that its address may not work yet
 * @returns what `use` gave, or `gone` when all sources answer 403, 404 or 410: the video has to be
 *   rendered anew
 * @throws NemoVideoError of kind `render` where no source gives a video
 */
export async function withVideo<T>(
	client: NemoVideoClient,
	render: Render,
	use: (download: Download) => Promise<T>,
	isFresh = false,
): Promise<T | 'gone'> {
	const deadline = new Deadline(client.clock, PATIENCE_MS);
	let latest = render;
	for (let round = 1; ; round++) {
		const { value, failures } = await askAll(client, latest, use);
		if (value) return value.used;
		const passing = failures.filter(isPassing);
		const most = passing.length > 0 ? MOST_ROUNDS : isFresh ? MOST_FRESH_ROUNDS : 1;
		const asked = Math.max(0, ...passing.map(({ retryAfterMs = 0 }) => retryAfterMs));
		const pause = Math.max(asked, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (round - 1)));
		// The endpoint knows best: a host that is out of order does not mean that the video is lost.
		const decisive = failures.reverse().find((error) => !isGone(error, isFresh));
		const mayPass = passing.length > 0 || decisive === undefined || isGone(decisive);
		if (!mayPass || round >= most || pause >= deadline.left()) {
			if (decisive === undefined) return 'gone';
			throw decisive;
		}
		await client.clock.wait(pause, client.transport.signal);
		if (isFresh) latest = await lookAgain(client, latest);
	}
}

/** The render as NemoVideo knows it now, with an address that may be another one. */
async function lookAgain(client: NemoVideoClient, render: Render): Promise<Render> {
	const look = await settle(async () => await getRender(client, render.renderId, { maxTries: 1 }));
	if (!look.ok) {
		if (isCancelled(look.error)) throw look.error;
		return render;
	}
	return look.value?.status === 'completed' ? look.value : render;
}

/** Whether an address may work a little later. */
function isPassing(error: NemoVideoError): boolean {
	return isTransient(error) && !isGone(error);
}

/** Asks one address after another, until one gives the video. */
async function askAll<T>(
	client: NemoVideoClient,
	render: Render,
	use: (download: Download) => Promise<T>,
): Promise<{ value?: { used: T }; failures: NemoVideoError[] }> {
	const failures: NemoVideoError[] = [];
	const sources = await sourcesOf(client, render);
	for (const [index, source] of sources.entries()) {
		const opened = await settle(
			async () => await openFrom(client, source, sources.slice(index), toldBytes(render)),
		);
		if (opened.ok) {
			const used = await settle(async () => await use(opened.value));
			if (used.ok) return { value: { used: used.value }, failures };
			if (!isOtherFile(used.error)) throw used.error;
			failures.push(used.error);
		} else {
			const { error } = opened;
			if (!isNemoVideoError(error) || error.kind === 'cancelled') throw error;
			failures.push(asKept(error));
		}
	}
	return { failures };
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
	const ask = async () => await answerOf(client, source);
	const { answer, format } = await videoIn(
		client,
		source.isApi ? await withRetry(client, { idempotent: true }, ask) : await ask(),
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
		bytes: readWhole(client, stream, opens, told),
		format,
		mimeType: MIME_TYPES[format],
		...(sizeBytes === undefined ? {} : { sizeBytes }),
		url,
		close: () => stream.close(),
	};
}

/** @throws NemoVideoError where NemoVideo refuses; how other hosts answer is for the caller to see */
async function answerOf(client: NemoVideoClient, source: VideoSource): Promise<SourceAnswer> {
	const answer = await source.open({});
	const { stream, isApi } = answer;
	if (!isApi || isSuccess(stream)) return answer;
	const body = await readShortText(client.clock, stream);
	openEnvelope({ ...stream, body }, { name: 'the download of the video', notFound: 'render' });
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
