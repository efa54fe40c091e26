import assert from 'node:assert/strict';
import type { Emulator } from '../../../emulator/server.cts';
import type { Execution, SavedWorkflow } from '../api.cts';
import { COLUMNS, fire, saveExample } from '../batchExamples.cts';
import { DataTable } from '../dataTables.cts';
import { inParallel } from '../pool.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';

const EXAMPLE = 'submit-and-collect';
const PROMPTS = ['Create a video of a lake', 'Create a video of a hill'];
const COST = 100;
/** Stands for the 15 minutes; far longer than the emulator needs for a turn. Milliseconds. */
const SETTLE_MS = 3_000;
const MAX_RUNS = 40;
const PAUSE_MS = 400;

/** The nodes on a row's way that others follow: after each of them n8n may be killed. */
const STEPS = [
	'New Rows',
	'Open Session',
	'State Before',
	'Mark as Sending',
	'Generate',
	'Finished?',
	'Mark as Generated',
	'Submit Render',
	'Look at Render',
	'Render Ready?',
];

interface Stand {
	emulator: Emulator;
	credentialId: string;
	table: DataTable;
}

async function stand(world: TestContext, turnMs = 60): Promise<Stand> {
	const { emulator, credentialId } = await world.backend({ turnMs });
	const name = `Submit ${emulator.port}`;
	const table = await DataTable.create(world.api, name, COLUMNS[EXAMPLE]);
	await table.insert(PROMPTS.map((prompt) => ({ prompt, status: 'new' })));
	return { emulator, credentialId, table };
}

const save = async (
	world: TestContext,
	{ credentialId, table }: Stand,
	cutAfter?: string,
): Promise<SavedWorkflow> =>
	await saveExample(world, EXAMPLE, credentialId, { table, settleMs: SETTLE_MS, cutAfter });

/** Minute after minute, until every row is done. */
async function untilDone(world: TestContext, at: Stand): Promise<number> {
	const workflow = await save(world, at);
	for (let run = 1; run <= MAX_RUNS; run++) {
		const execution: Execution = await fire(world, workflow);
		assert.equal(execution.status, 'success');
		const statuses = (await at.table.rows()).map(({ status }) => status);
		if (statuses.every((status) => status === 'done')) return run;
		assert.ok(
			!statuses.includes('failed'),
			`a row failed: ${JSON.stringify(await at.table.rows())}`,
		);
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
	throw new Error(`Not done after ${MAX_RUNS} runs: ${JSON.stringify(await at.table.rows())}`);
}

/** No row is lost, and none was paid or rendered twice. */
async function assertOnce({ emulator, table }: Stand, where: string): Promise<void> {
	const rows = await table.rows();
	assert.equal(rows.length, PROMPTS.length, where);
	for (const { status, url } of rows) {
		assert.equal(status, 'done', where);
		assert.match(String(url), /^http.*\.mp4$/, where);
	}
	const { prompts } = emulator.ledger;
	for (const prompt of PROMPTS) {
		assert.equal(prompts.filter(({ text }) => text === prompt).length, 1, `${where}: ${prompt}`);
	}
	const { creditsCharged, renders } = emulator.ledger.summary();
	assert.deepEqual(
		{ creditsCharged, renders },
		{ creditsCharged: PROMPTS.length * COST, renders: PROMPTS.length },
		where,
	);
}

const betweenSteps: Scenario = {
	name: 'Example: submit-and-collect loses and pays no row twice, cut off after any step',
	tags: ['example', 'batch', 'twice'],
	issue: 5,
	async run(world) {
		const whole = await stand(world);
		const runs = await untilDone(world, whole);
		await assertOnce(whole, 'never cut');
		world.note(`never cut: done after ${runs} runs`);
		await inParallel(STEPS, 3, async (step) => {
			const at = await stand(world);
			const cut = await save(world, at, step);
			// So often that rows get as far as the step.
			let reached = false;
			for (let run = 1; run <= 8 && !reached; run++) {
				const { runData } = await fire(world, cut);
				reached = (runData[step] ?? []).some(({ data }) =>
					(data?.main ?? []).some((items) => (items ?? []).length > 0),
				);
				if (!reached) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
			}
			assert.ok(reached, `No row came to ${step}`);
			const more = await untilDone(world, at);
			await assertOnce(at, `cut after ${step}`);
			world.note(`cut after ${step}: done after ${more} further runs`);
		});
		return { cuts: STEPS.length, rows: STEPS.length * PROMPTS.length };
	},
};

const killed: Scenario = {
	name: 'Example: submit-and-collect goes on after n8n was killed in the middle of a prompt',
	tags: ['example', 'batch', 'twice', 'kill'],
	issue: 5,
	when: 'alone',
	async run(world) {
		const own = await world.ownN8n();
		const at = await stand(own, 2_000);
		const workflow = await save(own, at);
		await own.api.run(workflow, workflow.nodes[0]?.name);
		await at.emulator.waitFor('turn.accepted', { nth: 2, timeoutMs: 60_000 });
		await own.n8n.kill('SIGKILL');
		const marked = at.emulator.ledger.prompts.length;
		await own.n8n.start();
		const runs = await untilDone(own, at);
		await assertOnce(at, 'killed');
		return { 'prompts under way when killed': marked, 'runs until done': runs };
	},
};

export const area = 'Example workflows';

export const rows: readonly Scenario[] = [betweenSteps, killed];
