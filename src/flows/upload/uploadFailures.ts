import { NemoVideoError, type FailureKind } from '../../api/errors';
import { sizeInWords } from '../../api/fileSize';
import { isFinalPage } from '../../api/gateway';
import { outcomeOf } from '../../api/outcome';
import { MAX_FILE_BYTES, namesOf, type Media, type UploadAnswer } from '../../api/upload';
import { linkInWords, withShortLinks } from '../../text/links/urlSecrets';

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
				...new Set(refused.map(([, { description = '' }]) => withShortLinks(description))),
				inSession(arrived),
				'urls' in media
					? `Not accepted: ${inOneLine(linksOf(names, media.urls))}. ${OPEN_LINK}`
					: 'Check whether the file opens, then upload it in another format.',
			]
				.filter(Boolean)
				.join(' '),
			code: first?.code,
			says: withShortLinks([...new Set(refused.flatMap(([, { says }]) => says ?? []))].join(', ')),
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

const OPEN_LINK =
	'Open the link in a private browser window: it has to give the file itself, without a login. If it has expired, get a new one in the run that makes the film, or download the file with HTTP Request and send it as a file.';

/**
 * The same failure with the links that it is about, or may be. NemoVideo fetches them itself, so a
 * link that has expired, is gone, or leads to a page comes back as a refusal of the whole request;
 * the numbers may even be those that else stand for the token or the session.
 */
export function withLinks(error: NemoVideoError, media: Media): NemoVideoError {
	if (!('urls' in media) || (error.code ?? error.httpStatus) === undefined) return error;
	const says = error.says && withShortLinks(error.says);
	const description = withShortLinks(error.description ?? '');
	const links = [...new Set(media.urls.map(linkInWords))];
	const named = links.filter((link) => says?.includes(link));
	const subject = linksInWords(named.length > 0 ? named : links);
	const told = (kind: FailureKind, message: string, reason = says && `NemoVideo says: ${says}.`) =>
		new NemoVideoError(kind, `${message} ${subject}`, {
			...error,
			cause: error.cause,
			says,
			description: `${OPEN_LINK} ${reason ?? ''}`.trim(),
		});
	if (error.kind === 'fileType' || error.kind === 'fileSize') {
		return told(error.kind, `${error.message}:`, description);
	}
	if (named.length > 0)
		return told(error.isPassing ? error.kind : 'input', 'NemoVideo could not use');
	if (error.kind === 'input') return told('input', `${error.message} with`);
	return error.with({ description, says });
}

/** The links of files of some names. */
function linksOf(names: readonly string[], urls: readonly string[]): string[] {
	const isOf = (url: string) => namesOf({ urls: [url] }).some((name) => names.includes(name));
	return urls.filter(isOf).map(linkInWords);
}

function linksInWords(links: readonly string[]): string {
	return `${links.length === 1 ? 'the link' : 'one of the links'} ${inOneLine(links)}`;
}

function inSession(arrived: readonly string[]): string {
	if (arrived.length === 0) return '';
	return `${namesInWords(arrived)} ${arrived.length === 1 ? 'is' : 'are'} in the session.`;
}

/** Names or links in one line; further ones are counted. */
const MAX_NAMES = 5;

function namesInWords(names: readonly string[]): string {
	return inOneLine(names.map((name) => `'${name}'`));
}

function inOneLine(all: readonly string[]): string {
	const shown = all.slice(0, MAX_NAMES);
	const more = all.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
