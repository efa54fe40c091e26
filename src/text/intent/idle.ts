import { asRead } from './asides';
import { splitClauses } from './clauses';
import {
	ABILITIES,
	ANOTHER_TIME,
	CONDITIONS,
	LIKED,
	NOTES,
	OPINIONS,
	OTHERS,
	PLEASE,
	QUESTIONED,
	REPORTED,
	RETRACTED,
	SOME_TIME,
	SOMEBODY_WILL,
	THOUGHT,
} from './idleWords';
import { asSimplifiedChinese } from './hanWords';
import { isPoliteWish, isQuestion } from './questions';
import { clausesOf, Said } from './said';
import { beginsPlain, findsPlain } from './finds';
import { plain, unitsOf } from './words/units';

const RETRACTION = findsPlain(RETRACTED, 'g');
const NOTE = findsPlain(NOTES);
const IDLE_SENTENCES = [CONDITIONS, OTHERS].map((list) => findsPlain(list));
const ABILITY = findsPlain(ABILITIES);
const POLITELY = findsPlain(PLEASE);
const WILL = findsPlain(SOMEBODY_WILL);
const TIME = findsPlain(SOME_TIME);
const IDLE_CLAUSES = [OPINIONS, ANOTHER_TIME].map((list) => findsPlain(list));
const ASKED = beginsPlain(QUESTIONED);
const TOLD = beginsPlain(REPORTED);
const THINKING = beginsPlain(THOUGHT);
const LIKING = findsPlain(LIKED);
/** What may stand before a question or a report. */
const OPENING =
	/^ ?(?:(?:and|but|so|ok|okay|wait|hey|hmm+|um|btw|well|oh|y|pero|oye|e|mas|ma|et|mais|und|aber|а|и) )+/u;
/** Calls somebody whose name is no program's. */
const CALL =
	/^\s*(?:(?:hey|hi|ok) )?@(?!\S*(?:bot|nemo|video|clip|reel|assist|剪|助|机器|機器|影))[\p{L}]/iu;
/** A question to somebody by name: `Hey Mike, can you …`. */
const QUESTION_TO =
	/^\s*(?:[Hh]ey|[Hh]i|[Hh]ello) (?!Nemo|Bot|Assistant|There|Team|All|Everyone)\p{Lu}\p{Ll}+, (?:can|could|will|would|are|did|do|have) you\b/u;
const FORWARDED = /^\s*(?:fwd?|wg|tr|rv|enc|i|转发|轉寄|转寄)\s?[:：]/iu;

const SENTENCE_END = /[.!?。！？…؟।]+(?!\p{Nd})|\n/u;
const CLAUSE_END =
	/[,;:，；：、،–—]|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]) (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;
const QUOTED = '\uFFFC';

/**
 * What a message is whose words of edits stand only where nothing is wished for: it takes them
 * back, is meant for somebody else, speaks of another time, or asks what can be done at all.
 *
 * @param masked the message, its quotations and addresses covered
 */
export function idleTalk(masked: string): 'question' | 'unsure' | undefined {
	if (FORWARDED.test(masked) || callsSomebody(masked)) return 'unsure';
	const text = spelledAsRules(masked);
	if (WILL.test(text) && TIME.test(text)) return 'unsure';
	const rest = withoutIdle(text, isIdle);
	if (rest !== undefined) return wishes(rest) ? undefined : 'unsure';
	const told = withoutIdle(text, isAsked);
	if (told !== undefined) return wishes(told) ? undefined : 'question';
	const isAbility = ABILITY.test(text) && !POLITELY.test(text) && isOneSentence(text);
	return isAbility ? 'question' : undefined;
}

/** Whether a question whether something can be done begs for it. */
export function isPlea(masked: string): boolean {
	return isPoliteWish(masked) && POLITELY.test(plain(masked));
}

/** Without case and accents; Chinese in simplified characters. */
function spelledAsRules(masked: string): string {
	const text = plain(masked);
	const isChinese = /\p{Script=Han}/u.test(text) && !/[a-z\u3040-\u30ff]/u.test(text);
	return isChinese ? asSimplifiedChinese(text) : text;
}

/** Whether a polite question names only parts of a video: where there is none, it asks what can be done. */
export function asksForPart(message: string): boolean {
	const masked = asRead(message);
	return isPoliteWish(masked) && !saidBy(masked).says('result', 'work', 'about', 'a');
}

/** What is left to be a wish; undefined where nothing is idle. */
function withoutIdle(text: string, isIdle: (clause: string) => boolean): string | undefined {
	const retracted = [...text.matchAll(RETRACTION)].at(-1);
	const meant = retracted ? text.slice(retracted.index + retracted[0].length) : text;
	const noted = NOTE.exec(meant);
	const said = noted ? meant.slice(0, noted.index) : meant;
	const sentences = said.split(SENTENCE_END).map((sentence) => sentence.trim());
	const meaning = sentences.filter((one) => !IDLE_SENTENCES.some((idle) => idle.test(one)));
	const clauses = meaning.flatMap((one) => one.split(CLAUSE_END).map((clause) => clause.trim()));
	const left = clauses.filter((clause) => !isIdle(clause));
	const isAll = left.length === clauses.length && meaning.length === sentences.length;
	return isAll && said === text ? undefined : left.join(', ');
}

/** Whether a clause tells or thinks something of the video, whatever verb of change it has. */
function isIdle(clause: string): boolean {
	if (IDLE_CLAUSES.some((idle) => idle.test(clause))) return true;
	const words = bareWords(clause);
	return TOLD.test(words) || (THINKING.test(words) && !wishes(clause));
}

function isAsked(clause: string): boolean {
	return ASKED.test(bareWords(clause)) && !isPoliteWish(clause);
}

/** A clause from its first telling word on, words and spaces alone. */
function bareWords(clause: string): string {
	return clause.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').replace(OPENING, '');
}

/** Whether every clause likes what is there. */
export function isLiked(masked: string): boolean {
	const clauses = spelledAsRules(masked)
		.split(new RegExp(`${SENTENCE_END.source}|${CLAUSE_END.source}`, 'u'))
		.map((clause) => clause.trim());
	return clauses.every((clause) => clause === '' || LIKING.test(clause));
}

function wishes(text: string): boolean {
	if (text.includes(QUOTED)) return true;
	if (!/[\p{L}\p{N}]/u.test(text)) return false;
	if (splitClauses(text).some(({ intent }) => intent === 'edit')) return true;
	const said = saidBy(text);
	return said.says('edit', 'use') || said.isToBeMade();
}

function saidBy(text: string): Said {
	return new Said(clausesOf(unitsOf(text)), isQuestion(text));
}

function isOneSentence(text: string): boolean {
	return text.split(SENTENCE_END).filter((sentence) => sentence.trim() !== '').length === 1;
}

/** Whether a message calls somebody, whose task may be whatever it orders. */
export function callsSomebody(message: string): boolean {
	return CALL.test(message) || QUESTION_TO.test(message);
}
