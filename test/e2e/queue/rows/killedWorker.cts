import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { COLUMNS, fire, saveExample, setUp } from '../../batchExamples.cts';
import { DataTable } from '../../dataTables.cts';
import { liveExample } from '../../examples.cts';
import type { N8nProcess } from '../../n8nProcess.cts';
import type { Scenario } from '../../scenario.cts';
import { startWorkers, takenBy } from '../workers.cts';

const ROWS = 40;
const COST = 100;
/** Long enough for a killed worker to have prompts under way. Milliseconds. */
const PACE = { turnMs: 2_000, stageGapMs: 100, renderMs: 300 };
/** The kill comes when so many prompts have been taken on, and others wait in the queue. */
const KILL_AT = 12;
/** Stands for the 15 minutes: far longer than any turn here, on a busy machine too. Milliseconds. */
const SETTLE_MS = 45_000;
const ALL_MS = 420_000;
const PAUSE_MS = 2_000;

const FINISHED = /Worker finished execution (\d+)/g;

/** @returns how many executions a worker has taken on and not brought to their end */
async function cutOff(worker: N8nProcess): Promise<number> {
	const log = await readFile(worker.logFile, 'utf8');
	const finished = new Set([...log.matchAll(FINISHED)].map((match) => match[1]));
	return [...(await takenBy(worker))].filter((id) => !finished.has(id)).length;
}

const killed: Scenario = {
	name: 'A worker is killed among 40 rows: the sheet pattern finds its rows again, and none is paid twice',
	tags: ['queue', 'batch', 'twice', 'kill', 'example'],
	issue: 6,
	async run(world) {
		const workers = await startWorkers(world, 2);
		const { emulator, credentialId } = await world.backend(PACE);
		const table = await DataTable.create(
			world.api,
			`Rows ${emulator.port}`,
			COLUMNS['submit-and-collect'],
		);
		const prompts = Array.from({ length: ROWS }, (_, n) => `Create a video of quiet lake ${n + 1}`);
		await table.insert(prompts.map((prompt) => ({ prompt, status: 'new' })));
		const rows = await liveExample(
			world,
			'rows-over-workers',
			{ nemoVideoApi: credentialId },
			(file) => setUp(file, { table }),
		);
		const collect = await saveExample(world, 'submit-and-collect', credentialId, {
			table,
			settleMs: SETTLE_MS,
		});
		await fire(world, rows);
		await emulator.waitFor('turn.accepted', { nth: KILL_AT, timeoutMs: ALL_MS });
		const [victim] = workers;
		assert.ok(victim);
		await victim.end('SIGKILL');
		const cut = await cutOff(victim);
		assert.ok(cut > 0, 'the worker had nothing under way when it was killed');
		await startWorkers(world, 1);
		const deadline = Date.now() + ALL_MS;
		let runs = 0;
		for (;;) {
			const statuses = (await table.rows()).map(({ status }) => String(status));
			assert.ok(!statuses.includes('failed'), JSON.stringify(await table.rows()));
			if (statuses.every((status) => status === 'done')) break;
			assert.ok(Date.now() < deadline, `not done in time: ${statuses.join(' ')}`);
			assert.equal((await fire(world, collect)).status, 'success');
			runs += 1;
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
		}
		// n8n 1 starts the executions of a dead worker again; also they are to be over.
		const executions = await world.api.waitForAll(rows, ROWS + 1, ALL_MS);
		const { ledger } = emulator;
		for (const prompt of prompts) {
			const sent = ledger.prompts.filter(({ text, accepted }) => accepted && text === prompt);
			assert.equal(sent.length, 1, prompt);
		}
		const { promptsAccepted, creditsCharged, renders } = ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, creditsCharged, renders },
			{ promptsAccepted: ROWS, creditsCharged: ROWS * COST, renders: ROWS },
		);
		return {
			rows: ROWS,
			'cut off': cut,
			'not successful': executions.filter(({ status }) => status !== 'success').length,
			'runs of the collector': runs,
			'paid twice': 0,
		};
	},
};

export const area = 'A worker dies';
export const rows: readonly Scenario[] = [killed];
