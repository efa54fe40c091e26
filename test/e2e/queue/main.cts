/**
 * `npm run e2e:queue`: the packed package in n8n's queue mode, with a Redis and a PostgreSQL that
 * this starts and ends itself. Rows live in `rows`, as those of `npm run e2e` do.
 */
import { join } from 'node:path';
import { endInWords } from '../../../tools/plainWords.cjs';
import { READABLE_LOG } from '../log.cts';
import { startN8n } from '../n8n.cts';
import { runSuite } from '../suite.cts';
import { Cluster } from './cluster.cts';

async function main(args: string[]): Promise<void> {
	const cluster = await Cluster.start();
	try {
		await runSuite(
			{
				name: 'Queue mode',
				command: 'npm run e2e:queue',
				folder: join(__dirname, 'rows'),
				// One row after another: each has the two cores for its workers.
				atOnce: { together: 1, quiet: 1, alone: 1, last: 1 },
				starting:
					(source, { tarball }) =>
					async (more) =>
						await startN8n({
							source,
							tarball,
							env: {
								...READABLE_LOG,
								...(await cluster.environment()),
								OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
								...more,
							},
						}),
			},
			args,
		);
	} finally {
		await cluster.close();
	}
}

void endInWords(() => main(process.argv.slice(2)))
	// A row that failed half-way may have left a server open.
	.finally(() => process.exit());
