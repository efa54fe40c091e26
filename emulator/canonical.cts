import { createHash } from 'node:crypto';
import { LosslessNumber, parse } from 'lossless-json';

/**
 * Integers beyond 2^53 are kept as texts of this form inside the emulator, and written as bare
 * digits: a client that parses them as numbers loses digits, and the emulator notices.
 */
const BIG = '$integer:';

export function bigInteger(digits: string): string {
	return `${BIG}${digits}`;
}

/** JSON with big integers as bare digits. */
export function toWire(value: unknown): string {
	return JSON.stringify(value).replace(/"\$integer:(-?\d+)"/g, '$1');
}

/** Reads JSON without losing digits. */
export function fromWire(text: string): unknown {
	if (!/[:[,\s]-?\d{16,}/.test(text)) return JSON.parse(text);
	return parse(text, undefined, (digits) =>
		/^-?\d{16,}$/.test(digits) && !Number.isSafeInteger(Number(digits))
			? new LosslessNumber(digits)
			: Number(digits),
	);
}

function sorted(value: unknown): unknown {
	if (value instanceof LosslessNumber) return bigInteger(value.toString());
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.keys(value)
			.sort()
			.map((key) => [key, sorted(Reflect.get(value, key))]),
	);
}

/** Equal for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
	return JSON.stringify(sorted(value));
}

export function draftHash(draft: unknown): string {
	return createHash('sha256').update(canonical(draft)).digest('hex');
}
