import { failureTable, wordTable } from './failures.cts';
import { exampleList } from './examples.cts';
import { credentialTable, nodeList, nodeReference } from './nodes.cts';

/** The parts of the README that are made from the sources, by the name in their markers. */
const PARTS: Record<string, () => string> = {
	nodes: nodeList,
	credential: credentialTable,
	reference: nodeReference,
	failures: failureTable,
	words: wordTable,
	examples: exampleList,
};

/**
 * Puts every generated part between its markers, `<!-- begin NAME -->` and `<!-- end NAME -->`.
 *
 * @throws Error where a marker is missing or names no part
 */
export function withParts(readme: string): string {
	const wanted = [...readme.matchAll(/<!-- begin (\w+) -->/g)].map(([, name = '']) => name);
	const strangers = wanted.filter((name) => !Object.hasOwn(PARTS, name));
	const missing = Object.keys(PARTS).filter((name) => !wanted.includes(name));
	if (strangers.length + missing.length > 0) {
		throw new Error(`Markers that fit no part: ${strangers}; parts without markers: ${missing}`);
	}
	return wanted.reduce((text, name) => {
		const begin = `<!-- begin ${name} -->`;
		const end = `<!-- end ${name} -->`;
		const [from, to] = [text.indexOf(begin), text.indexOf(end)];
		if (to < from) throw new Error(`${end} is missing`);
		const part = PARTS[name]?.() ?? '';
		return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
	}, readme);
}
