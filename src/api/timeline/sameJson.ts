import { isLosslessNumber, isRecord } from '../json';

/**
 * Whether two JSON values say the same, whatever order their keys are in. Walks without recursion,
 * so no depth of nesting breaks it.
 */
export function sameJson(left: unknown, right: unknown): boolean {
	const waiting: Array<[unknown, unknown]> = [[left, right]];
	for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
		const [a, b] = pair;
		if (Object.is(a, b) || (a === 0 && b === 0)) continue;
		if (isLosslessNumber(a) || isLosslessNumber(b)) {
			if (!isLosslessNumber(a) || !isLosslessNumber(b) || a.value !== b.value) return false;
		} else if (Array.isArray(a) && Array.isArray(b)) {
			if (a.length !== b.length) return false;
			for (let index = 0; index < a.length; index++) waiting.push([a[index], b[index]]);
		} else if (isRecord(a) && isRecord(b)) {
			const keys = Object.keys(a);
			if (keys.length !== Object.keys(b).length) return false;
			for (const key of keys) {
				if (!Object.hasOwn(b, key)) return false;
				waiting.push([a[key], b[key]]);
			}
		} else {
			return false;
		}
	}
	return true;
}
