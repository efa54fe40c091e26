import { createHash } from 'node:crypto';
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

/**
 * A number as a backend writes it: a JSON number, kept digits, or a text of digits.
 *
 * @returns undefined for everything else: JavaScript would make 0 of null and of an empty text, and 1
 *   of true
 */
export function toNumber(value: unknown): number | undefined {
	const isNumber = typeof value === 'number' || isLosslessNumber(value);
	const isDigits =
		typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(value);
	if (!isNumber && !isDigits) return undefined;
	const number = Number(isLosslessNumber(value) ? value.toString() : value);
	return Number.isFinite(number) ? number : undefined;
}

/**
 * A text, or a number in its place.
 *
 * @returns undefined for everything else: JavaScript would make "[object Object]" of an object
 */
export function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || isLosslessNumber(value) ? value.toString() : undefined;
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

/**
 * As `canonicalJson`, several times as fast for large values, but no JSON to send: integers beyond
 * 2^53 stand in it as text.
 */
export function comparableJson(value: unknown): string {
	return JSON.stringify(sortKeys(toPlainJson(value))) ?? '';
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

/** A short name for a value, whatever the order of its keys: 32 hexadecimal digits. */
export function hashOf(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
