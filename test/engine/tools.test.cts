import { randomUUID } from 'node:crypto';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { expectOnlyALook, prepareSession, PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import { agent, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;
let sessionId: string;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	sessionId = await prepareSession(emulator());
});

const fromAi = (key: string) => `={{ $fromAI('${key}', 'The ${key}', 'string') }}`;
const asText = (value: unknown): string => JSON.stringify(value ?? null);

describe.each([2, 3] as const)('as a tool of an agent of version %i', (version) => {
	/** What the model is told after one call. */
	const call = async (tool: NodeSpec, input: Record<string, unknown> = {}) => {
		const calls = [{ node: 'Tool 1', input }];
		const result = await engine.run(agent(version, { json: {} }, calls, tool));
		expect(result.error?.message).toBeUndefined();
		const { answer, failure } = result.items('Result')[0]?.json ?? {};
		return { answer: Array.isArray(answer) ? answer[0] : answer, failure, result };
	};

	it('Export gives the address alone and downloads nothing', async () => {
		const tool = {
			type: 'nemoVideoExport',
			parameters: { sessionId: fromAi('session'), options: QUICK_EXPORT },
		};
		const downloaded = expectOnlyALook(emulator());
		const { answer, result } = await call(tool, { session: sessionId });
		expect(answer).toMatchObject({ status: 'completed', url: expect.stringMatching(/\.mp4/) });
		downloaded();
		expect(asText(result.run.data.resultData.runData)).not.toContain('video/mp4');
	});

	it('Create Video downloads nothing, even where an old workflow asks for it', async () => {
		const tool = {
			type: 'nemoVideoCreateVideo',
			parameters: { prompt: fromAi('prompt'), download: true, options: QUICK_EXPORT },
		};
		const downloaded = expectOnlyALook(emulator());
		const { answer } = await call(tool, { prompt: PROMPT });
		expect(answer).toMatchObject({ url: expect.stringMatching(/\.mp4/) });
		downloaded();
	});

	it.each([
		['nemoVideoCredits', {}],
		['nemoVideoState', { sessionId: fromAi('session') }],
		['nemoVideoGenerate', { sessionId: fromAi('session'), prompt: fromAi('prompt') }],
		['nemoVideoCreateSession', { language: 'en' }],
	])('%s answers small and flat', async (type, parameters) => {
		const { answer } = await call({ type, parameters }, { session: sessionId, prompt: PROMPT });
		expect(asText(answer).length).toBeLessThan(1_500);
		for (const value of Object.values(Object(answer))) {
			expect(typeof value === 'object' && !Array.isArray(value)).toBe(false);
			if (Array.isArray(value)) value.forEach((entry) => expect(typeof entry).toBe('string'));
		}
	});

	it('a failure is an answer with the way out, and another try is another try', async () => {
		for (const { account } of emulator().tokens.all()) account.available = 0;
		const tool = {
			type: 'nemoVideoGenerate',
			parameters: { sessionId, prompt: fromAi('prompt') },
		};
		const calls = [1, 2].map(() => ({ node: 'Tool 1', input: { prompt: PROMPT } }));
		const result = await engine.run(agent(version, { json: {} }, calls, tool));
		expect(result.status).toBe('success');
		const answers = result.items('Result').map(({ json }) => asText(json));
		expect(answers).toHaveLength(2);
		for (const answer of answers) expect(answer).toMatch(/out of credits.*Top up/);
		expect(emulator().requests.all({ endpoint: 'run' })).toHaveLength(2);
	});

	it('Get Status finds the session by the turn where a chat gives its own ID', async () => {
		const submit = {
			type: 'nemoVideoGenerate',
			parameters: { operation: 'submit', sessionId, prompt: fromAi('prompt') },
		};
		const { answer: submitted } = await call(submit, { prompt: 'Add the title "Dawn"' });
		const tool = {
			type: 'nemoVideoGenerate',
			parameters: {
				operation: 'getStatus',
				turnId: fromAi('turnId'),
				options: { waitSeconds: 30 },
			},
		};
		const calls = [{ node: 'Tool 1', input: { turnId: Object(submitted).turnId } }];
		const chat = { json: { sessionId: randomUUID(), chatInput: 'Is it done?' } };
		const result = await engine.run(agent(version, chat, calls, tool));
		expect(asText(result.items('Result')[0]?.json)).toMatch(/"status":"completed"/);
	});

	it('a prompt whose fate is unknown is not sent again, however often it is asked for', async () => {
		const options = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 1 };
		const tool = {
			type: 'nemoVideoGenerate',
			parameters: { sessionId, prompt: fromAi('prompt'), options },
		};
		const prompt = 'Add the title "Once" [[drop]] [[nothing]]';
		const calls = [1, 2].map(() => ({ node: 'Tool 1', input: { prompt } }));
		const result = await engine.run(agent(version, { json: {} }, calls, tool));
		expect(asText(result.items('Result').at(-1)?.json)).toMatch(/won't be sent again/);
		expect(emulator().requests.all({ endpoint: 'run' })).toHaveLength(1);
	});

	it.each([
		['nemoVideoGenerate', 'Generate without a prompt'],
		['nemoVideoCreateVideo', 'Create Video without a prompt'],
		['nemoVideoAssistant', 'the Assistant without a message'],
	])('%s costs nothing unless it is told what to do', async (type) => {
		const parameters = type === 'nemoVideoGenerate' ? { sessionId } : {};
		const { answer, failure } = await call({ type, parameters });
		expect(asText(answer ?? failure)).toMatch(/is empty/);
		expect(emulator().requests.all({ endpoint: 'run' })).toEqual([]);
	});

	it.each([
		['is empty', '', /'Prompt' is empty.*The argument 'Prompt' gave nothing\./],
		['is a placeholder', 'TBD', /'Prompt' is 'TBD', which is a placeholder and not a prompt/],
		['holds a sheet error', '#N/A', /'Prompt' is '#N\/A'/],
		['is left of a value', 'undefined', /'undefined'.* from the argument 'Prompt'/],
	])(
		'an argument that %s is named in words, without expressions and sheets',
		async (_what, prompt, words) => {
			const written =
				"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Prompt', ``, 'string') }}";
			const tool = { type: 'nemoVideoGenerate', parameters: { sessionId, prompt: written } };
			const { answer, failure } = await call(tool, { Prompt: prompt });
			expect(asText(answer ?? failure)).toMatch(words);
			expect(asText(answer ?? failure)).not.toMatch(/fromAI|\{\{|sheet|cell|column/);
			expect(emulator().requests.all({ endpoint: 'run' })).toEqual([]);
		},
	);

	it('an ID that an agent made up of nothing is refused before it is looked for', async () => {
		for (const session of ['undefined', 'null', '-', '#N/A']) {
			const tool = { type: 'nemoVideoState', parameters: { sessionId: fromAi('session') } };
			const { answer, failure } = await call(tool, { session });
			expect(asText(answer ?? failure)).toMatch(
				/'Session ID' is '.+', which is not an ID.*The argument 'session' gave it\. Use/,
			);
		}
		expect(emulator().requests.all({ endpoint: 'state' })).toEqual([]);
	});
});
