import { anyOf } from './wordList';

/** What code writes where it has no value. */
const NOTHING = new Set(['undefined', 'null', 'nan']);
/** The same in two words, and what a sheet shows until it has fetched a value. */
const NOT_THERE = /^(?:invalid date(?:time)?|loading(?:\.{3}|…))$/i;
/** `#REF!` and the like in the languages of the big sheet apps. */
const MARKED_ERRORS = anyOf(
	`REF VALUE NAME DIV/0 NULL NUM ERROR SPILL CALC FIELD BLOCKED CONNECT BUSY UNKNOWN PYTHON
	BEZUG WERT ZAHL VALEUR NOM NOMBRE NOME VALOR VALORE NÚM RIF ADR ARG
	ССЫЛКА ЗНАЧ ИМЯ ЧИСЛО ДЕЛ/0`,
);
/** What a formula shows that could not be worked out. */
const SHEET_ERROR = new RegExp(
	String.raw`^(?:#(?:[¡¿]?(?:${MARKED_ERRORS})[!?]|(?:N/[AD]|NV|Н/Д|YOK|GETTING_DATA)(?![\p{L}\p{N}]))|err:\d{3}$)`,
	'iu',
);

/** A cell that was left out on purpose. */
const DASHES = /^[-–—]+$/;
/** What people write into a cell that is still to be filled in; never words of a sentence. */
const TO_BE_FILLED_IN = new Set(['nil', 'n/a', 'tbd', 'tba']);
/** What a sheet writes for a checked box and an unchecked one, and where a lookup found nothing. */
const CELL_VALUES = new Set(
	'true false wahr falsch vrai faux verdadero verdadeiro vero falso 0'.split(' '),
);
/** Words that answer a question, but tell nobody what to do. */
const NO_WISH = new Set(['none', 'na']);

/** Whether a text is what a formula of a sheet shows that has gone wrong. */
export function isSheetError(text: string): boolean {
	return SHEET_ERROR.test(text.trim());
}

/** Whether a text is what is left of a value that was not there; a person means no such words. */
export function isLeftOver(text: string): boolean {
	const words = text.trim();
	return NOT_THERE.test(words) || consistsOf(words, NOTHING) || isSheetError(words);
}

/** Whether a text stands for words that are still to come: `TBD`, `-`, or what is left of a value. */
export function isUnfilled(text: string): boolean {
	return isLeftOver(text) || DASHES.test(text.trim()) || consistsOf(text, NOTHING, TO_BE_FILLED_IN);
}

/** Whether a cell contains no words of its own: also `TRUE` and 0, as a sheet writes other values. */
export function isNoText(text: string): boolean {
	return isUnfilled(text) || consistsOf(text, NOTHING, TO_BE_FILLED_IN, CELL_VALUES);
}

/** Whether a cell names nothing that could be done or looked up: also `none`. */
export function isNoValue(text: string): boolean {
	return isNoText(text) || consistsOf(text, NOTHING, TO_BE_FILLED_IN, CELL_VALUES, NO_WISH);
}

function consistsOf(text: string, ...sets: Array<ReadonlySet<string>>): boolean {
	const words = text
		.toLowerCase()
		.split(/[\s,;."'“”[\](){}]+/u)
		.filter((word) => word !== '');
	return words.length > 0 && words.every((word) => sets.some((set) => set.has(word)));
}
