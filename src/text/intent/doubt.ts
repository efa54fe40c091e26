import { endsAsQuestion, isOrderToTell, isPoliteWish, isQuestion } from './questions';
import { isMeantElsewhere } from './elsewhere';
import { LENGTH, namesFilm } from './film';
import { findsPlain } from './finds';
import { asSimplifiedChinese } from './hanWords';
import { idleTalk, isLiked, isPlea } from './idle';
import { EVERYDAY } from './idleWords';
import { clausesOf, Said, type Clause } from './said';
import { saidIn, wholeWords } from '../wordList';
import { plain, unitsOf } from './words/units';
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
	/** Likes one of several, or may answer a question. */
	| 'choice'
	/** Asks something that only NemoVideo, or nobody, can answer. */
	| 'question'
	/** Says too little to be surely a wish. */
	| 'unsure'
	/** Says more, and nothing of a video: only in a new chat it's surely what one is to show. */
	| 'description';

/** Longer messages tell a story. */
const LONGEST = 4_000;
/** Words of a caption; in scripts without spaces, characters. */
const CAPTION_WORDS = 20;
const CAPTION_CHARACTERS = 40;
/** What is to be done with files is told another time: `I'll tell you tomorrow`. */
const LATER = saidIn(
	'later tomorrow afterwards luego más_tarde mañana después depois amanhã mais_tarde plus_tard demain après später morgen nachher più_tardi domani dopo straks позже потом завтра później potem jutro nanti besok sonra yarın لاحقا بعدين غدا بكرة बाद_में',
	'再说 传完 稍后 待会 等下 等会 明天 晚点 回头 あとで 明日 나중에 내일 이따가',
);
const TELLING = saidIn(
	'tell write say explain send let_you_know falo digo conto escrevo te_digo te_cuento escribo explico dis dirai écris explique sag sage schreib schreibe melde erkläre dico scrivo spiego скажу напишу расскажу powiem napiszę bilang kabarin söylerim yazarım أخبرك سأخبرك بقولك बताऊंगा बताता',
	'说 讲 告诉 要求 発 説明 言い 伝え 連絡 말씀 설명 알려 연락',
);
/** What somebody would love is to come yet, and what they don't love is to change. */
const WOULD_LOVE = /(?:['’]d|would|n['’]?t|not) (?:really )?(?:love|like|prefer)/iu;
/** Praise of one of several answers a question. */
const ONE_OF_THEM = wholeWords(
	'first second third last option version erste zweite letzte primero primera segundo segunda primeiro primeira première premier deuxième primo prima secondo seconda первый второй pierwszy drugi',
);
/** What only a video has; a question for the price speaks of it behind the price, if at all. */
const OF_VIDEO: readonly Meaning[] = ['look', 'content', 'media', 'about'];
/** Words of praise that nobody has to know. */
const UNKNOWN_PRAISE = 2;
const DAILY = findsPlain(EVERYDAY);
const QUOTED = '\uFFFC';
/** Words that nobody has to know, from which on a text describes something; characters likewise. */
const DESCRIPTION_WORDS = 3;
const DESCRIPTION_CHARACTERS = 4;
/** Words of a cheer: `che bello!!`. */
const SHORT = 8;
const CHEER = /[😍🥰😘🤩😭🥹🔥👏🙌👍💯🎉❤♥💖🙏👌✨🤯😎🫶]|!{2,}|！{2,}/u;
const LAUGHTER =
	/[😂🤣]|哈{2}|笑死|草w|ㅋ{2}|ㅎ{2}|(?<!\p{L})(?:lo+l|lmf?ao|rofl|ha(?:ha)+|mdr+|ptdr|(?:ja){2,}|k{3,}|rs(?:rs)+|wk(?:wk)+|w{2,}|xd)(?!\p{L})/iu;
/** Scripts without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

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
	options: { hasFiles: boolean; isEdit: boolean },
): Doubt | undefined {
	if (masked.length > LONGEST) return undefined;
	const doubt = doubtOfAll(masked, options);
	if (doubt === 'description' && DAILY.test(plain(masked))) return 'unsure';
	if (doubt !== undefined || options.hasFiles || masked.includes(QUOTED)) return doubt;
	// The kettle can be put on as well, and the grass be cut.
	return namesFilm(masked) && !isMeantElsewhere(masked) ? undefined : 'unsure';
}

function doubtOfAll(
	masked: string,
	{ hasFiles, isEdit }: { hasFiles: boolean; isEdit: boolean },
): Doubt | undefined {
	const idle = idleTalk(masked);
	if (idle === 'unsure') return hasFiles ? 'caption' : idle;
	const question = hasFiles ? undefined : idle;
	if (masked.includes(QUOTED)) return question;
	const units = unitsOf(masked);
	const clauses = clausesOf(units);
	if (clauses.length === 0) return hasFiles ? 'caption' : 'unsure';
	const said = new Said(clauses, isQuestion(masked));
	const isAsked = isQuestion(masked) || clauses.some(asks);
	if (asksPrice(said, isAsked, isEdit)) return 'price';
	if (question) return question;
	if (hasFiles) return isCaption(said, units.length, { masked, isEdit }) ? 'caption' : undefined;
	if (!isEdit && isToldLater(masked)) return 'unsure';
	if (isEdit || said.says('edit')) {
		// Without accents, `làm` (make) is `lắm` (very).
		if (!isEdit && CHEER.test(masked) && likes(said, masked)) return 'unsure';
		return isAsked && asksForEdit(said, clauses, { masked, isEdit }) ? 'question' : undefined;
	}
	if (LENGTH.test(masked)) return undefined;
	return isAsked ? doubtOfQuestion(said, clauses, masked) : doubtOfWords(said, clauses, masked);
}

/** Whether what sounds like an edit is asked, not wished: `how long does it take to make a film?` */
function asksForEdit(
	said: Said,
	clauses: readonly Clause[],
	{ masked, isEdit }: { masked: string; isEdit: boolean },
): boolean {
	if (isEdit && said.says('able')) return true;
	if (isPoliteWish(masked)) return false;
	if (endsAsQuestion(masked) && (UNSPACED.test(masked) || endsInVerb(clauses))) return true;
	const isFirst = said.saysFirst('query', ['edit', 'use', ...OF_VIDEO]);
	const edits = clauses.filter((clause) => new Said([clause], false).says('edit', 'use'));
	return isFirst || (edits.length > 0 && edits.every(asks));
}

function doubtOfQuestion(
	said: Said,
	clauses: readonly Clause[],
	masked: string,
): Doubt | undefined {
	const isUse = clauses.some(
		(clause) => new Said([clause], false).says('use') && !asks(clause) && clauses.length > 1,
	);
	const isWish = isUse || isPoliteWish(masked);
	if (said.says('praise') && !said.says('state') && clauses.every(isPraise)) return 'praise';
	if (said.says('able') && !isPlea(masked)) return 'question';
	const isTold = said.isToBeMade() || (said.says('about') && !endsAsQuestion(masked));
	if (isTold && !clauses.some(asks)) return undefined;
	if (said.says('use', 'but', ...OF_VIDEO)) {
		return isWish ? undefined : said.says('state') ? 'state' : 'question';
	}
	if (said.says('state')) return 'state';
	if (said.says('work')) return isWish || !said.says('ask', 'query') ? undefined : 'question';
	return said.says('query') ? 'state' : 'question';
}

function doubtOfWords(said: Said, clauses: readonly Clause[], masked: string): Doubt | undefined {
	if (LAUGHTER.test(masked) && !said.says('work', 'but', 'order', 'give', ...OF_VIDEO))
		return 'praise';
	if (said.says('use', 'but') || said.isToBeMade()) return undefined;
	if (said.says('praise') && !WOULD_LOVE.test(masked) && clauses.every(isPraise))
		return ONE_OF_THEM.test(masked) ? 'choice' : 'praise';
	if (isLiked(masked)) return 'praise';
	if (said.says('work', ...OF_VIDEO)) return likes(said, masked) ? 'unsure' : undefined;
	const length = clauses.reduce((sum, { units }) => sum + units.length, 0);
	if (length <= SHORT && CHEER.test(masked)) return 'choice';
	if (clauses.some(({ units: [first] }) => isOrderToTell(first?.word ?? ''))) return undefined;
	return isDescription(clauses, masked) ? 'description' : 'unsure';
}

/** Whether it praises something, beside whatever else it says. */
function likes(said: Said, masked: string): boolean {
	return said.says('praise') && !WOULD_LOVE.test(masked);
}

/** Whether so many words say something of their own that it can only be what a video shows. */
function isDescription(clauses: readonly Clause[], masked: string): boolean {
	const unknown = clauses.reduce((sum, clause) => sum + clause.unknown, 0);
	return unknown >= (UNSPACED.test(masked) ? DESCRIPTION_CHARACTERS : DESCRIPTION_WORDS);
}

function asksPrice(said: Said, isAsked: boolean, isEdit: boolean): boolean {
	// `多少钱`: asks and names the price in one.
	if (said.saysAtOnce('credits', 'ask') && !said.says(...OF_VIDEO)) return true;
	if (!said.says('credits')) return false;
	// `Does it cost extra if I change something?`: what is changed comes after the question.
	if (isEdit || said.says('edit', ...OF_VIDEO)) {
		return isAsked && said.saysFirst('credits', ['edit', ...OF_VIDEO]);
	}
	if (isAsked) return true;
	// `The price of a video` is asked for; `I want a video for my shop, price 9.90` tells what it shows.
	if (said.isToBeMade()) return said.saysFirst('credits', ['work', 'result']);
	return said.says('ask') && !said.says('but');
}

function isToldLater(masked: string): boolean {
	const words = asSimplifiedChinese(masked);
	return LATER.test(words) && TELLING.test(words);
}

/** Whether words that come with files hand them over, and say nothing of what is to be made. */
function isCaption(
	said: Said,
	length: number,
	{ masked, isEdit }: { masked: string; isEdit: boolean },
): boolean {
	if (said.saysOnly('use')) return true;
	// In scripts without spaces, verbs of edits stand in other words as well.
	if (isToldLater(masked) && (!isEdit || UNSPACED.test(masked))) return true;
	if (isEdit) return false;
	if (LENGTH.test(masked) || said.says('edit', 'use', 'but')) return false;
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

/** Whether the question's verb stands last, as in Hindi: `इसमें कौन सा गाना लगा है`. */
function endsInVerb(clauses: readonly Clause[]): boolean {
	return clauses.at(-1)?.said.at(-1)?.has('ask') === true;
}

function isCourtesy(meanings: ReadonlySet<Meaning>): boolean {
	return [...meanings].every((meaning) => meaning === 'filler' || meaning === 'praise');
}
