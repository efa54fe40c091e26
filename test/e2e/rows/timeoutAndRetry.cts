import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../../../emulator/server.cts';
import type { Execution } from '../api.cts';
import { allJson, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';
import { byWebhook } from '../webhook.cts';
import { end, rows as table, START, workflow, type Step } from '../workflows.cts';

/** Of the workflow, in seconds; the fast row is finished long before on a busy machine, too. */
const TIMEOUT = 15;
const NEVER_MS = 600_000;
/** n8n 1 runs no node in the Retry of a stopped execution. */
const RETRYING = ['2.41.1'];
const OPTIONS = {
	recoveryWaitSeconds: 0.5,
	recoveryIntervalSeconds: 0.5,
	pollIntervalSeconds: 0.2,
	parallel: 1,
};
const createVideo = (more: Partial<Step> = {}): Step => ({
	type: 'nemoVideoCreateVideo',
	name: 'Videos',
	...more,
	parameters: { prompt: '={{ $json.prompt }}', options: OPTIONS },
});

/** One session and one prompt, whatever was stopped and retried. */
function assertPaidOnce({ ledger }: Emulator): void {
	const { sessions, promptsAccepted } = ledger.summary();
	assert.deepEqual({ sessions, promptsAccepted }, { sessions: 1, promptsAccepted: 1 });
}

/** Runs a workflow until n8n ends it, and presses Retry when `before` is done. */
async function untilTimeout(
	world: TestContext,
	begin: () => Promise<string>,
	before: () => void,
): Promise<Execution> {
	const executionId = await begin();
	const canceled = await world.api.waitForExecution(executionId, { timeoutMs: 120_000 });
	assert.equal(canceled.status, 'canceled');
	before();
	return await world.api.retry(executionId);
}

const inRender: Scenario = {
	name: 'A workflow timeout during the render, then Retry: the film of the same prompt',
	tags: ['timeout', 'retry', 'twice'],
	issue: 17,
	versions: RETRYING,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ renderMs: NEVER_MS });
		const file = workflow(
			'Slow render',
			[...table([{ prompt: 'A film of a lake' }]), createVideo()],
			{
				settings: { executionTimeout: TIMEOUT },
			},
		);
		const begin = async () => (await byWebhook(world, file, credentialId)).executionId;
		const ended = await untilTimeout(world, begin, () => (emulator.options.renderMs = 1));
		const [json] = allJson(ended, 'Videos');
		assert.equal(json?.status, 'completed');
		assertPaidOnce(emulator);
		return { prompts: 1, films: 1 };
	},
};

const errorOutput: Scenario = {
	name: 'After a workflow timeout, Retry hands on finished rows as done and the others as failed',
	tags: ['timeout', 'retry', 'error output'],
	issue: 17,
	versions: RETRYING,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const lines = table([{ prompt: 'A film of a lake' }, { prompt: 'A film of a mountain' }]);
		const steps = [
			...lines,
			createVideo({ onError: 'continueErrorOutput' }),
			end('Made'),
			end('Failed'),
		];
		const wires = [
			{ from: START, to: 'Table' },
			{ from: 'Table', to: 'Rows' },
			{ from: 'Rows', to: 'Videos' },
			{ from: 'Videos', to: 'Made' },
			{ from: 'Videos', to: 'Failed', output: 1 },
		];
		const file = workflow('Slow row', steps, { wires, settings: { executionTimeout: TIMEOUT } });
		const begin = async () => {
			const { executionId } = await byWebhook(world, file, credentialId);
			await emulator.waitFor('render.done', { timeoutMs: 60_000 });
			emulator.options.turnMs = NEVER_MS;
			return executionId;
		};
		const ended = await untilTimeout(world, begin, () => undefined);
		const made = allJson(ended, 'Made');
		const failed = allJson(ended, 'Failed');
		assert.equal(made.length, 1);
		assert.ok(String(made[0]?.url).startsWith('http'), 'the film of the first row is lost');
		assert.equal(failed.length, 1);
		assert.equal(at(failed[0] ?? {}, 'error.kind'), 'cancelled');
		assert.equal(emulator.ledger.summary().promptsAccepted, 2);
		return { made: made.length, failed: failed.length };
	},
};

/** Stands for any node that takes its time, the first time. */
async function slowServer(world: TestContext): Promise<{ url: string; asked: Promise<unknown> }> {
	let requests = 0;
	const server = createServer((_request, response) => {
		if (++requests > 1) response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	world.atEnd(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, asked: once(server, 'request') };
}

const behind: Scenario = {
	name: 'Stop while another node runs behind Generate, then Retry: no prompt is sent again',
	tags: ['stop', 'retry', 'twice'],
	issue: 17,
	versions: RETRYING,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const slow = await slowServer(world);
		const steps: Step[] = [
			...table([{ prompt: 'A film of a lake' }]),
			{ type: 'nemoVideoCreateSession', parameters: { options: { includeInputFields: true } } },
			{
				type: 'nemoVideoGenerate',
				parameters: { prompt: '={{ $json.prompt }}', options: OPTIONS },
			},
			{ type: 'n8n-nodes-base.httpRequest', name: 'Slow', parameters: { url: slow.url } },
		];
		const { executionId } = await byWebhook(world, workflow('Behind', steps), credentialId);
		await slow.asked;
		await world.api.stop(executionId);
		const stopped = await world.api.waitForExecution(executionId);
		assert.equal(stopped.status, 'canceled');
		const retried = await world.api.retry(executionId);
		assert.equal(itemsOf(retried, 'Slow').length, 1);
		assertPaidOnce(emulator);
		return { prompts: 1 };
	},
};

export const area = 'Workflow timeout';

export const rows: readonly Scenario[] = [inRender, errorOutput, behind];
