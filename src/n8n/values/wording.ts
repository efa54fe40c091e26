import type { NemoVideoError } from '../../api/errors';
import { holdsWords } from '../../text/intent/chatMarkup';
import { anyOf } from '../../text/wordList';
import { argumentOf, sourceOf, type Part } from './expressionParts';
import { isLeftOver, isNoText, isNoValue, isSheetError, isUnfilled } from '../../text/leftovers';
import { describe, invalidParameterError } from '../errors/invalidParameter';

/** Why a text is refused. */
const NO_TEXT = "can't be used here";
const LEFT_OVER = 'stands for a missing value';
const SHEET_FAULT = 'is the result of a formula without a value';
const CHECK = 'Check the expression or the cell that it comes from.';
const FIX_FORMULA = 'Fix the formula in the sheet, then run the row again.';
const MAX_SHOWN = 60;

const OBJECT = /\[object \w+\]/;

/** Words that code put together, and the value among them that was not there. */
const JOINED = /\+|\$\{|\.concat\(|\.join\(/;
const JOINED_NOTHING = /(?:^|\s)(?:undefined|null|NaN|Invalid Date(?:Time)?)(?=$|[\s.,;:!?])/;

/** A text ends here for good; what follows on its own line or after its full stop is optional. */
const IS_COMPLETE = /[.!?…。！？][\])"'”’」』]*\s*$|[^:：\s]\s*\n\s*$/u;
/** Something must follow these: no text can stop here. */
const OPEN_WORDS = anyOf(
	`of about for from with without than per until only and or to in into on at by as
	the a an our your my their its this that is are was cost costs worth
	titled called named saying says read reads featuring showing introducing`,
);
const CHINESE_OPEN_WORDS = anyOf('关于 介绍 展示 标题是 叫做? 名为 为 和 与 在');
const LEADS_ON = new RegExp(
	String.raw`(?:(?:^|[\s(])(?:${OPEN_WORDS})|[:：=]|["“„«「『‘(]|${CHINESE_OPEN_WORDS})\s*$`,
	'iu',
);
/** The author expects that there may be nothing: `{{ $json.note ?? '' }}`. */
const EXPECTS_NOTHING = /(?:\?\?|\|\||[?:]|\$if\w*\(.*,)\s*(?:''|""|``)/;

/** What becomes of a text, which decides about the words that it cannot consist of. */
const USES = {
	/** All that NemoVideo is told. */
	prompt: { isSpoilt: isNoValue, why: 'is a placeholder and not a prompt' },
	/** What is added to a prompt. */
	wish: { isSpoilt: isNoText, why: NO_TEXT },
	/** Marks alone may be a name: `*` is every file. */
	name: { isSpoilt: isNoText, why: NO_TEXT },
	/** What a person wrote in a chat. */
	message: { isSpoilt: isLeftOver, why: LEFT_OVER },
};

/** A text of a node, and what it was put together from. */
export interface Wording {
	/** Display name of the parameter. */
	label: string;
	text: string;
	/** Empty where they are not known. */
	parts: readonly Part[];
	use: keyof typeof USES;
	/** What to do about a value that is no text, as a sentence. */
	advice: string;
	/** Whether an AI agent reads the failure: it knows of no sheets and expressions. */
	ofTool: boolean;
}

/**
 * Whether an expression or a sheet has spoilt a text: to send it would cost credits for a video of
 * nothing.
 *
 * @param advise what to do about an expression that found nothing
 * @returns the failure, or undefined for a text that can be sent
 */
export function spoiltText(
	{ label, text, parts, use, advice, ofTool }: Wording,
	advise: (expression: string) => string,
): NemoVideoError | undefined {
	const words = text.trim();
	if (words === '') return undefined;
	const checks = (value: string) => (ofTool ? '' : isSheetError(value) ? FIX_FORMULA : CHECK);
	const object = objectFailure(label, words, parts);
	if (object) return object;
	const { isSpoilt, why } = USES[use];
	const spoilt = (part: Part | undefined, cause = LEFT_OVER) =>
		invalidParameterError(
			`'${label}' is '${shorten(words)}', which ${cause}${part ? ` from ${sourceOf(part.expression)}` : ''}`,
			sentences(checks(words), advise(part?.expression ?? ''), advice),
		);
	if (isSpoilt(words)) {
		const cause = isSheetError(words) ? SHEET_FAULT : isLeftOver(words) ? LEFT_OVER : why;
		return spoilt(parts.find(isMissing), cause);
	}
	if (use !== 'name' && !holdsWords(words)) {
		return invalidParameterError(`'${label}' contains no words`, advice);
	}
	const joined = parts.find(
		({ expression = '', text: given }) => JOINED.test(expression) && holdsNothing(given),
	);
	if (joined) return spoilt(joined);
	const unfilled = use === 'message' ? isLeftOver : isUnfilled;
	const pieces = parts.flatMap((part) => part.joins ?? [part]);
	const broken = pieces.find((part) => part.expression !== undefined && unfilled(part.text));
	const gap = broken ?? (use === 'prompt' ? findGap(pieces) : undefined);
	if (gap === undefined) return undefined;
	const { expression = '' } = gap;
	const gave = gap.text.replace(/\p{Cf}/gu, '').trim();
	return invalidParameterError(
		`'${label}' has a gap where ${sourceOf(expression)} gave ${gave === '' ? 'nothing' : `'${shorten(gave)}'`}`,
		sentences(
			`It reads '${words.slice(-MAX_SHOWN)}'.`,
			gave === '' ? '' : checks(gave),
			advise(expression),
			gave === '' ? howToAllowNothing(expression, parts.includes(gap)) : '',
		),
	);
}

/** Whether one of several joined values was not there. */
function holdsNothing(text: string): boolean {
	return JOINED_NOTHING.test(text) || text.split(/\s+/).some(isSheetError);
}

function howToAllowNothing(expression: string, isWhole: boolean): string {
	if (argumentOf(expression) !== undefined) return '';
	const code = `${expression.slice(0, 80)} ?? ''`;
	return `To allow nothing there, write ${isWhole ? `{{ ${code} }}` : `(${code})`}.`;
}

function sentences(...given: string[]): string {
	return given.filter((sentence) => sentence !== '').join(' ');
}

/** Whether a text is blank, or a rich-text cell that holds nothing but markup or a mention. */
export function isEmptyText(text: string): boolean {
	return text.trim() === '' || (/[<@&]/u.test(text) && !holdsWords(text));
}

/** Whether a text holds what an n8n expression looks like that was typed into a fixed field. */
export function isRawExpression(text: string): boolean {
	return /\{\{\s*\$/.test(text);
}

/** @throws NemoVideoError for an expression that n8n has not filled in */
export function refuseRawExpression(label: string, text: string): void {
	if (!isRawExpression(text)) return;
	throw invalidParameterError(
		`'${label}' contains an n8n expression as plain text: ${describe(text)}`,
		'Switch the field from Fixed to Expression, so that n8n fills it in.',
	);
}

/** A whole object in place of one of its fields. */
export function objectFailure(
	label: string,
	text: string,
	parts: readonly Part[],
): NemoVideoError | undefined {
	if (!OBJECT.test(text)) return undefined;
	const culprit = parts.find((part) => part.expression !== undefined && OBJECT.test(part.text));
	return invalidParameterError(
		`'${label}' contains an object instead of text${culprit ? ` from ${sourceOf(culprit.expression)}` : ''}`,
		'Select the field of the object to use, for example {{ $json.product.name }}.',
	);
}

function shorten(words: string): string {
	return words.length > MAX_SHOWN ? `…${words.slice(-MAX_SHOWN)}` : words;
}

export function isMissing({ expression, text }: Part): boolean {
	return expression !== undefined && /^(?:undefined|null|NaN|[\s\p{Cf}]*)$/u.test(text);
}

/** An expression that gave nothing although the text around it needs something there. */
function findGap(parts: readonly Part[]): Part | undefined {
	return parts.find((part, index) => {
		if (!isMissing(part) || EXPECTS_NOTHING.test(part.expression ?? '')) return false;
		const before = parts.slice(0, index);
		const textBefore = before.map(({ text }) => text).join('');
		// What a text begins with is mostly what it is about.
		if (!/[\p{L}\p{N}]/u.test(textBefore)) return true;
		if (IS_COMPLETE.test(textBefore)) return false;
		if (LEADS_ON.test(textBefore.trimEnd())) return true;
		const rest = parts.slice(index + 1).map(({ text }) => text);
		const isLast = !/[\p{L}\p{N}]/u.test(rest.join(''));
		// What another expression gave may be followed by nothing: `{{ $json.name }} {{ $json.color }}`.
		const last = before.filter(({ text }) => text.trim() !== '').at(-1);
		return isLast && last?.expression === undefined;
	});
}
