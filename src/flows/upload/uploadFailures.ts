import { NemoVideoError } from '../../api/errors';
import { sizeInWords } from '../../api/fileSize';
import { isFinalPage } from '../../api/gateway';
import { outcomeOf } from '../../api/outcome';
import { MAX_FILE_BYTES, type Media, type UploadAnswer } from '../../api/upload';

const LOOK =
	"Look at the session with the State node in a few minutes. Then upload again what's still missing.";

/**
 * The failure of an upload that was looked for in vain. A file that is sent twice would be in the
 * video twice, so only a person can decide now.
 *
 * @param missing names of the files that the session doesn't show
 * @param cause why nothing is known of them; `undefined` where nobody waited for the answer
 * @param arrived names of the files that the session shows
 */
export function missingFilesError(
	missing: readonly string[],
	cause: NemoVideoError | undefined,
	arrived: readonly string[],
): NemoVideoError {
	const files = namesInWords(missing);
	const outcome = outcomeOf('noAnswer');
	if (cause && (isFinalPage(cause) || cause.message === LEFT_OUT)) {
		const description = `${cause.description ?? ''} The session doesn't show ${files}.`.trim();
		return cause.with({ description, outcome });
	}
	const { kind = 'network', code, httpStatus, message, description = '' } = cause ?? {};
	const reason = `${message ?? 'The upload was cut off'}.`;
	// What was answered says more than how a connection ended.
	const answer = httpStatus === undefined ? '' : description;
	return new NemoVideoError(kind, `It's unknown whether NemoVideo received ${files}`, {
		description: [
			reason,
			answer,
			`The session doesn't show them by these names, and nothing was sent again, because a file that arrives twice would appear twice in the video.`,
			inSession(arrived),
			LOOK,
		]
			.filter(Boolean)
			.join(' '),
		code,
		httpStatus,
		outcome,
	});
}

const LEFT_OUT = "NemoVideo accepted the files but didn't add them to the session";

/** The cause of a search for files that aren't in the session, as NemoVideo itself says. */
export function leftOutError(): NemoVideoError {
	return new NemoVideoError('network', LEFT_OUT, {
		description: `Its answer says so (session_state_applied: false). ${LOOK}`,
	});
}

/** For work in a session that may lack files; whether its state lists them at all isn't known. */
export function unlistedHint(names: readonly string[]): string {
	return `NemoVideo has accepted ${namesInWords(names)}, but the session's state doesn't list them. Check the session with the State node if they are missing from the video.`;
}

/** The cause of a search for files that NemoVideo's answer doesn't list. */
export function shortAnswerError(
	{ listed, words }: Pick<UploadAnswer, 'listed' | 'words'>,
	sent: number,
): NemoVideoError {
	const says = words && ` and says ${words}`;
	return new NemoVideoError(
		'protocol',
		`NemoVideo's answer lists ${listed} of ${sent} files${says}`,
	);
}

/**
 * The failure of an upload of which NemoVideo didn't take a part.
 *
 * @param refused names of the files, each with what NemoVideo says
 * @param arrived names of the files that are in the session now
 */
export function refusedFilesError(
	refused: ReadonlyArray<readonly [name: string, error: NemoVideoError]>,
	arrived: readonly string[],
	media: Media,
): NemoVideoError {
	const names = refused.map(([name]) => name);
	const [[, first] = []] = refused;
	return new NemoVideoError(
		first?.kind ?? 'protocol',
		`NemoVideo didn't accept ${namesInWords(names)}`,
		{
			description: [
				...new Set(refused.map(([, { description = '' }]) => description)),
				inSession(arrived),
				'urls' in media
					? 'Check whether the link opens without a login.'
					: 'Check whether the file opens, then upload it in another format.',
			]
				.filter(Boolean)
				.join(' '),
			code: first?.code,
			says: [...new Set(refused.flatMap(([, { says }]) => says ?? []))].join(', '),
			files: names,
			// To repeat the item would send the others twice.
			outcome: arrived.length === 0 ? first?.outcome : outcomeOf('noAnswer'),
		},
	);
}

/** The same failure with the size of what was sent, where that was too large for somebody. */
export function withSizes(error: NemoVideoError, media: Media): NemoVideoError {
	const isTooLarge = error.httpStatus === 413 || error.kind === 'fileSize';
	if (!isTooLarge || 'urls' in media) return error;
	const total = media.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	const files = namesInWords(media.files.map(({ filename }) => filename));
	const together = media.files.length === 1 ? '' : ' together';
	const limit =
		error.kind === 'fileSize'
			? ''
			: ` NemoVideo itself accepts ${sizeInWords(MAX_FILE_BYTES)} per file.`;
	return error.with({
		description:
			`${files}: ${sizeInWords(total)}${together}.${limit} ${error.description ?? ''}`.trim(),
	});
}

function inSession(arrived: readonly string[]): string {
	if (arrived.length === 0) return '';
	return `${namesInWords(arrived)} ${arrived.length === 1 ? 'is' : 'are'} in the session.`;
}

/** Names in one line; further ones are counted. */
const MAX_NAMES = 5;

function namesInWords(names: readonly string[]): string {
	const shown = names.slice(0, MAX_NAMES).map((name) => `'${name}'`);
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
