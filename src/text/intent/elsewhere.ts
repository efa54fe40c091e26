import { OTHER_FILMS, OTHER_THINGS, OWN_FILM } from './elsewhereWords';
import { findsPlain } from './finds';
import { isRequest, splitClauses } from './clauses';
import { clausesOf, Said } from './said';
import { plain, unitsOf } from './words/units';

const THINGS = findsPlain(OTHER_THINGS);
const NOT_THE_FILM = findsPlain(OTHER_FILMS, 'g');
const THE_FILM = findsPlain(OWN_FILM);
const QUOTED = '\uFFFC';

/** What code is written with and messages are not; one alone may be an emoticon. */
const SIGNS = [
	/=>|&&|\|\||[;{}](?=\s*$)|(?:^|\s)--?[a-z][\w-]+/gmu,
	/[{[]\s*"[^"]*"\s*:|<\/?[a-z][\w-]*(?:\s[\w-]+="[^"]*")*\s*\/?>/gu,
	/\w\([\w"'. ,]*\)\s*[;{]?|\b(?:const|let|var)\s\w+\s*=|\b(?:function|def|class)\s\w+\s*[({:]/gu,
	/\b(?:return|await)\s\S*[;.()]|\bimport\s.+\sfrom\s["']/gu,
	/^\s*at .+:\d+:\d+\)?$|\b[A-Z]\w+(?:Error|Exception)\b|^\s*File ".+", line \d+/gmu,
];
const SIGNS_OF_CODE = 2;
/** How code or a command begins that needs no further sign. */
const BEGINS_CODE =
	/^\s*(?:```|[$#]!?\s*\w+ -|(?:git|npm|npx|docker|curl|sudo|ffmpeg)\s|SELECT\s.+\sFROM\s)/u;
/** A letter: a greeting with a name in a line of its own. */
const LETTER =
	/^\s*(?:hi|hello|hey|dear|hallo|liebe[rs]?|hola|querid[oa]|estimad[oa]|bonjour|ch[eè]re?|ciao|car[oa]|ol[áa]|oi|prezad[oa]|beste|cześć|привет)\s+\p{L}[\p{L} .'’-]{0,40}[,!:]?\s*\n/iu;
/** A name in front: `Anna, can you …`, `Tom: add …`. */
const NAME =
	/^\s*(?:(?:hey|hi|hello|ok|okay|dear|please) )?(\p{Lu}[\p{L}\p{M}'’-]{1,20})(\s*[,:]|(?=\s))\s*(?=\p{L})/u;

/** What a name without a comma is told by, in front of an order. */
const POLITELY =
	/^(?:(?:please|pls|plz|kindly|can you|can u|could you|would you|will you|kannst du|könntest du|puedes|peux-tu|puoi) )+/iu;

const INTERJECTION = /^(?:yo|bro|oh|uh|eh|um|hm+|aw|ah|ey|ya|so|and|but|bot|now|sir|und|et)$/iu;

/**
 * Whether a message that orders something orders it of somebody else, or of something that is no
 * film: a playlist can get music too, and a flyer a shorter text.
 *
 * @param masked the message, its quotations and addresses covered
 */
export function isMeantElsewhere(masked: string): boolean {
	return LETTER.test(masked) || namesSomebody(masked) || namesAnotherThing(masked);
}

/** Whether a text is a program's, not a person's. */
export function isCode(text: string): boolean {
	return (
		BEGINS_CODE.test(text) ||
		SIGNS.flatMap((sign) => [...text.matchAll(sign)]).length >= SIGNS_OF_CODE
	);
}

function namesAnotherThing(masked: string): boolean {
	const said = plain(masked).replaceAll(QUOTED, ' ').replace(NOT_THE_FILM, ' tv ');
	return THINGS.test(said) && !THE_FILM.test(said);
}

function namesSomebody(masked: string): boolean {
	const called = NAME.exec(masked);
	if (!called) return false;
	const [whole, name = '', mark = ''] = called;
	const [clause] = clausesOf(unitsOf(masked));
	const at = clause?.units.findIndex(({ word }) => word === plain(name)) ?? -1;
	if (!clause || at < 0 || clause.said[at]?.size) return false;
	const ordered = masked.slice(whole.length).replace(POLITELY, '');
	const isOrder =
		splitClauses(ordered).some((part) => part.intent === 'edit' && isRequest(part)) ||
		new Said(clausesOf(unitsOf(ordered)), false).says('edit');
	const isKnown = clause.said[at] !== undefined;
	if (mark.trim() !== '') return isOrder && !isKnown;
	if (INTERJECTION.test(name)) return false;
	if (ordered.length < masked.length - whole.length) return isOrder;
	return !isKnown && clause.said[at + 1]?.has('edit') === true && isOrder;
}
