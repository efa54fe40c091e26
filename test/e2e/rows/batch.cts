import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { EMULATOR_TOKEN, type Emulator } from '../../../emulator/server.cts';
import type { Execution } from '../api.cts';
import { assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { end, rows as table, workflow, type Step, type Wire } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const COST = 100;
/** Milliseconds; long enough that rows which may run side by side do. */
const TURN_MS = 400;

const prompts = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, row) => ({ row, prompt: `Create a video of boat ${row}` }));

const createVideo = (options: IDataObject, more: IDataObject = {}): Step => ({
	type: 'nemoVideoCreateVideo',
	name: 'Videos',
	onError: 'continueErrorOutput',
	parameters: {
		prompt: '={{ $json.prompt }}',
		download: false,
		options: { includeInputFields: true, pollIntervalSeconds: 0.1, ...options },
		...more,
	},
});

async function runBatch(
	world: TestContext,
	credentialId: string,
	{ name, values, step }: { name: string; values: IDataObject[]; step: Step },
): Promise<Execution> {
	const wires: Wire[] = [
		{ from: 'Start', to: 'Table' },
		{ from: 'Table', to: 'Rows' },
		{ from: 'Rows', to: 'Videos' },
		{ from: 'Videos', to: 'Made' },
		{ from: 'Videos', to: 'Failed', output: 1 },
	];
	const steps = [...table(values), step, end('Made'), end('Failed')];
	const execution = await world.run(workflow(name, steps, { wires }), credentialId);
	assertSuccess(execution);
	return execution;
}

const json = (execution: Execution, node: string): IDataObject[] =>
	itemsOf(execution, node).map((item) => item.json);

/** Rows of the table, by how they came out; failures are told by the item they came from. */
const madeRows = (execution: Execution): unknown[] => json(execution, 'Made').map(({ row }) => row);

function setCredits(emulator: Emulator, credits: number): void {
	emulator.tokens.add(EMULATOR_TOKEN, { credits });
}

const inParallel: Scenario = {
	name: 'A batch works on as many rows at once as Parallel says, and keeps their order',
	tags: ['batch', 'parallel'],
	issue: 5,
	async run(world) {
		const figures: Record<string, number> = {};
		for (const parallel of [1, 3, 5]) {
			const { emulator, credentialId } = await world.backend({
				turnMs: TURN_MS,
				// Later rows are quicker than earlier ones.
				nextTurns: ['[[slow:600]]', '[[slow:300]]'],
			});
			const values = prompts(7);
			const execution = await runBatch(world, credentialId, {
				name: `Parallel ${parallel}`,
				values,
				step: createVideo({ parallel }),
			});
			assert.deepEqual(
				madeRows(execution),
				values.map(({ row }) => row),
			);
			const most = emulator.streams().most;
			assert.equal(most, parallel, `most streams open at once, for Parallel ${parallel}`);
			const { promptsAccepted, promptsDuplicated, renders, creditsCharged } =
				emulator.ledger.summary();
			assert.deepEqual(
				{ promptsAccepted, promptsDuplicated, renders, creditsCharged },
				{ promptsAccepted: 7, promptsDuplicated: 0, renders: 7, creditsCharged: 7 * COST },
			);
			// Each row's result is its own.
			assert.equal(new Set(json(execution, 'Made').map(({ sessionId }) => sessionId)).size, 7);
			figures[`most streams at Parallel ${parallel}`] = most;
		}
		return figures;
	},
};

/** Seconds. */
const RETRY_AFTER = 4;
/** A busy n8n may take so long to read the answer that closes the gate. */
const ON_ITS_WAY_MS = 500;

const oneGate: Scenario = {
	name: 'One 429 holds all rows of a batch back, until Retry-After is over',
	tags: ['batch', 'limits'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ retryAfter: RETRY_AFTER });
		emulator.faults.add({
			kind: 'status',
			status: 429,
			endpoint: 'run',
			nth: 2,
			headers: { 'retry-after': String(RETRY_AFTER) },
		});
		const execution = await runBatch(world, credentialId, {
			name: 'One gate',
			values: prompts(8),
			step: createVideo({ parallel: 4 }),
		});
		assert.equal(madeRows(execution).length, 8);
		const requests = emulator.requests.all();
		const refused = requests.find(({ status }) => status === 429);
		const closedAt = refused?.closedAt;
		assert.ok(closedAt);
		const reopened = closedAt + RETRY_AFTER * 1000;
		// What was on its way already, before the 429 could be read, is not counted.
		const during = requests.filter(
			({ at: time }) => time > closedAt + ON_ITS_WAY_MS && time < reopened,
		);
		assert.deepEqual(
			during.map(({ endpoint, at: time }) => `${endpoint} after ${time - closedAt} ms`),
			[],
			'requests while the gate was closed',
		);
		const { promptsAccepted, promptsDuplicated } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, promptsDuplicated },
			{ promptsAccepted: 8, promptsDuplicated: 0 },
		);
		return { rows: 8, 'requests while closed': during.length, prompts: promptsAccepted };
	},
};

const outOfCredits: Scenario = {
	name: 'A batch that runs out of credits pays the rows it can and sends no other',
	tags: ['batch', 'credits'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		setCredits(emulator, 3 * COST + 50);
		const step = createVideo({ parallel: 2 });
		const execution = await runBatch(world, credentialId, {
			name: 'Credits',
			values: prompts(8),
			step,
		});
		assert.deepEqual(madeRows(execution), [0, 1, 2]);
		const failed = json(execution, 'Failed');
		assert.equal(failed.length, 5);
		for (const failure of failed) {
			assert.equal(at(failure, 'error.kind'), 'credits');
			assert.match(String(at(failure, 'error.message')), /Not sent/);
		}
		const { promptsAccepted, promptsRefused, creditsCharged } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, promptsRefused, creditsCharged },
			{ promptsAccepted: 3, promptsRefused: 0, creditsCharged: 3 * COST },
		);
		assert.equal(emulator.requests.all({ endpoint: 'run' }).length, 3);
		assert.equal(emulator.requests.all({ endpoint: 'session' }).length, 3);
		return { 'rows charged': 3, 'rows never sent': failed.length, credits: creditsCharged };
	},
};

const capped: Scenario = {
	name: 'A batch spends no more than Maximum Credits, and nothing below Minimum Credits',
	tags: ['batch', 'credits'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const execution = await runBatch(world, credentialId, {
			name: 'Cap',
			values: prompts(6),
			step: createVideo({ parallel: 3, maximumCredits: 2 * COST }),
		});
		assert.deepEqual(madeRows(execution), [0, 1]);
		assert.equal(json(execution, 'Failed').length, 4);
		assert.equal(emulator.ledger.summary().creditsCharged, 2 * COST);
		const hints = (execution.runData.Videos ?? []).flatMap(({ hints = [] }) => hints);
		const hint = hints.map(({ message }) => message).join(' ');
		assert.match(hint, /2 of 6 rows finished, 4 failed/);
		assert.match(hint, /About 200 credits used/);
		world.note(hint);

		setCredits(emulator, 400);
		const poor = await runBatch(world, credentialId, {
			name: 'Minimum',
			values: prompts(3),
			step: createVideo({ minimumCredits: 500 }),
		});
		assert.equal(json(poor, 'Failed').length, 3);
		assert.equal(emulator.ledger.summary().creditsCharged, 2 * COST);
		return { 'rows made under the cap': 2, credits: 2 * COST, 'rows sent below the minimum': 0 };
	},
};

const badRows: Scenario = {
	name: 'Rows that cannot work fail by themselves, and the rest goes on',
	tags: ['batch', 'input'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const values: IDataObject[] = [
			{ row: 0, prompt: 'Create a video of a lake', photos: '' },
			{ row: 1, prompt: '', photos: '' },
			{ row: 2, prompt: 'Create a video', photos: 'https://drive.google.com/file/d/abc/view' },
			{ row: 3, prompt: 'Create a video [[vague]]', photos: '' },
			{
				row: 4,
				prompt: 'Create a video',
				photos: 'https://cdn.example/a,b.jpg, https://cdn.example/c.png',
			},
			{ row: 5, prompt: 'Create a video', photos: 'photo.jpg' },
			{ row: 6, prompt: 'Create a video of a hill', photos: '' },
		];
		const execution = await runBatch(world, credentialId, {
			name: 'Bad rows',
			values,
			step: createVideo(
				{},
				{
					source: "={{ $json.photos ? 'url' : 'none' }}",
					urls: '={{ $json.photos }}',
				},
			),
		});
		assert.deepEqual(madeRows(execution), [0, 4, 6]);
		const failed = json(execution, 'Failed');
		assert.deepEqual(
			failed.map((failure) => at(failure, 'error.kind')),
			['input', 'input', 'input', 'input'],
		);
		assert.match(String(at(failed[2], 'error.message')), /NemoVideo asked:/);
		assert.ok(at(failed[2], 'error.sessionId'));
		assert.equal(emulator.ledger.summary().creditsCharged, 3 * COST);
		const empty = await runBatch(world, credentialId, {
			name: 'No rows',
			values: [],
			step: createVideo({}),
		});
		assert.equal(json(empty, 'Made').length, 0);
		return { made: 3, failed: failed.length, credits: 3 * COST };
	},
};

export const area = 'Batches';

export const rows: readonly Scenario[] = [inParallel, oneGate, outOfCredits, capped, badRows];
