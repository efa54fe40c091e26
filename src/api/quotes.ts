/** Opening quotation marks and what closes them. */
const CLOSING = new Map([
	['"', '"'],
	['“', '”'],
	['‘', '’'],
	["'", "'"],
	['「', '」'],
	['『', '』'],
	['《', '》'],
	['【', '】'],
	['`', '`'],
]);

/** Longer stretches between two marks are taken for two unrelated marks. */
const LONGEST_QUOTE = 200;

/** Stands for a quoted character: a letter of no language, so that no rule matches it. */
const MASK = '\uFFFC';

/**
 * Covers what stands between quotation marks, character for character, so that words of a title
 * ("Click here!") are not read as the speaker's own.
 *
 * @param text one line
 * @param isOwnWord says of a quotation whether it is to stay readable: the name of a button
 * @returns a text of the same length
 */
export function maskQuotes(
	text: string,
	isOwnWord: (before: string, after: string) => boolean = () => false,
): string {
	const parts: string[] = [];
	let from = 0;
	for (let index = 0; index < text.length; index++) {
		const end = endOfQuote(text, index);
		if (end === undefined) continue;
		const before = text.slice(Math.max(0, index - 30), index);
		const after = text.slice(end + 1, end + 20);
		if (!isOwnWord(before, after)) {
			parts.push(text.slice(from, index + 1), MASK.repeat(end - index - 1));
			from = end;
		}
		index = end;
	}
	parts.push(text.slice(from));
	return parts.join('');
}

/** Where the quotation that opens at this place closes. */
function endOfQuote(text: string, open: number): number | undefined {
	const mark = text.charAt(open);
	const closing = CLOSING.get(mark);
	if (closing === undefined) return undefined;
	// An apostrophe is no quotation mark.
	if (mark === "'" && /[\p{L}\p{N}]/u.test(text.charAt(open - 1))) return undefined;
	const window = text.slice(open + 1, open + 2 + LONGEST_QUOTE);
	let end = window.indexOf(closing);
	while (end >= 0 && "'’".includes(closing) && /[\p{L}\p{N}]/u.test(window.charAt(end + 1))) {
		end = window.indexOf(closing, end + 1);
	}
	return end < 0 ? undefined : open + 1 + end;
}
