import { connectedCredential, withEmulator } from './support/emulator.cts';
import { create, failed, made, mostStreams, NODE, PHOTO, rowsOf } from './support/createVideo.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { expectOnlyALook, PROMPT, prepareSession } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import { agent, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const run = async (
	rows: RowSpec[],
	parameters?: NodeSpec['parameters'],
	more?: Partial<NodeSpec>,
): Promise<RunResult> => await engine.runNode(rows, create(parameters, more));
const sent = (): string[] => emulator().ledger.prompts.map(({ text }) => text);
const numbered = (count: number): RowSpec[] =>
	Array.from({ length: count }, (_row, index) => ({
		json: { n: index + 1, prompt: `${PROMPT} number ${index + 1}` },
	}));
const PROMPT_OF_ROW = '={{ $json.prompt }}';

describe('one row', () => {
	it('becomes a finished video with its ids, text, timeline, credits and times', async () => {
		const result = await run([{ files: { data: PHOTO } }], {
			source: 'binary',
			binaryPropertyName: '*',
		});
		expect(failed(result)).toEqual([]);
		const [video] = made(result);
		const [session] = emulator().ledger.sessions;
		const [render] = emulator().ledger.renders;
		expect(video).toMatchObject({
			sessionId: session?.sessionId,
			taskId: session?.taskId,
			status: 'completed',
			timeline: { readyToExport: true },
			renderId: render?.id,
			creditsUsed: 100,
			stages: [{ name: 'session' }, { name: 'upload' }, { name: 'generate' }, { name: 'export' }],
		});
		expect(video?.text).toMatch(/\S/);
		expect(video?.url).toMatch(/^http/);
		expect(result.items(NODE)[0]?.binary?.data).toMatchObject({
			mimeType: 'video/mp4',
			bytes: 64 * 1024,
		});
		expect(emulator().ledger.summary()).toMatchObject({
			promptsAccepted: 1,
			sessions: 1,
			uploads: 1,
			renders: 1,
			withoutAttribution: 0,
		});
	});

	it('ends with the timeline where no video is to be exported', async () => {
		const [video] = made(await run([{}], { exportVideo: false }));
		expect(video).toMatchObject({ status: 'completed', timeline: { readyToExport: true } });
		expect(video).not.toHaveProperty('url');
		expect(emulator().ledger.renders).toEqual([]);
	});

	it('gives the URL alone where no file is to be downloaded', async () => {
		const downloaded = expectOnlyALook(emulator());
		const result = await run([{}], { download: false });
		expect(result.items(NODE)[0]?.binary).toBeUndefined();
		expect(made(result)[0]?.url).toMatch(/^http.*\.mp4/);
		downloaded();
	});

	it('tells NemoVideo instructions, prompt and aspect ratio in words, in this order', async () => {
		await run([{}], {
			prompt: 'Turn these photos into a promo video',
			aspectRatio: '9:16',
			options: { instructions: 'Brand colour is blue.' },
		});
		expect(sent()).toEqual([
			'Brand colour is blue.\n\nTurn these photos into a promo video\n\nMake it vertical, with the aspect ratio 9:16.',
		]);
		const { sessionId } = emulator().ledger.sessions[0] ?? {};
		expect(emulator().sessions.peek(sessionId ?? '')?.draft?.m).toMatchObject({
			width: 1080,
			height: 1920,
		});
	});

	it('adds nothing to the prompt unless asked to', async () => {
		await run([{}]);
		expect(sent()).toEqual([PROMPT]);
	});

	it.each([
		['from the prompt', '把这些照片做成30秒的宣传视频', '', 'zh'],
		['from the sample where one is given', PROMPT, 'この写真から動画を作ってください', 'ja'],
	])('opens its session in the language detected %s', async (_how, prompt, sample, language) => {
		await run([{}], { prompt, languageSample: sample, exportVideo: false });
		expect(emulator().ledger.sessions).toMatchObject([{ language }]);
	});

	it.each([
		['as told', { fileName: 'Promo 26.11.2026', taskName: 'Summer' }, 'Promo 26.11.2026.mp4'],
		['like its task', { taskName: 'Summer / Sale' }, 'Summer _ Sale.mp4'],
		['by the first words of its prompt', {}, 'Make a film of our shop.mp4'],
	])('is called %s', async (_how, options, fileName) => {
		const result = await run([{}], {
			prompt: 'Make a film of our shop. With music!',
			options: { instructions: 'Brand colour is blue.', ...options },
		});
		expect(result.items(NODE)[0]?.binary?.data).toMatchObject({ fileName, fileExtension: 'mp4' });
	});

	it('names its file and its output field as told', async () => {
		const result = await run([{}], {
			options: { fileName: 'summer.mp4', outputBinaryPropertyName: 'film' },
		});
		expect(result.items(NODE)[0]?.binary).toMatchObject({ film: { fileName: 'summer.mp4' } });
	});

	it('gives a link to the project only when asked to', async () => {
		const [linked] = made(await run([{}], { options: { includeLink: true } }));
		expect(linked?.link).toMatch(/ct=clm_/);
		expect(made(await run([{}]))[0]).not.toHaveProperty('link');
	});

	it('comes out with what there is when time is over and the user chose to continue', async () => {
		const options = { generateTimeoutMinutes: 0.02, onTimeout: 'continue' };
		const [video] = made(await run([{}], { prompt: `${PROMPT} [[hang]]`, options }));
		expect(video).toMatchObject({ status: 'running', timedOut: true });
		expect(video?.sessionId).toBe(emulator().ledger.sessions[0]?.sessionId);
		expect(emulator().ledger.renders).toEqual([]);
	});

	it('comes out with the render in progress when it is not ready in time', async () => {
		emulator().options.renderOutcomes = ['forever'];
		const options = { exportTimeoutMinutes: 0.02, onTimeout: 'continue' };
		const [video] = made(await run([{}], { options }));
		expect(video).toMatchObject({
			status: 'running',
			timedOut: true,
			url: '',
			renderId: emulator().ledger.renders[0]?.id,
		});
	});
});

describe('rows', () => {
	it('keep their order and pairing, however long each takes', async () => {
		const slow = [120, 0, 60, 0, 30, 0];
		const rows = numbered(6).map((row, index) => ({
			json: { ...row.json, prompt: `${row.json?.prompt as string} [[slow:${slow[index]}]]` },
		}));
		const result = await run(rows, {
			prompt: PROMPT_OF_ROW,
			options: { includeInputFields: true, parallel: 3 },
		});
		expect(made(result).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(rowsOf(result, 0)).toEqual([0, 1, 2, 3, 4, 5]);
		for (const { sessionId, prompt } of made(result)) {
			const entry = emulator().ledger.prompts.find(({ text }) => text === prompt);
			expect(entry?.sessionId).toBe(sessionId);
		}
	});

	it.each([1, 2, 4])('run side by side, at most %i of them', async (parallel) => {
		emulator().options.turnMs = 150;
		await run(numbered(6), { prompt: PROMPT_OF_ROW, options: { parallel } });
		expect(mostStreams(emulator())).toBe(parallel);
	});

	it('of one given session are edited and exported strictly one after another', async () => {
		const sessionId = await prepareSession(emulator());
		const from = emulator().events.all().at(-1)?.seq ?? 0;
		const titles = ['first', 'second', 'third'];
		const rows = titles.map((title) => ({
			json: { sessionId, prompt: `Add a title "${title}" at the start` },
		}));
		const result = await run(rows, {
			sessionId: '={{ $json.sessionId }}',
			prompt: PROMPT_OF_ROW,
			options: { parallel: 10 },
		});
		expect(failed(result)).toEqual([]);
		const course = emulator()
			.events.all(undefined, from)
			.filter(({ type }) => ['turn.accepted', 'turn.done', 'render.done'].includes(type))
			.map(({ type }) => type);
		const each = ['turn.accepted', 'turn.done', 'render.done'];
		expect(course).toEqual([...each, ...each, ...each]);
		const renders = emulator().ledger.renders;
		expect(new Set(renders.map(({ draftHash }) => draftHash)).size).toBe(3);
		expect(made(result).map(({ renderId }) => renderId)).toEqual(renders.map(({ id }) => id));
		expect(emulator().ledger.sessions).toHaveLength(1);
	});

	it('with and without a session mix: an empty cell gets a session of its own', async () => {
		const sessionId = await prepareSession(emulator());
		const rows = [{ json: { sessionId } }, { json: { sessionId: '' } }, { json: {} }];
		const result = await run(rows, { sessionId: '={{ $json.sessionId }}' });
		expect(failed(result)).toEqual([]);
		expect(made(result)[0]?.sessionId).toBe(sessionId);
		expect(new Set(made(result).map((video) => video.sessionId)).size).toBe(3);
	});

	it('that nobody sent do nothing', async () => {
		const result = await run([]);
		expect(made(result)).toEqual([]);
		expect(emulator().requests.all()).toEqual([]);
	});

	it('by the hundred come out complete and in order', async () => {
		Object.assign(emulator().options, { turnMs: 0, stageGapMs: 0, heartbeatMs: 1000 });
		for (const { account } of emulator().tokens.all()) account.available = 1_000_000;
		const result = await run(numbered(200), {
			prompt: PROMPT_OF_ROW,
			exportVideo: false,
			options: { parallel: 10, includeInputFields: true },
		});
		expect(made(result).map(({ n }) => n)).toEqual(numbered(200).map(({ json }) => json?.n));
		expect(emulator().ledger.summary()).toMatchObject({
			promptsAccepted: 200,
			promptsDuplicated: 0,
			sessions: 200,
		});
	});
});

describe('what people see of a run', () => {
	it('is a hint with counts, times and the credits, marked approximate', async () => {
		const result = await run([{}, { json: { bad: true } }, {}], {
			prompt: `={{ $json.bad ? '' : '${PROMPT}' }}`,
		});
		expect(result.hints(NODE)).toMatchObject([{ type: 'warning' }]);
		const [hint] = result.hints(NODE);
		expect(hint?.message).toMatch(/^2 of 3 rows finished, 1 failed \(kind input\)\./);
		expect(hint?.message).toMatch(/session [\d.]+ s, generate [\d.]+ s, export [\d.]+ s/);
		expect(hint?.message).toMatch(/About 200 credits used \(approximate/);
	});

	it('is the text of the agent while it speaks, where the run is streamed', async () => {
		const result = await engine.runNode([{}], create({ prompt: `${PROMPT} [[talk]]` }), {
			streaming: true,
		});
		const types = result.chunks.map(({ type }) => type);
		expect(types[0]).toBe('begin');
		expect(types.at(-1)).toBe('end');
		expect(types).toContain('item');
	});
});

describe.each([2, 3] as const)('as a tool of an agent of version %i', (version) => {
	it('answers with the address of the video', async () => {
		const tool = create(
			{ prompt: "={{ $fromAI('prompt', 'What to make', 'string') }}", download: false },
			{ onError: undefined },
		);
		const calls = [{ node: 'Tool 1', input: { prompt: PROMPT } }];
		const result = await engine.run(agent(version, { json: {} }, calls, tool));
		expect(result.error?.message).toBeUndefined();
		expect(JSON.stringify(result.items('Result')[0]?.json)).toContain('.mp4');
	});
});
