/** A letter or digit of any alphabet, or a picture; fillers count as letters, but show nothing. */
const SAYING =
	/(?![\u115F\u1160\u3164\uFFA0])[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** What is drawn and not read: tags and the names of characters. */
const MARKUP = /<(?:[/!]?[a-z]|!--)[^<>]{0,500}>|&#?\w{1,20};/gi;

/**
 * Whether a text says anything to a reader. Blanks, invisible characters, marks and markup alone
 * don't.
 *
 * @param text what an agent or a person said, in any language
 */
export function saysSomething(text: string): boolean {
	return SAYING.test(text) && SAYING.test(text.replace(MARKUP, ''));
}
