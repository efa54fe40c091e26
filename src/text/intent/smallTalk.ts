import { asSimplifiedChinese } from './hanWords';
import { coverPictures, plainWords } from './plainWords';
import { saidIn } from '../wordList';
import { ADDRESS, ANEW, GREETING, HELP, NO, NOTE, STOP, THANKS, YES } from './smallTalkWords';
import { CHINESE, JAPANESE, KOREAN } from './smallTalkScripts';

/** Words that ask for no video. */
export type SmallTalk =
	| 'greeting'
	| 'help'
	| 'thanks'
	/** Yes, go ahead: says something only where something was asked or offered. */
	| 'yes'
	| 'no'
	/** Wants what is under way to end, which NemoVideo can't do. */
	| 'stop'
	/** Asks how to get the video: an order to export is the answer. */
	| 'howToExport'
	/** Asks something without a wish: sent only if the user says so, because that costs credits. */
	| 'question'
	/** May be a wish, or nothing of the kind: sent only where it answers, or if the user says so. */
	| 'unsure'
	/** The same of more words, which begin a new chat as the description of a video. */
	| 'description'
	/** Wants to begin again, and doesn't say with what. */
	| 'anew'
	/** One of several that NemoVideo may have offered: says nothing by itself. */
	| 'choice'
	/** OK, great: takes note, and answers a question where there was one. */
	| 'note';

/** Longer messages say more than that. */
const LONGEST = 80;

const WORDS: ReadonlyArray<readonly [SmallTalk, RegExp]> = (
	[
		['help', HELP],
		['thanks', THANKS],
		['greeting', GREETING],
		['yes', YES],
		['no', NO],
		['stop', STOP],
		['anew', ANEW],
		['note', NOTE],
	] as const
).map(([kind, { pattern }]) => [kind, new RegExp(`^(?:${pattern})(?= |$)`, 'u')]);
const PHRASES = [HELP, THANKS, GREETING, YES, NO, STOP, ANEW, NOTE, ADDRESS];
const COURTESY = new RegExp(`^(?:${ADDRESS.pattern})(?= |$)`, 'u');
const SCRIPTS = [
	[/[\p{Script=Hiragana}\p{Script=Katakana}]/u, JAPANESE],
	[/\p{Script=Hangul}/u, KOREAN],
	[/\p{Script=Han}/u, CHINESE],
] as const;
/** The number, letter or place of something, as an answer. */
const CHOICE =
	/^(?:(?:option |number |选|第)?(?:\p{Nd}{1,2}[\uFE0F\u20E3]*(?:(?: and | |-)\p{Nd}{1,2})*|[a-d]|[一二三](?=个|個|项))(?:个|個|项)?|(?:the )?(?:first|second|third|last)(?: one)?|both|either|neither|any)$/u;
/** Sent to the wrong chat. */
const MISTAKE = saidIn(
	'wrong_chat wrong_person wrong_group wrong_number meant_for_someone not_meant_for_you chat_equivocado me_equivoqué_de_chat grupo_equivocado grupo_errado chat_errado falscher_chat falsche_gruppe mauvais_groupe mauvaise_conversation chat_sbagliata не_туда salah_kirim salah_grup salah_chat yanlış_grup',
	'发错 發錯 传错 傳錯 誤爆 送り間違 잘못_보냈 잘못보냈',
);
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const YES_PICTURE =
	/[👍👌✅✔☑🆗💯]|:(?:\+1|thumbsup|ok_hand|white_check_mark|heavy_check_mark|100):/u;
const NO_PICTURE =
	/[👎❌🚫🙅⛔🛑✋✖]|:(?:-1|thumbsdown|x|no_entry\w*|no_good|octagonal_sign|hand|raised_hand):/u;
/** What people put behind a word to sound friendly. */
const DRAWN_OUT = /[ー\u1100-\u11ff]+$/u;
/** What decides where a message says several of them. */
const PRECEDENCE: readonly SmallTalk[] = [
	'help',
	'stop',
	'anew',
	'no',
	'yes',
	'thanks',
	'greeting',
	'note',
];

/**
 * What a message says that asks for no video: a greeting, a call for help, thanks, or a word that
 * answers. Anything that could be a wish is none of them.
 *
 * @param message without the markup of a chat app
 */
export function smallTalk(message: string): SmallTalk | undefined {
	if (message.length > LONGEST) return undefined;
	if (MISTAKE.test(message)) return 'no';
	const words = plainWords(message);
	if (words === '') return pictureTalk(message);
	if (CHOICE.test(words)) return 'choice';
	const joined = asSimplifiedChinese(words.replaceAll(' ', '')).replace(DRAWN_OUT, '');
	const script = SCRIPTS.find(([letters]) => letters.test(joined));
	if (!script)
		return lengths(words)
			.map(inWords)
			.find((kind) => kind !== undefined);
	const kindOf = (text: string) => script[1].find(([, pattern]) => pattern.test(text))?.[0];
	const whole = kindOf(joined);
	if (whole) return whole;
	// Several of them, one after another: a greeting and a question.
	const parts = words
		.split(' ')
		.map((part) => kindOf(asSimplifiedChinese(part).replace(DRAWN_OUT, '')));
	return parts.includes(undefined) ? undefined : PRECEDENCE.find((kind) => parts.includes(kind));
}

/** What pictures without words say. */
function pictureTalk(message: string): SmallTalk | undefined {
	if (NO_PICTURE.test(message)) return 'no';
	if (YES_PICTURE.test(message)) return 'yes';
	return PICTURE.test(message) || coverPictures(message) !== message ? 'note' : undefined;
}

/**
 * The same of a message that says besides that nothing is to be changed: that alone is a no.
 *
 * @param covered the message with its asides covered
 */
export function talkBesideAsides(covered: string, message: string): SmallTalk | undefined {
	if (covered === message) return undefined;
	const talk = plainWords(covered) === '' ? 'no' : smallTalk(covered);
	return talk === 'yes' || talk === 'note' ? 'no' : talk;
}

/** The words as they are, and with letters that are drawn out written once or twice: "heyyy". */
function lengths(words: string): string[] {
	const once = words.replace(/(\p{L})\1{2,}/gu, '$1');
	const twice = words.replace(/(\p{L})\1{2,}/gu, '$1$1');
	const ends = (text: string) => text.replace(/(\p{L})\1(?= |$)/gu, '$1');
	return [...new Set([words, once, twice, ends(twice)])];
}

/** The message as nothing but phrases of the lists, one after another. */
function inWords(words: string): SmallTalk | undefined {
	const said = phrasesOf(words);
	return said && PRECEDENCE.find((kind) => said.some(([found]) => found === kind));
}

/**
 * The languages of a message that is nothing but small talk.
 *
 * @param message without the markup of a chat app
 * @returns ISO codes, several where neighbors share a word; none where it tells none
 */
export function talkLanguages(message: string): string[] {
	if (message.length > LONGEST) return [];
	const said = lengths(plainWords(message))
		.map(phrasesOf)
		.find((phrases) => phrases !== undefined);
	const told = (said ?? [])
		.flatMap(([, phrase]) => PHRASES.map(({ languages }) => languages.get(phrase) ?? []))
		.filter((languages) => languages.length > 0);
	const all = [...new Set(told.flat())];
	const common = all.filter((language) => told.every((languages) => languages.includes(language)));
	return common.length > 0 ? common : all;
}

/** The phrases that a message consists of; undefined where it says more than those. */
function phrasesOf(words: string): Array<[SmallTalk | undefined, string]> | undefined {
	const said: Array<[SmallTalk | undefined, string]> = [];
	let rest = words;
	while (rest !== '') {
		const found = longest(rest);
		if (found[1] === '') return undefined;
		said.push(found);
		rest = rest.slice(found[1].length).trim();
	}
	return said;
}

function longest(words: string): [SmallTalk | undefined, string] {
	let best: [SmallTalk | undefined, string] = [undefined, COURTESY.exec(words)?.[0] ?? ''];
	for (const [kind, pattern] of WORDS) {
		const match = pattern.exec(words)?.[0] ?? '';
		if (
			match.length > best[1].length ||
			(match !== '' && match.length === best[1].length && best[0] === undefined)
		) {
			best = [kind, match];
		}
	}
	return best;
}
