import { readRetryAfter } from '../../api/response';
import { isNemoVideoError, NemoVideoError, type FailureKind } from '../../api/errors';
import { IN_THE_WAY, isGatewayPage, proxyLoginError } from '../../api/gateway';
import { outcomeOf } from '../../api/outcome';
import type { ByteStream } from '../../api/transport';

/** To fetch a video costs nothing. */
const FREE = outcomeOf('noAnswer', true);

/**
 * The most that is downloaded of a video whose size NemoVideo does not tell: 2 GiB, four times the
 * largest file that NemoVideo takes. Bytes.
 */
export const MAX_UNTOLD_BYTES = 2_147_483_648;

const KEPT = "The video is finished and stored at NemoVideo. It won't be made or charged again.";

/**
 * The failure of a source that gives something else than the video that was rendered.
 *
 * @param what in words, e.g. `a web page`
 */
export function otherFile(what: string): NemoVideoError {
	return new NemoVideoError('render', `The video can't be downloaded: its URL returned ${what}`, {
		description: KEPT,
		stage: 'download',
		outcome: FREE,
	});
}

/** Whether a failure says that a source gives something else, so that another one may be asked. */
export function isOtherFile(error: unknown): error is NemoVideoError {
	return (
		isNemoVideoError(error) &&
		error.kind === 'render' &&
		error.stage === 'download' &&
		error.httpStatus === undefined
	);
}

/** Statuses of those who stand in the way: a login, a firewall's ban, a network's sign-in page. */
const BLOCKS: ReadonlySet<number> = new Set([401, 403, 511]);

/**
 * The refusal of a host that videos lie on. It says the status and never the host's words: an address
 * that the backend named may lead anywhere.
 *
 * @param url where it was asked
 */
export function hostRefusal({ status, headers }: ByteStream, url: string): NemoVideoError {
	const host = /^\w+:\/\/(?:[^/@]*@)?([^/?#]+)/.exec(url)?.[1] ?? 'the host of the video';
	const retryAfterMs = readRetryAfter(headers['retry-after']);
	const details = { httpStatus: status, stage: 'download', outcome: FREE, retryAfterMs } as const;
	if (status === 407) return asKept(proxyLoginError(host));
	if (BLOCKS.has(status) && isGatewayPage({ status, headers, body: '' })) {
		return new NemoVideoError(
			'network',
			`A server between n8n and ${host} answered with a page (HTTP ${status})`,
			{ ...details, description: `${IN_THE_WAY} ${KEPT}` },
		);
	}
	const isPassing = status === 408 || status === 429 || status >= 500;
	const what = isPassing
		? "isn't available right now"
		: status < 400
			? "didn't say where it is"
			: "didn't return it";
	return new NemoVideoError(
		isPassing ? 'server' : 'render',
		`The server that stores the video ${what} (status ${status})`,
		{ ...details, description: KEPT },
	);
}

/**
 * The failure of a video's link, with what NemoVideo's own endpoint answered beside it.
 *
 * @param kind of the one that decides whether trying again helps
 */
export function withAnswer(
	link: NemoVideoError,
	answer: NemoVideoError | undefined,
	kind: FailureKind,
): NemoVideoError {
	if (!answer || isGone(answer) || answer.message === link.message) return link;
	return new NemoVideoError(kind, link.message, {
		...link,
		description: `${link.description} NemoVideo's own download failed as well: ${answer.message}.`,
	});
}

/** A failure on the way to a video, which says that the video is kept. */
export function asKept(error: NemoVideoError): NemoVideoError {
	if (error.stage === 'download') return error;
	const description = `${error.description ?? ''} ${KEPT}`.trim();
	return error.with({ description, stage: 'download', outcome: FREE });
}

/** The failure of a download that broke and could not be gone on with. */
export function brokenDownload(
	received: number,
	length: number | undefined,
	cause: unknown,
): NemoVideoError {
	const size = length === undefined ? 'an unknown number of' : String(length);
	return new NemoVideoError(
		'network',
		`The download of the video stopped after ${received} of ${size} bytes`,
		{ description: KEPT, stage: 'download', outcome: FREE, cause },
	);
}

/** The failure of a video that its sources give cut off, and call complete. */
export function cutVideo(received: number): NemoVideoError {
	return otherFile(`only the first ${received} bytes of a video`);
}

/** The failure of a video that grows beyond every measure. */
export function endlessVideo(): NemoVideoError {
	return new NemoVideoError(
		'fileSize',
		"The video is larger than 2 GB, the download limit if NemoVideo doesn't report a size",
		{
			description: "Switch 'Download' off and use the URL in the output.",
			stage: 'download',
			outcome: FREE,
		},
	);
}

/**
 * Whether an address says that it no longer has the video.
 *
 * @param isFresh whether the video was finished a moment ago: a page that forbids it comes from a
 *   firewall then, where an old link would have expired
 */
export function isGone(error: NemoVideoError, isFresh = false): boolean {
	if (isFresh && error.kind === 'network') return false;
	return [403, 404, 410].includes(error.httpStatus ?? 0);
}
