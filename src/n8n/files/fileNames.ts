import { sameFormat } from './fileFormats';

/** What most file systems take for one name, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;

/** What ends header lines or quotations, is forbidden on Windows, or makes a name look like another. */
const UNSAFE_IN_NAMES =
	/[\p{Cc}\p{Cs}"<>:|?*\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** Endings that say what a file is. Any other text behind a point is part of the name. */
const MEDIA_ENDING =
	/\.(mp4|m4v|mov|qt|avi|webm|mkv|mpe?g|3gp|wmv|flv|jpe?g|png|gif|webp|hei[cf]|tiff?|bmp|mp3|wav|m4a|aac|flac|ogg)$/i;

/**
 * Makes a file's name of any text: it cannot leave its folder, fits into every file system, and ends
 * in the extension of what the file is. `Promo 26.11.2026` becomes `Promo 26.11.2026.mp4`.
 *
 * @param format extension of what the file is, e.g. `mp4`; another media ending of the name gives way
 * @returns at most 255 bytes, with slashes as `_`
 */
export function fileNameFor(name: string, format: string): string {
	const clean = cleanName(name);
	const ending = MEDIA_ENDING.exec(clean)?.[1];
	const stem = ending === undefined ? clean : clean.slice(0, -ending.length - 1);
	const extension = `.${ending !== undefined && sameFormat(ending, format) ? ending : format}`;
	const fitting = cutToBytes(stem, MAX_NAME_BYTES - extension.length).replace(/[. ]+$/, '');
	const safe = WINDOWS_DEVICE.test(fitting) ? `${fitting}_` : fitting;
	return `${safe === '' ? 'file' : safe}${extension}`;
}

/** Steps of a path that lead nowhere (`..`) go; the others are joined. */
function cleanName(name: string): string {
	return name
		.split(/[/\\]+/)
		.filter((part) => !/^[.\s]*$/.test(part))
		.join('_')
		.replace(UNSAFE_IN_NAMES, '_')
		.replace(/^[.\s]+/, '')
		.trim();
}

function cutToBytes(text: string, most: number): string {
	let bytes = 0;
	let kept = '';
	for (const character of text) {
		bytes += Buffer.byteLength(character);
		if (bytes > most) break;
		kept += character;
	}
	return kept;
}

const MAX_WORDS = 8;
const MAX_WORDS_CHARACTERS = 60;

/**
 * The first words of a prompt, as the name of what is made of it. Only its first sentence counts.
 *
 * @returns without marks at the end; empty where the prompt has no letters or digits
 */
export function firstWords(prompt: string): string {
	const sentence = prompt.trim().split(/[\r\n]|[.!?](?=\s|$)|[。！？]/u, 1)[0] ?? '';
	let words = '';
	for (const word of sentence.split(/\s+/).slice(0, MAX_WORDS)) {
		const longer = words === '' ? word : `${words} ${word}`;
		if (longer.length > MAX_WORDS_CHARACTERS && words !== '') break;
		words = longer;
	}
	// Chinese and Japanese have no spaces to end at.
	const cut = [...words].slice(0, MAX_WORDS_CHARACTERS).join('');
	return cut.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})%]+$/gu, '');
}
