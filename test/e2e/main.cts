/**
 * `npm run e2e`: the packed package in real n8n, against the emulator. Rows live in `rows`; each
 * file there exports them as `rows`. `npm run e2e -- recipes` runs the whole jobs of examples/jobs
 * instead, and `npm run e2e -- history` what earlier versions have saved; their rows live in `recipes`
 * and `history`.
 */
import { join } from 'node:path';
import { PHOTO_FOLDER } from '../../tools/demo/example.cts';
import { endInWords } from '../../tools/plainWords.cjs';
import { CONTROL_FOLDER } from './control.cts';
import { READABLE_LOG } from './log.cts';
import { startN8n } from './n8n.cts';
import { redirected } from './recipes/standIns/hub.cts';
import { runSuite, type SuitePlan } from './suite.cts';

const ENVIRONMENT = {
	...READABLE_LOG,
	N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER,
	N8N_CUSTOM_EXTENSIONS: CONTROL_FOLDER,
};

const REGULAR: SuitePlan = {
	name: 'Regular mode',
	command: 'npm run e2e',
	folder: join(__dirname, 'rows'),
	atOnce: { together: 4, quiet: 100, alone: 1, last: 1 },
	starting:
		(source, { tarball }) =>
		async (more) =>
			await startN8n({ source, tarball, env: { ...ENVIRONMENT, ...more } }),
};

/** Whole jobs, in an n8n whose nodes reach stand-ins for the services outside. */
const RECIPES: SuitePlan = {
	...REGULAR,
	name: 'Recipes',
	command: 'npm run e2e -- recipes',
	folder: join(__dirname, 'recipes', 'rows'),
	totals: ['films', 'credits'],
	starting:
		(source, { tarball }) =>
		async (more) => {
			const env = { ...ENVIRONMENT, ...(await redirected()), ...more };
			return await startN8n({ source, tarball, env });
		},
};

/** What earlier versions have saved. */
const HISTORY: SuitePlan = {
	...REGULAR,
	name: 'History',
	command: 'npm run e2e -- history',
	folder: join(__dirname, 'history', 'rows'),
};

const SUITES: Readonly<Record<string, SuitePlan>> = { recipes: RECIPES, history: HISTORY };
const args = process.argv.slice(2);
const named = args.find((word) => word in SUITES);

void endInWords(() =>
	runSuite(
		(named !== undefined && SUITES[named]) || REGULAR,
		args.filter((word) => word !== named),
	),
)
	// A row that failed half-way may have left a server open.
	.finally(() => process.exit());
