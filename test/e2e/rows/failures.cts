import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { Execution } from '../api.cts';
import { assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { end, nameOf, rows as table, workflow, type Step, type Wire } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const UNKNOWN_SESSION = '1234567890123456789';
/** Reads the row's own field through n8n's paired items. */
const lookBack = (name: string): Step => ({
	type: 'n8n-nodes-base.set',
	name,
	typeVersion: 3.4,
	parameters: {
		mode: 'manual',
		includeOtherFields: true,
		assignments: {
			assignments: [
				{ id: 'row', name: 'cameFrom', type: 'string', value: "={{ $('Rows').item.json.row }}" },
			],
		},
		options: {},
	},
});

interface Setup {
	execution: Execution;
	good: string;
	bad: string;
}

/** Three rows, of which the first fails at the render, the second works, the third has no session. */
async function runRows(world: TestContext, onError: Step['onError'], more: Step): Promise<Setup> {
	const { emulator, credentialId } = await world.backend({
		renderOutcomes: ['failed', 'failed'],
	});
	const bad = await prepareSession(emulator);
	const good = await prepareSession(emulator);
	const steps: Step[] = [
		...table([
			{ row: 'renderFails', sessionId: bad },
			{ row: 'works', sessionId: good },
			{ row: 'noSession', sessionId: UNKNOWN_SESSION },
		]),
		{
			type: 'nemoVideoExport',
			name: 'Export',
			onError,
			parameters: { options: { pollIntervalSeconds: 0.1, parallel: 1 } },
		},
		lookBack('Good'),
		lookBack('Bad'),
		more,
		end('Passed through'),
	];
	const wires: Wire[] = [
		{ from: 'Start', to: 'Table' },
		{ from: 'Table', to: 'Rows' },
		{ from: 'Rows', to: 'Export' },
		{ from: 'Export', to: 'Good', output: 0 },
		{ from: 'Export', to: 'Bad', output: 1 },
		{ from: onError === 'continueErrorOutput' ? 'Bad' : 'Export', to: nameOf(more) },
		{ from: nameOf(more), to: 'Passed through', output: 0 },
	];
	const file = workflow(`Failures ${onError}`, steps, { wires });
	const execution = await world.run(file, credentialId);
	assertSuccess(execution);
	return { execution, good, bad };
}

function assertHandles(items: IDataObject[], bad: string): void {
	const render = items.find(({ cameFrom }) => cameFrom === 'renderFails');
	assert.equal(at(render, 'error.kind'), 'render');
	assert.equal(at(render, 'error.sessionId'), bad);
	assert.match(String(at(render, 'error.renderId')), /^render_[0-9a-f-]{36}$/);
	assert.match(String(at(render, 'error.message')), /did not succeed/);
	assert.match(String(at(render, 'error.description')), /Check the timeline/);
	assert.equal(at(render, 'error.retryable'), false);
	const lost = items.find(({ cameFrom }) => cameFrom === 'noSession');
	assert.equal(at(lost, 'error.kind'), 'session');
	assert.equal(at(lost, 'error.code'), 1002);
	assert.equal(at(lost, 'error.sessionId'), UNKNOWN_SESSION);
	assert.match(String(at(lost, 'error.description')), /Create Session/);
}

const json = (execution: Execution, node: string, output = 0): IDataObject[] =>
	itemsOf(execution, node, { output }).map((item) => item.json);

const errorOutput: Scenario = {
	name: 'Continue (using error output): failures go to the error branch with their handles',
	tags: ['failures', 'handles'],
	issue: 3,
	async run(world) {
		const { execution, good, bad } = await runRows(world, 'continueErrorOutput', {
			type: 'nemoVideoState',
			onError: 'continueErrorOutput',
		});
		const works = json(execution, 'Good');
		assert.deepEqual(
			works.map(({ cameFrom }) => cameFrom),
			['works'],
		);
		assert.equal(works[0]?.sessionId, good);
		const failed = json(execution, 'Bad');
		assert.equal(failed.length, 2);
		assertHandles(failed, bad);
		// n8n puts the row back around its failure, so the next node works on it.
		const [read, ...others] = json(execution, 'Passed through');
		assert.equal(read?.sessionId, bad);
		assert.ok(at(read, 'timeline'));
		assert.equal(others.length, 0);
		const [lost, ...more] = json(execution, 'nemoVideoState', 1);
		assert.equal(at(lost, 'error.kind'), 'session');
		assert.equal(at(lost, 'error.sessionId'), UNKNOWN_SESSION);
		assert.equal(more.length, 0);
		return { 'main branch': works.length, 'error branch': failed.length };
	},
};

const regularOutput: Scenario = {
	name: 'Continue: failures stay in the row’s place with their handles',
	tags: ['failures', 'handles'],
	issue: 3,
	async run(world) {
		const { execution, bad } = await runRows(world, 'continueRegularOutput', {
			type: 'nemoVideoState',
			onError: 'continueRegularOutput',
		});
		const all = json(execution, 'Good');
		assert.deepEqual(
			all.map(({ cameFrom }) => cameFrom),
			['renderFails', 'works', 'noSession'],
		);
		assertHandles(all, bad);
		// Failures that are nothing else pass through the next node as they are.
		const onwards = json(execution, 'Passed through');
		assert.equal(onwards.length, 3);
		assert.deepEqual(onwards[0]?.error, all[0]?.error);
		assert.deepEqual(onwards[2]?.error, all[2]?.error);
		assert.ok(at(onwards[1], 'timeline'));
		return { items: all.length, failures: all.filter(({ error }) => error).length };
	},
};

const stopMode: Scenario = {
	name: 'Where the workflow ends, the failure names the session and the render, and finished items are remembered',
	tags: ['failures', 'handles'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator);
		emulator.options.renderOutcomes = ['failed', 'failed'];
		const execution = await world.run(
			workflow('Stop mode', [
				{
					type: 'nemoVideoExport',
					parameters: { sessionId, options: { pollIntervalSeconds: 0.1 } },
				},
			]),
			credentialId,
		);
		assert.equal(execution.status, 'error');
		const { error } = execution.data.resultData;
		assert.equal(at(error, 'context.kind'), 'render');
		assert.equal(at(error, 'context.sessionId'), sessionId);
		const renderId = String(at(error, 'context.renderId'));
		assert.ok(String(at(error, 'description')).includes(renderId));
		assert.equal(emulator.ledger.renders.length, 2);
		return { renders: emulator.ledger.renders.length, kind: 'render' };
	},
};

const wholeVideo: Scenario = {
	name: 'A video that fails on its way keeps session, task and render, on both outputs',
	tags: ['failures', 'handles', 'createvideo'],
	issue: 3,
	async run(world) {
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const { emulator, credentialId } = await world.backend({
				renderOutcomes: ['failed', 'failed'],
			});
			const execution = await world.run(
				workflow(`Create Video ${onError}`, [
					{
						type: 'nemoVideoCreateVideo',
						name: 'Video',
						onError,
						parameters: {
							prompt: 'Create a video of a quiet lake',
							options: { pollIntervalSeconds: 0.1 },
						},
					},
				]),
				credentialId,
			);
			assertSuccess(execution);
			const output = onError === 'continueErrorOutput' ? 1 : 0;
			assert.equal(itemsOf(execution, 'Video', { output: 1 - output }).length, 0);
			const [item] = itemsOf(execution, 'Video', { output });
			const [session] = emulator.ledger.sessions;
			assert.equal(at(item?.json, 'error.kind'), 'render');
			assert.equal(at(item?.json, 'error.sessionId'), session?.sessionId);
			assert.equal(at(item?.json, 'error.taskId'), session?.taskId);
			assert.equal(at(item?.json, 'error.renderId'), emulator.ledger.renders.at(-1)?.id);
			assert.equal(at(item?.json, 'error.stage'), 'export');
		}
		return { outputs: 2 };
	},
};

export const area = 'Failures, and the IDs they keep';

export const rows: readonly Scenario[] = [errorOutput, regularOutput, stopMode, wholeVideo];
