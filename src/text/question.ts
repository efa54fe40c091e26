import { maskQuotes } from './quotes';
import { REQUESTS } from './requestPhrases';

/** Options that stand below a question: bullets, numbers or letters. */
const LIST_ITEM = /^\s*(?:[-*+•]|\d{1,2}[.)、]|[A-Ha-h][.)])\s*\S/u;

/** Between two sentences; in Latin text only the space behind the mark tells. */
const SENTENCE_BREAK =
	/(?<=[.!?…؟\u037E]["'”’)\]*_]{0,3}|\p{Script=Greek};["'”’»)\]*_]{0,3})\s+|(?<=[。！？]["'”’」』）*]{0,3})(?=.)|\n+/u;

const QUESTION_MARK = /[?？؟\u037E]["'”’»“)\]*_」』）\s]*$/u;
/** Greek asks with what is a semicolon elsewhere. */
const GREEK_QUESTION = /\p{Script=Greek}["'”’»)\]*_]{0,3};["'”’»)\]*_\s]*$/u;
/** How no statement begins: its question mark may be that of the quotation it ends in. */
const ASKS_ABOUT_QUOTE =
	/^(?:do|does|should|shall|would|could|can|may|is|are)\s+(?:you|I|we|it|this|the)\b.*\uFFFC["”]$/i;

/** More of a sentence is not looked at for a request. UTF-16 code units. */
const MAX_OF_REQUEST = 1_000;
/** A question may be followed by one more sentence, such as how to answer it. */
const LAST_SENTENCES = 2;

/**
 * Whether a text ends by asking something, so that the agent waits for an answer. Options listed
 * below the question belong to it.
 *
 * @param text what the agent said last, in any language
 */
export function asksSomething(text: string): boolean {
	const lines = text.trim().split('\n');
	while (lines.length > 1 && isOption(lines.at(-1) ?? '')) lines.pop();
	const paragraph =
		lines
			.join('\n')
			.split(/\n\s*\n/)
			.at(-1) ?? '';
	const sentences = ownWords(paragraph)
		.split(SENTENCE_BREAK)
		.filter((sentence) => sentence?.trim());
	return sentences
		.slice(-LAST_SENTENCES)
		.some(
			(sentence) =>
				[QUESTION_MARK, GREEK_QUESTION].some((mark) => mark.test(sentence)) ||
				[ASKS_ABOUT_QUOTE, ...REQUESTS].some((request) =>
					request.test(sentence.trim().slice(-MAX_OF_REQUEST)),
				),
		);
}

/** What is quoted within a sentence, such as a title, is not asked; a whole sentence is. */
function ownWords(paragraph: string): string {
	return paragraph
		.replace(/„([^„“”\n]{1,200})[“”]/gu, '“$1”')
		.replace(/«([^«»\n]{1,200})»/gu, '“$1”')
		.split('\n')
		.map((line) =>
			maskQuotes(line, (before) => /(?:^|[.!?…。！？]["'”’)*_]{0,3})[\s*_]*$/u.test(before)),
		)
		.join('\n');
}

function isOption(line: string): boolean {
	return line.trim() === '' || LIST_ITEM.test(line);
}
