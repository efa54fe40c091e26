/** Name of the part that is measured, for Stryker's and jest's settings. */
export const CHOICE = 'MUTANTS';

/** What `npm run mutants` changes, and the fast tests that each mutant meets; by name. */
export const PARTS = {
	stream: {
		folder: 'src/api/stream/',
		mutate: ['src/api/stream/**/*.ts'],
		// Without its attacks: every cut and chunking of the recordings is too slow for each mutant.
		tests: ['test/unit/api/stream/{answer,decode,dialects,failure,falseError,turn}*.test.cts'],
	},
	flows: {
		folder: 'src/flows/',
		mutate: ['src/flows/**/*.ts'],
		tests: ['test/unit/flows/**/*.test.cts'],
	},
	n8n: {
		folder: 'src/n8n/',
		mutate: ['src/n8n/memory.ts', 'src/n8n/items.ts', 'src/n8n/transport.ts'],
		// Without n8n's engine, which takes seconds to load for each mutant.
		tests: ['test/unit/n8n/**/*.test.cts'],
	},
};

/**
 * What a run was told to measure: `stream`, `src/flows/readWhole.ts`, or everything.
 *
 * @param {string[]} words names of parts and files
 * @returns {Array<{ name: string, files: string[] }>} parts; all of a part where it has no files
 * @throws {Error} for a word that is neither
 */
export function chosen(words) {
	if (words.length === 0) return Object.keys(PARTS).map((name) => ({ name, files: [] }));
	const parts = new Map();
	for (const word of words) {
		const isFile = word.includes('/');
		const name = isFile ? partOf(word) : word;
		if (name === undefined || !Object.hasOwn(PARTS, name)) {
			throw new Error(`Nothing to measure in ${word}; parts are ${Object.keys(PARTS).join(', ')}`);
		}
		parts.set(name, [...(parts.get(name) ?? []), ...(isFile ? [word] : [])]);
	}
	return [...parts].map(([name, files]) => ({ name, files }));
}

function partOf(file) {
	return Object.keys(PARTS).find((name) => file.startsWith(PARTS[name].folder));
}

/** The part that this process measures. */
export function currentPart() {
	const name = process.env[CHOICE] ?? '';
	if (!Object.hasOwn(PARTS, name)) throw new Error('Run it by `npm run mutants`');
	return { name, ...PARTS[name] };
}
