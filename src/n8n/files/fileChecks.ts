import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { FileContent } from '../../api/fileContent';
import { sizeInWords } from '../../api/fileSize';
import { DATA_URL, SVG } from '../../api/textContent';
import { MAX_FILE_BYTES } from '../../api/upload';
import { invalidParameterError } from '../errors/invalidParameter';
import { FILE_FIELD } from './fileBytes';
import { ACCEPTED_FORMATS_TEXT } from '../../text/mediaTypes';

/**
 * Refuses a file of a size that NemoVideo does not take.
 *
 * @param shown the file's name, for messages
 * @throws NemoVideoError of kind `input` or `fileSize`
 */
export function checkSize(shown: string, sizeBytes: number): void {
	if (sizeBytes === 0) {
		throw invalidParameterError(
			`The file '${shown}' in ${FILE_FIELD} is empty`,
			'Check the node that created the file.',
		);
	}
	if (sizeBytes <= MAX_FILE_BYTES) return;
	throw new NemoVideoError(
		'fileSize',
		`The file '${shown}' in ${FILE_FIELD} is larger than NemoVideo accepts: ${sizeInWords(sizeBytes)} of at most ${sizeInWords(MAX_FILE_BYTES)}`,
		{
			description: 'Compress or trim it, then try again.',
			outcome: outcomeOf('notSent'),
		},
	);
}

/**
 * The refusal of a file that is nothing NemoVideo takes.
 *
 * @param shown the file's name, for messages
 * @param content what its bytes say
 */
export function wrongType(
	shown: string,
	mimeType: string,
	content: FileContent | undefined,
): NemoVideoError {
	const accepted = `Accepted formats: ${ACCEPTED_FORMATS_TEXT}.`;
	if (content !== undefined && content.is !== 'media') {
		return new NemoVideoError(
			'fileType',
			`The file '${shown}' in ${FILE_FIELD} is ${content.what}, which NemoVideo doesn't accept`,
			{
				description: `${adviceFor(content)} ${accepted}`,
				says: content.what,
				outcome: outcomeOf('notSent'),
			},
		);
	}
	return new NemoVideoError(
		'fileType',
		`The file '${shown}' in ${FILE_FIELD} has a type that NemoVideo does not accept (${mimeType})`,
		{ description: accepted, outcome: outcomeOf('notSent') },
	);
}

function adviceFor({ is, what }: { is: 'text' | 'other'; what: string }): string {
	if (what === SVG) return 'Convert it to PNG first.';
	if (is === 'other') return 'Convert it first.';
	return what === DATA_URL
		? "Turn it into a file first: n8n's Convert to File node does with 'Move Base64 String to File', from what follows the comma."
		: 'If it was to be a photo, video or sound, the node before got this in its place, as a share link, an expired link or a login gives it: use the direct link to the file.';
}
