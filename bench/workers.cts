import { EMULATOR_TOKEN, startEmulator } from '../emulator/server.cts';
import type { N8nApi, SavedWorkflow } from '../test/e2e/api.cts';
import { startN8n } from '../test/e2e/n8n.cts';
import { Cluster } from '../test/e2e/queue/cluster.cts';
import { CONCURRENCY } from '../test/e2e/queue/workers.cts';
import { behindWebhook, callRow } from '../test/e2e/webhook.cts';
import { cpuMs, measureGrowth, residentBytes } from '../test/e2e/processUse.cts';
import { workflow } from '../test/e2e/workflows.cts';
import { inMib, inSeconds, times, type Bench, type Comparison } from './bench.cts';
import { PACE } from './testBed.cts';

const ROWS = 40;
const LEAST = 1.7;
const ALL_MS = 600_000;

/** @returns milliseconds from the first call of the webhook to the end of the last row */
async function rowsThrough(api: N8nApi, live: SavedWorkflow, rowsBefore: number): Promise<number> {
	const started = Date.now();
	const prompts = Array.from({ length: ROWS }, (_, n) => `Create a video of quiet lake ${n + 1}`);
	await Promise.all(prompts.map(async (prompt) => await callRow(api, live, { prompt })));
	const all = await api.waitForAll(live, rowsBefore + ROWS, ALL_MS);
	const failed = all.filter(({ status }) => status !== 'success').length;
	if (failed > 0) throw new Error(`${failed} rows failed`);
	return Date.now() - started;
}

async function run(): Promise<Comparison[]> {
	const cluster = await Cluster.start();
	const emulator = await startEmulator(PACE);
	const n8n = await startN8n({
		version: '2.41.1',
		logLevel: 'warn',
		env: await cluster.environment(),
	});
	try {
		const { api } = n8n;
		const credentialId = await api.createCredential('NemoVideo', {
			connectWith: 'accessToken',
			token: EMULATOR_TOKEN,
			baseUrl: emulator.url,
		});
		const row = workflow('A row', [
			{
				type: 'nemoVideoCreateVideo',
				parameters: { prompt: '={{ $json.body.prompt }}', options: { pollIntervalSeconds: 1 } },
			},
		]);
		const live = await api.createWorkflow(behindWebhook(row), { nemoVideoApi: credentialId });
		await api.activate(live);
		const { pid } = await n8n.startWorker({ concurrency: CONCURRENCY });
		if (pid === undefined || n8n.pid === undefined) throw new Error('n8n does not run');
		const idle = await residentBytes(pid);
		const before = { worker: await cpuMs(pid), main: await cpuMs(n8n.pid) };
		const { result: one, growth } = await measureGrowth(
			pid,
			async () => await rowsThrough(api, live, 0),
		);
		const workerMs = ((await cpuMs(pid)) - before.worker) / ROWS;
		const mainMs = ((await cpuMs(n8n.pid)) - before.main) / ROWS;
		console.log(`  one worker: ${inSeconds(one)}`);
		await n8n.startWorker({ concurrency: CONCURRENCY });
		const two = await rowsThrough(api, live, ROWS);
		console.log(`  two workers: ${inSeconds(two)}`);
		return [
			{
				what: `${ROWS} rows, an execution each, by two workers`,
				ours: inSeconds(two),
				rival: `one worker ${inSeconds(one)}`,
				promise: `at least ${LEAST} x as fast`,
				result: times(one / two),
				passed: one >= LEAST * two,
			},
			{
				what: 'processor time of the worker for a video',
				ours: `${workerMs.toFixed(0)} ms`,
				rival: `main ${mainMs.toFixed(0)} ms`,
				promise: 'none',
				result: `${workerMs.toFixed(0)} ms`,
				passed: true,
			},
			{
				what: `memory of a worker with ${CONCURRENCY} videos under way`,
				ours: inMib(idle + growth),
				rival: `at rest ${inMib(idle)}`,
				promise: 'none',
				result: `+${inMib(growth)}`,
				passed: true,
			},
		];
	} finally {
		await n8n.close();
		await emulator.close();
		await cluster.close();
	}
}

export const bench: Bench = {
	name: 'workers',
	about: `${ROWS} calls of a production webhook at once, a Create Video each, in n8n 2.41.1 in queue mode (Redis, PostgreSQL, videos in the database; \`--concurrency=${CONCURRENCY}\`): a turn takes 3 s, a render 2 s, looked at every second. The time goes from the first call to the end of the last execution. All of it, the workers included, shares the machine's cores.`,
	run,
};
