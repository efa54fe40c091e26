import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { measureGrowth } from '../../processUse.cts';
import { assertSuccess, itemsOf } from '../../results.cts';
import type { Scenario } from '../../scenario.cts';
import { behindWebhook, callRow } from '../../webhook.cts';
import { workflow } from '../../workflows.cts';
import { startWorkers } from '../workers.cts';

const MIB = 1024 * 1024;
const VIDEO_BYTES = 200 * 1_000_000;
const RUN_MS = 240_000;

const inDatabase: Scenario = {
	name: 'A 200 MB video goes through the database: a worker stores it, main reads it, a worker sends it on',
	tags: ['queue', 'large', 'database'],
	issue: 6,
	async run(world) {
		const [worker] = await startWorkers(world, 1);
		assert.ok(worker?.pid !== undefined);
		const { emulator, credentialId } = await world.backend({ cannedBytes: VIDEO_BYTES });
		const file = workflow('200 MB', [
			{ type: 'nemoVideoCreateSession', parameters: { language: 'en' } },
			{
				type: 'nemoVideoGenerate',
				parameters: { prompt: 'Create a video of a quiet lake' },
			},
			{
				type: 'nemoVideoExport',
				parameters: { options: { pollIntervalSeconds: 0.1 } },
			},
			{ type: 'nemoVideoUpload' },
		]);
		const live = await world.goLive(behindWebhook(file), { nemoVideoApi: credentialId });
		const { result: executionId, growth } = await measureGrowth(worker.pid, async () => {
			await callRow(world.api, live);
			const [execution] = await world.api.waitForAll(live, 1, RUN_MS);
			return execution?.id ?? '';
		});
		const execution = await world.api.execution(executionId);
		assertSuccess(execution);
		const [video] = itemsOf(execution, 'nemoVideoExport');
		assert.ok(video?.binary?.data);
		assert.match(String(video.binary.data.id), /^database/);
		const sha256 = await emulator.renders.sha256(String(video.json.renderId));
		const bytes = await world.api.binary(video.binary.data);
		assert.equal(bytes.length, VIDEO_BYTES);
		assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
		const [upload] = emulator.ledger.uploads;
		assert.equal(upload?.sha256, sha256);
		return { bytes: VIDEO_BYTES, "worker's memory grew by": `${Math.round(growth / MIB)} MiB` };
	},
};

export const area = 'Large files';
export const rows: readonly Scenario[] = [inDatabase];
