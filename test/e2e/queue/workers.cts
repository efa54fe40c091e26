import { readFile } from 'node:fs/promises';
import type { N8nProcess } from '../n8nProcess.cts';
import type { TestContext } from '../testContext.cts';

/** As the issue of many machines has it: `--concurrency=5`. */
export const CONCURRENCY = 5;

const STARTED = /Worker started execution (\d+)/g;

/** @returns the executions that a worker has taken on, by its own log */
export async function takenBy(worker: N8nProcess): Promise<Set<string>> {
	const log = await readFile(worker.logFile, 'utf8');
	return new Set([...log.matchAll(STARTED)].map((match) => match[1] ?? ''));
}

/** Starts workers for a row, one after another: on two cores they would only hinder each other. */
export async function startWorkers(world: TestContext, count: number): Promise<N8nProcess[]> {
	const workers: N8nProcess[] = [];
	while (workers.length < count) {
		workers.push(await world.n8n.startWorker({ concurrency: CONCURRENCY }));
	}
	world.atEnd(async () => {
		await Promise.all(workers.map(async (worker) => await worker.end('SIGTERM')));
	});
	return workers;
}
