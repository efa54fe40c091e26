import { joinedFrom } from './joinedWish';
import { LANGUAGE_WORDS } from './words/languages';
import {
	CONTINUED,
	NOTHING,
	lexiconOf,
	readWith,
	type Lexicon,
	type Reading,
} from './words/lexicon';
import type { Unit } from './words/units';
import type { Meaning } from './words/words';

/** Words of a clause from which on it may be a description of a video. */
const DESCRIPTION = 3;
/** Words beside an order that nobody has to know, from which on they may be a wish. */
const BESIDES = 2;
/** How far before a thing its article may stand: `the final short video`. */
const ARTICLE_REACH = 3;

/** Beside an order these say what is to be different. */
const WISHED: readonly Meaning[] = ['look', 'but', 'use'];

const ENDINGS = /[\p{Script=Hangul}\p{Script=Hiragana}]/u;

let lexicons: readonly Lexicon[] | undefined;

/** All languages, English first. */
export function allLexicons(): readonly Lexicon[] {
	lexicons ??= LANGUAGE_WORDS.map(lexiconOf);
	return lexicons;
}

/** Each clause in the language that reads it best: people mix languages. */
export function clausesOf(units: readonly Unit[]): Clause[] {
	const [english] = allLexicons();
	const all = allLexicons().map((lexicon) => readWith(lexicon, units, english));
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

/** The language first that knows most words, writes most of them so, and reads most in them. */
export function byQuality(one: Reading, other: Reading): number {
	return (
		one.unknown - other.unknown || other.asWritten - one.asWritten || other.telling - one.telling
	);
}

/** A word of a message, and what its phrase says. */
export interface Place {
	unit: Unit;
	meanings: ReadonlySet<Meaning> | undefined;
}

/** What a message asks of the API. */
export type Command = 'export' | 'credits' | 'state' | 'upload';

export interface Clause extends Reading {
	units: readonly Unit[];
}

/** What the words of a message say. */
export class Said {
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

	action(isStrict: boolean): Command | undefined {
		const { isAllKnown } = this;
		if (this.says('edit', 'content') || this.isDescription()) return undefined;
		if (isStrict && (!isAllKnown || this.says('look'))) return undefined;
		const isAsked = this.isQuestion || this.says('ask') || isAllKnown;
		const isPlain = !this.says('look');
		const isOrder = this.says('order');
		const isQuery = this.says('ask') || (isAsked && isPlain && (!isOrder || this.isQuestion));
		const isSum = this.saysNumber && !this.isQuestion && !this.says('ask');
		// `The price is on screen too briefly`: of a price in the video something is wrong.
		const isFlaw = this.says('but') && !this.isQuestion;
		if (this.says('credits') && isQuery && !isSum && !isFlaw) return 'credits';
		if (this.isToBeMade() || this.isForPart()) return undefined;
		// `Don't export yet, the price is wrong`: what is said besides is a wish.
		if (this.says('hold') && isOrder) {
			return this.unknown >= BESIDES || this.says('but') ? undefined : 'state';
		}
		const isOfState = isOrder || this.says('result', 'state');
		if (this.says('query') && isPlain && isOfState && !this.says('but')) return 'state';
		const isUpload = this.says('upload') && !this.says('place');
		const isGiven = this.says('give') && this.says('result', 'file', 'work') && !this.says('about');
		const isHandedOver = isGiven && this.saysFirst('give', ['upload']);
		if (isUpload && !isOrder && !isHandedOver && (this.says('media') || isAsked)) return 'upload';
		if (isOrder) return 'export';
		const isOfFiles = this.says('give') && this.says('media') && this.isQuestion;
		if (isOfFiles && !this.says('result', 'file', 'work')) return 'upload';
		if (isGiven || (this.says('give') && isAllKnown && this.saysNothingElse())) return 'export';
		if (this.says('state') && isAsked && isPlain && !this.says('but')) return 'state';
		return undefined;
	}

	get isAllKnown(): boolean {
		return this.unknown === 0;
	}

	/** `Price: 20 EUR` tells a price. */
	private get saysNumber(): boolean {
		return this.clauses.some(({ units }) => units.some(({ word }) => /^\p{N}+$/u.test(word)));
	}

	private get unknown(): number {
		return this.clauses.flatMap(({ said }) => said).filter((meanings) => !meanings).length;
	}

	/** Whether nothing but courtesy and approval stands beside an order to hand over. */
	private saysNothingElse(): boolean {
		if (this.says('state') && (this.isQuestion || this.says('ask'))) return false;
		return !this.says('look', 'media', 'a', 'about', 'able', 'use', 'but', 'query', 'place');
	}

	/**
	 * What stands from the first word on that is not of the order up to the last such word. A single
	 * English word that nobody knows is no wish: its list of words is long enough to tell.
	 */
	rest(original: string): string | undefined {
		const places = this.clauses.flatMap(({ units, said, lexicon }) =>
			units.map((unit, at) => ({ unit, lexicon, meanings: ownMeanings(said, at) })),
		);
		const wished = places.filter(
			({ meanings }) => !meanings || WISHED.some((one) => meanings.has(one)),
		);
		const [first] = wished;
		const last = wished.at(-1);
		if (!first || !last) return undefined;
		const isChance = first === last && !first.meanings && first.lexicon.language === 'en';
		if (isChance) return undefined;
		const from = joinedFrom(places, places.indexOf(first));
		let to = places.indexOf(last);
		while (places[to + 1]?.meanings === NOTHING || isEnding(places[to], places[to + 1])) to++;
		return original.slice(places[from]?.unit.from, places[to]?.unit.to);
	}

	says(...meanings: Meaning[]): boolean {
		return meanings.some((meaning) => this.meanings.has(meaning));
	}

	/** Whether one of its phrases says both. */
	saysAtOnce(one: Meaning, other: Meaning): boolean {
		return this.clauses.some(({ said }) =>
			said.some((meanings) => meanings?.has(one) === true && meanings.has(other)),
		);
	}

	/** Whether the first clause that says one of them says this one first. */
	saysFirst(one: Meaning, others: readonly Meaning[]): boolean {
		const all = this.clauses.flatMap(({ said }) => said);
		const first = all.find((meanings) => [one, ...others].some((each) => meanings?.has(each)));
		return first?.has(one) === true;
	}

	/** Whether this is said once, and nothing else: `use this`. */
	saysOnly(one: Meaning): boolean {
		const all = this.clauses.flatMap(({ said }) => said);
		const harmless: readonly Meaning[] = ['filler', 'media'];
		const isKnown = all.every((meanings) => {
			const isNamed = meanings?.has(one) === true || meanings?.has('the') === true;
			return isNamed || (meanings && [...meanings].every((each) => harmless.includes(each)));
		});
		return isKnown && all.filter((meanings) => meanings?.has(one)).length === 1;
	}

	/** Whether it speaks of a video that is still to be made: `a promo`. */
	isToBeMade(): boolean {
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

/** Whether a character is the ending of the word before it. */
function isEnding(word: Place | undefined, next: Place | undefined): boolean {
	const isGlued = word?.unit.to === next?.unit.from && ENDINGS.test(next?.unit.word ?? '');
	return isGlued && !['order', 'give', 'result'].some((one) => next?.meanings?.has(one as Meaning));
}

/** What the phrase says that a word belongs to. */
export function ownMeanings(said: Reading['said'], at: number): ReadonlySet<Meaning> | undefined {
	while (said[at] === CONTINUED) at--;
	return said[at];
}
