import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { readFiles, workflow, type Step } from '../workflows.cts';

const SESSION = "={{ $('nemoVideoCreateSession').first().json.sessionId }}";
const PROMPT = 'Turn these images into a 30-second promo video with background music';
const KEEP = { includeInputFields: true };

const steps: Step[] = [
	{ type: 'nemoVideoCreateSession', parameters: { taskName: 'Happy path', language: 'en' } },
	readFiles(`${PHOTO_FOLDER}/*.jpg`),
	{ type: 'nemoVideoUpload', parameters: { sessionId: SESSION } },
	{ type: 'n8n-nodes-base.limit', name: 'Once', parameters: { maxItems: 1 } },
	{ type: 'nemoVideoGenerate', parameters: { prompt: PROMPT } },
	{ type: 'nemoVideoState', parameters: { options: KEEP } },
	{ type: 'nemoVideoCredits', parameters: { options: KEEP } },
	{ type: 'nemoVideoExport', name: 'Submit', parameters: { operation: 'submit' } },
	{
		type: 'nemoVideoExport',
		parameters: { options: { pollIntervalSeconds: 0.1, includeLink: true } },
	},
	{ type: 'nemoVideoExport', name: 'Status', parameters: { operation: 'getStatus' } },
];

const happyPath: Scenario = {
	name: 'Photos become a video, by every node and operation',
	tags: ['happy', 'nodes'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const execution = await world.run(workflow('Happy path', steps), credentialId);
		assertSuccess(execution);
		const first = (node: string) => itemsOf(execution, node)[0]?.json ?? {};
		assert.equal(itemsOf(execution, 'nemoVideoUpload').length, PHOTOS.length);
		assert.equal(first('nemoVideoGenerate').status, 'completed');
		assert.equal(first('Submit').renderId, first('nemoVideoExport').renderId);
		assert.equal(first('Status').status, 'completed');
		const [video] = itemsOf(execution, 'nemoVideoExport');
		assert.match(String(video?.json.link), /^https:/);
		assert.ok(video?.binary?.data, 'Export gave no file');
		const bytes = await world.api.binary(video.binary.data);
		const hash = createHash('sha256').update(bytes).digest('hex');
		assert.equal(hash, await emulator.renders.sha256(String(video.json.renderId)));
		const { promptsAccepted, uploads, renders, withoutAttribution } = emulator.ledger.summary();
		assert.deepEqual(
			{ promptsAccepted, uploads, renders, withoutAttribution },
			{ promptsAccepted: 1, uploads: PHOTOS.length, renders: 1, withoutAttribution: 0 },
		);
		return { photos: uploads, prompts: promptsAccepted, renders, 'bytes of video': bytes.length };
	},
};

const cancelled: Scenario = {
	name: 'A render that was submitted can be cancelled',
	tags: ['happy', 'nodes'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ renderOutcomes: ['forever'] });
		const execution = await world.run(
			workflow('Cancel', [
				{ type: 'nemoVideoCreateSession', parameters: { language: 'en' } },
				{ type: 'nemoVideoGenerate', parameters: { prompt: 'Create a video of a quiet lake' } },
				{ type: 'nemoVideoExport', name: 'Submit', parameters: { operation: 'submit' } },
				{ type: 'nemoVideoExport', name: 'Cancel', parameters: { operation: 'cancel' } },
			]),
			credentialId,
		);
		assertSuccess(execution);
		const [render] = emulator.ledger.renders;
		assert.equal(render?.status, 'cancelled');
		assert.equal(itemsOf(execution, 'Cancel')[0]?.json.status, 'cancelled');
		return { render: String(render?.status) };
	},
};

const oneFilm: Scenario = {
	name: 'One film of several items: with an Aggregate node, or with Execute Once',
	tags: ['happy', 'aggregate'],
	issue: 3,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const run = async (name: string, last: Step[]) => {
			const files = readFiles(`${PHOTO_FOLDER}/*.jpg`);
			const execution = await world.run(workflow(name, [files, ...last]), credentialId);
			assertSuccess(execution);
			return execution;
		};
		const quick = { pollIntervalSeconds: 0.1 };
		const aggregated = await run('Aggregate', [
			{
				type: 'n8n-nodes-base.aggregate',
				parameters: { aggregate: 'aggregateAllItemData', options: { includeBinaries: true } },
			},
			{ type: 'nemoVideoCreateVideo', parameters: { prompt: PROMPT, options: quick } },
		]);
		assert.equal(itemsOf(aggregated, 'nemoVideoCreateVideo').length, 1);
		const [first] = emulator.sessions.all();
		assert.equal(first?.videoInfos.length, PHOTOS.length);

		const open: Step[] = [
			{ type: 'nemoVideoCreateSession', parameters: { language: 'en' }, executeOnce: true },
			readFiles(`${PHOTO_FOLDER}/*.jpg`),
			{ type: 'nemoVideoUpload', parameters: { sessionId: SESSION } },
		].map((step) =>
			step.type === 'n8n-nodes-base.readWriteFile'
				? { ...step, name: 'Photos', executeOnce: true }
				: step,
		);
		const generate = { type: 'nemoVideoGenerate', parameters: { prompt: PROMPT } };
		const once = await run('Execute Once', [...open, { ...generate, executeOnce: true }]);
		assert.equal(itemsOf(once, 'nemoVideoGenerate').length, 1);
		const refused = await world.run(
			workflow('Equal prompts', [readFiles(`${PHOTO_FOLDER}/*.jpg`), ...open, generate]),
			credentialId,
		);
		assert.match(
			String(refused.data.resultData.error?.message),
			/same session and the same prompt/,
		);
		const { promptsAccepted } = emulator.ledger.summary();
		assert.equal(promptsAccepted, 2);
		return { photos: PHOTOS.length, prompts: promptsAccepted };
	},
};

export const area = 'Every node and operation';

export const rows: readonly Scenario[] = [happyPath, cancelled, oneFilm];
