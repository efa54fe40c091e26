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
const MAX_QUOTE = 200;

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
	const endOfQuote = closingMarks(text);
	const parts: string[] = [];
	let from = 0;
	for (let index = 0; index < text.length; index++) {
		const end = endOfQuote(index);
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

/**
 * Where the quotation that opens at a place closes. The next mark of each kind is looked for once,
 * so that marks without a partner cost no more than others.
 */
function closingMarks(text: string): (open: number) => number | undefined {
	const nextMarks = new Map<string, number>();
	const next = (mark: string, from: number): number => {
		const known = nextMarks.get(mark);
		if (known !== undefined && known >= from) return known;
		const found = text.indexOf(mark, from);
		nextMarks.set(mark, found < 0 ? Infinity : found);
		return nextMarks.get(mark) ?? Infinity;
	};
	return (open) => {
		const mark = text.charAt(open);
		const closing = CLOSING.get(mark);
		if (closing === undefined) return undefined;
		const mayBeApostrophe = mark === "'" || closing === '’';
		// Within a word it is an apostrophe.
		if (mark === "'" && isLetter(text.charAt(open - 1))) return undefined;
		let end = next(closing, open + 1);
		while (mayBeApostrophe && end <= open + MAX_QUOTE && isLetter(text.charAt(end + 1))) {
			end = next(closing, end + 1);
		}
		return end <= open + MAX_QUOTE ? end : undefined;
	};
}

function isLetter(character: string): boolean {
	return /[\p{L}\p{N}]/u.test(character);
}

/** A message that came whole in quotation marks is meant without them. */
export function unquote(text: string): string {
	return (
		/^["“”„‟«»‹›'‘‚「『`]([^"“”„«»‹›'’」』`]{1,80})["“”«»‹›'‘’」』`][.!?。！？…]{0,5}$/u.exec(
			text,
		)?.[1] ?? text
	);
}
