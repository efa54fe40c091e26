/**
 * `npm run e2e`: the packed package in real n8n, against the emulator. Rows live in `rows`; each
 * file there exports them as `rows`.
 */
import { join } from 'node:path';
import { PHOTO_FOLDER } from '../../tools/demo/example.cts';
import { CONTROL_FOLDER } from './control.cts';
import { READABLE_LOG } from './log.cts';
import { startN8n } from './n8n.cts';
import { runSuite } from './suite.cts';

const ENVIRONMENT = {
	...READABLE_LOG,
	N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER,
	N8N_CUSTOM_EXTENSIONS: CONTROL_FOLDER,
};

void runSuite(
	{
		name: 'Regular mode',
		command: 'npm run e2e',
		folder: join(__dirname, 'rows'),
		atOnce: { together: 4, quiet: 100, alone: 1, last: 1 },
		starting:
			(source, { tarball }) =>
			async (more) =>
				await startN8n({ source, tarball, env: { ...ENVIRONMENT, ...more } }),
	},
	process.argv.slice(2),
)
	// A row that failed half-way may have left a server open.
	.finally(() => process.exit());
