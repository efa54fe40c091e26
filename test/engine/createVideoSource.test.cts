import type { INodeParameters } from 'n8n-workflow';
import { create, failed, made, NODE, PHOTO } from './support/createVideo.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';

const emulator = withEmulator();
let engine: Engine;

beforeAll(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const run = async (row: RowSpec, parameters: INodeParameters = {}) =>
	await engine.runNode([row], create({ exportVideo: false, ...parameters }));
const uploaded = (): string[] =>
	emulator()
		.sessions.all()
		.flatMap(({ videoInfos }) => videoInfos.map(({ filename }) => filename));
const prompt = (): string => emulator().ledger.prompts[0]?.text ?? '';

describe('Source Automatic, as it comes', () => {
	it("makes the video of the item's files, whatever their fields are called", async () => {
		const second = { ...PHOTO, fileName: 'back.png', content: 'back' };
		const result = await run({ files: { Photos_0: PHOTO, Photos_1: second } });
		expect(made(result)).toHaveLength(1);
		expect(uploaded()).toEqual(['front.png', 'back.png']);
	});

	it('makes the video of the prompt alone where the item has no files', async () => {
		const result = await run({ json: { id: 1 } });
		expect(made(result)).toHaveLength(1);
		expect(emulator().ledger.summary()).toMatchObject({ uploads: 0, promptsAccepted: 1 });
	});

	it('takes only the fields that are named', async () => {
		const row = { files: { photo: PHOTO, other: { ...PHOTO, fileName: 'other.png' } } };
		await run(row, { binaryPropertyName: 'photo' });
		expect(uploaded()).toEqual(['front.png']);
	});

	it('says how to leave out a file that is of no concern to the video', async () => {
		const pdf = { fileName: 'invoice.pdf', mimeType: 'application/pdf', content: '%PDF' };
		const [failure] = failed(await run({ files: { data: PHOTO, attachment_0: pdf } }));
		expect(failure).toMatchObject({ kind: 'fileType' });
		expect(failure?.message).toContain('invoice.pdf');
		expect(failure?.description).toMatch(/set 'Source' to None/);
		expect(emulator().requests.all()).toEqual([]);
		expect(made(await run({ files: { data: pdf } }, { source: 'none' }))).toHaveLength(1);
	});
});

describe('what is set beside the prompt', () => {
	it('is told to NemoVideo in words, after the prompt', async () => {
		await run(
			{},
			{
				aspectRatio: '9:16',
				options: {
					instructions: 'Brand color #0B5FFF.',
					durationSeconds: 20,
					music: 'calm piano',
					voiceOver: 'A warm voice reads the caption.',
					captions: 'on',
				},
			},
		);
		expect(prompt()).toBe(
			[
				'Brand color #0B5FFF.',
				PROMPT,
				'Make it vertical, with the aspect ratio 9:16. Make it 20 seconds long. Background music: calm piano. Voice-over: A warm voice reads the caption. Add captions.',
			].join('\n\n'),
		);
	});

	it.each([
		['nothing is set', {}],
		['everything is left to the prompt', { durationSeconds: 0, music: ' ', captions: 'auto' }],
		['the cells are empty', { durationSeconds: '={{ "" }}', voiceOver: '={{ null }}' }],
	])('adds nothing where %s', async (_what, options) => {
		await run({}, { options });
		expect(prompt()).toBe(PROMPT);
	});

	it('may be no captions and no music', async () => {
		await run({}, { options: { captions: 'off', music: 'none', durationSeconds: '0:45' } });
		expect(prompt()).toBe(
			`${PROMPT}\n\nMake it 45 seconds long. Background music: none. Make it without captions.`,
		);
	});

	it.each([-1, 601, 'long'])('refuses a duration of %j', async (durationSeconds) => {
		const result = await run(
			{ json: { d: durationSeconds } },
			{
				options: { durationSeconds: '={{ $json.d }}' },
			},
		);
		expect(failed(result)[0]?.message).toMatch(/'Duration \(Seconds\)'/);
		expect(result.items(NODE)).toEqual([]);
		expect(emulator().requests.all()).toEqual([]);
	});
});
