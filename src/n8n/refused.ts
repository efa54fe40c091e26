import { NemoVideoError } from '../api/errors';
import { outcomeOf } from '../api/outcome';

/** A parameter that cannot be used; nothing was sent. */
export function refused(message: string, description: string): NemoVideoError {
	return new NemoVideoError('input', message, { description, outcome: outcomeOf('notSent') });
}

const MOST_SHOWN = 80;

/** A value in a message: short, and on one line. */
export function describe(value: unknown): string {
	if (value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = String(value).replace(/\s+/g, ' ');
	return `'${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}'`;
}
