import { franc } from '../vendor';
import { LATIN_LANGUAGES } from './latinLanguages';

/** Letters below which a Latin text cannot be told apart: English is assumed. */
const MIN_LETTERS = 40;

/** Scripts that name a language by themselves; the first that a text holds enough of decides. */
const SCRIPTS: ReadonlyArray<readonly [RegExp, string]> = [
	// Japanese mixes Han characters with kana, so kana come first.
	[/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
	[/\p{Script=Hangul}/gu, 'ko'],
	[/\p{Script=Han}/gu, 'zh'],
	[/\p{Script=Arabic}/gu, 'ar'],
	[/\p{Script=Hebrew}/gu, 'he'],
	[/\p{Script=Thai}/gu, 'th'],
	[/\p{Script=Devanagari}/gu, 'hi'],
	[/\p{Script=Bengali}/gu, 'bn'],
	[/\p{Script=Tamil}/gu, 'ta'],
	[/\p{Script=Greek}/gu, 'el'],
	[/\p{Script=Armenian}/gu, 'hy'],
	[/\p{Script=Georgian}/gu, 'ka'],
	[/\p{Script=Khmer}/gu, 'km'],
	[/\p{Script=Lao}/gu, 'lo'],
	[/\p{Script=Myanmar}/gu, 'my'],
];

/** Letters of Ukrainian that Russian lacks. */
const UKRAINIAN = /[іїєґ]/iu;

/**
 * Small words that tell neighbours apart, which share their trigrams: in a sentence of forty
 * letters the library takes one in ten for another, and a borrowed name in English for its home.
 */
const NEIGHBOURS: ReadonlyArray<readonly [string, ReadonlySet<string>]> = [
	['en', words('the an and of with for in on to our my your this these it is at by then please')],
	[
		'es',
		words(
			'el los las y una un con del al en mi mis su sus este esta estos estas nuestro nuestra nuestros nuestras sobre después luego haz quiero hoy más',
		),
	],
	[
		'fr',
		words(
			'le les et un une du des au aux en mon ma mes nos notre ce cette ces avec pour dans sur puis plus je fais',
		),
	],
	[
		'it',
		words(
			'il lo gli i e un una con del della dei delle al alla nel nella di in per che su sulle mio mia mie questo questa nostro nostra nostri nostre poi voglio oggi più',
		),
	],
	[
		'pt',
		words(
			'o os as e um uma com do da dos das no na nos nas ao em meu minha minhas seu sua este esta sobre nosso nossa nossos nossas depois faça quero hoje mais não',
		),
	],
];

/** Characters looked at: a language shows itself early. */
const MAX_SAMPLE = 2_000;

/**
 * The language of a text: by its script first; Latin letters by a detection library from forty
 * letters up, else English.
 *
 * @param sample any text, such as a caption or a prompt
 * @returns an ISO 639-1 code
 */
export function detectLanguage(sample: string): string {
	return certainLanguage(sample) ?? 'en';
}

/**
 * The language of a text where it can be told.
 *
 * @returns an ISO 639-1 code; undefined for a short text in Latin letters
 */
export function certainLanguage(sample: string): string | undefined {
	const text = sample.slice(0, MAX_SAMPLE);
	const letters = count(text, /\p{L}/gu);
	if (letters === 0) return undefined;
	for (const [script, language] of SCRIPTS) {
		// A foreign brand name in a text does not make its language; a fifth of the letters does.
		if (count(text, script) * 5 >= letters) return language;
	}
	if (count(text, /\p{Script=Cyrillic}/gu) * 5 >= letters) {
		return UKRAINIAN.test(text) ? 'uk' : 'ru';
	}
	if (count(text, /\p{Script=Latin}/gu) < MIN_LETTERS) return undefined;
	const found = LATIN_LANGUAGES[franc(text, { only: Object.keys(LATIN_LANGUAGES) })];
	if (found === undefined) return undefined;
	return NEIGHBOURS.some(([language]) => language === found) ? amongNeighbours(text, found) : found;
}

/** The neighbour whose small words a text holds most of; the library's word where they are even. */
function amongNeighbours(text: string, found: string): string {
	const held = text.toLowerCase().match(/\p{L}+/gu) ?? [];
	const counts = NEIGHBOURS.map(([language, small]) => ({
		language,
		score: held.filter((word) => small.has(word)).length,
	}));
	const most = Math.max(...counts.map(({ score }) => score));
	const leading = counts.filter(({ score }) => score === most);
	const isEven = leading.some(({ language }) => language === found);
	return isEven ? found : (leading[0]?.language ?? found);
}

function words(list: string): ReadonlySet<string> {
	return new Set(list.split(' '));
}

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}
