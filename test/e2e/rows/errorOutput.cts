import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { Execution } from '../api.cts';
import { fire } from '../batchExamples.cts';
import { readExample } from '../examples.cts';
import { allJson, assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { end, FIVE_TRIES, rows as table, workflow, type Step, type Wire } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const FILM = 'Create a 15-second video of a coffee mug on a wooden table';
const EDIT = 'Add a title "Summer Sale" at the start';
const OUTPUT = { onError: 'continueErrorOutput' } as const;
const QUICK = { options: { pollIntervalSeconds: 0.1 } };
const SAVED = { message: 'Not available', kind: 'server', retryable: true, safeToRepeat: true };
const ROW = [{ sku: 'A-1', prompt: FILM }];
const FROM_TABLE: Wire[] = [
	{ from: 'Start', to: 'Table' },
	{ from: 'Table', to: 'Rows' },
];

/** Runs the example with these rows, and a moment for the minute between its rounds. */
async function tryAgain(
	world: TestContext,
	credentialId: string,
	values: IDataObject[],
): Promise<Execution> {
	const file = readExample('try-again');
	for (const node of file.nodes) {
		if (node.name === 'Rows') node.parameters.jsonOutput = JSON.stringify({ rows: values });
		if (node.name === 'Wait') node.parameters.amount = 0.1;
		if (node.type.endsWith('.nemoVideoCreateVideo')) {
			node.parameters.options = { ...Object(node.parameters.options), ...QUICK.options };
		}
	}
	return await fire(world, await world.save(file, credentialId));
}

const loopByHand: Scenario = {
	name: 'Example: a loop over the error output tries a row again until it works, and no other',
	tags: ['example', 'error', 'loop'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const headers = { 'retry-after': '0' };
		// The node tries twice in each round; the third round meets NemoVideo in good health.
		emulator.faults.add({ kind: 'status', endpoint: 'run', status: 429, headers, times: 4 });
		const execution = await tryAgain(world, credentialId, [
			{ sku: 'A-1', prompt: FILM },
			{ sku: 'A-2', prompt: '' },
		]);
		assertSuccess(execution);
		const rounds = execution.runData['NemoVideo Create Video']?.length ?? 0;
		assert.equal(rounds, 3);
		const [video, ...others] = allJson(execution, 'Video');
		assert.equal(video?.sku, 'A-1');
		assert.match(String(video.url), /\.mp4/);
		assert.equal(others.length, 0);
		const [failed, ...more] = allJson(execution, 'Failed Row');
		assert.deepEqual(
			{ sku: failed?.sku, kind: failed?.kind, mayBePaid: failed?.mayBePaid },
			{ sku: 'A-2', kind: 'input', mayBePaid: false },
		);
		assert.equal(more.length, 0);
		const { promptsAccepted, sessions } = emulator.ledger.summary();
		assert.deepEqual({ promptsAccepted, sessions }, { promptsAccepted: 1, sessions: 1 });
		return { rounds, 'prompts paid': promptsAccepted, sessions };
	},
};

const loopEnds: Scenario = {
	name: 'Example: a loop over the error output ends after its rounds, and at once where a prompt may be paid',
	tags: ['example', 'error', 'loop'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const headers = { 'retry-after': '0' };
		emulator.faults.add({ kind: 'status', endpoint: 'run', status: 429, headers, times: 0 });
		const limited = await tryAgain(world, credentialId, ROW);
		assertSuccess(limited);
		const rounds = limited.runData['NemoVideo Create Video']?.length;
		assert.equal(rounds, 4);
		assert.equal(itemsOf(limited, 'Failed Row')[0]?.json.kind, 'rateLimit');
		assert.equal(emulator.ledger.summary().promptsAccepted, 0);

		emulator.faults.clear();
		emulator.options.renderOutcomes = ['failed', 'failed'];
		const paid = await tryAgain(world, credentialId, ROW);
		assertSuccess(paid);
		assert.equal(paid.runData['NemoVideo Create Video']?.length, 1);
		const [failed] = itemsOf(paid, 'Failed Row');
		assert.equal(failed?.json.mayBePaid, true);
		assert.equal(failed.json.sessionId, emulator.ledger.sessions.at(-1)?.sessionId);
		assert.equal(emulator.ledger.summary().promptsAccepted, 1);
		return { 'rounds of a row that stays refused': rounds, 'of one that may be paid': 1 };
	},
};

const workGoesOn: Scenario = {
	name: 'Every node behind an error output does its work: the session is read, the film is mended and exported',
	tags: ['error', 'failures', 'handles'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator);
		for (const { account } of emulator.tokens.all()) account.available = 0;
		const reads: Step[] = [
			...table([{ sessionId, prompt: EDIT, row: 7 }]),
			{ type: 'nemoVideoGenerate', parameters: { prompt: EDIT }, ...OUTPUT },
			{ type: 'nemoVideoState', parameters: { sessionId: '={{ $json.error.sessionId }}' } },
			{ type: 'nemoVideoCredits' },
		];
		const readWires: Wire[] = [
			...FROM_TABLE,
			{ from: 'Rows', to: 'nemoVideoGenerate' },
			{ from: 'nemoVideoGenerate', to: 'nemoVideoState', output: 1 },
			{ from: 'nemoVideoGenerate', to: 'nemoVideoCredits', output: 1 },
		];
		const read = await world.run(workflow('Read', reads, { wires: readWires }), credentialId);
		assertSuccess(read);
		const [failed] = itemsOf(read, 'nemoVideoGenerate', { output: 1 });
		assert.equal(at(failed?.json, 'error.kind'), 'credits');
		assert.equal(failed?.json.row, 7);
		assert.equal(itemsOf(read, 'nemoVideoState')[0]?.json.sessionId, sessionId);
		assert.equal(itemsOf(read, 'nemoVideoCredits')[0]?.json.available, 0);

		for (const { account } of emulator.tokens.all()) account.available = 1_000;
		emulator.options.renderOutcomes = ['failed', 'failed'];
		const mends: Step[] = [
			...table([{ sessionId }]),
			{ type: 'nemoVideoExport', name: 'Export', parameters: QUICK, ...OUTPUT },
			{ type: 'nemoVideoGenerate', parameters: { prompt: 'Make it shorter' } },
			{ type: 'nemoVideoExport', name: 'Export Again', parameters: QUICK },
		];
		const mendWires: Wire[] = [
			...FROM_TABLE,
			{ from: 'Rows', to: 'Export' },
			{ from: 'Export', to: 'nemoVideoGenerate', output: 1 },
			{ from: 'nemoVideoGenerate', to: 'Export Again' },
		];
		const mended = await world.run(workflow('Mend', mends, { wires: mendWires }), credentialId);
		assertSuccess(mended);
		assert.equal(itemsOf(mended, 'Export Again')[0]?.json.status, 'completed');
		const edits = emulator.ledger.prompts.filter(({ text }) => text === 'Make it shorter').length;
		const renders = emulator.ledger.renders.length;
		assert.deepEqual({ edits, renders }, { edits: 1, renders: 3 });
		return { edits, renders };
	},
};

const oldErrors: Scenario = {
	name: 'A row with a column called error is worked on like any other, once, and comes out without it',
	tags: ['error', 'failures', 'retry'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const values = ['', 'last time: timeout', SAVED, null, ['a']].map((error, row) => ({
			...{ row, error },
			prompt: `Create a 10-second video of lake ${row}`,
		}));
		const steps: Step[] = [
			...table([...values, { error: SAVED, prompt: 'Create a 10-second video of a hill' }]),
			{
				type: 'nemoVideoCreateVideo',
				parameters: {
					...{ prompt: '={{ $json.prompt }}', exportVideo: false },
					options: { includeInputFields: true },
				},
				...FIVE_TRIES,
			},
			end('Done'),
		];
		const execution = await world.run(workflow('Old errors', steps), credentialId);
		assertSuccess(execution);
		const done = itemsOf(execution, 'Done').map(({ json }) => json);
		assert.equal(done.length, values.length + 1);
		for (const json of done) {
			assert.equal(json.status, 'completed', JSON.stringify(json));
			assert.ok(!('error' in json));
		}
		const { promptsAccepted, promptsDuplicated } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, promptsDuplicated },
			{ promptsAccepted: done.length, promptsDuplicated: 0 },
		);
		return { rows: done.length, prompts: promptsAccepted };
	},
};

export const area = 'Behind an error output';

export const rows: readonly Scenario[] = [loopByHand, loopEnds, workGoesOn, oldErrors];
