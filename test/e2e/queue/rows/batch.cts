import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertSuccess, itemsOf } from '../../results.cts';
import type { Figures, Scenario } from '../../scenario.cts';
import { behindWebhook, callRow } from '../../webhook.cts';
import { workflow } from '../../workflows.cts';
import type { TestContext } from '../../testContext.cts';
import { CONCURRENCY, startWorkers, takenBy } from '../workers.cts';

const ROWS = 40;
const WORKERS = 2;
const COST = 100;
/** For all rows; a busy machine is slow. Milliseconds. */
const ALL_MS = 300_000;
/** A turn long enough for both workers to be full at the same time. Milliseconds. */
const PACE = { turnMs: 1_500, stageGapMs: 100, renderMs: 300 };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** 40 rows, each an execution of its own; every video arrives, and none is paid twice. */
async function fortyRows(world: TestContext): Promise<Figures> {
	const workers = await startWorkers(world, WORKERS);
	const { emulator, credentialId } = await world.backend(PACE);
	const row = workflow('A row', [
		{
			type: 'nemoVideoCreateVideo',
			name: 'Video',
			parameters: {
				prompt: '={{ $json.body.prompt }}',
				options: { pollIntervalSeconds: 0.2 },
			},
		},
	]);
	const live = await world.goLive(behindWebhook(row), { nemoVideoApi: credentialId });
	const prompts = Array.from({ length: ROWS }, (_, n) => `Create a video of quiet lake ${n + 1}`);
	await Promise.all(prompts.map(async (prompt) => await callRow(world.api, live, { prompt })));
	const executions = await world.api.waitForAll(live, ROWS, ALL_MS);
	assert.equal(executions.length, ROWS);
	for (const { id } of executions) {
		const execution = await world.api.execution(id);
		assertSuccess(execution);
		const [video] = itemsOf(execution, 'Video');
		assert.ok(video?.binary?.data, `execution ${id} has no video`);
		const bytes = await world.api.binary(video.binary.data);
		assert.equal(sha256(bytes), await emulator.renders.sha256(String(video.json.renderId)));
	}
	const { ledger } = emulator;
	for (const prompt of prompts) {
		assert.equal(ledger.prompts.filter(({ text }) => text === prompt).length, 1, prompt);
	}
	const { promptsAccepted, creditsCharged, renders } = ledger.summary();
	assert.deepEqual(
		{ promptsAccepted, creditsCharged, renders },
		{ promptsAccepted: ROWS, creditsCharged: ROWS * COST, renders: ROWS },
	);
	const shares = await Promise.all(workers.map(async (worker) => (await takenBy(worker)).size));
	assert.equal(
		shares.reduce((sum, share) => sum + share, 0),
		ROWS,
		'rows ran outside of the workers',
	);
	assert.ok(
		shares.every((share) => share > 0),
		`a worker had nothing to do: ${shares.join(', ')}`,
	);
	const most = emulator.streams().most;
	assert.ok(most > CONCURRENCY && most <= WORKERS * CONCURRENCY, `${most} turns at once`);
	return { rows: ROWS, charged: creditsCharged, 'by worker': shares.join(' + '), 'at once': most };
}

const inDatabase: Scenario = {
	name: '40 rows over two workers, videos in the database: each made and paid once',
	tags: ['queue', 'batch', 'database'],
	issue: 6,
	run: fortyRows,
};

const inSharedFolder: Scenario = {
	name: '40 rows over two workers, videos in a shared folder: each made and paid once',
	tags: ['queue', 'batch', 'filesystem'],
	issue: 6,
	async run(world) {
		const folder = await mkdtemp(join(tmpdir(), 'nemovideo-shared-'));
		world.atEnd(async () => await rm(folder, { recursive: true, force: true }));
		const own = await world.ownN8n({
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_BINARY_DATA_STORAGE_PATH: folder,
		});
		return await fortyRows(own);
	},
};

export const area = 'Batches over workers';
export const rows: readonly Scenario[] = [inDatabase, inSharedFolder];
