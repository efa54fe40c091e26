/** By path (`data.files[].cdn_url`): the types seen there, sorted. No value is kept. */
export type Shape = Record<string, string[]>;

/** Words of the protocol, not of a user: kept, where they look like words. */
const TELLING = new Set(['type', 'status', 'code', 'success', 'role', 'author']);
const WORD = /^[A-Za-z_-]{1,24}$/;
/** Keys that are ids or links: digits, UUIDs, hashes, tokens, file names. */
const PLAIN_KEY = /^(?!.*\d{5})(?![0-9a-f-]{16,}$)[A-Za-z_][A-Za-z0-9_-]{0,39}$/i;

function typeOf(key: string, value: unknown): string {
	if (value === null) return 'null';
	if (TELLING.has(key)) {
		if (typeof value === 'string' && WORD.test(value)) return `'${value}'`;
		if (typeof value === 'number' && key === 'code') return String(value);
		if (typeof value === 'boolean') return String(value);
	}
	if (typeof value === 'string' && /^https?:\/\//.test(value)) return 'string (URL)';
	if (typeof value === 'string' && /^\d{8,}$/.test(value)) return 'string (digits)';
	if (typeof value === 'number') {
		if (!Number.isInteger(value)) return 'number (fraction)';
		return Number.isSafeInteger(value) ? 'number' : 'number (beyond 2^53)';
	}
	return typeof value;
}

/** A draft may be a JSON text. */
function parsed(value: string): unknown {
	if (!/^\s*[[{]/.test(value)) return undefined;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}

function add(shape: Shape, path: string, type: string): void {
	const types = (shape[path] ??= []);
	if (!types.includes(type)) types.push(type);
	types.sort();
}

/**
 * Adds a JSON value's types to a shape.
 *
 * @param path where the value stands; empty for the whole answer
 */
export function addShape(shape: Shape, value: unknown, path = '', key = ''): void {
	const inner = typeof value === 'string' ? parsed(value) : value;
	if (typeof value === 'string' && inner !== undefined) add(shape, path, 'string (JSON)');
	if (Array.isArray(inner)) {
		add(shape, path, inner.length === 0 ? 'array (empty)' : 'array');
		for (const entry of inner) addShape(shape, entry, `${path}[]`, key);
	} else if (typeof inner === 'object' && inner !== null) {
		const entries = Object.entries(inner);
		add(shape, path, entries.length === 0 ? 'object (empty)' : 'object');
		for (const [name, entry] of entries) {
			const shown = PLAIN_KEY.test(name) ? name : '<id>';
			addShape(shape, entry, path === '' ? shown : `${path}.${shown}`, shown);
		}
	} else {
		add(shape, path, typeOf(key, value));
	}
}
