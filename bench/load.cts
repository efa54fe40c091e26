import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, type Bench, type Comparison } from './bench.cts';

const RUNS = 15;
const MAX_MS = 80;

/** Runs in a process of its own: loads n8n-workflow, then every class that the package names. */
const SCRIPT = `
	require('n8n-workflow');
	const { join, basename } = require('node:path');
	const folder = process.argv[1];
	const from = process.hrtime.bigint();
	const { n8n } = require(join(folder, 'package.json'));
	for (const file of [...n8n.credentials, ...n8n.nodes]) {
		new (require(join(folder, file))[basename(file).split('.')[0]])();
	}
	console.log(Number(process.hrtime.bigint() - from) / 1e6);
`;

async function run(): Promise<Comparison[]> {
	const { ensureN8n } = await import('../tools/n8n/install.mjs');
	const { unpackTarball } = await import('../tools/pack.mjs');
	const { folder: n8nFolder, node } = await ensureN8n('2.41.1');
	const scratch = await mkdtemp(join(tmpdir(), 'nemovideo-load-'));
	try {
		const folder: string = await unpackTarball(scratch);
		const measured: number[] = [];
		for (let count = 0; count < RUNS; count++) {
			const { stdout } = await promisify(execFile)(node, ['-e', SCRIPT, folder], {
				cwd: scratch,
				env: { ...process.env, NODE_PATH: join(n8nFolder, 'node_modules') },
			});
			measured.push(Number(stdout));
		}
		const ms = median(measured);
		return [
			{
				what: 'loading all nodes and the credential',
				ours: `${ms.toFixed(1)} ms`,
				rival: 'a bare Node with n8n-workflow',
				promise: `adds at most ${MAX_MS} ms`,
				result: `${ms.toFixed(1)} ms`,
				passed: ms <= MAX_MS,
			},
		];
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

export const bench: Bench = {
	name: 'load',
	about: `Time to load the packed package's nodes and credential and make one of each, in a fresh Node (n8n's own version) that has n8n-workflow loaded. Median of ${RUNS} processes.`,
	run,
};
