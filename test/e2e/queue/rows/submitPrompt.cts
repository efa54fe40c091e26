import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../../engine/support/sessions.cts';
import { allJson, assertSuccess } from '../../results.cts';
import type { Scenario } from '../../scenario.cts';
import { behindWebhook, callRow } from '../../webhook.cts';
import { workflow } from '../../workflows.cts';
import type { TestContext } from '../../testContext.cts';
import { startWorkers, takenBy } from '../workers.cts';

const FILM = 'Create a 15-second video of a quiet lake at dawn';
const RECOVERY = { recoveryWaitSeconds: 0.2, recoveryIntervalSeconds: 1, recoveryChecks: 5 };
const ALL_MS = 120_000;

/** Runs Generate behind a webhook, so on whichever worker is there. */
async function generate(
	world: TestContext,
	credentialId: string,
	parameters: IDataObject,
): Promise<{ json: IDataObject; execution: string }> {
	const step = { type: 'nemoVideoGenerate', parameters: { ...parameters, options: RECOVERY } };
	const live = await world.goLive(behindWebhook(workflow('Generate', [step])), {
		nemoVideoApi: credentialId,
	});
	await callRow(world.api, live);
	const [one] = await world.api.waitForAll(live, 1, ALL_MS);
	assert.ok(one);
	const execution = await world.api.execution(one.id);
	assertSuccess(execution);
	const [json = {}] = allJson(execution, 'nemoVideoGenerate');
	return { json, execution: one.id };
}

const acrossWorkers: Scenario = {
	name: 'A prompt that one worker has submitted is found by another worker, and is not sent another time',
	tags: ['queue', 'submit'],
	issue: 14,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ turnMs: 2_000 });
		const sessionId = await prepareSession(emulator, { generate: false });
		const [first] = await startWorkers(world, 1);
		assert.ok(first);
		const submit = { operation: 'submit', sessionId, prompt: FILM };
		const submitted = await generate(world, credentialId, submit);
		assert.equal(submitted.json.status, 'running', JSON.stringify(submitted.json));
		assert.ok((await takenBy(first)).has(submitted.execution));
		await first.end('SIGTERM');
		const [second] = await startWorkers(world, 1);
		assert.ok(second);
		const look = { operation: 'getStatus', sessionId, turnId: String(submitted.json.turnId) };
		let status = await generate(world, credentialId, look);
		let looks = 1;
		for (; status.json.status === 'running'; looks++) {
			status = await generate(world, credentialId, look);
		}
		assert.ok((await takenBy(second)).has(status.execution));
		assert.equal(status.json.status, 'completed');
		assert.equal(status.json.completedBy, 'state');
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.equal(promptsAccepted, 1);
		return { looks, 'prompts sent': promptsAccepted, charged: creditsCharged };
	},
};

export const area = 'Submit now, collect later';

export const rows: readonly Scenario[] = [acrossWorkers];
