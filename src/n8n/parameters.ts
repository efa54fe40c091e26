import type { IExecuteFunctions } from 'n8n-workflow';
import { NemoVideoError } from '../api/errors';

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

const MOST_ID_CHARACTERS = 128;
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
		const value = this.raw(name);
		if (value === undefined || value === null) return fallback;
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		if (typeof value !== 'string') {
			throw refused(
				`'${label}' holds ${describe(value)} instead of text`,
				'Change the expression so that it gives text.',
			);
		}
		refuseRawExpression(value, label);
		return value;
	}

	/** A text that must say something. */
	requiredText(name: string, label: string, advice: string): string {
		const text = this.text(name, label);
		if (text.trim() === '') throw refused(`'${label}' is empty`, advice);
		return text;
	}

	number(rule: NumberRule): number {
		const value = this.raw(rule.name);
		if (value === undefined || value === null || value === '') return rule.fallback;
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		const open = rule.max === Number.MAX_SAFE_INTEGER;
		const range = open ? `${rule.min} up` : `${rule.min} to ${rule.max}`;
		if (typeof number !== 'number' || !Number.isFinite(number)) {
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

	boolean(name: string, label: string, fallback: boolean): boolean {
		const value = this.raw(name);
		if (value === undefined || value === null || value === '') return fallback;
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 'false') return value === 'true';
		throw refused(
			`'${label}' holds ${describe(value)} instead of true or false`,
			'Change the expression so that it gives true or false.',
		);
	}

	choice<const Choice extends string>(
		name: string,
		label: string,
		choices: readonly Choice[],
		fallback: Choice,
	): Choice {
		const value = this.raw(name);
		if (value === undefined || value === null || value === '') return fallback;
		const found = choices.find((choice) => choice === value);
		if (found !== undefined) return found;
		throw refused(`'${label}' is ${describe(value)}`, `It takes one of: ${choices.join(', ')}.`);
	}

	/** An id: stays text, because NemoVideo's have more digits than a number holds. */
	id(name: string, label: string, advice: string): string {
		const value = this.raw(name);
		if (typeof value === 'number') {
			if (Number.isSafeInteger(value) && value > 0) return String(value);
			throw refused(
				`'${label}' came as a number and has lost digits (${value})`,
				'Keep IDs as text on their way: format the column of the sheet as text, or put the value in quotes where it is set.',
			);
		}
		if (typeof value === 'boolean') {
			throw refused(`'${label}' holds ${value} instead of an ID`, advice);
		}
		const id = this.text(name, label).trim();
		if (id === '') throw refused(`'${label}' is empty`, advice);
		if (
			id.length > MOST_ID_CHARACTERS ||
			/[\s/\\?#\p{Cc}]/u.test(id) ||
			id === '.' ||
			id === '..'
		) {
			throw refused(
				`'${label}' is not an ID: ${describe(id)}`,
				`An ID has no spaces or slashes and at most ${MOST_ID_CHARACTERS} characters. ${advice}`,
			);
		}
		if (/^\d(?:\.\d+)?e\+?\d+$/i.test(id)) {
			throw refused(
				`'${label}' went through a number and has lost digits (${id})`,
				'Keep IDs as text on their way: format the column of the sheet as text.',
			);
		}
		return id;
	}

	sessionId(): string {
		return this.id('sessionId', 'Session ID', 'Pass on the sessionId that Create Session gave.');
	}

	prompt(name = 'prompt', label = 'Prompt'): string {
		return this.requiredText(
			name,
			label,
			"Say what NemoVideo is to do, for example 'turn these images into a 30-second promo video with background music'.",
		);
	}
}

function refuseRawExpression(text: string, label: string): void {
	if (!RAW_EXPRESSION.test(text)) return;
	throw refused(
		`'${label}' holds an n8n expression as plain text: ${describe(text)}`,
		'Switch the field from Fixed to Expression, so that n8n fills it in.',
	);
}

const MOST_SHOWN = 80;

function describe(value: unknown): string {
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = String(value).replace(/\s+/g, ' ');
	return `'${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}'`;
}

/** A parameter that cannot be used; nothing was sent. */
export function refused(message: string, description: string): NemoVideoError {
	return new NemoVideoError('input', message, { description, outcome: 'refused' });
}
