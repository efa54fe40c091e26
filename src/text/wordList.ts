/**
 * Words as alternatives of a regular expression, the longest first.
 *
 * @param list words with spaces or line breaks between them; an underscore joins those of a phrase
 */
export function anyOf(list: string): string {
	const words = list.split(/\s+/).sort((one, other) => other.length - one.length);
	return words.join('|').replaceAll('_', ' ');
}

/**
 * Finds one of these words as a whole word, whatever its case.
 *
 * @param end what must follow
 */
export function wholeWords(list: string, end = ''): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{M}])(?:${anyOf(list)})(?![\\p{L}\\p{M}])${end}`, 'iu');
}

/**
 * Finds one of these words: as a whole word in scripts with spaces between words, anywhere in others.
 *
 * @param spaced words of scripts with spaces between words
 * @param unspaced words of the others
 */
export function saidIn(spaced: string, unspaced: string): RegExp {
	return new RegExp(`${anyOf(unspaced)}|${wholeWords(spaced).source}`, 'iu');
}
