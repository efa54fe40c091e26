import type { NemoVideoError } from '../api/errors';
import { holdsWords } from '../api/intent/chatMarkup';
import type { Part } from './expressionParts';
import { refused } from './refused';

/** What is left of a value that was not there, as a text. */
const NOTHING = new Set(['undefined', 'null', 'nan']);
/** What people and programs write into a cell that is not filled in. */
const NOT_FILLED_IN = new Set([
	...NOTHING,
	'nil',
	'none',
	'na',
	'n/a',
	'tbd',
	'true',
	'false',
	'-',
]);
/** What a formula shows that could not be worked out. */
const SHEET_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|ERROR!|SPILL!|CALC!)/i;
const OBJECT = /\[object \w+\]/;

/** Words that code put together, and the value among them that was not there. */
const JOINED = /\+|\$\{|\.concat\(|\.join\(/;
const JOINED_NOTHING = /(?:^|\s)(?:undefined|null|NaN)(?=$|[\s.,;:!?])/;

/** A text ends here for good; what follows on its own line or after its full stop is optional. */
const IS_COMPLETE = /[.!?…。！？][\])"'”’」』]*\s*$|[^:：\s]\s*\n\s*$/u;
/** A text that cannot stop here: something must follow. */
const LEADS_ON =
	/(?:(?:^|[\s(])(?:of|about|for|from|with|without|the|an?|our|your|my|their|its|this|that|and|or|to|in|into|on|at|by|as|titled|called|named|saying|says|reads?|featuring|showing|introducing)|[:：=]|["“„«「『‘(])\s*$|(?:关于|介绍|展示|标题是|叫做?|名为|为|和|与|在)\s*$/iu;
/** The author expects that there may be nothing: `{{ $json.note ?? '' }}`. */
const EXPECTS_NOTHING = /(?:\?\?|\|\||[?:])\s*(?:''|""|``)/;

/** A text of a node, and what it was put together from. */
export interface Wording {
	/** Display name of the parameter. */
	label: string;
	text: string;
	/** Empty where they are not known. */
	parts: readonly Part[];
	/** Whether the text is all that NemoVideo is told; else it only adds to a prompt. */
	isPrompt: boolean;
}

/**
 * Whether an expression has spoilt a text that NemoVideo is to act on: sending it would cost credits
 * for a video of nothing.
 *
 * @param advise what to do about an expression that found nothing
 * @returns the failure, or undefined for a text that can be sent
 */
export function spoiltText(
	{ label, text, parts, isPrompt }: Wording,
	advise: (expression: string) => string,
): NemoVideoError | undefined {
	const words = text.trim();
	if (words === '') return undefined;
	const object = objectFailure(label, words, parts);
	if (object) return object;
	if (!holdsWords(words)) {
		return refused(`'${label}' holds no words`, 'Say what NemoVideo is to do.');
	}
	const nothing = isPrompt ? NOT_FILLED_IN : NOTHING;
	if (
		words.split(/[\s,;."'“”]+/u).every((word) => word === '' || nothing.has(word.toLowerCase()))
	) {
		return leftOver(label, words, parts.find(isMissing), advise);
	}
	const joined = parts.find(
		({ expression = '', text: given }) => JOINED.test(expression) && JOINED_NOTHING.test(given),
	);
	if (joined) return leftOver(label, words, joined, advise);
	if (SHEET_ERROR.test(words)) {
		return refused(
			`'${label}' is '${words.slice(0, 40)}': a formula of the sheet gave no value`,
			'Mend the formula in the sheet, then run the row again.',
		);
	}
	const gap = isPrompt ? findGap(parts) : undefined;
	if (gap === undefined) return undefined;
	const expression = gap.expression ?? '';
	return refused(
		`'${label}' has a gap where {{ ${expression.slice(0, 80)} }} gave nothing`,
		`It reads '${words.slice(-60)}'. ${advise(expression)} To allow nothing there, write {{ ${expression.slice(0, 80)} ?? '' }}.`.replace(
			/ {2,}/g,
			' ',
		),
	);
}

/** Whether a text is blank, or a rich-text cell that holds nothing but markup or a mention. */
export function isEmptyText(text: string): boolean {
	return text.trim() === '' || (/[<@&]/u.test(text) && !holdsWords(text));
}

/** A whole object in place of one of its fields. */
export function objectFailure(
	label: string,
	text: string,
	parts: readonly Part[],
): NemoVideoError | undefined {
	if (!OBJECT.test(text)) return undefined;
	const culprit = parts.find((part) => part.expression !== undefined && OBJECT.test(part.text));
	return refused(
		`'${label}' holds an object instead of words${nameOf(culprit)}`,
		'Name the field of the object that you mean, for example {{ $json.product.name }}.',
	);
}

function leftOver(
	label: string,
	words: string,
	part: Part | undefined,
	advise: (expression: string) => string,
): NemoVideoError {
	const shown = words.length > MOST_SHOWN ? `…${words.slice(-MOST_SHOWN)}` : words;
	return refused(
		`'${label}' is '${shown}', which holds what a missing value leaves${nameOf(part)}`,
		`Check the expression or the cell. ${advise(part?.expression ?? '')}`.trim(),
	);
}

const MOST_SHOWN = 60;

export function isMissing({ expression, text }: Part): boolean {
	return expression !== undefined && /^(?:undefined|null|NaN|\s*)$/.test(text);
}

function nameOf(part: Part | undefined): string {
	return part?.expression === undefined ? '' : ` from {{ ${part.expression.slice(0, 80)} }}`;
}

/** An expression that gave nothing although the text around it needs something there. */
function findGap(parts: readonly Part[]): Part | undefined {
	return parts.find((part, index) => {
		if (!isMissing(part) || EXPECTS_NOTHING.test(part.expression ?? '')) return false;
		const before = parts.slice(0, index);
		const textBefore = before.map(({ text }) => text).join('');
		if (textBefore.trim() === '' || IS_COMPLETE.test(textBefore)) return false;
		if (LEADS_ON.test(textBefore.trimEnd())) return true;
		const rest = parts.slice(index + 1).map(({ text }) => text);
		const isLast = !/[\p{L}\p{N}]/u.test(rest.join(''));
		// What another expression gave may be followed by nothing: `{{ $json.name }} {{ $json.color }}`.
		const last = before.filter(({ text }) => text.trim() !== '').at(-1);
		return isLast && last?.expression === undefined;
	});
}
