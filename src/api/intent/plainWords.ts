/**
 * A message as lists of words know it: lower case, one kind of apostrophe, words and single spaces
 * alone.
 *
 * @param message without the markup of a chat app
 */
export function plainWords(message: string): string {
	return message
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[’`´]/gu, "'")
		.replace(/[^\p{L}\p{N}\p{M}' -]+/gu, ' ')
		.replace(/\s+/gu, ' ')
		.trim();
}
