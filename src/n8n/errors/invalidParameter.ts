import type { INodeProperties } from 'n8n-workflow';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { cellText, type Choice } from '../values/cells';

/** A parameter that cannot be used; nothing was sent. */
export function invalidParameterError(message: string, description: string): NemoVideoError {
	return new NemoVideoError('input', message, { description, outcome: outcomeOf('notSent') });
}

const MAX_SHOWN = 80;

/** A value in a message: short, and on one line. */
export function describe(value: unknown): string {
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = String(value).replace(/\s+/g, ' ');
	return `'${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}'`;
}

/** What a sheet makes of a value that it takes for a date, a time, or a part of a day. */
const DATE_OR_TIME =
	/^(?:\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?(?:\s*[ap]m)?|\s*[ap]m)|\d{1,2}[./-](?:\d{1,2}|\p{L}{3,})(?:[./-]\d{2,4})?|0[.,]\d{2,}|[345]\d{4})$/iu;

/** A value that is none of the choices that a field offers. */
export function notOffered(
	field: INodeProperties,
	value: unknown,
	ofTool: boolean,
): NemoVideoError {
	const choices = (field.options ?? []).flatMap((option) =>
		'value' in option ? [choiceInWords(option)] : [],
	);
	const isDate = !ofTool && DATE_OR_TIME.test(cellText(value) ?? '');
	const cause = isDate
		? ' A spreadsheet may have read it for a date or a time: format the column as plain text.'
		: '';
	return invalidParameterError(
		`'${field.displayName}' is ${describe(value)}`,
		`Use one of: ${choices.join(', ')}.${cause}`,
	);
}

function choiceInWords({ name, value }: Choice): string {
	return name.includes(String(value)) ? name : `${name} (${String(value)})`;
}
