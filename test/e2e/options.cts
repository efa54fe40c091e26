import { parseArgs } from 'node:util';
import type { N8nVersion } from './n8n.cts';
import type { Scenario } from './scenario.cts';

export const VERSIONS: readonly N8nVersion[] = ['2.41.1', '1.123.81'];

export const HELP = `npm run e2e [-- words] [-- options]
  words              only rows whose name or tags hold one of them, e.g. stop
  recipes            the whole jobs of examples/jobs instead; more words choose among them
  --version 2.41.1   one n8n instead of both (${VERSIONS.join(', ')})
  --tarball FILE     test this package instead of the one just built
  --list             name the rows
  --record           keep the results of a whole run for the compatibility table (npm run docs)`;

export interface Options {
	words: string[];
	versions: readonly N8nVersion[];
	tarball?: string;
	list: boolean;
	record: boolean;
	help: boolean;
}

/**
 * @param args what follows `npm run e2e --`
 * @throws Error that says what an option takes
 */
export function readOptions(args: string[]): Options {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			version: { type: 'string', multiple: true, default: [...VERSIONS] },
			tarball: { type: 'string' },
			list: { type: 'boolean', default: false },
			record: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const versions = VERSIONS.filter((known) => values.version.includes(known));
	if (versions.length < values.version.length) {
		throw new Error(`--version takes ${VERSIONS.join(' or ')}`);
	}
	const { tarball, list, record, help } = values;
	const words = positionals.map((word) => word.toLowerCase());
	if (record && (words.length > 0 || tarball !== undefined)) {
		throw new Error('--record keeps a run of all rows with the package of these sources alone');
	}
	return { words, versions, tarball, list, record, help };
}

/** Whether one of the words stands in the row's name or is one of its tags. */
export function isWanted(row: Scenario, words: readonly string[]): boolean {
	const name = row.name.toLowerCase();
	return words.length === 0 || words.some((word) => row.tags.includes(word) || name.includes(word));
}
