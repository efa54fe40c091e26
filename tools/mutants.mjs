/** Names of the chosen parts, for Stryker's and jest's settings. */
export const CHOICE = 'MUTANTS';

/**
 * What `npm run mutants` changes, and the fast tests that each mutant meets; by the name of the part:
 * `npm run mutants -- stream`, or `npm run mutants -- flows src/flows/readWhole.ts` for one file.
 */
export const PARTS = {
	stream: {
		mutate: ['src/api/stream/**/*.ts'],
		// Without its attacks: every cut and chunking of the recordings is too slow for each mutant.
		tests: ['test/unit/api/stream/{decode,dialects,turn,answer,failure}*.test.cts'],
	},
	flows: { mutate: ['src/flows/**/*.ts'], tests: ['test/unit/flows/**/*.test.cts'] },
	n8n: {
		mutate: ['src/n8n/memory.ts', 'src/n8n/items.ts', 'src/n8n/transport.ts'],
		tests: [
			'test/unit/n8n/**/*.test.cts',
			'test/engine/{memory,credential,stop,failures,harness}.test.cts',
		],
	},
};

/**
 * @param {string[]} names parts; all where there are none
 * @throws {Error} for a name that is no part
 */
export function partsNamed(names) {
	const known = Object.keys(PARTS);
	const stranger = names.find((name) => !known.includes(name));
	if (stranger !== undefined) {
		throw new Error(`No part ${stranger}; there are ${known.join(', ')}`);
	}
	return (names.length === 0 ? known : names).map((name) => PARTS[name]);
}

/** The parts that this run was told to take. */
export function chosenParts() {
	return partsNamed((process.env[CHOICE] ?? '').split(' ').filter((name) => name !== ''));
}
