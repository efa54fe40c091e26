import type { GenericValue, IDataObject } from 'n8n-workflow';
import type { NemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';
import { adviceOf } from './errors/nodeErrors';

/** Asked for as they are. */
const RAW = new Set(['draft', 'canvasConfig']);
/** What stands for an object in a list. */
const NAMES = ['filename', 'name', 'title', 'text', 'url'];
const MAX_NAMES = 20;

/**
 * A result as a language model reads it best: small and flat. What is inside an object comes up
 * under a joined name (`timeline.summary` as `timelineSummary`), and lists of objects become lists
 * of their names.
 */
export function flatForAgent(fields: IDataObject): IDataObject {
	const flat: IDataObject = {};
	for (const [key, value] of Object.entries(fields)) {
		if (RAW.has(key) || !isNested(value)) flat[key] = value;
		else if (Array.isArray(value)) flat[key] = namesOf(value);
		else {
			for (const [inner, part] of Object.entries(value)) {
				if (!isNested(part)) flat[`${key}${inner[0]?.toUpperCase() ?? ''}${inner.slice(1)}`] = part;
			}
		}
	}
	return flat;
}

/** A failure in one text: what happened, what to do about it, and the ids in hand. */
export function failureForAgent(failure: NemoVideoError): IDataObject {
	const { message, kind, retryable, safeToRepeat, handles } = failure;
	const ids = Object.entries(handles).filter(([, id]) => id !== undefined);
	const inHand = ids.map(([name, id]) => `${name} ${id}`).join(', ');
	const sentences = [message, adviceOf(failure), inHand === '' ? '' : `In hand: ${inHand}`];
	const error = sentences
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '')
		.map((sentence) => (/[.!?。]$/u.test(sentence) ? sentence : `${sentence}.`))
		.join(' ');
	return { error, kind, retryable, safeToRepeat };
}

function isNested(value: IDataObject[string]): value is IDataObject | IDataObject[] {
	return Array.isArray(value) ? value.some((entry) => isRecord(entry)) : isRecord(value);
}

function namesOf(list: GenericValue[]): string[] {
	const names = list.slice(0, MAX_NAMES).map((entry, index) => {
		const name = isRecord(entry)
			? NAMES.map((key) => entry[key]).find((text) => typeof text === 'string' && text !== '')
			: entry;
		return typeof name === 'string' ? name : `number ${index + 1}`;
	});
	const left = list.length - names.length;
	return left > 0 ? [...names, `and ${left} more`] : names;
}
