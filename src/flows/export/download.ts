import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError, type NemoVideoError } from '../../api/errors';
import { getRender, type Render } from '../../api/render';
import { isRateLimited, isTransient } from '../../api/retry';
import { resultOf } from '../../api/result';
import { isCancelled } from './renderJob';
import { openVideo, type Download } from './openVideo';
import { asKept, isGone, isOtherFile, withAnswer } from './videoFaults';
import { sourcesOf } from './videoSources';

/** Rounds through a video's addresses while one of them may work a little later: five minutes. */
const MAX_ROUNDS = 14;
/** Rounds while only NemoVideo's endpoint may; it's asked in four of them. */
const MAX_SPARE_ROUNDS = 8;
/** Rounds while a fresh video is given in part, or a page that is a firewall's forbids it. */
const MAX_DOUBTFUL_ROUNDS = 5;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
/** How long the rounds may go on: as long as one request to NemoVideo. Milliseconds. */
const PATIENCE_MS = 300_000;
/** How long NemoVideo's endpoint may take up while the link itself is waited for. Milliseconds. */
const ASIDE_MS = 10_000;

/** How what isn't there yet is refused; 0 is a file that isn't the video. */
const NOT_YET: ReadonlySet<number> = new Set([0, 200, 400, 403, 404, 409, 423, 425]);

/** Every place says that it doesn't have the video: it has to be rendered anew. */
export class ExpiredDownload {
	constructor(readonly refusal: NemoVideoError) {}
}

/** Why a place didn't give the video. */
interface Failure {
	error: NemoVideoError;
	/** Up to which round it's waited for; with 0 it isn't asked again. */
	rounds: number;
}

/**
 * Hands a render's video on: from the URL that the render names, else from NemoVideo's download
 * endpoint. What is handed on begins like a video and is as long as the render told; a connection that
 * breaks is resumed where it broke. Addresses that may work a little later are asked again; whether
 * the video's own link may do so, no answer of the endpoint decides.
 *
 * @param use takes the video in, or looks at it and closes it; called again with another source
 *   or in another round where the first turned out to give another file
 * @param isFresh whether the render ended a moment ago, so that its address may not work yet
 * @returns what `use` gave
 * @throws NemoVideoError where no source gives a video
 */
export async function withVideo<T>(
	client: NemoVideoClient,
	render: Render,
	use: (download: Download) => Promise<T>,
	isFresh = false,
): Promise<T | ExpiredDownload> {
	const deadline = new Deadline(client.clock, PATIENCE_MS);
	/** The endpoint's failure and, where the render names one, that of its link. */
	const failed: Failure[] = [];
	let latest = render;
	for (let round = 1; ; round++) {
		const sources = await sourcesOf(client, latest);
		for (const [index, source] of sources.entries()) {
			const place = sources.length - 1 - index;
			const isSpare = index > 0;
			// A 429 of the endpoint holds back all that the credential sends.
			if (failed[place]?.rounds === 0 || (isSpare && Math.log2(round) % 1 > 0)) continue;
			const isAside = isSpare && (failed[1]?.rounds ?? 0) > round;
			const limit = isAside ? new Deadline(client.clock, ASIDE_MS) : deadline;
			const open = async () =>
				await openVideo(client, {
					source,
					sources: sources.slice(index),
					told: toldBytes(latest),
					deadline: limit,
				});
			const tried = await tryOne(open, use);
			if ('used' in tried) return tried.used;
			const { error } = tried;
			failed[place] = { error: asKept(error), rounds: roundsFor(tried, isSpare, isFresh) };
		}
		const [spare, main = spare] = failed;
		const other = main === spare ? undefined : spare;
		const waited = [main, other].find((one) => (one?.rounds ?? 0) > round);
		const pause = Math.max(
			waited?.error.retryAfterMs ?? 0,
			Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (round - 1)),
		);
		if (main && (!waited || pause >= deadline.left())) {
			return conclude(main.error, other?.error, isFresh);
		}
		await client.clock.wait(pause, client.transport.signal);
		if (isFresh) latest = await lookAgain(client, latest);
	}
}

/** @returns that the video is gone, where its link says so and nothing else may give it later */
function conclude(
	link: NemoVideoError,
	answer: NemoVideoError | undefined,
	isFresh: boolean,
): ExpiredDownload {
	const isLost = isGone(link, isFresh);
	const mayCome = answer && isPassing(answer);
	const refusal = withAnswer(link, answer, isLost && mayCome ? answer.kind : link.kind);
	if (isLost && !mayCome) return new ExpiredDownload(refusal);
	throw refusal;
}

/** Up to which round a place that failed is waited for. */
function roundsFor({ error, wasRead }: Tried, isSpare: boolean, isFresh: boolean): number {
	const { kind, httpStatus = 0, retryAfterMs = 0, stage } = error;
	// A request is repeated once after NemoVideo's 429; that of a video's host holds nothing else back.
	const isFinal = isRateLimited(error) && stage === undefined && httpStatus > 0;
	if (isFinal || retryAfterMs >= PATIENCE_MS) return 0;
	if (isPassing(error)) return isSpare ? MAX_SPARE_ROUNDS : MAX_ROUNDS;
	const mayChange = NOT_YET.has(httpStatus) && !/auth|plan|fileSize/.test(kind);
	if (isSpare || !isFresh || !mayChange) return 1;
	return wasRead || kind === 'network' ? MAX_DOUBTFUL_ROUNDS : MAX_ROUNDS;
}

/** The render as NemoVideo knows it now, with an address that may be another one. */
async function lookAgain(client: NemoVideoClient, render: Render): Promise<Render> {
	const look = await resultOf(
		async () => await getRender(client, render.renderId, { maxTries: 1 }),
	);
	if (!look.ok) {
		if (isCancelled(look.error)) throw look.error;
		return render;
	}
	return look.value?.status === 'completed' ? look.value : render;
}

/** Whether an address may work a little later, however old the video is. */
function isPassing(error: NemoVideoError): boolean {
	return isTransient(error) && !isGone(error);
}

interface Tried {
	error: NemoVideoError;
	/** It began like the video. */
	wasRead: boolean;
}

/** @throws what ends the work, wherever the video lies */
async function tryOne<T>(
	open: () => Promise<Download>,
	use: (download: Download) => Promise<T>,
): Promise<{ used: T } | Tried> {
	const opened = await resultOf(open);
	const used = opened.ok ? await resultOf(async () => await use(opened.value)) : opened;
	if (used.ok) return { used: used.value };
	const { error } = used;
	const wasRead = opened.ok;
	if (!isNemoVideoError(error) || error.kind === 'cancelled') throw error;
	if (wasRead && !isOtherFile(error)) throw error;
	return { error, wasRead };
}

/** The size of the video as the render tells it, where it tells one. */
function toldBytes({ sizeBytes }: Render): number | undefined {
	return sizeBytes !== undefined && Number.isSafeInteger(sizeBytes) && sizeBytes > 0
		? sizeBytes
		: undefined;
}
