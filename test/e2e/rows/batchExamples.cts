import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Emulator } from '../../../emulator/server.cts';
import { PHOTOS } from '../../../tools/demo/example.cts';
import type { WorkflowFile } from '../api.cts';
import { activeExample, COLUMNS, fire, saveExample } from '../batchExamples.cts';
import { DataTable } from '../dataTables.cts';
import { readExample } from '../examples.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';

const VIDEO = 'NemoVideo Create Video';
const COST = 100;

async function hashesOf(
	world: TestContext,
	execution: Parameters<typeof itemsOf>[0],
	node: string,
) {
	const hashes: string[] = [];
	for (const { binary } of itemsOf(execution, node)) {
		assert.ok(binary?.data, `${node} gave no file`);
		const bytes = await world.api.binary(binary.data);
		hashes.push(createHash('sha256').update(bytes).digest('hex'));
	}
	return hashes;
}

async function rendered(emulator: Emulator): Promise<string[]> {
	const ids = emulator.ledger.renders.map(({ id }) => id);
	return await Promise.all(ids.map(async (id) => String(await emulator.renders.sha256(id))));
}

const quickEdit: Scenario = {
	name: 'Example: quick-edit makes one video of all photos',
	tags: ['example', 'batch'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const execution = await fire(world, await saveExample(world, 'quick-edit', credentialId));
		assertSuccess(execution);
		const [hash] = await hashesOf(world, execution, VIDEO);
		assert.deepEqual([hash], await rendered(emulator));
		const { uploads, promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ uploads, promptsAccepted, renders },
			{ uploads: PHOTOS.length, promptsAccepted: 1, renders: 1 },
		);
		assert.match(emulator.ledger.prompts[0]?.text ?? '', /9:16/);
		return { photos: uploads, prompts: promptsAccepted, renders };
	},
};

const batchStyle: Scenario = {
	name: 'Example: batch-style makes three different videos in one session',
	tags: ['example', 'batch'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const execution = await fire(world, await saveExample(world, 'batch-style', credentialId));
		assertSuccess(execution);
		const hashes = await hashesOf(world, execution, VIDEO);
		assert.equal(new Set(hashes).size, 3);
		assert.deepEqual(hashes, await rendered(emulator));
		const { sessions, promptsAccepted } = emulator.ledger.summary();
		assert.deepEqual({ sessions, promptsAccepted }, { sessions: 1, promptsAccepted: 3 });
		assert.equal(emulator.streams().most, 1);
		return { sessions, prompts: promptsAccepted, 'different MP4s': new Set(hashes).size };
	},
};

const iterative: Scenario = {
	name: 'Example: iterative refines one video step by step and exports the last',
	tags: ['example', 'batch'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const execution = await fire(world, await saveExample(world, 'iterative', credentialId));
		assertSuccess(execution);
		const texts = emulator.ledger.prompts.map(({ text }) => text);
		assert.equal(texts.length, 4);
		assert.match(texts[1] ?? '', /Made by hand/);
		assert.match(texts[3] ?? '', /faster/);
		const [hash] = await hashesOf(world, execution, 'NemoVideo Export');
		assert.deepEqual([hash], await rendered(emulator));
		const { sessions, promptsDuplicated, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ sessions, promptsDuplicated, renders },
			{ sessions: 1, promptsDuplicated: 0, renders: 1 },
		);
		return { prompts: texts.length, renders };
	},
};

const csv: Scenario = {
	name: 'Example: csv-to-videos makes a video of each row of an uploaded file',
	tags: ['example', 'batch', 'form'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const workflow = await activeExample(world, 'csv-to-videos', credentialId);
		const form = new FormData();
		const lines = [
			'prompt,photos',
			'Create a video of a lake,',
			'"Create a video, with a title",https://cdn.example/a.jpg https://cdn.example/b.png',
			',',
			'Create a video of a hill,not-a-link',
		];
		form.append('field-0', new Blob([lines.join('\n')], { type: 'text/csv' }), 'rows.csv');
		const sent = await world.api.callWebhook('form/csv-to-videos', { method: 'POST', body: form });
		assert.ok(sent.ok, `The form answered ${sent.status}`);
		await emulator.waitFor({ type: 'render.done' }, { nth: 2, timeoutMs: 120_000 });
		const [id] = await world.api.executionIds(workflow);
		assert.ok(id);
		const execution = await world.api.waitForExecution(id);
		assertSuccess(execution);
		const made = itemsOf(execution, 'Finished').map(({ json }) => json);
		assert.equal(made.length, 2);
		for (const { url } of made) assert.match(String(url), /^http.*\.mp4$/);
		const failed = itemsOf(execution, 'Not Finished').map(({ json }) => json);
		assert.equal(failed.length, 2);
		assert.match(String(failed[0]?.problem), /'Prompt' is empty/);
		assert.match(String(failed[1]?.problem), /not-a-link/);
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, creditsCharged },
			{ promptsAccepted: 2, creditsCharged: 2 * COST },
		);
		return { rows: 4, videos: made.length, failed: failed.length };
	},
};

const scheduled: Scenario = {
	name: 'Example: scheduled-batch takes the table’s new rows and writes URLs back',
	tags: ['example', 'batch', 'schedule'],
	issue: 5,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const table = await DataTable.create(
			world.api,
			`Scheduled ${emulator.port}`,
			COLUMNS['scheduled-batch'],
		);
		const row = (prompt: string, status: string, photos = '') => ({ prompt, photos, status });
		await table.insert([
			row('Create a video of a lake', 'new'),
			row('Create a video of a hill', 'done'),
			row('Create a video of a wood', 'new', 'https://cdn.example/a.jpg'),
			row('Create a video [[vague]]', 'new'),
		]);
		const workflow = await saveExample(world, 'scheduled-batch', credentialId, { table });
		assertSuccess(await fire(world, workflow));
		const rows = await table.rows();
		assert.deepEqual(
			rows.map(({ status }) => status),
			['done', 'done', 'done', 'failed'],
		);
		for (const index of [0, 2]) assert.match(String(rows[index]?.url), /^http.*\.mp4$/);
		assert.match(String(rows[3]?.note), /NemoVideo asked/);
		assert.ok(rows[3]?.sessionId);
		// Nothing is new any more.
		assertSuccess(await fire(world, workflow));
		const { promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual({ promptsAccepted, renders }, { promptsAccepted: 3, renders: 2 });
		return { rows: rows.length, 'URLs written': 2, prompts: promptsAccepted };
	},
};

const VALIDATED = [
	'quick-edit',
	'scheduled-batch',
	'csv-to-videos',
	'batch-style',
	'iterative',
	'submit-and-collect',
	'mail-summary',
];

interface NodeType {
	name: string;
	properties: Array<{ name: string }>;
}

/** n8n names a type without its package where it describes it. */
const shortName = (type: string): string => type.split('.').at(-1) ?? type;

/** What n8n would find wrong, in a few words each. */
function complaints(workflow: WorkflowFile, types: NodeType[]): string[] {
	const names = new Set(workflow.nodes.map(({ name }) => name));
	const wires = Object.entries(workflow.connections).flatMap(([from, outputs]) => {
		const targets = JSON.stringify(outputs).matchAll(/"node":"([^"]+)"/g);
		return [from, ...[...targets].map(([, to]) => to ?? '')];
	});
	return [
		...wires.filter((name) => !names.has(name)).map((name) => `no node ${name}`),
		...workflow.nodes.flatMap(({ name, type, parameters }) => {
			const found = types.find((known) => shortName(known.name) === shortName(type));
			if (found === undefined) return [`${name}: no type ${type}`];
			const known = new Set(found.properties.map((property) => property.name));
			return Object.keys(parameters)
				.filter((parameter) => !known.has(parameter))
				.map((parameter) => `${name}: no parameter ${parameter}`);
		}),
	];
}

const valid: Scenario = {
	name: 'Examples of batches: n8n knows every node and every parameter in them',
	tags: ['example', 'batch'],
	issue: 5,
	// n8n 1 lists no node types over this part of its REST API.
	versions: ['2.41.1'],
	async run(world) {
		const credentialId = await world.credential(await world.emulator());
		let nodes = 0;
		for (const name of VALIDATED) {
			const workflow = readExample(name);
			const nodeInfos = workflow.nodes.map(({ type, typeVersion }) => ({
				name: type,
				version: typeVersion,
			}));
			const types = await world.api.call<NodeType[]>('POST', '/node-types', { nodeInfos });
			assert.deepEqual(complaints(workflow, types), [], name);
			const saved = await world.save(workflow, credentialId);
			assert.equal(saved.nodes.length, workflow.nodes.length);
			nodes += workflow.nodes.length;
		}
		return { workflows: VALIDATED.length, nodes };
	},
};

export const area = 'Example workflows';

export const rows: readonly Scenario[] = [quickEdit, batchStyle, iterative, csv, scheduled, valid];
