import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import { allJson, assertSuccess } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { rows as table, workflow, type Step } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const FILM = 'Create a 15-second video of a quiet lake at dawn';
const RECOVERY = { recoveryWaitSeconds: 0.2, recoveryIntervalSeconds: 0.5, recoveryChecks: 5 };

/** Runs Generate with one operation on one item. */
async function generate(
	world: TestContext,
	credentialId: string,
	item: IDataObject,
	parameters: IDataObject,
): Promise<IDataObject> {
	const step: Step = {
		type: 'nemoVideoGenerate',
		parameters: { ...parameters, options: { ...RECOVERY, ...Object(parameters.options) } },
	};
	const execution = await world.run(workflow('Submit', [...table([item]), step]), credentialId);
	assertSuccess(execution);
	const [json = {}] = allJson(execution, 'nemoVideoGenerate');
	return json;
}

/** Asks until the turn is over. */
async function untilOver(
	world: TestContext,
	credentialId: string,
	turn: IDataObject,
): Promise<{ done: IDataObject; looks: number }> {
	for (let looks = 1; ; looks++) {
		const done = await generate(world, credentialId, turn, { operation: 'getStatus' });
		if (done.status !== 'running') return { done, looks };
	}
}

const submitAndCollect: Scenario = {
	name: 'A prompt is submitted in seconds, and another execution gets its result, words included',
	tags: ['submit', 'turn'],
	issue: 14,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ turnMs: 3_000, heartbeatMs: 200 });
		const sessionId = await prepareSession(emulator, { generate: false });
		const submit = { operation: 'submit', prompt: `${FILM} [[talk]]` };
		const turn = await generate(world, credentialId, { sessionId }, submit);
		assert.equal(turn.status, 'running', JSON.stringify(turn));
		assert.equal(emulator.ledger.prompts.at(-1)?.doneAt, undefined, 'it waited for the turn');
		const { done, looks } = await untilOver(world, credentialId, turn);
		assert.equal(done.status, 'completed');
		assert.equal(done.completedBy, 'stream');
		assert.match(String(done.text), /video is ready/);
		assert.notDeepEqual(done.changes, []);
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.equal(promptsAccepted, 1);
		return { looks, 'prompts sent': promptsAccepted, charged: creditsCharged };
	},
};

const afterRestart: Scenario = {
	name: 'A submitted prompt is found again after n8n was restarted, and is not sent another time',
	tags: ['submit', 'restart', 'turn'],
	issue: 14,
	async run(world) {
		const own = await world.ownN8n();
		const { emulator, credentialId } = await own.backend({ turnMs: 1_000 });
		const sessionId = await prepareSession(emulator, { generate: false });
		const submit = { operation: 'submit', prompt: FILM };
		const turn = await generate(own, credentialId, { sessionId }, submit);
		assert.equal(turn.status, 'running');
		await own.n8n.kill('SIGKILL');
		await own.n8n.start();
		const { done, looks } = await untilOver(own, credentialId, turn);
		assert.equal(done.status, 'completed');
		assert.equal(done.completedBy, 'state');
		assert.equal(Object(done.timeline).readyToExport, true);
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.equal(promptsAccepted, 1);
		return { looks, 'prompts sent': promptsAccepted, charged: creditsCharged };
	},
};

export const area = 'Submit now, collect later';

export const rows: readonly Scenario[] = [submitAndCollect, afterRestart];
