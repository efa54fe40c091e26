import type { IExecuteFunctions } from 'n8n-workflow';
import { attempt } from '../executionFacts';

/** A piece of a parameter: what n8n made of it and, where it is an expression, what is written. */
export interface Part {
	/** As it stands in the resolved text. */
	text: string;
	/** Without its braces, e.g. `$json.product`; absent for plain text. */
	expression?: string;
	/** What the expression joins, where it joins texts and fields: `"Film of " + $json.product`. */
	joins?: Part[];
}

const EXPRESSION = /\{\{([\s\S]*?)\}\}/g;

/**
 * Takes a parameter apart into plain text and expressions, each resolved by itself, so that a
 * failure can name the one that went wrong.
 *
 * @param name path of the parameter, e.g. `options.music`
 * @returns an empty list where it holds no expression, or where n8n does not tell
 */
export function partsOf(context: IExecuteFunctions, name: string, itemIndex: number): Part[] {
	const written: unknown = attempt(() =>
		context.getNodeParameter(name, itemIndex, '', { rawExpressions: true }),
	);
	if (typeof written !== 'string' || !written.startsWith('=')) return [];
	const parts: Part[] = [];
	let from = 1;
	for (const match of written.matchAll(EXPRESSION)) {
		if (match.index > from) parts.push({ text: written.slice(from, match.index) });
		const [whole, expression = ''] = match;
		const worth = (code: string): string =>
			textOf(attempt((): unknown => context.evaluateExpression(code, itemIndex)));
		const joins = joinedIn(expression.trim()).map((piece) => {
			const text = worth(`{{ ${piece} }}`);
			return /^["'`]/.test(piece) ? { text } : { text, expression: piece };
		});
		const part = { text: worth(whole), expression: expression.trim() };
		parts.push(joins.length > 0 ? { ...part, joins } : part);
		from = match.index + whole.length;
	}
	if (from < written.length) parts.push({ text: written.slice(from) });
	return parts;
}

/** A text in quotes, something in parentheses, or a field and what is called on it. */
const PIECE = String.raw`"[^"]*"|'[^']*'|\([^()]*\)|\$\w*(?:\??\.\w+|\[[^\]]*\]|\([^()]*\))*`;
const JOINED = new RegExp(String.raw`^(?:${PIECE})(?:\s*\+\s*(?:${PIECE}))+$`);

/** The code of each piece that an expression joins; none where it does anything else. */
function joinedIn(expression: string): string[] {
	if (JOINED.test(expression)) return expression.match(new RegExp(PIECE, 'g')) ?? [];
	const template = /^`([^`]*)`$/.exec(expression)?.[1]?.split(/\$\{([^{}]*)\}/) ?? [];
	return template.map((piece, index) => (index % 2 === 0 ? `\`${piece}\`` : piece));
}

/**
 * What an expression is called in a message: an agent knows its arguments, not how n8n writes them.
 */
export function sourceOf(expression = ''): string {
	const argument = argumentOf(expression);
	return argument === undefined ? `{{ ${expression.slice(0, 80)} }}` : `the argument '${argument}'`;
}

/** The argument of a tool that an AI agent fills in by an expression; undefined for any other. */
export function argumentOf(expression: string): string | undefined {
	return /\$fromAI\(\s*(['"`])(.*?)\1/.exec(expression)?.[2];
}

/** A value as a text of it would show it. */
export function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	// Sheets hold the word Infinity as a name; a number that is none comes of a calculation.
	if (typeof value === 'number' && !Number.isFinite(value)) return 'NaN';
	// A date writes itself; an object without a prototype cannot.
	return attempt(() => String(value)) ?? '[object Object]';
}

/** What is missing, and which node took it away, for an expression that found nothing. */
export function missingFieldAdvice(
	context: IExecuteFunctions,
	itemIndex: number,
	expression: string,
): string {
	if (!/\$json\b/.test(expression)) return '';
	const { json = {} } = attempt(() => context.getInputData()[itemIndex]) ?? {};
	const fields = Object.keys(json).slice(0, MAX_FIELDS);
	const held = fields.length === 0 ? 'The item has no fields.' : `The item has ${list(fields)}.`;
	const before = nodeOfOursBefore(context);
	if (before === undefined) return held;
	return `${held} ${before} gives its own fields alone: switch on 'Include Input Fields' in it, or name the node that has the field, as in {{ $('Node Name').item.json.prompt }}.`;
}

const MAX_FIELDS = 12;

function list(fields: string[]): string {
	return fields.map((field) => `'${field}'`).join(', ');
}

/** The node whose output this is, where it is one of this package. */
function nodeOfOursBefore(context: IExecuteFunctions): string | undefined {
	const name = attempt(() => context.getInputSourceData().previousNode);
	const parents = attempt(() => context.getParentNodes(context.getNode().name)) ?? [];
	const parent = parents.find((node) => node.name === name);
	return parent && /(?:^|\.)nemoVideo\w+$/.test(parent.type) ? `'${parent.name}'` : undefined;
}
