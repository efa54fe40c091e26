import {
	CHINESE_CREDIT_NOUN,
	CHINESE_CREDIT_WORDS,
	CHINESE_INTENTS,
	CHINESE_LEAD_IN,
	CHINESE_STATE_NOUN,
	CHINESE_STATE_WORDS,
	CHINESE_TAIL,
} from './chinese';
import {
	CREDIT_NOUN,
	CREDIT_WORDS,
	ENGLISH_INTENTS,
	ENGLISH_LEAD_IN,
	ENGLISH_TAIL,
} from './english';
import type { ClauseIntent } from './rules';
import { asSimplifiedChinese } from './hanWords';
import { URL_MASK } from './messageUrls';

const COURTESIES = [ENGLISH_LEAD_IN, CHINESE_LEAD_IN, ENGLISH_TAIL, CHINESE_TAIL];

const MIXED_ORDER =
	/^([\p{Script=Han}\s]+)(?:(?:the |my )?(?:video|film|clip) )?(?:with|without|in|as|no) [\p{Script=Latin}\p{Script=Han}\d\s:.-]+$/u;

/** `No` is a courtesy in front of other orders. */
const NO_EXPORT = /^no (?:more )?(?:export|download|render)(?:ing|s)?(?: (?:yet|now|please))*$/u;
/** Clauses longer than this describe something; nobody asks for the balance in so many words. */
const MAX_COMMAND = 120;

/**
 * What a clause wants, by the keywords of NemoVideo's skill text.
 *
 * @param clause with quotations covered
 * @returns undefined where no keyword is the clause's verb or subject
 */
export function clauseIntent(clause: string): ClauseIntent | undefined {
	const bare = clause.replaceAll(URL_MASK, '');
	if (bare.length > MAX_COMMAND) return undefined;
	const words = bare.normalize('NFKC').toLowerCase().replace(/’/gu, "'");
	return /\p{Script=Han}/u.test(words) ? chineseIntent(words) : englishIntent(words);
}

function englishIntent(words: string): ClauseIntent | undefined {
	const whole = trimMarks(words);
	if (NO_EXPORT.test(whole)) return 'notExport';
	const request = withoutCourtesy(words);
	for (const text of [request, whole]) {
		if (CREDIT_NOUN.test(text) && text.split(/[\s?!,.]+/u).every(isCreditWord)) return 'credits';
		const found = ENGLISH_INTENTS.find(({ pattern }) => pattern.test(text));
		if (found !== undefined) return found.name;
	}
	return undefined;
}

function isCreditWord(word: string): boolean {
	return word === '' || CREDIT_WORDS.has(word);
}

function chineseIntent(words: string): ClauseIntent | undefined {
	const chinese = asSimplifiedChinese(words);
	const request = withoutCourtesy(chinese);
	for (const spaced of [request, trimMarks(chinese)]) {
		const text = spaced.replace(/\s+/gu, '');
		if (isOnly(text, CHINESE_CREDIT_WORDS, CHINESE_CREDIT_NOUN)) return 'credits';
		const found = CHINESE_INTENTS.find(({ pattern }) => pattern.test(text));
		if (found !== undefined && found.name !== 'edit') return found.name;
		if (isOnly(text, CHINESE_STATE_WORDS, CHINESE_STATE_NOUN)) return 'state';
		if (found !== undefined) return found.name;
	}
	const english = ENGLISH_INTENTS.find(({ pattern }) => pattern.test(request));
	if (english) return english.name;
	// `导出 with subtitles`: an order in one language, what is wanted besides in the other.
	const order = MIXED_ORDER.exec(request)?.[1]?.trim() ?? '';
	return CHINESE_INTENTS.find(({ name, pattern }) => name === 'export' && pattern.test(order))
		?.name;
}

/** Whether a text says the noun and otherwise nothing but these words. */
function isOnly(text: string, words: RegExp, noun: RegExp): boolean {
	return noun.test(text) && text.replace(words, '').replace(/[^\p{L}\p{N}]/gu, '') === '';
}

/** @returns a clause without courtesies at its ends, in both languages because people mix them */
export function withoutCourtesy(words: string): string {
	let request = trimMarks(words);
	for (let round = 0; round < 8; round++) {
		const shorter = trimMarks(
			COURTESIES.reduce((text, courtesy) => text.replace(courtesy, ''), request),
		);
		// A message of nothing but courtesy is no shorter request.
		if (shorter === request || shorter === '') break;
		request = shorter;
	}
	return request;
}

/** Takes punctuation, emoji and space from both ends. */
function trimMarks(text: string): string {
	return text.replace(/^[^\p{L}\p{N}\uFFFC]+|[^\p{L}\p{N}\uFFFC]+$/gu, '');
}
