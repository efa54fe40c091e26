import { LosslessNumber, isSafeNumber, parseLossless, stringifyLossless } from '../vendor';

/** A number that a double may not hold, somewhere in a JSON text: long, or of a huge exponent. */
const LARGE_NUMBER = /[:[,\s]-?\d{16,}|\d[eE]\+?\d{3}/;

function keepDigits(text: string): number | LosslessNumber {
	return isSafeNumber(text, { approx: true }) ? Number(text) : new LosslessNumber(text);
}

/**
 * Parses JSON without losing digits: NemoVideo's session ids have 19, and a draft must reach the
 * renderer as it came. The exact but slower parser runs only where a long integer is in sight.
 *
 * @returns plain values; an integer beyond 2^53 comes as a LosslessNumber
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): unknown {
	if (!LARGE_NUMBER.test(text)) return JSON.parse(text);
	return parseLossless(text, undefined, keepDigits);
}

/**
 * Serialises what `parseJson` gave, digit for digit.
 *
 * @returns a JSON text; `null` for undefined
 */
export function toJson(value: unknown): string {
	return stringifyLossless(value) ?? 'null';
}

/** Whether a value is an integer that was kept digit for digit. */
export function isLosslessNumber(value: unknown): value is LosslessNumber {
	return value instanceof LosslessNumber;
}

/** Replaces kept integers by their digits as strings, for output where only plain JSON is allowed. */
export function toPlainJson(value: unknown): unknown {
	if (isLosslessNumber(value)) return value.toString();
	if (Array.isArray(value)) return value.map(toPlainJson);
	if (isRecord(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([key, inner]) => [key, toPlainJson(inner)]),
		);
	}
	return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON with sorted keys: equal for equal values, whatever order the backend wrote them in.
 *
 * @returns a text to compare or to hash
 */
export function canonicalJson(value: unknown): string {
	return toJson(sortKeys(value));
}

function sortKeys(value: unknown): unknown {
	if (isLosslessNumber(value)) return value;
	if (Array.isArray(value)) return value.map(sortKeys);
	if (!isRecord(value)) return value;
	const sorted: Array<[string, unknown]> = Object.keys(value)
		.sort()
		.map((key) => [key, sortKeys(value[key])]);
	return Object.fromEntries(sorted);
}
