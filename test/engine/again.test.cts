import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT, prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import { agent, chain, type NodeSpec, type WorkflowSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;
let sessionId: string;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	sessionId = await prepareSession(emulator());
});

const EDIT = 'Add a title "Summer Sale" at the start';
const RECOVERY = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 2 };
const generate = (prompt: string, more: Partial<NodeSpec> = {}): NodeSpec => ({
	type: 'nemoVideoGenerate',
	...more,
	parameters: { prompt, options: RECOVERY, ...more.parameters },
});
const RETRIED = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const sent = (prompt: string): number =>
	emulator().ledger.prompts.filter(({ text, accepted }) => text.startsWith(prompt) && accepted)
		.length;

describe("n8n's Retry On Fail", () => {
	it('repeats only the rows that are not done', async () => {
		const other = await prepareSession(emulator());
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'run', sessionId: undefined, nth: 2 });
		const result = await engine.runNode(
			[{ json: { sessionId } }, { json: { sessionId: other } }],
			generate(EDIT, {
				...RETRIED,
				parameters: { options: { ...RECOVERY, recoveryChecks: 1, parallel: 1 } },
			}),
		);
		void result;
		expect(emulator().ledger.prompts.filter(({ sessionId: id }) => id === sessionId)).toHaveLength(
			2,
		);
		expect(emulator().ledger.summary().promptsDuplicated).toBe(0);
	});

	it('never sends a prompt again whose outcome is unknown', async () => {
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'run' });
		const result = await engine.runNode([{ json: { sessionId } }], generate(EDIT, RETRIED));
		expect(result.items('Node 1')[0]?.json).toMatchObject({
			status: 'completed',
			completedBy: 'state',
		});
		expect(sent(EDIT)).toBe(1);
	});

	it('creates no second session for a row that has one', async () => {
		emulator().faults.add({ kind: 'status', status: 500, endpoint: 'session', nth: 2 });
		const result = await engine.runNode([{}, {}], {
			type: 'nemoVideoCreateSession',
			parameters: { language: 'en', options: { parallel: 1 } },
			...RETRIED,
		});
		expect(result.error?.message).toBeUndefined();
		const ids = result.items('Node 1').map(({ json }) => json.sessionId);
		expect(new Set(ids).size).toBe(2);
		// One was made for the test itself, two are in use.
		expect(emulator().ledger.sessions).toHaveLength(3);
	});

	it('uploads no file twice that has arrived', async () => {
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'upload' });
		const result = await engine.runNode(
			[
				{
					json: { sessionId },
					files: { data: { fileName: 'a.png', mimeType: 'image/png', content: 'bytes' } },
				},
			],
			{ type: 'nemoVideoUpload', ...RETRIED },
		);
		expect(result.error?.message).toBeUndefined();
		expect(result.items('Node 1')[0]?.json.files).toMatchObject([{ filename: 'a.png' }]);
		expect(emulator().ledger.uploads).toHaveLength(1);
	});

	it('renders a film once', async () => {
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'submit' });
		const result = await engine.runNode([{ json: { sessionId } }], {
			type: 'nemoVideoExport',
			parameters: { options: QUICK_EXPORT },
			...RETRIED,
		});
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.summary()).toMatchObject({ renders: 1, rendersDuplicated: 0 });
	});
});

describe("n8n's Retry of an execution", () => {
	it('keeps what is done and gives what failed another chance', async () => {
		const other = await prepareSession(emulator());
		const workflow = chain(
			[{ json: { sessionId } }, { json: { sessionId: other } }],
			generate(EDIT, { parameters: { options: { ...RECOVERY, parallel: 1 } } }),
		);
		emulator().faults.add({
			kind: 'body',
			endpoint: 'run',
			body: '{"code":2001}',
			process: false,
			nth: 2,
		});
		const first = await engine.run(workflow);
		expect(first.status).toBe('error');
		const second = await engine.retry(workflow, first);
		expect(second.error?.message).toBeUndefined();
		expect(second.items('Node 1')).toHaveLength(2);
		expect(sent(EDIT)).toBe(2);
		expect(emulator().ledger.summary().promptsDuplicated).toBe(0);
	});

	it('looks for a turn of unknown outcome instead of sending it again', async () => {
		const workflow = chain(
			[{ json: { sessionId } }],
			generate(`${EDIT} [[slow:300]]`, {
				parameters: { options: { ...RECOVERY, recoveryChecks: 1 } },
			}),
		);
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'run' });
		const first = await engine.run(workflow);
		expect(first.status).toBe('error');
		await emulator().waitFor({ type: 'turn.done', sessionId }, { nth: 2 });
		const second = await engine.retry(workflow, first);
		expect(second.error?.message).toBeUndefined();
		expect(second.items('Node 1')[0]?.json).toMatchObject({ completedBy: 'state' });
		expect(sent(EDIT)).toBe(1);
	});
});

describe('Loop Over Items', () => {
	it('does the work of every round, even where two rows ask for the same', async () => {
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				{ type: 'test.loop', name: 'Loop' },
				generate(EDIT, { name: 'Body' }),
				{ type: 'test.collector', name: 'Result' },
			],
			wires: [
				{ from: 'Rows', to: 'Loop' },
				{ from: 'Loop', to: 'Result' },
				{ from: 'Loop', to: 'Body', output: 1 },
				{ from: 'Body', to: 'Loop' },
			],
			rows: { rows: [1, 2, 3].map((n) => ({ json: { n, sessionId } })) },
		};
		const result = await engine.run(workflow);
		expect(result.error?.message).toBeUndefined();
		expect(result.items('Result')).toHaveLength(3);
		expect(sent(EDIT)).toBe(3);
	});
});

describe.each([2, 3] as const)('as a tool of an agent of version %i', (version) => {
	const tool = (more: Partial<NodeSpec> = {}): NodeSpec =>
		generate("={{ $fromAI('prompt', 'What to do with the video', 'string') }}", {
			...more,
			parameters: {
				sessionId: "={{ $fromAI('session', 'The session', 'string') }}",
				...more.parameters,
			},
		});
	const call = (prompt: string) => ({ node: 'Tool 1', input: { prompt, session: sessionId } });

	it('a node answers the model with its result', async () => {
		const result = await engine.run(agent(version, { json: {} }, [call(EDIT)], tool()));
		expect(result.error?.message).toBeUndefined();
		expect(JSON.stringify(result.items('Result')[0]?.json)).toContain('Summer Sale');
	});

	it('a node does the same edit twice when it is asked twice', async () => {
		const result = await engine.run(agent(version, { json: {} }, [call(EDIT), call(EDIT)], tool()));
		expect(result.error?.message).toBeUndefined();
		expect(sent(EDIT)).toBe(2);
	});

	it('a failure tells the model what to do', async () => {
		const result = await engine.run(
			agent(
				version,
				{ json: {} },
				[{ node: 'Tool 1', input: { prompt: EDIT, session: '1234567890123456789' } }],
				tool(),
			),
		);
		expect(JSON.stringify(result.items('Result')[0]?.json)).toMatch(/Create Session/);
	});
});

describe('Stop', () => {
	it('closes the stream of a turn at once and sends nothing more', async () => {
		const running = engine.start(
			chain([{ json: { sessionId } }], generate(`${PROMPT} [[hang]]`, RETRIED)),
		);
		const { prompt } = await emulator().waitFor({ type: 'stream.open', sessionId }, { nth: 2 });
		running.stop();
		await emulator().waitFor({ type: 'stream.closed', prompt });
		const requests = emulator().requests.all().length;
		const result = await running.finished;
		expect(result.status).toBe('canceled');
		expect(emulator().requests.all()).toHaveLength(requests);
	});

	it('cancels the render that nobody waits for any more', async () => {
		emulator().options.renderOutcomes = ['forever'];
		const running = engine.start(
			chain([{ json: { sessionId } }], {
				type: 'nemoVideoExport',
				parameters: { options: QUICK_EXPORT },
			}),
		);
		await emulator().waitFor('render.created');
		running.stop();
		await emulator().waitFor({ type: 'render.done', status: 'cancelled' });
		expect((await running.finished).status).toBe('canceled');
	});

	it('ends a workflow whose time is over in the same way', async () => {
		const result = await engine.runNode([{ json: { sessionId } }], generate(`${PROMPT} [[hang]]`), {
			timeoutMs: 300,
		});
		expect(result.status).toBe('canceled');
		// The first stream was that of the prepared film.
		await emulator().waitFor('stream.closed', { nth: 2 });
	});
});
