/**
 * `npm run e2e:queue`: the packed package in n8n's queue mode, with a Redis and a PostgreSQL that
 * this starts and ends itself. Rows live in `rows`, as those of `npm run e2e` do.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { READABLE_LOG } from '../log.cts';
import { startN8n, type N8nVersion } from '../n8n.cts';
import { isWanted, readOptions, type Options } from '../options.cts';
import type { Row } from '../row.cts';
import { runRow } from '../runRow.cts';
import { summary, type Outcome } from '../table.cts';
import type { StartOwn } from '../world.cts';
import { Cluster } from './cluster.cts';

function allRows(): Row[] {
	const folder = join(__dirname, 'rows');
	const files = readdirSync(folder).filter((name) => name.endsWith('.cts'));
	return files.sort().flatMap((file): readonly Row[] => require(join(folder, file)).rows);
}

/** One row after another: each has the two cores for its workers. */
async function runVersion(
	version: N8nVersion,
	rows: readonly Row[],
	{ tarball }: Options,
	cluster: Cluster,
): Promise<Outcome[]> {
	console.log(`\nStarting n8n ${version} in queue mode …`);
	const startOwn: StartOwn = async (more) =>
		await startN8n({
			version,
			tarball,
			env: {
				...READABLE_LOG,
				...(await cluster.environment()),
				OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
				...more,
			},
		});
	const n8n = await startOwn({});
	try {
		const outcomes: Outcome[] = [];
		for (const row of rows) outcomes.push(await runRow(row, n8n, startOwn));
		return outcomes;
	} finally {
		await n8n.close();
	}
}

async function main(args: string[]): Promise<void> {
	// Every emulator cleans up at the end of the process.
	process.setMaxListeners(0);
	const options = readOptions(args);
	const rows = allRows().filter((row) => isWanted(row, options.words));
	if (options.help || options.list) {
		console.log('npm run e2e:queue [-- words] [-- --version 2.41.1]');
		for (const { tags, name } of rows) console.log(`  ${name} [${tags.join(' ')}]`);
		return;
	}
	if (rows.length === 0) throw new Error(`No row is named after ${options.words.join(' or ')}`);
	const cluster = await Cluster.start();
	try {
		const tables: string[] = [];
		let failed = 0;
		for (const version of options.versions) {
			const ofVersion = rows.filter(({ versions }) => versions?.includes(version) ?? true);
			const outcomes = await runVersion(version, ofVersion, options, cluster);
			tables.push(summary(`${version}, queue mode`, outcomes));
			failed += outcomes.filter(({ failure }) => failure !== undefined).length;
		}
		console.log(`\n${tables.join('\n\n')}`);
		process.exitCode = failed > 0 ? 1 : 0;
	} finally {
		await cluster.close();
	}
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
