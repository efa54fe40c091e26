import { DEGREES, FILMS, MEASURES, PLACES, WEAK } from './filmWords';
import { finds, findsPlain } from './finds';
import { asSimplifiedChinese } from './hanWords';
import { clausesOf, Said, type Clause } from './said';
import { URL_MASK } from './messageUrls';
import { anyOf } from '../wordList';
import { NOTHING } from './words/lexicon';
import { plain, unitsOf, type Unit } from './words/units';

/** A wish for a video says how long it's to be: `30s reel`. */
const UNITS_OF_TIME =
	's sec secs second seconds seg segundo segundos sek sekunde sekunden seconde secondes secondi sn saniye сек секунд секунды detik dtk giây ثانية ثواني सेकंड min mins minute minutes minutos minuten minuti минут';
const UNITS_OF_FILMS =
	's sec secs second seconds seg segundo segundos sek sekunde sekunden seconde secondes secondi sn saniye сек секунд секунды detik dtk giây ثانية ثواني सेकंड';
/** Minutes pass elsewhere too; seconds are counted in films. */
const SECONDS = new RegExp(`\\p{Nd}\\s?-?(?:秒|초|(?:${anyOf(UNITS_OF_FILMS)})(?!\\p{L}))`, 'iu');
export const LENGTH = new RegExp(
	`\\p{Nd}\\s?-?(?:秒|초|分|(?:${anyOf(UNITS_OF_TIME)})(?!\\p{L}))`,
	'iu',
);

const NAMED = [FILMS, DEGREES, PLACES, MEASURES].map((list) => findsPlain(list));
/** Quotation marks that only some languages use. */
const QUOTED = /«[^«»]+»|»[^«»]+«|„[^„“”]+[“”]/u;
/** English words inside of Chinese or Japanese ones. */
const BETWEEN_SCRIPTS = /(?<=[\u3040-\u9fff])(?=[a-z])|(?<=[a-z])(?=[\u3040-\u9fff])/gu;
const WEAK_WORDS = finds(WEAK, 'g');

/**
 * Whether a message names something of a film besides what is to be done: everything else can be
 * cut, added or put on as well.
 *
 * @param masked the message, its quotations and addresses covered
 */
export function namesFilm(masked: string): boolean {
	if (masked.includes(URL_MASK) || QUOTED.test(masked)) return true;
	const text = plain(masked).replace(BETWEEN_SCRIPTS, ' ');
	const simplified = /\p{Script=Han}/u.test(text) ? asSimplifiedChinese(text) : text;
	if (NAMED.some((words) => words.test(text) || words.test(simplified))) return true;
	const weak = [...masked.matchAll(WEAK_WORDS)].map(({ 0: { length }, index }) => {
		return { from: index, to: index + length };
	});
	const isWeak = ({ from }: Unit): boolean => weak.some((one) => from >= one.from && from < one.to);
	const said = new Said(
		clausesOf(unitsOf(masked)).map((clause) => withoutWeak(clause, isWeak)),
		false,
	);
	// `Export it, but change the price`.
	const isBesideOrder = said.says('order') && said.says('but', 'hold');
	return (
		isBesideOrder ||
		said.says('degree', 'work', 'look', 'media') ||
		said.isToBeMade() ||
		SECONDS.test(masked.replace(WEAK_WORDS, ' '))
	);
}

function withoutWeak(clause: Clause, isWeak: (unit: Unit) => boolean): Clause {
	const said = clause.said.map((meanings, at) => {
		const unit = clause.units[at];
		return unit && isWeak(unit) ? NOTHING : meanings;
	});
	return { ...clause, said };
}
