import { joinedFrom } from './joinedWish';
import { ownMeanings, type Clause, type Place } from './said';
import { wholeWords } from '../wordList';
import type { Meaning } from './words/words';

/** What is to be different. */
const WISHED: readonly Meaning[] = ['edit', 'look', 'but', 'use'];
/** How words of giving begin that send something: who wants or needs it hasn't ordered it. */
const SENDS =
	/^(?:send|schick|stuur|mand|envi|envo|invi|пришл|отправ|скин|кин|wysl|przesl|gonder|yolla|kirim|gui|ارسل|ابعت|bhej|भेज|送|보)/u;
/** What joins the order to the wish before it. */
const AND = wholeWords(
	'y e et ed und and en i и а ve dan terus lalu và rồi ثم aur और फिर phir dann puis luego después depois poi потом potem sonra then antes',
);

/**
 * The wish of a message that begins or ends with an order to hand the video over, and has a change
 * made besides: `baja la música y expórtalo`. The order is never sent.
 *
 * @returns the wish in the user's own words; undefined where there is no such order
 */
export function wishBesideOrder(
	clauses: readonly Clause[],
	language: string,
	original: string,
): string | undefined {
	const places = clauses.flatMap(({ units, said }) =>
		units.map((unit, at) => ({ unit, meanings: ownMeanings(said, at) })),
	);
	const first = places.findIndex(isWish);
	const last = places.map(isWish).lastIndexOf(true);
	const [before, after] = [places.slice(0, first), places.slice(last + 1)];
	const [isFirst, isLast] = [before, after].map((part) => isOrder(part, language));
	if (!isFirst && !isLast) return undefined;
	let start = isFirst ? joinedFrom(places, first) : 0;
	while (isArticle(places[start - 1], places[start])) start--;
	const order = isLast ? after.find(isOrderOrJoint) : undefined;
	return original
		.slice(places[start]?.unit.from, order?.unit.from)
		.replace(/[\s.,;:!?。、，！？…-]+$/u, '');
}

function isWish({ meanings }: Place): boolean {
	return !meanings || WISHED.some((one) => meanings.has(one));
}

/** Whether a word is the article of the one behind it. */
function isArticle(word: Place | undefined, next: Place | undefined): boolean {
	const isTold = word?.meanings?.has('the') === true && !word.meanings.has('result');
	return isTold && word.unit.clause === next?.unit.clause;
}

function isOrderOrJoint({ unit, meanings }: Place): boolean {
	const isOrdered = meanings?.has('order') || meanings?.has('give') || meanings?.has('result');
	return isOrdered === true || AND.test(unit.written);
}

/** In English and Chinese, `download` and `render` have objects of their own beside the video. */
function isOrder(part: readonly Place[], language: string): boolean {
	const says = (meaning: Meaning) => part.some(({ meanings }) => meanings?.has(meaning));
	if (says('order') && language !== 'en' && language !== 'zh') return true;
	const isSent = part.some(({ unit, meanings }) => meanings?.has('give') && SENDS.test(unit.word));
	return isSent && (says('result') || says('file'));
}
