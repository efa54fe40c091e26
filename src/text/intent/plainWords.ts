/** Slack's and Discord's pictures: `:thumbsup:`, `<:yes:1234>`. */
const PICTURE = /(?<![\p{L}\p{N}])(?:<a?:[a-z0-9_]{1,60}:\d{1,24}>|:[a-z+-][a-z0-9_+'-]{0,60}:)/giu;

/**
 * Covers the names of pictures, which say nothing that a picture itself doesn't.
 *
 * @returns a text of the same length
 */
export function coverPictures(message: string): string {
	return message.replace(PICTURE, (name) => ' '.repeat(name.length));
}

/**
 * A message as lists of words know it: lower case, one kind of apostrophe, words and single spaces
 * alone.
 *
 * @param message without the markup of a chat app
 */
export function plainWords(message: string): string {
	return coverPictures(message)
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[’`´]/gu, "'")
		.replace(/[\uFE00-\uFE0F]/gu, '')
		.replace(/[^\p{L}\p{N}\p{M}' -]+/gu, ' ')
		.replace(/\s+/gu, ' ')
		.trim();
}
