import { sanitizeFilename } from 'n8n-workflow';

/** What ends header lines or quotations, or makes a name look like another one. */
const UNSAFE_IN_NAMES = /[\p{Cc}\p{Cs}"\\\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]+/gu;
const MOST_NAME_CHARACTERS = 200;

/** A name that can neither leave a folder nor end a header line, and shows its true ending. */
export function safeFileName(name: string): string {
	const oneLine = name.replace(UNSAFE_IN_NAMES, '_');
	const characters = [...sanitizeFilename(oneLine)];
	// Its end says what the file is.
	return characters.slice(-MOST_NAME_CHARACTERS).join('') || 'file';
}
