import assert from 'node:assert/strict';
import { MAX_FILE_BYTES } from '../../../src/api/upload';
import { measureGrowth } from '../processUse.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { workflow, type Step } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const MIB = 1024 * 1024;
const inMib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;

const SESSION: Step = { type: 'nemoVideoCreateSession', parameters: { language: 'en' } };
const GENERATE: Step = {
	type: 'nemoVideoGenerate',
	parameters: { prompt: 'Create a video of a quiet lake' },
};
const EXPORT: Step = {
	type: 'nemoVideoExport',
	parameters: { options: { pollIntervalSeconds: 0.1 } },
};

function pidOf(world: TestContext): number {
	const { pid } = world.n8n;
	assert.ok(pid !== undefined, 'n8n does not run');
	return pid;
}

const bothWays: Scenario = {
	name: '500 MB come down and go up again unharmed, through the file system store',
	tags: ['large', 'files'],
	issue: 4,
	// Older versions keep files in memory unless told otherwise.
	versions: ['2.41.1'],
	when: 'alone',
	async run(world) {
		const { emulator, credentialId } = await world.backend({ cannedBytes: MAX_FILE_BYTES });
		const steps = [SESSION, GENERATE, EXPORT, { type: 'nemoVideoUpload' }];
		const { result: execution, growth } = await measureGrowth(
			pidOf(world),
			async () => await world.run(workflow('500 MB', steps), credentialId),
		);
		assertSuccess(execution);
		const [video] = itemsOf(execution, 'nemoVideoExport');
		assert.equal(video?.json.sizeBytes, MAX_FILE_BYTES);
		const [upload, ...more] = emulator.ledger.uploads;
		assert.deepEqual(more, []);
		assert.equal(upload?.sizeBytes, MAX_FILE_BYTES);
		assert.equal(upload.sha256, await emulator.renders.sha256(String(video.json.renderId)));
		const [request] = emulator.requests.all({ endpoint: 'upload' });
		assert.ok(request);
		assert.equal(request.headers['transfer-encoding'], undefined);
		assert.ok(Number(request.headers['content-length']) > MAX_FILE_BYTES);
		return { 'each way': inMib(MAX_FILE_BYTES), 'memory grew by': inMib(growth) };
	},
};

const broken: Scenario = {
	name: 'A large download that breaks twice goes on where it broke',
	tags: ['large', 'files'],
	issue: 4,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ cannedBytes: 16 * MIB });
		for (const nth of [1, 2]) {
			emulator.faults.add({ kind: 'truncate', endpoint: 'file', nth, bytes: 5 * MIB });
		}
		const execution = await world.run(
			workflow('Broken download', [SESSION, GENERATE, EXPORT, { type: 'nemoVideoUpload' }]),
			credentialId,
		);
		assertSuccess(execution);
		const { renderId } = itemsOf(execution, 'nemoVideoExport')[0]?.json ?? {};
		const [upload] = emulator.ledger.uploads;
		assert.equal(upload?.sha256, await emulator.renders.sha256(String(renderId)));
		const asked = emulator.requests.all({ endpoint: 'file' }).map(({ headers }) => headers.range);
		assert.equal(asked.length, 3);
		assert.ok(asked.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? '')));
		return { asked: asked.map((range) => range ?? 'all').join(' ') };
	},
};

const refused: Scenario = {
	name: 'A video that does not fit into memory is refused before it is read',
	tags: ['large', 'files'],
	issue: 4,
	// The version whose store is memory unless told otherwise.
	versions: ['1.123.81'],
	when: 'alone',
	async run(world) {
		const { credentialId } = await world.backend({ cannedBytes: 400 * MIB });
		const { result: execution, growth } = await measureGrowth(
			pidOf(world),
			async () =>
				await world.run(
					workflow('Too large', [
						SESSION,
						GENERATE,
						{ ...EXPORT, onError: 'continueRegularOutput' },
					]),
					credentialId,
				),
		);
		const failure = Object(itemsOf(execution, 'nemoVideoExport')[0]?.json.error);
		assert.equal(failure.kind, 'fileSize');
		assert.match(failure.description, /N8N_DEFAULT_BINARY_DATA_MODE=filesystem/);
		assert.ok(growth < 100 * MIB, `n8n grew by ${inMib(growth)}`);
		return { 'memory grew by': inMib(growth), said: failure.message };
	},
};

export const area = 'Large files';

export const rows: readonly Scenario[] = [bothWays, broken, refused];
