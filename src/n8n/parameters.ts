import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { NemoVideoError } from '../api/errors';
import { cellBoolean, cellChoice, cellNumber, cellText, isBlank, type Choice } from './cells';
import { missingFieldAdvice, partsOf, type Part } from './expressionParts';
import { idFailure, withoutQuotes } from './ids';
import { describe, refused } from './refused';
import { isEmptyText, isMissing, objectFailure, spoiltText, type Wording } from './wording';

export interface NumberRule {
	/** Path of the parameter, e.g. `options.timeoutMinutes`. */
	name: string;
	/** Display name, as messages give it. */
	label: string;
	fallback: number;
	min: number;
	max: number;
	integer?: boolean;
}

/** What a sheet makes of a value that it takes for a date or a time. */
const DATE_OR_TIME =
	/\d{4}-\d{2}-\d{2}|\d:\d{2}|^\d{1,2}[./-](?:\d{1,2}|\p{L}{3,})|^0[.,]\d{2,}$|^[345]\d{4}$/u;
/** What an n8n expression looks like that was typed into a fixed field. */
const RAW_EXPRESSION = /\{\{\s*\$/;

/** Whether a node runs as a tool of an AI agent: n8n makes a type of its own for it. */
export function isTool(context: IExecuteFunctions): boolean {
	return /Tool$/u.test(context.getNode().type);
}

/**
 * Reads a node's parameters for one item and checks every one: expressions bypass the limits that
 * the editor sets.
 */
export class Parameters {
	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
	) {}

	/** Whether an AI agent runs the node. */
	get ofTool(): boolean {
		return isTool(this.context);
	}

	/** The value as n8n resolves it; undefined where the parameter is not there. */
	raw(name: string): unknown {
		const value: unknown = this.context.getNodeParameter(name, this.itemIndex, null);
		return value ?? undefined;
	}

	/** A text; numbers are taken for text, other values are refused. */
	text(name: string, label: string, fallback = ''): string {
		const text = this.anyText(name, label) ?? fallback;
		refuseRawExpression(text, label);
		const broken = objectFailure(label, text, []);
		if (broken) throw objectFailure(label, text, this.parts(name)) ?? broken;
		return text;
	}

	/** A text, whatever it says; undefined where the parameter is not there. */
	private anyText(name: string, label: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		if (typeof value === 'string') return value;
		throw refused(
			`'${label}' holds ${describe(value)} instead of text`,
			'Change the expression so that it gives text.',
		);
	}

	/** A text that must say something. */
	requiredText(name: string, label: string, advice: string): string {
		const text = this.text(name, label);
		if (isEmptyText(text)) throw this.empty(name, label, advice);
		return text;
	}

	/** A text that may be left empty, but must not come out empty of an expression. */
	optionalText(name: string, label: string, advice: string): string {
		const text = this.text(name, label).trim();
		if (text === '' && this.parts(name).some(isMissing)) throw this.empty(name, label, advice);
		return text;
	}

	/** A text that is added to a prompt; it may be empty, but not what a missing value leaves. */
	wish(name: string, label: string): string {
		const text = this.text(name, label);
		if (isEmptyText(text)) return '';
		this.refuseSpoilt(name, { label, text, isPrompt: false });
		return text.trim();
	}

	/** A number; an empty cell means the fallback. */
	number(rule: NumberRule): number {
		const value = this.raw(rule.name);
		if (isBlank(value)) return rule.fallback;
		const number = cellNumber(value, rule.name);
		const open = rule.max === Number.MAX_SAFE_INTEGER;
		const range = open ? `${rule.min} up` : `${rule.min} to ${rule.max}`;
		if (number === 'unclear') {
			throw refused(
				`'${rule.label}' is ${describe(value)}, which can be read as two numbers`,
				'Write it without a thousands separator, and with a point before decimals.',
			);
		}
		if (number === undefined) {
			throw refused(
				`'${rule.label}' holds ${describe(value)} instead of a number`,
				`Enter a number from ${range}.`,
			);
		}
		if (number < rule.min || number > rule.max) {
			throw refused(
				`'${rule.label}' is ${number}, ${open ? 'below' : 'outside'} ${open ? rule.min : range}`,
				`Enter a number from ${range}.`,
			);
		}
		if (rule.integer === true && !Number.isInteger(number)) {
			throw refused(
				`'${rule.label}' is ${number}, not a whole number`,
				`Enter a whole number from ${range}.`,
			);
		}
		return number;
	}

	/** A boolean, also as a spreadsheet or a form writes it; an empty cell means the fallback. */
	boolean(name: string, label: string, fallback: boolean): boolean {
		const value = this.raw(name);
		if (isBlank(value)) return fallback;
		const found = cellBoolean(value);
		if (found !== undefined) return found;
		throw refused(
			`'${label}' holds ${describe(value)} instead of true or false`,
			'Change the expression or the cell so that it gives true or false.',
		);
	}

	/**
	 * One of the choices that a field offers, by its value or by the name the editor shows; an empty
	 * cell means the field's default.
	 *
	 * @param field as the editor describes it
	 * @param values the choices, the default among them
	 * @param path of the parameter, where it lies in a collection
	 */
	choice<const Value extends string>(
		field: INodeProperties,
		values: readonly Value[],
		path = field.name,
	): Value {
		const value = this.raw(path);
		const offered = values.map((choice) => ({ name: nameOf(field, choice), value: choice }));
		const fallback = offered.find((choice) => choice.value === field.default);
		if (isBlank(value) && fallback) return fallback.value;
		const found = cellChoice(value, offered);
		if (found !== undefined) return found;
		throw notOffered(field, value);
	}

	/** An id: stays text, because NemoVideo's have more digits than a number holds. */
	id(name: string, label: string, advice: string): string {
		const value = this.raw(name);
		const id = withoutQuotes(this.text(name, label));
		if (id === '') throw this.empty(name, label, advice);
		const failure = idFailure({ label, value, id, advice });
		if (failure) throw failure;
		return id;
	}

	sessionId(): string {
		return this.id('sessionId', 'Session ID', 'Pass on the sessionId that Create Session gave.');
	}

	/** What NemoVideo is told to do: it costs credits, so it must say something. */
	prompt(): string {
		const label = 'Prompt';
		const text = this.requiredText('prompt', label, PROMPT_ADVICE);
		this.refuseSpoilt('prompt', { label, text, isPrompt: true });
		return text;
	}

	/**
	 * What a person wrote in a chat; empty where it is nothing but files, or says nothing: who wrote
	 * it gets an answer, not the failure of a node that he has not built.
	 */
	message(): string {
		const label = 'Message';
		const text = this.anyText('message', label) ?? '';
		const parts = this.parts('message');
		if (parts.length === 0) refuseRawExpression(text, label);
		const isSpoilt =
			RAW_EXPRESSION.test(text) ||
			spoiltText({ label, text, parts, isPrompt: false }, () => '') !== undefined;
		return isSpoilt ? '' : text;
	}

	private parts(name: string): Part[] {
		return partsOf(this.context, name, this.itemIndex);
	}

	private advise(expression: string): string {
		return missingFieldAdvice(this.context, this.itemIndex, expression);
	}

	private refuseSpoilt(name: string, text: Omit<Wording, 'parts'>): void {
		const spoilt = spoiltText({ ...text, parts: this.parts(name) }, (expression) =>
			this.advise(expression),
		);
		if (spoilt) throw spoilt;
	}

	/** The failure of a parameter that must not be empty, with the expression that found nothing. */
	private empty(name: string, label: string, advice: string): NemoVideoError {
		const expression = this.parts(name).find(isMissing)?.expression;
		const cause =
			expression === undefined
				? ''
				: `{{ ${expression.slice(0, 80)} }} gave nothing. ${this.advise(expression)} `;
		return refused(`'${label}' is empty`, `${cause.replace(/ {2,}/g, ' ')}${advice}`);
	}
}

const PROMPT_ADVICE =
	"Say what NemoVideo is to do, for example 'turn these images into a 30-second promo video with background music'.";

function nameOf({ options = [] }: INodeProperties, value: string): string {
	return options.find((option) => 'value' in option && option.value === value)?.name ?? value;
}

function refuseRawExpression(text: string, label: string): void {
	if (!RAW_EXPRESSION.test(text)) return;
	throw refused(
		`'${label}' holds an n8n expression as plain text: ${describe(text)}`,
		'Switch the field from Fixed to Expression, so that n8n fills it in.',
	);
}

function notOffered(field: INodeProperties, value: unknown): NemoVideoError {
	const choices = (field.options ?? []).flatMap((option) =>
		'value' in option ? [choiceInWords(option)] : [],
	);
	const cause = DATE_OR_TIME.test(cellText(value) ?? '')
		? ' A spreadsheet may have taken it for a date or a time: format the column as plain text.'
		: '';
	return refused(
		`'${field.displayName}' is ${describe(value)}`,
		`It takes one of: ${choices.join(', ')}.${cause}`,
	);
}

function choiceInWords({ name, value }: Choice): string {
	return name.includes(String(value)) ? name : `${name} (${String(value)})`;
}
