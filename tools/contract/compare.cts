import type { Contract } from './contract.cts';

export interface Comparison {
	/** What saved workflows rely on and is no longer so, one line each. */
	broken: string[];
	/** What is new and not written down yet, one line each. */
	unwritten: string[];
}

/** Contracts are compared place by place; a hash only says that a schema's file is another. */
const LOOSE = /\.sha256$/;

/**
 * Compares what was promised with what is.
 *
 * @param promised the contract in the repository
 * @param actual the contract of the sources
 */
export function compare(promised: Contract, actual: Contract): Comparison {
	const before = placesOf(promised, '');
	const after = placesOf(actual, '');
	const broken: string[] = [];
	const unwritten: string[] = [];
	for (const [place, value] of before) {
		if (!after.has(place)) broken.push(`${place} has disappeared (it was ${show(value)})`);
		else if (show(after.get(place)) !== show(value)) {
			const line = `${place} is ${show(after.get(place))}, it was ${show(value)}`;
			(LOOSE.test(place) ? unwritten : broken).push(line);
		}
	}
	for (const [place, value] of after) {
		if (!before.has(place)) unwritten.push(`${place} is new: ${show(value)}`);
	}
	return { broken, unwritten };
}

/** Every leaf by its path. A list of choices may grow, so each choice is a place of its own. */
function placesOf(value: unknown, path: string): Map<string, unknown> {
	if (Array.isArray(value)) return new Map(value.map((entry) => [`${path}[${entry}]`, entry]));
	const isObject = typeof value === 'object' && value !== null;
	// A default is one value, whatever is in it.
	if (!isObject || path.endsWith('.default')) return new Map([[path, value]]);
	return new Map(
		Object.entries(value).flatMap(([key, inner]) => [
			...placesOf(inner, path === '' ? key : `${path}.${key}`),
		]),
	);
}

function show(value: unknown): string {
	return JSON.stringify(value) ?? 'nothing';
}
