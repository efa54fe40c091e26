import { isOrderToTell, isQuestion } from './questions';
import { clausesOf, Said, type Clause } from './said';
import { anyOf } from './wordList';
import { unitsOf } from './words/units';
import type { Meaning } from './words/words';

/** What a message is that is no sure wish for an edit. */
export type Doubt =
	/** Asks what it costs. */
	| 'price'
	/** Hands files over, and says what they are. */
	| 'caption'
	/** Asks how far the work is, or for how long. */
	| 'state'
	/** Likes the video. */
	| 'praise'
	/** Asks something that only NemoVideo, or nobody, can answer. */
	| 'question';

/** Longer messages tell a story. */
const LONGEST = 240;
/** Words of a caption; in scripts without spaces, characters. */
const CAPTION_WORDS = 12;
const CAPTION_CHARACTERS = 32;
/** Words of praise that nobody has to know. */
const UNKNOWN_PRAISE = 2;
const QUOTED = '\uFFFC';
/** Words of a cheer: `che bello!!`. */
const SHORT = 8;
const CHEER = /[😍🥰😘🤩😭🥹🔥👏🙌👍💯🎉❤♥💖🙏👌✨🤯😎🫶]|!{2,}|！{2,}/u;
/** Scripts without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** A wish for a video says how long it's to be: `30s reel`. */
const UNITS_OF_TIME =
	's sec secs second seconds seg segundo segundos sek sekunde sekunden seconde secondes secondi sn saniye сек секунд секунды detik dtk giây ثانية ثواني सेकंड min mins minute minutes minutos minuten minuti минут';
const LENGTH = new RegExp(`\\p{Nd}\\s?-?(?:秒|초|分|(?:${anyOf(UNITS_OF_TIME)})(?!\\p{L}))`, 'iu');

/**
 * What a message is that the rules take for a prompt, where its words speak against it: a caption
 * of files, praise, or a question without a wish. An answer costs nothing, a prompt does.
 *
 * @param masked the message, its quotations and addresses covered
 * @param options.hasFiles whether files or links to files come with it
 * @param options.isEdit whether a rule takes one of its clauses for an edit
 * @returns undefined where it's to be sent
 */
export function doubtOf(
	masked: string,
	{ hasFiles, isEdit }: { hasFiles: boolean; isEdit: boolean },
): Doubt | undefined {
	if (masked.length > LONGEST || masked.includes(QUOTED)) return undefined;
	const units = unitsOf(masked);
	const clauses = clausesOf(units);
	if (clauses.length === 0) return undefined;
	const said = new Said(clauses, isQuestion(masked));
	const isAsked = isQuestion(masked) || clauses.some(asks);
	if (asksPrice(said, isAsked, isEdit)) return 'price';
	if (isEdit) return !hasFiles && isAsked && said.says('able') ? 'question' : undefined;
	if (LENGTH.test(masked) || said.says('edit', 'use', 'but')) return undefined;
	if (hasFiles) return isCaption(said, units.length, masked) ? 'caption' : undefined;
	if (said.isToBeMade()) return undefined;
	if (said.says('praise') && clauses.every(isPraise)) return 'praise';
	const isOfVideo = said.says('look', 'work', 'media', 'content', 'about');
	if (!isAsked)
		return !isOfVideo && units.length <= SHORT && CHEER.test(masked) ? 'praise' : undefined;
	if (said.says('able')) return 'question';
	if (said.says('state')) return 'state';
	if (said.says('look', 'work', 'about')) return undefined;
	return said.says('query') ? 'state' : 'question';
}

function asksPrice(said: Said, isAsked: boolean, isEdit: boolean): boolean {
	if (said.says('look', 'content', 'media', 'about')) return false;
	// `多少钱`: asks and names the price in one.
	if (said.saysAtOnce('credits', 'ask')) return true;
	return said.says('credits') && !isEdit && !said.says('edit') && (isAsked || said.says('ask'));
}

function isCaption(said: Said, length: number, masked: string): boolean {
	const isWork = said.says('work') && length > 2;
	return !isWork && length <= (UNSPACED.test(masked) ? CAPTION_CHARACTERS : CAPTION_WORDS);
}

/** Whether a clause likes the video, or says nothing that a video could be made of. */
function isPraise({ said }: Clause): boolean {
	const unknown = said.filter((meanings) => meanings === undefined).length;
	if (said.some((meanings) => meanings?.has('praise'))) {
		return unknown <= UNKNOWN_PRAISE || unknown * 2 < said.length;
	}
	return unknown === 0 && !said.some((meanings) => meanings?.has('look') || meanings?.has('media'));
}

/** Whether a clause begins like a question. */
function asks({ said, units }: Clause): boolean {
	const first = said.find((meanings) => !meanings || !isCourtesy(meanings));
	if (isOrderToTell(units[0]?.word ?? '')) return false;
	if (first === undefined || first.has('the') || first.has('give')) return false;
	return first.has('ask') || first.has('query') || first.has('able');
}

function isCourtesy(meanings: ReadonlySet<Meaning>): boolean {
	return [...meanings].every((meaning) => meaning === 'filler' || meaning === 'praise');
}
