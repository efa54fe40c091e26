import assert from 'node:assert/strict';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { SavedWorkflow } from '../api.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { rows as table, workflow } from '../workflows.cts';
import type { Backend, TestContext } from '../testContext.cts';

/** The least that n8n's Wait keeps in its database instead of in memory, and a bit. Seconds. */
const WAIT_SECONDS = 70;
/** n8n looks for waiting executions once a minute. Milliseconds. */
const RESUMED_MS = 200_000;
/** The render outlives n8n; told to hurry, it is over a fifth of this later. Milliseconds. */
const LONG_RENDER_MS = 150_000;

/** A render under way, begun by a row that knows its session. */
interface Job extends Backend {
	saved: SavedWorkflow;
}

async function prepare(
	world: TestContext,
	name: string,
	steps: Parameters<typeof workflow>[1],
): Promise<Job> {
	const { emulator, credentialId } = await world.backend({ renderMs: LONG_RENDER_MS });
	const sessionId = await prepareSession(emulator);
	const file = workflow(name, [...table([{ sessionId }]), ...steps]);
	return { emulator, credentialId, saved: await world.save(file, credentialId) };
}

const attaching = async (world: TestContext): Promise<Job> =>
	await prepare(world, 'Export', [
		{ type: 'nemoVideoExport', parameters: { options: { pollIntervalSeconds: 1 } } },
	]);

const waiting = async (world: TestContext): Promise<Job> =>
	await prepare(world, 'Submit and wait', [
		{ type: 'nemoVideoExport', name: 'Submit', parameters: { operation: 'submit' } },
		{
			type: 'n8n-nodes-base.wait',
			name: 'Wait',
			typeVersion: 1.1,
			parameters: { amount: WAIT_SECONDS, unit: 'seconds' },
		},
		{ type: 'nemoVideoExport', name: 'Status', parameters: { operation: 'getStatus' } },
	]);

function assertOneRender({ emulator }: Job): string {
	assert.equal(emulator.requests.all({ endpoint: 'cancel' }).length, 0, 'a render was cancelled');
	assert.equal(emulator.requests.all({ endpoint: 'submit' }).length, 1, 'it was submitted again');
	const [render] = emulator.ledger.renders;
	assert.equal(emulator.ledger.renders.length, 1);
	assert.equal(render?.status, 'completed');
	return render.id;
}

async function dieAndGoOn(world: TestContext, signal: 'SIGTERM' | 'SIGKILL'): Promise<string> {
	const { n8n } = world;
	const attached = await attaching(world);
	const resumed = await waiting(world);
	const waitingId = await world.api.run(resumed.saved);
	await resumed.emulator.waitFor('render.created', { timeoutMs: 60_000 });
	await world.api.waitForStatus(waitingId, 'waiting');
	await world.api.run(attached.saved);
	await attached.emulator.waitFor(
		{ type: 'request.closed', endpoint: 'poll' },
		{ nth: 3, timeoutMs: 60_000 },
	);
	const started = Date.now();
	await n8n.kill(signal);
	const diedMs = Date.now() - started;
	for (const { emulator } of [attached, resumed]) {
		assert.match(emulator.ledger.renders[0]?.status ?? '', /^(pending|processing)$/);
		emulator.options.renderMs = 1;
	}
	await n8n.start();
	const again = await world.api.runToEnd(attached.saved);
	assertSuccess(again);
	const renderId = assertOneRender(attached);
	assert.equal(itemsOf(again, 'nemoVideoExport')[0]?.json.renderId, renderId);
	const woken = await world.api.waitForExecution(waitingId, { timeoutMs: RESUMED_MS });
	assertSuccess(woken);
	const [video] = itemsOf(woken, 'Status');
	assert.equal(video?.json.renderId, assertOneRender(resumed));
	assert.equal(video.json.status, 'completed');
	assert.ok(video.binary?.data, 'the video was not downloaded');
	return `${signal}: n8n was gone after ${diedMs} ms; renders 1 and 1, submitted once each, cancels 0`;
}

const dies: Scenario = {
	name: 'n8n dies while a render runs: the next run attaches, and submit, Wait, get status goes on',
	tags: ['dies', 'restart', 'shutdown'],
	issue: 3,
	isLong: true,
	async run(world) {
		const own = [await world.ownN8n(), await world.ownN8n()];
		const [first, second] = own;
		assert.ok(first && second);
		const lines = await Promise.all([dieAndGoOn(first, 'SIGTERM'), dieAndGoOn(second, 'SIGKILL')]);
		for (const line of lines) world.note(line);
		return { renders: 4, cancels: 0 };
	},
};

export const area = 'n8n ends in the middle';

export const rows: readonly Scenario[] = [dies];
