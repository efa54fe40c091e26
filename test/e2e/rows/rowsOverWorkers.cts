import assert from 'node:assert/strict';
import { COLUMNS, fire, setUp } from '../batchExamples.cts';
import { DataTable } from '../dataTables.cts';
import { liveExample } from '../examples.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';

const PROMPTS = [
	'Create a video of a lake',
	'Create a video of a hill',
	'Create a video of a town',
];
const COST = 100;
const ALL_MS = 120_000;

const claimed: Scenario = {
	name: 'Example: rows-over-workers sends each row once, however often its webhook is called',
	tags: ['example', 'batch', 'twice', 'queue'],
	issue: 6,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ turnMs: 500 });
		const name = `Rows ${emulator.port}`;
		const table = await DataTable.create(world.api, name, COLUMNS['submit-and-collect']);
		await table.insert(PROMPTS.map((prompt) => ({ prompt, status: 'new' })));
		const rows = await liveExample(
			world,
			'rows-over-workers',
			{ nemoVideoApi: credentialId },
			(file) => setUp(file, { table }),
		);
		const dispatches = await Promise.all([fire(world, rows), fire(world, rows)]);
		for (const dispatch of dispatches) assertSuccess(dispatch);
		const calls = dispatches.flatMap((dispatch) => itemsOf(dispatch, 'Call Webhook')).length;
		const all = await world.api.waitForAll(rows, dispatches.length + calls, ALL_MS);
		assert.ok(all.every(({ status }) => status === 'success'));
		for (const { status, sessionId } of await table.rows()) {
			assert.equal(status, 'generated');
			assert.match(String(sessionId), /^\d+$/);
		}
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, creditsCharged },
			{ promptsAccepted: PROMPTS.length, creditsCharged: PROMPTS.length * COST },
		);
		return { rows: PROMPTS.length, calls, 'sent once': promptsAccepted };
	},
};

export const area = 'Example workflows';
export const rows: readonly Scenario[] = [claimed];
