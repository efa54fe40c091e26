import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { NemoVideoError } from '../api/errors';
import { cellBoolean, cellChoice, isBlank, withoutQuotes } from './values/cells';
import { missingFieldAdvice, partsOf, sourceOf, textOf, type Part } from './values/expressionParts';
import { idFailure, isNoId, lostDigits } from './values/ids';
import { readNumber, type NumberRule } from './values/numbers';
import { describe, notOffered, invalidParameterError } from './errors/invalidParameter';
import {
	isEmptyText,
	isMissing,
	isRawExpression,
	objectFailure,
	refuseRawExpression,
	spoiltText,
	type Wording,
} from './values/wording';

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

	/**
	 * A text that may be empty, such as a name. What a sheet or a missing value
	 * leaves in its place is refused.
	 *
	 * @returns without spaces around it
	 */
	text(name: string, label: string, fallback = ''): string {
		const text = this.words(name, label, fallback);
		this.refuseSpoilt(name, { label, text, use: 'name', advice: leaveEmpty(label) });
		return text.trim();
	}

	/** A text that must say something. */
	requiredText(name: string, label: string, advice: string): string {
		const text = this.words(name, label);
		if (isEmptyText(text)) throw this.empty(name, label, advice);
		this.refuseSpoilt(name, { label, text, use: 'name', advice });
		return text.trim();
	}

	/** A text that may be left empty, but must not come out empty of an expression. */
	private optionalText(name: string, label: string, advice: string): string {
		const text = this.text(name, label);
		if (text === '' && this.parts(name).some(isMissing)) throw this.empty(name, label, advice);
		return text;
	}

	/** A text that is added to a prompt; see `text`. */
	wish(name: string, label: string): string {
		const text = this.words(name, label);
		if (isEmptyText(text)) return '';
		this.refuseSpoilt(name, { label, text, use: 'wish', advice: leaveEmpty(label) });
		return text.trim();
	}

	/** A number; an empty cell means the fallback. */
	number(rule: NumberRule): number {
		return readNumber(this.raw(rule.name), rule, this.ofTool);
	}

	/** A boolean, also as a spreadsheet or a form writes it; an empty cell means the fallback. */
	boolean(name: string, label: string, fallback: boolean): boolean {
		const value = this.raw(name);
		if (isBlank(value)) return fallback;
		const found = cellBoolean(value);
		if (found !== undefined) return found;
		throw invalidParameterError(
			`'${label}' is ${describe(value)} instead of true or false`,
			'Change the expression or the cell to true or false.',
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
		throw notOffered(field, value, this.ofTool);
	}

	/** An id: stays text, because NemoVideo's have more digits than a number holds. */
	id(name: string, label: string, advice: string): string {
		const id = this.optionalId(name, label, advice);
		if (id === '') throw this.empty(name, label, advice);
		return id;
	}

	/** An id that may be missing; what stands for a missing one in a text is refused. */
	optionalId(name: string, label: string, advice: string): string {
		const value = this.raw(name);
		const id = withoutQuotes(this.words(name, label));
		if (id === '') return id;
		if (typeof value === 'string' && isNoId(id)) throw this.empty(name, label, advice, id);
		const failure = idFailure({ label, value, id, advice, ofTool: this.ofTool });
		if (failure) throw failure;
		return id;
	}

	/**
	 * The ID of a chat, which another app gave: any text that is not what is left of one.
	 *
	 * @param advice what to do about an expression that gives nothing; undefined where it may
	 */
	chatId(advice: string | undefined): string {
		const label = 'Chat ID';
		const id =
			advice === undefined
				? this.text('chatId', label)
				: this.optionalText('chatId', label, advice);
		const failure = lostDigits({ label, value: this.raw('chatId'), id, ofTool: this.ofTool });
		if (failure) throw failure;
		return id;
	}

	sessionId(): string {
		return this.id('sessionId', 'Session ID', SESSION_ADVICE);
	}

	/** Empty where the item names no session. */
	optionalSessionId(): string {
		return this.optionalId('sessionId', 'Session ID', `${SESSION_ADVICE} Or leave it empty.`);
	}

	/** What NemoVideo is told to do: it costs credits, so it must say something. */
	prompt(): string {
		const label = 'Prompt';
		const text = this.words('prompt', label);
		if (isEmptyText(text)) throw this.empty('prompt', label, PROMPT_ADVICE);
		this.refuseSpoilt('prompt', { label, text, use: 'prompt', advice: PROMPT_ADVICE });
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
		if (parts.length === 0) refuseRawExpression(label, text);
		const wording = { label, text, parts, use: 'message', advice: '', ofTool: true } as const;
		const isSpoilt = isRawExpression(text) || spoiltText(wording, () => '') !== undefined;
		return isSpoilt ? '' : text;
	}

	/** A text, whatever it says; numbers and booleans are taken for text. */
	private anyText(name: string, label: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined || typeof value === 'string') return value;
		if (typeof value === 'number' || typeof value === 'boolean') return textOf(value);
		throw invalidParameterError(
			`'${label}' is ${describe(value)} instead of text`,
			'Change the expression so that it returns text.',
		);
	}

	/** The same, where it holds no whole object and no expression that was not worked out. */
	private words(name: string, label: string, fallback = ''): string {
		const text = this.anyText(name, label) ?? fallback;
		refuseRawExpression(label, text);
		const broken = objectFailure(label, text, []);
		if (broken) throw objectFailure(label, text, this.parts(name)) ?? broken;
		return text;
	}

	private parts(name: string): Part[] {
		return partsOf(this.context, name, this.itemIndex);
	}

	private advise(expression: string): string {
		return missingFieldAdvice(this.context, this.itemIndex, expression);
	}

	private refuseSpoilt(name: string, text: Omit<Wording, 'parts' | 'ofTool'>): void {
		const { ofTool } = this;
		const spoilt = spoiltText({ ...text, parts: this.parts(name), ofTool }, (expression) =>
			this.advise(expression),
		);
		if (spoilt) throw spoilt;
	}

	/**
	 * The failure of a parameter that must not be empty, with the expression that found nothing.
	 *
	 * @param held what stands for the missing value
	 */
	private empty(name: string, label: string, advice: string, held = ''): NemoVideoError {
		const isCulprit = held === '' ? isMissing : ({ expression }: Part) => expression !== undefined;
		const { expression } = this.parts(name).find(isCulprit) ?? {};
		const cause =
			expression === undefined
				? ''
				: `${sourceOf(expression).replace(/^t/, 'T')} gave ${held === '' ? 'nothing' : 'it'}. ${this.advise(expression)} `;
		return invalidParameterError(
			held === '' ? `'${label}' is empty` : `'${label}' is ${describe(held)}, which is not an ID`,
			`${cause.replace(/ {2,}/g, ' ')}${advice}`,
		);
	}
}

const SESSION_ADVICE = 'Use the sessionId that Create Session returned.';
const PROMPT_ADVICE =
	"Describe what NemoVideo should do, for example 'turn these images into a 30-second promo video with background music'.";

function leaveEmpty(label: string): string {
	return `To set nothing, leave '${label}' empty.`;
}

function nameOf({ options = [] }: INodeProperties, value: string): string {
	return options.find((option) => 'value' in option && option.value === value)?.name ?? value;
}
