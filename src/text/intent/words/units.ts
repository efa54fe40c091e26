import { simplifiedLetter } from '../hanWords';

/** One word of a text; in scripts without spaces between words, one character. */
export interface Unit {
	/** As lists of words know it. */
	word: string;
	/** The same without what Arabic writes on to a word: the article, and, by, to. */
	stem: string;
	/** As it is written, but for case: neighbors among languages differ in their accents. */
	written: string;
	from: number;
	to: number;
	/** Counts up at punctuation. */
	clause: number;
}

/** A character that is a unit by itself. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]`;
const UNIT = new RegExp(
	String.raw`${UNSPACED}\p{M}*|(?:(?!${UNSPACED})[\p{L}\p{N}\p{M}])+|[.!?。！？…\n,;，；、:：]+(?!\d)`,
	'gu',
);
/** Letters that lose no mark when they are taken apart. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map([
	...Object.entries({ ı: 'i', đ: 'd', ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe' }),
	...Object.entries({ أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه', ؤ: 'و', ئ: 'ي' }),
]);
const SPECIAL = new RegExp(`[${[...PLAIN_LETTERS.keys()].join('')}]`, 'gu');
/** Accents, the points of Arabic, the dot below of Hindi: many type without them. */
const MARKS = /[\u0300-\u036f]|[\u064b-\u0652]|\u0640|\u0670|\u093c/gu;
const ARABIC_PREFIX =
	/^[وف]?(?:ال|[بكل]?ال|لل|[بل](?=\p{Script=Arabic}{3}))(?=\p{Script=Arabic}{2})/u;

/** A word or character without what writers leave out: case, accents, the traditional form. */
export function plain(text: string): string {
	const letters = text
		.normalize('NFKC')
		.toLowerCase()
		.replace(SPECIAL, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
	const bare = letters.normalize('NFD').replace(MARKS, '').normalize('NFC');
	return /\p{Script=Han}/u.test(bare) ? simplifiedLetter(bare) : bare;
}

/**
 * The words of a text, each with its place in it.
 *
 * @param text as the user wrote it
 */
export function unitsOf(text: string): Unit[] {
	const units: Unit[] = [];
	let clause = 0;
	for (const { 0: found, index } of text.matchAll(UNIT)) {
		if (!/[\p{L}\p{N}]/u.test(found)) {
			clause++;
			continue;
		}
		const word = plain(found);
		const stem = word.replace(ARABIC_PREFIX, '');
		const written = found.normalize('NFC').toLowerCase();
		units.push({ word, stem, written, from: index, to: index + found.length, clause });
	}
	return units;
}
