import { unitsOf, type Unit } from './units';
import { BORROWED, type Meaning, type Words } from './words';

interface PhraseWord extends Pick<Unit, 'word' | 'written'> {
	isStem: boolean;
}

interface Phrase {
	words: readonly PhraseWord[];
	meanings: ReadonlySet<Meaning>;
}

type Phrases = ReadonlyMap<string, readonly Phrase[]>;

/** The phrases of a language. */
export interface Lexicon {
	language: string;
	/** Whether it tells a thing that is there from one to be made by an article. */
	hasArticles: boolean;
	/** By their first word. */
	phrases: Phrases;
	/** Those whose first word is the beginning of one, by its first two letters. */
	beginnings: Phrases;
}

/** A clause as one language reads it. */
export interface Reading {
	lexicon: Lexicon;
	/** What each word says; undefined where nobody knows it. */
	said: Array<ReadonlySet<Meaning> | undefined>;
	/** Words that the language does not know. */
	unknown: number;
	/** Words that it writes just like this; a whole word tells a little more than its stem. */
	asWritten: number;
	/** Phrases that say more than that they stand in any request. */
	telling: number;
}

/** Letters by which beginnings of words are found. */
const KEY_LENGTH = 2;

/** Makes the lists of a language ready to read with. */
export function lexiconOf(words: Words): Lexicon {
	const meanings = new Map<string, Set<Meaning>>();
	const { language, ...lists } = words;
	for (const [meaning, list] of [...Object.entries(lists), ...Object.entries(BORROWED)]) {
		for (const entry of list
			.replaceAll("'", '_')
			.split(' ')
			.filter((one) => one !== '')) {
			const isDegree = entry.startsWith('+');
			for (const spelled of spellings(isDegree ? entry.slice(1) : entry, language)) {
				const said = meanings.get(spelled) ?? new Set();
				meanings.set(spelled, said.add(meaning as Meaning));
				if (isDegree) said.add('degree');
			}
		}
	}
	const phrases = new Map<string, Phrase[]>();
	const beginnings = new Map<string, Phrase[]>();
	for (const [entry, said] of meanings) {
		const parts = entry.split(/[_-]/u).flatMap(wordsOf);
		const { word = '', isStem = false } = parts[0] ?? {};
		const [index, key] = isStem ? [beginnings, word.slice(0, KEY_LENGTH)] : [phrases, word];
		index.set(key, [...(index.get(key) ?? []), { words: parts, meanings: said }]);
	}
	return { language, hasArticles: words.a !== '' && words.the !== '', phrases, beginnings };
}

/** In chats English is written without its apostrophes: `whats`, `dont`. */
function spellings(entry: string, language: string): string[] {
	if (language !== 'en') return [entry];
	return [...new Set([entry, entry.replace(/_(s|t|m|re|ve|ll|d)(?=_|$)/gu, '$1')])];
}

function wordsOf(part: string): PhraseWord[] {
	const units = unitsOf(part.replace('*', ''));
	return units.map(({ word, stem, written }, index) => ({
		written,
		word: units.length === 1 && stem.length >= KEY_LENGTH ? stem : word,
		isStem: part.endsWith('*') && index === units.length - 1,
	}));
}

/**
 * Reads a clause from left to right, each time the longest phrase that the language knows.
 *
 * @param fallback reads the words that the language does not know: people mix English in
 */
export function readWith(lexicon: Lexicon, units: readonly Unit[], fallback?: Lexicon): Reading {
	const reading: Reading = { lexicon, said: [], unknown: 0, asWritten: 0, telling: 0 };
	for (let at = 0; at < units.length;) {
		const isNumber = /^\p{N}+$/u.test(units[at]?.word ?? '');
		const own = isNumber ? undefined : phraseAt(lexicon, units, at);
		if (own === undefined && !isNumber) reading.unknown++;
		if (own?.isTelling) reading.telling++;
		reading.asWritten += own?.asWritten ?? 0;
		const phrase = own ?? (fallback && !isNumber ? phraseAt(fallback, units, at) : undefined);
		reading.said.push(phrase?.meanings ?? (isNumber || isSmall(units[at]) ? NOTHING : undefined));
		const length = phrase?.length ?? 1;
		for (let count = 1; count < length; count++) reading.said.push(CONTINUED);
		at += length;
	}
	return reading;
}

/** A word that says nothing more. */
export const NOTHING: ReadonlySet<Meaning> = new Set();
/** Stands for the further words of a phrase. */
export const CONTINUED: ReadonlySet<Meaning> = new Set();

/** Words that short are hardly ever what a message is about, in any language. */
function isSmall(unit: Unit | undefined): boolean {
	return /^[\p{Script=Latin}\p{Script=Cyrillic}]{1,3}$/u.test(unit?.word ?? '');
}

interface Found {
	length: number;
	meanings: ReadonlySet<Meaning>;
	isTelling: boolean;
	asWritten: number;
}

function beginningWith({ phrases, beginnings }: Lexicon, word: string): Phrase[] {
	const [whole, begun] = [phrases.get(word), beginnings.get(word.slice(0, KEY_LENGTH))];
	return [...(whole ?? []), ...(begun ?? [])];
}

/** The longest phrase from a place on; what all phrases of that length say of it. */
function phraseAt(lexicon: Lexicon, units: readonly Unit[], at: number): Found | undefined {
	const { word = '', stem = word } = units[at] ?? {};
	const candidates = beginningWith(lexicon, word);
	if (stem !== word) candidates.push(...beginningWith(lexicon, stem));
	if (candidates.length === 0) return undefined;
	const found = candidates.filter(({ words }) =>
		words.every((part, index) => isSame(part, units[at + index])),
	);
	const length = Math.max(0, ...found.map(({ words }) => words.length));
	if (length === 0) return undefined;
	const longest = found.filter(({ words }) => words.length === length);
	const meanings = new Set(longest.flatMap((phrase) => [...phrase.meanings]));
	const asWritten = longest.map(({ words }) =>
		words
			.filter((part, index) => isAsWritten(part, units[at + index]))
			.reduce((sum, { isStem }) => sum + (isStem ? 1 : 1.001), 0),
	);
	return {
		length,
		meanings,
		isTelling: [...meanings].some((meaning) => meaning !== 'filler'),
		asWritten: Math.max(...asWritten),
	};
}

function isAsWritten({ written, isStem }: PhraseWord, unit: Unit | undefined): boolean {
	return unit?.written === written || (isStem && unit?.written.startsWith(written) === true);
}

function isSame({ word, isStem }: PhraseWord, unit: Unit | undefined): boolean {
	if (unit === undefined) return false;
	if (unit.word === word || unit.stem === word) return true;
	return isStem && (unit.word.startsWith(word) || unit.stem.startsWith(word));
}
