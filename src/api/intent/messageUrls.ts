import { isUnusableFile } from '../mediaUrls/mediaUrls';

/** Up to the first space or a mark that closes around an address; Chinese text may follow at once. */
const URL = /https?:\/\/[^\s"'<>，。；！？、（）「」『』\p{Script=Han}]{1,2000}/giu;

/** Stands for each character of an address; clauses are read without it. */
export const URL_MASK = '\uFFFB';

/** The formats of NemoVideo's skill text, as a path ends. */
const MEDIA_PATH =
	/^https?:\/\/[^/?#]+\/[^?#]*\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|wav|m4a|aac)(?:[?#]|$)/iu;

function addresses(text: string): string[] {
	return [...text.matchAll(URL)].map(([url]) => url.replace(/[.,;:!?)\]]{1,20}$/u, ''));
}

/**
 * The addresses in a message that are files to upload.
 *
 * @param isEvery whether the message says that its addresses are files, whatever they end in
 */
export function mediaUrls(text: string, isEvery: boolean): string[] {
	const found = addresses(text).filter((url) => isEvery || MEDIA_PATH.test(url));
	return [...new Set(found)];
}

/** The addresses in a message that are meant as files, and that NemoVideo can't use. */
export function unusableUrls(text: string): string[] {
	return addresses(text).filter(isUnusableFile);
}

/** Whether a message is addresses and nothing else. */
export function isOnlyUrls(text: string): boolean {
	return addresses(text).length > 0 && !/[\p{L}\p{N}]/u.test(text.replace(URL, ''));
}

/** Covers addresses, character for character, so that their full stops end no sentence. */
export function coverUrls(text: string): string {
	return text.replace(URL, (url) => {
		const closing = /[.,;:!?)\]]{1,20}$/u.exec(url)?.[0] ?? '';
		return URL_MASK.repeat(url.length - closing.length) + closing;
	});
}
