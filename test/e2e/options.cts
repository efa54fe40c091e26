import { parseArgs } from 'node:util';
import type { Scenario } from './scenario.cts';
import type { N8nSource } from './source.cts';

export const VERSIONS: readonly string[] = ['2.41.1', '1.123.81'];

export const HELP = `npm run e2e [-- words] [-- options]
  words              only rows whose name or tags hold one of them, e.g. stop
  recipes            the whole jobs of examples/jobs instead; more words choose among them
  history            what earlier versions have saved instead
  --version 2.41.1   one n8n of npm instead of both (${VERSIONS.join(', ')})
  --n8n-image IMAGE  an n8n of a container image instead; needs Docker
  --n8n-url URL      an n8n that runs already and has the package, on this machine; rows that start
                     or end an n8n are not run in it. Its login, where it has one: N8N_TEST_LOGIN=mail:password
  --tarball FILE     test this package instead of the one just built
  --list             name the rows
  --record           keep the results of a whole run for the compatibility table (npm run docs)`;

export interface Options {
	words: string[];
	sources: readonly N8nSource[];
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
			'n8n-image': { type: 'string' },
			'n8n-url': { type: 'string' },
			tarball: { type: 'string' },
			list: { type: 'boolean', default: false },
			record: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const sources = sourcesOf(values.version, values['n8n-image'], values['n8n-url']);
	const { tarball, list, record, help } = values;
	const words = positionals.map((word) => word.toLowerCase());
	const isPlain = words.length === 0 && tarball === undefined;
	if (record && !(isPlain && sources.every((source) => 'npm' in source))) {
		throw new Error(
			'--record keeps a run of all rows, in an n8n of npm, with the package of these sources alone',
		);
	}
	return { words, sources, tarball, list, record, help };
}

function sourcesOf(
	versions: readonly string[],
	image: string | undefined,
	url: string | undefined,
): N8nSource[] {
	if (image !== undefined) return [{ image }];
	if (url !== undefined) {
		if (!URL.canParse(url))
			throw new Error('--n8n-url takes an address, such as http://127.0.0.1:5678');
		return [{ url }];
	}
	const wrong = versions.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
	if (wrong !== undefined)
		throw new Error(`--version takes a version on npm, such as ${VERSIONS[0]}`);
	return versions.map((npm) => ({ npm }));
}

/** Whether one of the words stands in the row's name or is one of its tags. */
export function isWanted(row: Scenario, words: readonly string[]): boolean {
	const name = row.name.toLowerCase();
	return words.length === 0 || words.some((word) => row.tags.includes(word) || name.includes(word));
}
