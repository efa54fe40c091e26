import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { outcomeOf } from '../api/outcome';

/** To fetch a video costs nothing. */
const FREE = outcomeOf('noAnswer', true);

/**
 * The most that is downloaded of a video whose size NemoVideo does not tell: 2 GiB, four times the
 * largest file that NemoVideo takes. Bytes.
 */
export const MAX_UNTOLD_BYTES = 2_147_483_648;

const KEPT =
	"The video is made, and NemoVideo keeps it. Get it with the Export node and this session's ID: it's neither made nor charged again.";

/**
 * The failure of a source that gives something else than the video that was rendered.
 *
 * @param what in words, e.g. `a web page`
 */
export function otherFile(what: string): NemoVideoError {
	return new NemoVideoError('render', `The video can't be downloaded: its address gives ${what}`, {
		description: `${KEPT} If it stays so, switch on 'Render Again'.`,
		stage: 'download',
		outcome: FREE,
	});
}

/** Whether a failure says that a source gives something else, so that another one may be asked. */
export function isOtherFile(error: unknown): boolean {
	return (
		isNemoVideoError(error) &&
		error.kind === 'render' &&
		error.stage === 'download' &&
		error.httpStatus === undefined
	);
}

/**
 * The refusal of a host that videos lie on. It says the status and never the host's words: an address
 * that the backend named may lead anywhere.
 */
export function hostRefusal(status: number): NemoVideoError {
	const isPassing = status === 408 || status === 429 || status >= 500;
	return new NemoVideoError(
		isPassing ? 'server' : 'render',
		`The host of the video answered with status ${status}`,
		{ description: KEPT, httpStatus: status, stage: 'download', outcome: FREE },
	);
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
		`The download of the video broke off after ${received} of ${size} bytes`,
		{ description: KEPT, stage: 'download', outcome: FREE, cause },
	);
}

/** The failure of a video that grows beyond every measure. */
export function endlessVideo(): NemoVideoError {
	return new NemoVideoError(
		'fileSize',
		'The video has more than 2 GB, the most that is downloaded where NemoVideo tells no size',
		{
			description: "Switch 'Download' off and use the URL in the output.",
			stage: 'download',
			outcome: FREE,
		},
	);
}

/** Whether neither of a video's addresses has it any more. */
export function isGone(error: unknown): boolean {
	return isNemoVideoError(error) && [403, 404, 410].includes(error.httpStatus ?? 0);
}
