import { connectedCredential, withEmulator } from './support/emulator.cts';
import { create, failed, made, NODE, PHOTO } from './support/createVideo.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT, prepareSession } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const RETRIED: Partial<NodeSpec> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const RECOVERY = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 2 };
const STOPS: Partial<NodeSpec> = { onError: 'stopWorkflow' };
const WITH_PHOTO = { source: 'binary', binaryPropertyName: 'data' };
const ROW = { files: { data: PHOTO } };
/** What a row may cost at most, however often it is tried. */
const once = (): void =>
	expect(emulator().ledger.summary()).toMatchObject({
		promptsAccepted: 1,
		promptsDuplicated: 0,
		creditsCharged: 100,
		uploads: 1,
		rendersDuplicated: 0,
	});

describe('a row that fails on its way', () => {
	it.each([
		['session', 'session', { kind: 'input', stage: 'session' }, []],
		['upload', 'upload', { kind: 'input', stage: 'upload' }, ['sessionId', 'taskId']],
		['generate', 'run', { kind: 'input', stage: 'generate' }, ['sessionId', 'taskId']],
		['export', 'submit', { stage: 'export' }, ['sessionId', 'taskId', 'renderId']],
	] as const)('at %s tells the stage and the ids in hand', async (_stage, endpoint, like, ids) => {
		emulator().faults.add({ kind: 'status', status: 422, endpoint, times: 0 });
		const result = await engine.runNode([ROW], create(WITH_PHOTO));
		const [failure = {}] = failed(result);
		expect(failure).toMatchObject(like);
		for (const id of ids) expect(failure[id]).toEqual(expect.stringMatching(/\S/));
	});

	it.each([
		['session', 'session'],
		['upload', 'upload'],
		['generate', 'run'],
		['export', 'submit'],
		['poll', 'poll'],
	] as const)(
		'at %s continues from there in a Retry of the execution',
		async (_stage, endpoint) => {
			const workflow = chain([ROW], create(WITH_PHOTO, STOPS));
			const id = emulator().faults.add({ kind: 'status', status: 422, endpoint, times: 0 });
			const first = await engine.run(workflow);
			expect(first.status).toBe('error');
			emulator().faults.remove(id);
			const second = await engine.retry(workflow, first);
			expect(second.error?.message).toBeUndefined();
			expect(made(second)).toHaveLength(1);
			expect(emulator().ledger.sessions).toHaveLength(1);
			once();
		},
	);

	it.each(['upload', 'run', 'submit', 'poll', 'download', 'state'] as const)(
		'because an answer of %s got lost is not done twice by Retry On Fail',
		async (endpoint) => {
			emulator().faults.add({ kind: 'dropAfter', endpoint, nth: 1 });
			if (endpoint === 'download') emulator().options.cdnForbidden = true;
			const result = await engine.runNode([ROW], create(WITH_PHOTO, { ...STOPS, ...RETRIED }));
			expect(result.error?.message).toBeUndefined();
			expect(made(result)).toHaveLength(1);
			once();
		},
	);

	it('with its video only half downloaded fetches it in the retry, and nothing more', async () => {
		const workflow = chain([ROW], create(WITH_PHOTO, STOPS));
		const paths = ['file', 'download'] as const;
		const ids = paths.map((endpoint) =>
			emulator().faults.add({ kind: 'status', status: 422, endpoint, times: 0 }),
		);
		const first = await engine.run(workflow);
		expect(first.error).toMatchObject({ context: { stage: 'download' } });
		for (const id of ids) emulator().faults.remove(id);
		const second = await engine.retry(workflow, first);
		expect(second.items(NODE)[0]?.binary?.data).toMatchObject({ bytes: 64 * 1024 });
		expect(emulator().ledger.renders).toHaveLength(1);
		once();
	});

	it('keeps the credits and times of the stages that an earlier try did', async () => {
		const workflow = chain([ROW], create(WITH_PHOTO, STOPS));
		const id = emulator().faults.add({ kind: 'status', status: 422, endpoint: 'submit', times: 0 });
		const first = await engine.run(workflow);
		emulator().faults.remove(id);
		const [video] = made(await engine.retry(workflow, first));
		expect(video).toMatchObject({ creditsUsed: 100 });
		expect(video?.stages).toMatchObject([
			{ name: 'session' },
			{ name: 'upload' },
			{ name: 'generate' },
			{ name: 'export' },
		]);
	});
});

describe('rows that are tried again beside others', () => {
	it('are the only ones that are worked on', async () => {
		const rows = [1, 2, 3].map((n) => ({ json: { prompt: `${PROMPT} number ${n}` } }));
		const workflow = chain(
			rows,
			create({ prompt: '={{ $json.prompt }}', options: { parallel: 1 } }, STOPS),
		);
		const fault = { kind: 'status', status: 422, endpoint: 'run', nth: 2 } as const;
		emulator().faults.add(fault);
		const first = await engine.run(workflow);
		expect(first.error?.description).toMatch(/1 of 3 items was finished/);
		const second = await engine.retry(workflow, first);
		expect(made(second)).toHaveLength(3);
		expect(emulator().ledger.summary()).toMatchObject({
			promptsAccepted: 3,
			promptsDuplicated: 0,
			sessions: 3,
			renders: 3,
			rendersDuplicated: 0,
		});
	});

	/** Two edits of one session; the first row is tried again after the second row is done. */
	const twoEdits = async (options: object = {}) => {
		const sessionId = await prepareSession(emulator());
		const rows = ['first', 'second'].map((title) => ({
			json: { prompt: `Add a title "${title}" at the start` },
		}));
		const node = create(
			{ sessionId, prompt: '={{ $json.prompt }}', options: { ...options } },
			{ ...RETRIED, maxTries: 2 },
		);
		return { sessionId, result: await engine.runNode(rows, node) };
	};

	it('never get the edit of another row as their video', async () => {
		const refusal = { kind: 'status', status: 429, headers: { 'retry-after': '0' } } as const;
		emulator().faults.add({ ...refusal, endpoint: 'submit', times: 2 });
		const { sessionId, result } = await twoEdits();
		const [failure] = failed(result);
		expect(failure).toMatchObject({ kind: 'render', stage: 'export', sessionId });
		expect(failure?.message).toMatch(/timeline has changed since this edit/);
		expect(made(result)).toHaveLength(1);
		expect(emulator().ledger.renders).toHaveLength(1);
		expect(emulator().ledger.summary().promptsDuplicated).toBe(0);
	});

	it('find the render of their own edit again', async () => {
		emulator().options.renderOutcomes = ['forever'];
		const { result } = await twoEdits({ exportTimeoutMinutes: 0.02 });
		const [own, other] = emulator().ledger.renders;
		expect(failed(result)).toMatchObject([{ kind: 'timeout', renderId: own?.id }]);
		expect(made(result)).toMatchObject([{ renderId: other?.id }]);
		expect(emulator().ledger.renders).toHaveLength(2);
	});
});

describe('a session that NemoVideo no longer knows', () => {
	it.each(['upload', 'run', 'state'] as const)(
		'is replaced once where the row made it itself and nothing was generated (%s)',
		async (endpoint) => {
			emulator().faults.add({
				kind: 'body',
				endpoint,
				body: '{"code":1002,"message":"Session not found"}',
				process: false,
			});
			const result = await engine.runNode([ROW], create(WITH_PHOTO));
			expect(failed(result)).toEqual([]);
			expect(emulator().ledger.sessions).toHaveLength(2);
			const [, session] = emulator().ledger.sessions;
			expect(made(result)[0]?.sessionId).toBe(session?.sessionId);
			expect(emulator().ledger.uploads.at(-1)?.sessionId).toBe(session?.sessionId);
			expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 1 });
		},
	);

	it('is replaced once only', async () => {
		emulator().faults.add({
			kind: 'body',
			endpoint: 'run',
			body: '{"code":1002}',
			process: false,
			times: 0,
		});
		const result = await engine.runNode([{}], create());
		expect(failed(result)).toMatchObject([{ kind: 'session', stage: 'generate' }]);
		expect(emulator().ledger.sessions).toHaveLength(2);
	});

	it('is not replaced where it was given', async () => {
		const result = await engine.runNode([{}], create({ sessionId: '1234567890123456789' }));
		expect(failed(result)).toMatchObject([
			{ kind: 'session', stage: 'session', sessionId: '1234567890123456789' },
		]);
		expect(emulator().ledger.sessions).toEqual([]);
	});

	it('is not replaced once its video was generated', async () => {
		emulator().faults.add({ kind: 'body', endpoint: 'submit', body: '{"code":1002}', times: 0 });
		const result = await engine.runNode([{}], create());
		expect(failed(result)).toMatchObject([{ kind: 'session', stage: 'export' }]);
		expect(emulator().ledger.summary()).toMatchObject({ sessions: 1, promptsAccepted: 1 });
	});
});

describe('Stop', () => {
	it('sends nothing more, and a Retry continues with what was sent', async () => {
		const workflow = chain([{}, {}], create({ options: { parallel: 1 } }, STOPS));
		emulator().options.turnMs = 200;
		const running = engine.start(workflow);
		const { prompt } = await emulator().waitFor('stream.open');
		running.stop();
		await emulator().waitFor({ type: 'stream.closed', prompt });
		const stopped = await running.finished;
		expect(stopped.status).toBe('canceled');
		const requests = emulator().requests.all().length;
		await emulator().waitFor('turn.done');
		expect(emulator().requests.all()).toHaveLength(requests);
		const again = await engine.retry(workflow, stopped);
		expect(again.error?.message).toBeUndefined();
		expect(made(again)).toHaveLength(2);
		expect(made(again)[0]).toMatchObject({ status: 'completed', creditsUsed: null });
		expect(emulator().ledger.summary()).toMatchObject({
			sessions: 2,
			promptsAccepted: 2,
			promptsDuplicated: 0,
		});
	});

	it('and Retry pressed twice makes one film, whether the first is still running or done', async () => {
		const workflow = chain([ROW], create(WITH_PHOTO, STOPS));
		emulator().options.turnMs = 200;
		const running = engine.start(workflow);
		await emulator().waitFor('stream.open');
		running.stop();
		const stopped = await running.finished;
		await emulator().waitFor('turn.done');
		const both = await Promise.all([
			engine.retry(workflow, stopped),
			engine.retry(workflow, stopped),
		]);
		for (const again of [...both, await engine.retry(workflow, stopped)]) {
			expect(again.error?.message).toBeUndefined();
			expect(made(again)).toMatchObject([{ status: 'completed' }]);
		}
		once();
	});
});

describe('Stop in a chain of nodes', () => {
	it('and Retry pressed twice, which n8n begins with the first node, makes one session and one prompt', async () => {
		const workflow = chain(
			[{ json: { topic: 'tea' } }],
			{ type: 'nemoVideoCreateSession' },
			{
				type: 'nemoVideoGenerate',
				parameters: { sessionId: '={{ $json.sessionId }}', prompt: PROMPT, options: RECOVERY },
			},
		);
		emulator().options.turnMs = 200;
		const running = engine.start(workflow);
		await emulator().waitFor('stream.open');
		running.stop();
		expect((await running.finished).status).toBe('canceled');
		await emulator().waitFor('turn.done');
		const retried = await Promise.all([
			engine.run(workflow, { mode: 'retry' }),
			engine.run(workflow, { mode: 'retry' }),
		]);
		for (const again of retried) expect(again.error?.message).toBeUndefined();
		expect(emulator().ledger.summary()).toMatchObject({
			sessions: 1,
			promptsAccepted: 1,
			creditsCharged: 100,
		});
	});
});

describe('Retry of a failed execution, pressed twice', () => {
	it('makes one film of a row that was refused', async () => {
		const workflow = chain([ROW], create(WITH_PHOTO, STOPS));
		const id = emulator().faults.add({ kind: 'status', status: 422, endpoint: 'run', times: 0 });
		const first = await engine.run(workflow);
		expect(first.status).toBe('error');
		emulator().faults.remove(id);
		const retried = await Promise.all([
			engine.retry(workflow, first),
			engine.retry(workflow, first),
		]);
		for (const again of retried) expect(made(again)).toMatchObject([{ status: 'completed' }]);
		once();
	});
});

describe('two deliveries of one webhook with a photo', () => {
	it('to one session are one prompt and one file, and each gets the film', async () => {
		const sessionId = await prepareSession(emulator());
		const before = emulator().ledger.summary();
		const workflow = chain([ROW], create({ ...WITH_PHOTO, sessionId }, STOPS));
		emulator().options.turnMs = 200;
		const first = engine.start(workflow);
		await emulator().waitFor('stream.open');
		const second = engine.start(workflow);
		for (const { finished } of [first, second]) {
			expect(made(await finished)).toMatchObject([{ status: 'completed', sessionId }]);
		}
		const after = emulator().ledger.summary();
		expect(after.promptsAccepted - before.promptsAccepted).toBe(1);
		expect(after.uploads - before.uploads).toBe(1);
	});
});
