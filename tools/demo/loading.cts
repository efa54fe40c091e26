import { Worker } from 'node:worker_threads';

const EVERY_MS = 10_000;

const SCRIPT = `
	const { writeSync } = require('node:fs');
	const { what, everyMs } = require('node:worker_threads').workerData;
	const start = Date.now();
	const seconds = () => Math.round((Date.now() - start) / 1000);
	setInterval(() => writeSync(1, what + ': ' + seconds() + ' s so far\\n'), everyMs);
`;

/**
 * Says every few seconds that modules are being loaded. In a thread of its own, because loading lets
 * no timer of this one run.
 */
export async function withLoadingReport<T>(what: string, load: () => T): Promise<T> {
	console.log(`${what} …`);
	const workerData = { what, everyMs: EVERY_MS };
	const worker = new Worker(SCRIPT, { eval: true, execArgv: [], workerData });
	try {
		return load();
	} finally {
		await worker.terminate();
	}
}
