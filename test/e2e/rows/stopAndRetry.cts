import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import { itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { behindWebhook, byWebhook } from '../webhook.cts';
import { readFiles, workflow, type Step } from '../workflows.cts';

const PROMPT = 'Turn these images into a 30-second promo video with background music';
const RECOVERY = { recoveryWaitSeconds: 0.5, recoveryIntervalSeconds: 0.5, recoveryChecks: 10 };
const RENDER = { pollIntervalSeconds: 0.2 };

const chain: Step[] = [
	readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`),
	{ type: 'nemoVideoCreateSession', parameters: { options: { includeInputFields: true } } },
	{ type: 'nemoVideoUpload' },
	{ type: 'nemoVideoGenerate', parameters: { prompt: PROMPT, options: RECOVERY } },
	{ type: 'nemoVideoExport', parameters: { options: RENDER } },
];
const createVideo: Step[] = [
	readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`),
	{
		type: 'nemoVideoCreateVideo',
		parameters: {
			source: 'binary',
			binaryPropertyName: 'data',
			prompt: PROMPT,
			options: { ...RECOVERY, ...RENDER },
		},
	},
];

/** Stopped in its turn and retried twice at once, by the buttons of n8n's list of executions. */
function retriedTwice(what: string, steps: Step[]): Scenario {
	return {
		name: `Stop in the turn of ${what}, then Retry pressed twice: one session, one upload, one prompt`,
		tags: ['stop', 'retry', 'twice'],
		issue: 17,
		// n8n 1 runs no node in the Retry of a stopped execution.
		versions: ['2.41.1'],
		async run(world) {
			const { emulator, credentialId } = await world.backend({ turnMs: 2_000 });
			const { executionId } = await byWebhook(world, workflow('Stopped', steps), credentialId);
			await emulator.waitFor('stream.open');
			await world.api.stop(executionId);
			const stopped = await world.api.waitForExecution(executionId);
			assert.equal(stopped.status, 'canceled');
			const retried = await Promise.all([
				world.api.retry(executionId),
				world.api.retry(executionId),
			]);
			// n8n goes on calling them cancelled, and shows what their nodes gave.
			const last = steps.at(-1)?.type ?? '';
			for (const execution of retried) assert.equal(itemsOf(execution, last).length, 1);
			const { sessions, uploads, promptsAccepted, renders } = emulator.ledger.summary();
			const counts = { sessions, uploads, prompts: promptsAccepted, renders };
			assert.deepEqual(counts, { sessions: 1, uploads: 1, prompts: 1, renders: 1 });
			return counts;
		},
	};
}

/** n8n moves the files that a webhook has received when the execution is over. */
const receivedPhoto: Scenario = {
	name: 'Retry of a failed Create Video with a photo from a webhook pays and uploads nothing again',
	tags: ['retry', 'twice', 'files'],
	issue: 17,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const file = behindWebhook(workflow('Received', createVideo.slice(1)));
		const saved = await world.goLive(file, { nemoVideoApi: credentialId });
		const hook = saved.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
		const fault = emulator.faults.add({
			kind: 'status',
			status: 402,
			endpoint: 'submit',
			times: 0,
		});
		const body = new FormData();
		const photo = await readFile(`${PHOTO_FOLDER}/${PHOTOS[0]}`);
		body.append('data', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'front.jpg');
		const path = `webhook/${String(hook?.parameters.path)}`;
		const answer = await world.api.callWebhook(path, { method: 'POST', body });
		assert.ok(answer.ok, `the webhook answered ${answer.status}`);
		await emulator.waitFor({ type: 'request.closed', endpoint: 'submit' });
		const [executionId = ''] = await world.api.executionIds(saved);
		const failed = await world.api.waitForExecution(executionId);
		assert.equal(failed.status, 'error');
		emulator.faults.remove(fault);
		const retried = await world.api.retry(executionId);
		assert.equal(itemsOf(retried, 'nemoVideoCreateVideo').length, 1);
		const { sessions, uploads, promptsAccepted } = emulator.ledger.summary();
		const counts = { sessions, uploads, prompts: promptsAccepted };
		assert.deepEqual(counts, { sessions: 1, uploads: 1, prompts: 1 });
		return counts;
	},
};

export const area = 'Stop';

export const rows: readonly Scenario[] = [
	retriedTwice('Generate', chain),
	retriedTwice('Create Video', createVideo),
	receivedPhoto,
];
