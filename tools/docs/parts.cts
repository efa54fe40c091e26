import { compatibilityRows, compatibilityTables, readResults } from './compatibility.cts';
import { exampleGallery, exampleList, jobGallery, jobList } from './examples.cts';
import { failureTable, wordTable } from './failures.cts';
import { credentialTable, nodeList, nodeReference } from './nodes.cts';

type Parts = Readonly<Record<string, () => string>>;

/** What is made from the sources, by document and the name in its markers. */
export const DOCUMENTS: Readonly<Record<string, Parts>> = {
	'README.md': { nodes: nodeList, jobs: jobGallery, gallery: exampleGallery },
	'docs/credential.md': { credential: credentialTable },
	'docs/failures.md': { failures: failureTable, words: wordTable },
	'docs/recipes.md': { jobs: jobList, examples: exampleList },
	'docs/nodes.md': { reference: nodeReference },
	'docs/compatibility.md': {
		compatibility: () => compatibilityTables(readResults()),
		rows: () => compatibilityRows(readResults()),
	},
};

/**
 * Puts every generated part between its markers, `<!-- begin NAME -->` and `<!-- end NAME -->`.
 *
 * @throws Error where a marker is missing or names no part
 */
export function withParts(document: string, parts: Parts): string {
	const wanted = [...document.matchAll(/<!-- begin (\w+) -->/g)].map(([, name = '']) => name);
	const strangers = wanted.filter((name) => !Object.hasOwn(parts, name));
	const missing = Object.keys(parts).filter((name) => !wanted.includes(name));
	if (strangers.length + missing.length > 0) {
		throw new Error(`Markers that fit no part: ${strangers}; parts without markers: ${missing}`);
	}
	return wanted.reduce((text, name) => {
		const begin = `<!-- begin ${name} -->`;
		const end = `<!-- end ${name} -->`;
		const [from, to] = [text.indexOf(begin), text.indexOf(end)];
		if (to < from) throw new Error(`${end} is missing`);
		const part = parts[name]?.() ?? '';
		return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
	}, document);
}
