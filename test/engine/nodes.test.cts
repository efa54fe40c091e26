import { hurry } from '../situations/support/clocks.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { expectOnlyALook, PROMPT, prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const PHOTOS = {
	Photos_0: { fileName: 'front.png', mimeType: 'image/png', content: 'front' },
	Photos_1: { fileName: 'back.jpg', mimeType: 'image/jpeg', content: 'back view' },
};
const json = (result: RunResult, node: string): Record<string, unknown> =>
	result.items(node)[0]?.json ?? {};

describe('rows', () => {
	it('keep their order and their pairing, each with a session of its own', async () => {
		emulator().options.turnMs = 5;
		const rows = [1, 2, 3, 4, 5].map((n) => ({ json: { n, prompt: `${PROMPT} number ${n}` } }));
		const result = await engine.run(
			chain(
				rows,
				{
					type: 'nemoVideoCreateSession',
					name: 'Session',
					parameters: { taskName: '=project {{ $json.n }}', language: 'en' },
				},
				{
					type: 'nemoVideoGenerate',
					name: 'Generate',
					parameters: { prompt: "={{ $('Rows').item.json.prompt }}" },
				},
			),
		);
		expect(result.error?.message).toBeUndefined();
		const output = result.items('Generate');
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			rows.map((_row, item) => expect.objectContaining({ item }) as unknown),
		);
		const sessions = result.items('Session').map(({ json: { sessionId } }) => sessionId);
		expect(output.map(({ json: { sessionId } }) => sessionId)).toEqual(sessions);
		expect(new Set(sessions).size).toBe(5);
		for (const prompt of emulator().ledger.prompts) {
			const row = sessions.indexOf(prompt.sessionId);
			expect(prompt.text).toBe(rows[row]?.json.prompt);
		}
	});

	it('of one session run one after another, in order', async () => {
		const sessionId = await prepareSession(emulator());
		const rows = ['first', 'second', 'third'].map((title) => ({
			json: { sessionId, prompt: `Add a title "${title}" at the start` },
		}));
		const result = await engine.runNode(rows, {
			type: 'nemoVideoGenerate',
			parameters: { prompt: '={{ $json.prompt }}', options: { parallel: 10 } },
		});
		expect(result.error?.message).toBeUndefined();
		const { prompts } = emulator().ledger;
		expect(prompts.slice(-3).map(({ text }) => text)).toEqual(
			rows.map(({ json: row }) => row.prompt),
		);
		expect(prompts.some(({ overlapped }) => overlapped)).toBe(false);
	});

	it('of different sessions run side by side, no more than Parallel allows', async () => {
		const ids: string[] = [];
		while (ids.length < 6) ids.push(await prepareSession(emulator()));
		emulator().options.turnMs = 80;
		const result = await engine.runNode(
			ids.map((sessionId) => ({ json: { sessionId } })),
			{ type: 'nemoVideoGenerate', parameters: { prompt: PROMPT, options: { parallel: 2 } } },
		);
		expect(result.items('Node 1')).toHaveLength(6);
		expect(mostOpen()).toBe(2);
	});

	it('copy the input through only when asked to', async () => {
		const rows = [{ json: { row: 7 }, files: PHOTOS }];
		const plain = await engine.runNode(rows, { type: 'nemoVideoCredits' });
		expect(plain.items('Node 1')[0]).not.toHaveProperty('json.row');
		const copied = await engine.runNode(rows, {
			type: 'nemoVideoCredits',
			parameters: { options: { includeInputFields: true } },
		});
		expect(copied.items('Node 1')[0]).toMatchObject({
			json: { row: 7, available: 25_000 },
			binary: { Photos_0: { fileName: 'front.png' } },
		});
	});
});

/** The most streams that were open at once since the last prepared session. */
function mostOpen(): number {
	let open = 0;
	let most = 0;
	const prepared = emulator().events.all('turn.accepted').length - 6;
	const from = emulator().events.all('stream.open')[prepared]?.seq ?? 0;
	for (const { type, seq } of emulator().events.all()) {
		if (seq < from) continue;
		if (type === 'stream.open') open += 1;
		if (type === 'stream.closed') open -= 1;
		most = Math.max(most, open);
	}
	return most;
}

describe('Generate', () => {
	const generate = async (prompt: string, options = {}): Promise<Record<string, unknown>> => {
		const sessionId = await prepareSession(emulator());
		const result = await engine.runNode([{ json: { sessionId } }], {
			type: 'nemoVideoGenerate',
			parameters: { prompt, options },
			onError: 'continueErrorOutput',
		});
		const failed = result.branch('Node 1', 1)[0]?.json.error as Record<string, unknown> | undefined;
		return failed ?? json(result, 'Node 1');
	};

	it('tells a silent edit from what the timeline shows', async () => {
		const output = await generate('Add a title "Paradise Found" at the start [[silent]]');
		expect(output).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(output.text).toMatch(/Paradise Found/);
		expect(output.changes).toContainEqual(expect.stringContaining('Paradise Found'));
	});

	it('passes a question on instead of calling the turn done', async () => {
		const output = await generate('make it better');
		expect(output).toMatchObject({ status: 'awaitingInput', changes: [] });
		expect(output.text).toMatch(/\?/);
	});

	it('does not show the false "temporary issue" after an answer', async () => {
		const output = await generate('Add a title "Sale" at the start [[talk]] [[trailing]]');
		expect(output).toMatchObject({ status: 'completed' });
		expect(output.text).not.toMatch(/temporary issue/i);
	});

	it('ends a turn that gives no sign of work', async () => {
		const output = await generate(`${PROMPT} [[heartbeats]] [[hang]]`, { idleMinutes: 0.02 });
		expect(output).toMatchObject({ kind: 'timeout', retryable: false, safeToRepeat: false });
		expect(output.message).toMatch(/Idle Limit/);
		expect(output.description).toMatch(/won't be sent again/);
	});

	it('translates talk of buttons into actions', async () => {
		const output = await generate('Add a title "Sale" at the start [[gui]] [[talk]]');
		expect(output.suggestedActions).not.toEqual([]);
		expect(output.text).not.toMatch(/\bclick\b|\bdrag\b|点击/i);
	});

	it('finds a turn again whose stream was lost, and sends it once', async () => {
		const output = await generate(`${PROMPT} [[drop:raw]]`, {
			recoveryWaitSeconds: 0,
			recoveryIntervalSeconds: 0.1,
		});
		expect(output).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(output.timeline).toMatchObject({ readyToExport: true });
		expect(emulator().ledger.summary().promptsDuplicated).toBe(0);
	});

	it('ends with the state so far when time is over and the user chose to continue', async () => {
		const output = await generate(`${PROMPT} [[hang]]`, {
			timeoutMinutes: 0.02,
			onTimeout: 'continue',
		});
		expect(output).toMatchObject({ status: 'running' });
	});

	it('refuses to start below the minimum of credits, and nothing is spent', async () => {
		const output = await generate(PROMPT, { minimumCredits: 1_000_000 });
		expect(output).toMatchObject({ kind: 'credits', retryable: false });
		expect(emulator().ledger.prompts.filter(({ text }) => text === PROMPT)).toHaveLength(1);
	});
});

describe('Create Session', () => {
	it.each([
		['把这些照片做成30秒的宣传视频', 'zh'],
		['この写真から動画を作ってください', 'ja'],
		['사진으로 홍보 영상을 만들어 주세요', 'ko'],
		['Сделай рекламный ролик из этих фотографий', 'ru'],
		['اصنع فيديو ترويجي من هذه الصور', 'ar'],
		['short', 'en'],
		['', 'en'],
	])('detects the language of %j', async (languageSample, language) => {
		const result = await engine.runNode([{}], {
			type: 'nemoVideoCreateSession',
			parameters: { languageSample },
		});
		expect(json(result, 'Node 1')).toMatchObject({ language });
		expect(emulator().ledger.sessions[0]).toMatchObject({ language });
	});

	it('gives a link to the project only when asked, and without a token', async () => {
		const linked = await engine.runNode([{}], {
			type: 'nemoVideoCreateSession',
			parameters: { language: 'en', options: { includeLink: true } },
		});
		expect(json(linked, 'Node 1').link).toMatch(/^https:\/\/nemovideo\.com\/.*ct=clm_/);
		const plain = await engine.runNode([{}], {
			type: 'nemoVideoCreateSession',
			parameters: { language: 'en' },
		});
		expect(json(plain, 'Node 1')).not.toHaveProperty('link');
	});
});

describe('State and Credits', () => {
	it('give the draft untouched when simplify is off', async () => {
		const sessionId = await prepareSession(emulator());
		const result = await engine.runNode([{ json: { sessionId } }], {
			type: 'nemoVideoState',
			parameters: { simplify: false },
		});
		// The emulator marks integers that no double holds; in items they are text.
		const draft = JSON.stringify(emulator().sessions.peek(sessionId)?.draft);
		expect(json(result, 'Node 1').draft).toEqual(JSON.parse(draft.replaceAll('$integer:', '')));
		const simple = await engine.runNode([{ json: { sessionId } }], { type: 'nemoVideoState' });
		expect(json(simple, 'Node 1')).not.toHaveProperty('draft');
		expect(Object.keys(json(simple, 'Node 1')).sort()).toEqual([
			'generatedMedia',
			'sessionId',
			'timeline',
			'videoInfos',
		]);
	});

	it('fail a row that has too few credits', async () => {
		const result = await engine.runNode([{}], {
			type: 'nemoVideoCredits',
			parameters: { options: { minimumCredits: 25_001 } },
			onError: 'continueErrorOutput',
		});
		expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({ kind: 'credits' });
	});
});

describe('Export', () => {
	const run = async (
		sessionId: string,
		parameters: NonNullable<NodeSpec['parameters']>,
	): Promise<RunResult> =>
		await engine.runNode([{ json: { sessionId } }], {
			type: 'nemoVideoExport',
			parameters: { ...parameters, options: { ...QUICK_EXPORT, ...Object(parameters.options) } },
			onError: 'continueErrorOutput',
		});

	it('submits, tells the status and cancels in operations of their own', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().options.renderOutcomes = ['forever'];
		const submitted = json(await run(sessionId, { operation: 'submit' }), 'Node 1');
		expect(submitted).toMatchObject({ sessionId, status: 'pending' });
		const renderId = String(submitted.renderId);
		const status = json(await run(sessionId, { operation: 'getStatus', renderId }), 'Node 1');
		expect(status.status).toMatch(/^(pending|processing)$/);
		const cancelled = json(await run(sessionId, { operation: 'cancel', renderId }), 'Node 1');
		expect(cancelled).toMatchObject({ renderId, status: 'cancelled' });
		expect(emulator().ledger.renders).toMatchObject([{ id: renderId, status: 'cancelled' }]);
	});

	it('tells of a failed render in Get Status without failing', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().options.renderOutcomes = ['failed'];
		const submitted = json(await run(sessionId, { operation: 'submit' }), 'Node 1');
		await emulator().waitFor({ type: 'render.done', render: submitted.renderId });
		const status = json(
			await run(sessionId, { operation: 'getStatus', renderId: String(submitted.renderId) }),
			'Node 1',
		);
		expect(status).toMatchObject({ status: 'failed' });
		expect(JSON.stringify(status)).toContain('Render worker crashed');
	});

	it('tries a failed render once more under a new id', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().options.renderOutcomes = ['failed'];
		const exported = json(await run(sessionId, {}), 'Node 1');
		expect(exported).toMatchObject({ status: 'completed', attempts: 2 });
		expect(emulator().ledger.renders).toHaveLength(2);
	});

	it('finds the render of an unchanged timeline again instead of paying for another', async () => {
		const sessionId = await prepareSession(emulator());
		const first = json(await run(sessionId, {}), 'Node 1');
		const second = json(await run(sessionId, {}), 'Node 1');
		expect(second.renderId).toBe(first.renderId);
		expect(emulator().ledger.renders).toHaveLength(1);
		const again = json(await run(sessionId, { options: { renderAgain: true } }), 'Node 1');
		expect(again.renderId).not.toBe(first.renderId);
		expect(emulator().ledger.renders).toHaveLength(2);
	});

	it('refuses an empty timeline before a render is asked for', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const result = await run(sessionId, {});
		expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({
			kind: 'input',
			sessionId,
			message: expect.stringMatching(/timeline|export/i) as string,
		});
		expect(emulator().ledger.renders).toEqual([]);
	});

	it('downloads with the token where the file itself is forbidden', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().options.cdnForbidden = true;
		const result = await run(sessionId, {});
		const [item] = result.items('Node 1');
		expect(item?.binary?.data).toMatchObject({ bytes: 64 * 1024 });
		expect(emulator().requests.all({ endpoint: 'download' })).toHaveLength(1);
	});

	it('downloads by its id a render whose address is not told', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().options.renderOutcomes = ['noUrl'];
		const result = await run(sessionId, {});
		expect(result.items('Node 1')[0]?.binary?.data).toMatchObject({ bytes: 64 * 1024 });
		expect(emulator().ledger.renders).toHaveLength(1);
	});

	it('renders once more what has been rendered but is gone', async () => {
		// A fresh link is waited for.
		hurry();
		const sessionId = await prepareSession(emulator());
		emulator().options.renderOutcomes = ['gone'];
		const result = await run(sessionId, {});
		expect(result.items('Node 1')[0]).toMatchObject({
			json: { attempts: 2 },
			binary: { data: { bytes: 64 * 1024 } },
		});
		expect(emulator().ledger.renders).toHaveLength(2);
	});

	it('downloads nothing when told so, and gives the address', async () => {
		const sessionId = await prepareSession(emulator());
		const downloaded = expectOnlyALook(emulator());
		const [item] = (await run(sessionId, { download: false })).items('Node 1');
		expect(item?.json.url).toMatch(/^http.*\.mp4$/);
		expect(item).not.toHaveProperty('binary');
		downloaded();
	});

	it('continues with the render id in hand when time is over and the user chose to', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().options.renderOutcomes = ['forever'];
		const options = { timeoutMinutes: 0.02, onTimeout: 'continue' };
		const output = json(await run(sessionId, { options }), 'Node 1');
		expect(output).toMatchObject({ timedOut: true, renderId: emulator().ledger.renders[0]?.id });
	});

	it('asks for size and speed only when they are set', async () => {
		const sessionId = await prepareSession(emulator());
		await run(sessionId, { quality: 'medium', options: { resolution: '720p', fps: 24 } });
		expect(emulator().ledger.renders[0]?.output).toEqual({
			format: 'mp4',
			quality: 'medium',
			resolution: '720p',
			fps: 24,
		});
	});
});
