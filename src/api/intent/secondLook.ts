import { LANGUAGE_WORDS } from './words/languages';
import { CONTINUED, lexiconOf, readWith, type Lexicon, type Reading } from './words/lexicon';
import { unitsOf, type Unit } from './words/units';
import type { Meaning } from './words/words';

/** What a message asks of the API, as far as its words tell. */
export interface LikelyCommand {
	action: 'export' | 'credits' | 'state' | 'upload';
	/** ISO code. */
	language: string;
	/** What an order to export says besides, in the user's words; it may be an edit. */
	rest?: string;
}

/** Longer messages tell a story; nobody asks for the balance in so many words. */
const LONGEST = 240;
/** Words of a clause from which on it may be a description of a video. */
const DESCRIPTION = 3;
/** How far before a thing its article may stand: `the final short video`. */
const ARTICLE_REACH = 3;
const QUOTED = '\uFFFC';

let lexicons: readonly Lexicon[] | undefined;

/**
 * A tolerant look at a message that the rules take for a prompt: where its words speak of the
 * export, the credits, the state or an upload, and none of an edit, the API can answer it. An
 * answer costs nothing, a prompt does; what an order to export says besides is asked about.
 *
 * @param masked the message, its quotations and addresses covered character for character
 * @param original the same as the user wrote it
 * @param options.isStrict whether a rule took a clause for an edit: then every word must be known
 * @returns undefined where the message may only be a prompt
 */
export function likelyCommand(
	masked: string,
	original: string,
	options: { isStrict: boolean },
): LikelyCommand | undefined {
	if (masked.length > LONGEST || masked.includes(QUOTED)) return undefined;
	const clauses = clausesOf(unitsOf(masked));
	if (clauses.length === 0) return undefined;
	const said = new Said(clauses, /[?？؟]/u.test(masked));
	const action = said.action(options.isStrict);
	if (action === undefined) return undefined;
	const rest = action === 'export' ? said.rest(original) : undefined;
	return { action, language: said.language(), ...(rest === undefined ? {} : { rest }) };
}

/** Each clause in the language that reads it best: people mix languages. */
function clausesOf(units: readonly Unit[]): Clause[] {
	lexicons ??= LANGUAGE_WORDS.map(lexiconOf);
	const [english] = lexicons;
	const all = lexicons.map((lexicon) => readWith(lexicon, units, english));
	// A word that two languages share is in that of the whole message.
	const preferred = [...all].sort(byQuality).map(({ lexicon }) => lexicon);
	const numbers = [...new Set(units.map(({ clause }) => clause))];
	return numbers.map((number) => {
		const own = units.filter(({ clause }) => clause === number);
		const readings = preferred.map((lexicon) => readWith(lexicon, own, english));
		const best = readings.reduce((one, other) => (byQuality(other, one) < 0 ? other : one));
		return { units: own, ...best };
	});
}

/**
 * The languages whose words a message consists of, where its words are enough to tell.
 *
 * @param masked the message, its quotations and addresses covered
 * @returns ISO codes, several where neighbors share the words; none where it tells none
 */
export function likelyLanguages(masked: string): string[] {
	if (masked.length > LONGEST) return [];
	const units = unitsOf(masked.replace(/[\uFFFB\uFFFC]+/gu, ' ')).filter(({ word }) =>
		/\p{L}/u.test(word),
	);
	lexicons ??= LANGUAGE_WORDS.map(lexiconOf);
	const readings = lexicons.map((lexicon) => readWith(lexicon, units)).sort(byQuality);
	const [best] = readings;
	const worst = Math.max(...readings.map(({ unknown }) => unknown));
	// Words that every language has borrowed tell nothing.
	if (!best || worst - best.unknown < Math.max(1, best.unknown)) return [];
	const found = readings
		.filter(({ unknown, asWritten }) => unknown === best.unknown && asWritten === best.asWritten)
		.map(({ lexicon }) => lexicon.language);
	// A short word of English is one of some other language as well.
	return found.includes('en') ? ['en', ...found.filter((language) => language !== 'en')] : found;
}

/** The language first that knows most words, writes most of them so, and reads most in them. */
function byQuality(one: Reading, other: Reading): number {
	return (
		one.unknown - other.unknown || other.asWritten - one.asWritten || other.telling - one.telling
	);
}

interface Clause extends Reading {
	units: readonly Unit[];
}

/** What the words of a message say. */
class Said {
	private readonly meanings: ReadonlySet<Meaning>;

	constructor(
		private readonly clauses: readonly Clause[],
		private readonly isQuestion: boolean,
	) {
		this.meanings = new Set(
			clauses.flatMap(({ said }) => said.flatMap((meanings) => [...(meanings ?? [])])),
		);
	}

	/** That of the clause which says most. */
	language(): string {
		const most = Math.max(...this.clauses.map(({ telling }) => telling));
		return this.clauses.find(({ telling }) => telling === most)?.lexicon.language ?? 'en';
	}

	action(isStrict: boolean): LikelyCommand['action'] | undefined {
		const isAllKnown = this.clauses.every(({ said }) => !said.includes(undefined));
		if (this.says('edit') || this.isDescription()) return undefined;
		if (isStrict && (!isAllKnown || this.says('look'))) return undefined;
		const isAsked = this.isQuestion || this.says('ask') || isAllKnown;
		const isPlain = !this.says('look');
		const isOrder = this.says('order');
		const isQuery = this.says('ask') || (isAsked && isPlain && !isOrder);
		if (this.says('credits') && isQuery) return 'credits';
		if (this.isToBeMade() || this.isForPart()) return undefined;
		if (this.says('hold') && isOrder) return 'state';
		if (this.says('query') && isPlain && (isOrder || this.says('result', 'state'))) return 'state';
		const isUpload = this.says('upload') && !this.says('place');
		const isGiven = this.says('give') && this.says('result', 'file', 'work') && !this.says('about');
		if (isUpload && !isOrder && (this.says('media') || isAsked)) return 'upload';
		if (isOrder) return 'export';
		const isOfFiles = this.says('give') && this.says('media') && this.isQuestion;
		if (isOfFiles && !this.says('result', 'file', 'work')) return 'upload';
		if (isGiven) return 'export';
		if (this.says('state') && isAsked && isPlain) return 'state';
		return undefined;
	}

	/**
	 * What stands from the first word on that is not of the order up to the last such word. A single
	 * English word that nobody knows is no wish: its list of words is long enough to tell.
	 */
	rest(original: string): string | undefined {
		const places = this.clauses.flatMap(({ units, said, lexicon }) =>
			units.map((unit, at) => ({ unit, lexicon, meanings: ownMeanings(said, at) })),
		);
		const wished = places.filter(({ meanings }) => !meanings || meanings.has('look'));
		const [first] = wished;
		const last = wished.at(-1);
		if (!first || !last) return undefined;
		const isChance = first === last && !first.meanings && first.lexicon.language === 'en';
		return isChance ? undefined : original.slice(first.unit.from, last.unit.to);
	}

	private says(...meanings: Meaning[]): boolean {
		return meanings.some((meaning) => this.meanings.has(meaning));
	}

	/** Whether it speaks of a video that is still to be made: `a promo`. */
	private isToBeMade(): boolean {
		return this.clauses.some(({ said, lexicon }) =>
			said.some((meanings, at) => {
				if (!meanings || meanings.has('file')) return false;
				const isWork = meanings.has('work');
				if (!isWork && !meanings.has('result')) return false;
				const article = articleBefore(said, at);
				return article === 'a' || (isWork && article === undefined && lexicon.hasArticles);
			}),
		);
	}

	/** Whether it orders a piece of the video, not the video: `download some music`. */
	private isForPart(): boolean {
		return this.clauses.some(({ said }) =>
			said.some((meanings, at) => {
				if (!meanings?.has('order')) return false;
				const object = said.slice(at + 1).find((next) => {
					return !(next === CONTINUED || next?.has('the') || next?.has('a'));
				});
				return object?.has('media') === true && !(object.has('result') || object.has('file'));
			}),
		);
	}

	/** Whether one of its clauses consists mostly of words that no request needs. */
	private isDescription(): boolean {
		return this.clauses.some(({ said }) => {
			const unknown = said.filter((meanings) => meanings === undefined).length;
			return unknown >= DESCRIPTION && unknown * 2 >= said.length;
		});
	}
}

function articleBefore(said: Reading['said'], at: number): 'the' | 'a' | undefined {
	for (let before = at - 1; before >= Math.max(0, at - ARTICLE_REACH); before--) {
		if (said[before]?.has('a')) return 'a';
		if (said[before]?.has('the')) return 'the';
	}
	return undefined;
}

/** What the phrase says that a word belongs to. */
function ownMeanings(said: Reading['said'], at: number): ReadonlySet<Meaning> | undefined {
	while (said[at] === CONTINUED) at--;
	return said[at];
}
