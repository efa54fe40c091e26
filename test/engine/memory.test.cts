import { NodeConnectionTypes, type IDataObject, type INodeType } from 'n8n-workflow';
import type { DynamicStructuredTool } from '@langchain/core/tools';
import { EMULATOR_TOKEN } from '../../emulator/server.cts';
import { systemClock, wait } from '../../src/n8n/wait';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession, PROMPT } from './support/sessions.cts';
import { agent, chain, type NodeSpec, type WorkflowSpec } from './support/workflow.cts';

// Some of these run several emulators side by side, also on busy machines.
jest.setTimeout(60_000);

const emulator = withEmulator({ turnMs: 20, stageGapMs: 10, editMs: 20, renderMs: 20 });
let engine: Engine;

/** Waits between tries and looks pass this many times faster. */
const FASTER = 40;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	jest
		.spyOn(systemClock, 'wait')
		.mockImplementation(async (ms, signal) => await wait(ms / FASTER, signal));
});
afterEach(() => jest.restoreAllMocks());

const RETRIED = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
const RECOVERY = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 1.6, recoveryChecks: 2 };
const generate = (prompt: string, more: Partial<NodeSpec> = {}, options = {}): NodeSpec => ({
	type: 'nemoVideoGenerate',
	...more,
	parameters: { prompt, options: { ...RECOVERY, ...options }, ...more.parameters },
});
const exporting = (options: IDataObject = {}, more: Partial<NodeSpec> = {}): NodeSpec => ({
	type: 'nemoVideoExport',
	...more,
	parameters: { options: { pollIntervalSeconds: 0.1, ...options } as never, ...more.parameters },
});

/** Prompts that NemoVideo took on in a session, the one that prepared it left out. */
const sentTo = (sessionId: string): string[] =>
	emulator()
		.ledger.prompts.filter((entry) => entry.accepted && entry.sessionId === sessionId)
		.map(({ text }) => text)
		.filter((text) => text !== PROMPT);
const sessions = async (count: number, generated = true): Promise<string[]> => {
	const ids: string[] = [];
	while (ids.length < count) {
		ids.push(await prepareSession(emulator(), { generate: generated }));
	}
	return ids;
};
const rows = (ids: string[], more: IDataObject = {}) =>
	ids.map((sessionId) => ({ json: { sessionId, ...more } }));
const errorsOf = (result: RunResult, node = 'Node 1'): unknown[] =>
	result.items(node).map(({ json }) => json.error);

describe('Loop Over Items', () => {
	const loopOver = (node: NodeSpec, jsons: IDataObject[]): WorkflowSpec => ({
		nodes: [
			{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
			{ type: 'test.loop', name: 'Loop' },
			{ ...node, name: 'Body' },
			{ type: 'test.collector', name: 'Result' },
		],
		wires: [
			{ from: 'Rows', to: 'Loop' },
			{ from: 'Loop', to: 'Result' },
			{ from: 'Loop', to: 'Body', output: 1 },
			{ from: 'Body', to: 'Loop' },
		],
		rows: { rows: jsons.map((json) => ({ json })) },
	});

	it('sends every prompt once, three equal and three different ones, with six results', async () => {
		const [sessionId = ''] = await sessions(1);
		const louder = 'Make the music 20% louder';
		const prompts = [louder, 'Add a title "One"', louder, 'Speed it up', louder, 'Make it square'];
		// The equal ones differ in what they find: the agent makes the music louder each time.
		emulator().faults.add({ kind: 'status', endpoint: 'state', times: 1, nth: 3 });
		const result = await engine.run(
			loopOver(
				generate('={{ $json.prompt }}', RETRIED),
				prompts.map((prompt) => ({ prompt, sessionId })),
			),
		);
		expect(result.error?.message).toBeUndefined();
		expect(sentTo(sessionId)).toEqual(prompts);
		const results = result.items('Result').map(({ json }) => {
			const { text, changes, timeline } = json;
			return JSON.stringify({ text, changes, timeline });
		});
		expect(results).toHaveLength(6);
		expect(result.runs('Body')).toHaveLength(6);
		expect(new Set(results).size).toBe(6);
	});

	it('renders the same film once, however often it comes round', async () => {
		const [sessionId = ''] = await sessions(1);
		const result = await engine.run(loopOver(exporting(), [{ sessionId }, { sessionId }]));
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.renders).toHaveLength(1);
		expect(result.items('Result').map(({ binary }) => binary?.data?.bytes)).toEqual([65536, 65536]);
	});
});

/** Calls all its tools at once, as the Agent node up to version 2 does with the calls of one answer. */
const hastyAgent: INodeType = {
	description: {
		name: 'hastyAgent',
		displayName: 'Agent',
		group: ['transform'],
		version: 1,
		description: 'Calls its tools side by side',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Calls', name: 'calls', type: 'json', default: '[]' }],
	},
	async execute() {
		const tools = (await this.getInputConnectionData(
			NodeConnectionTypes.AiTool,
			0,
		)) as DynamicStructuredTool[];
		const calls = JSON.parse(this.getNodeParameter('calls', 0) as string) as Array<{
			input: object;
		}>;
		const answers = await Promise.all(
			calls.map(async ({ input }) => String(await tools[0]?.invoke(input))),
		);
		return [answers.map((answer) => ({ json: { answer }, pairedItem: 0 }))];
	},
};

describe.each([2, 3] as const)('an agent of version %i', (version) => {
	const EDIT = 'Add a title "Summer Sale" at the start';
	const tool = generate("={{ $fromAI('prompt', 'What to do', 'string') }}", {
		...RETRIED,
		parameters: { sessionId: "={{ $fromAI('session', 'The session', 'string') }}" },
	});

	it('that asks twice for the same edit has it done twice', async () => {
		const [session = ''] = await sessions(1);
		const call = { node: 'Tool 1', input: { prompt: EDIT, session } };
		const result = await engine.run(agent(version, {}, [call, call], tool));
		expect(result.error?.message).toBeUndefined();
		expect(sentTo(session)).toEqual([EDIT, EDIT]);
	});

	it('whose tool is retried has the edit done once', async () => {
		const [session = ''] = await sessions(1);
		const call = { node: 'Tool 1', input: { prompt: EDIT, session } };
		// The prompt is taken, its answer lost, and the state unreadable for longer than one try.
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'run' });
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'state', nth: 2, times: 3 });
		// n8n retries a tool for agents of version 3; those of version 2 read of it and ask again.
		const calls = version === 2 ? [call, call] : [call];
		const result = await engine.run(agent(version, {}, calls, tool));
		expect(result.error?.message).toBeUndefined();
		expect(sentTo(session)).toEqual([EDIT]);
		expect(JSON.stringify(result.items('Result').map(({ json }) => json))).toContain('Summer Sale');
	});
});

describe('an agent that calls its tools side by side', () => {
	it('has an edit done once that it asks for again while it still runs', async () => {
		const [session = ''] = await sessions(1);
		// Longer than a busy machine takes to begin both calls.
		emulator().options.editMs = 3_000;
		const hasty = await createEngine({
			credential: connectedCredential(emulator()),
			nodes: { 'test.agentV2': hastyAgent },
		});
		const EDIT = 'Make the music louder';
		const call = { node: 'Tool 1', input: { prompt: EDIT, session } };
		const tool = generate("={{ $fromAI('prompt', 'What to do', 'string') }}", {
			parameters: { sessionId: "={{ $fromAI('session', 'The session', 'string') }}" },
		});
		const result = await hasty.run(agent(2, {}, [call, call], tool));
		expect(result.error?.message).toBeUndefined();
		expect(result.items('Agent').map(({ json }) => Object.keys(json))).toEqual([
			['answer'],
			['answer'],
		]);
		expect(sentTo(session)).toEqual([EDIT]);
	});
});

describe("n8n's Retry of a failed execution", () => {
	const EDIT = 'Add a title "Retried"';

	it('after a top-up sends the failed row once and the finished ones not at all', async () => {
		const ids = await sessions(4);
		emulator().tokens.add(EMULATOR_TOKEN, { credits: 100, userId: 'user_emulator' });
		const workflow = chain(rows(ids), generate(EDIT, {}, { parallel: 1 }));
		const first = await engine.run(workflow);
		expect(first.error).toMatchObject({ context: { kind: 'credits', itemIndex: 2 } });
		expect(ids.map((id) => sentTo(id).length)).toEqual([1, 1, 0, 0]);

		const still = await engine.retry(workflow, first);
		expect(still.error).toMatchObject({ context: { kind: 'credits', itemIndex: 2 } });
		emulator().tokens.add(EMULATOR_TOKEN, { credits: 1000 });
		const second = await engine.retry(workflow, still);
		expect(second.error?.message).toBeUndefined();
		expect(second.items('Node 1').map(({ json }) => json.sessionId)).toEqual(ids);
		expect(ids.map((id) => sentTo(id).length)).toEqual([1, 1, 1, 1]);
	});

	it('sees a turn to its end that was sent before, also where ids and drafts have 19 digits', async () => {
		Object.assign(emulator().options, { shapes: 'odd' });
		const [sessionId = ''] = await sessions(1);
		const workflow = chain(rows([sessionId]), generate(`${EDIT} [[slow:200]]`));
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'run' });
		const first = await engine.run(workflow);
		expect(first.error).toMatchObject({ context: { kind: 'stream', sessionId } });
		await emulator().waitFor({ type: 'turn.done', sessionId }, { nth: 2 });
		const second = await engine.retry(workflow, first);
		expect(second.items('Node 1')[0]?.json).toMatchObject({
			sessionId,
			completedBy: 'state',
			changes: expect.arrayContaining([expect.stringContaining('Retried')]) as string[],
		});
		expect(sentTo(sessionId)).toHaveLength(1);
	});

	it('makes the film that failed to render from the timeline as it is by then', async () => {
		const [sessionId = ''] = await sessions(1);
		emulator().options.renderOutcomes = ['failed', 'failed'];
		const workflow = chain(rows([sessionId]), exporting());
		const first = await engine.run(workflow);
		expect(first.error).toMatchObject({ context: { kind: 'render' } });
		expect(emulator().ledger.renders).toHaveLength(2);
		// The user changes what could not be rendered, then presses Retry.
		await engine.runNode(rows([sessionId]), generate(EDIT));
		const second = await engine.retry(workflow, first);
		expect(second.error?.message).toBeUndefined();
		expect(second.items('Node 1')[0]?.json).toMatchObject({ status: 'completed', attempts: 1 });
		expect(emulator().ledger.renders.at(-1)).toMatchObject({
			status: 'completed',
			sameAsState: true,
		});
	});
});

describe('an export', () => {
	it('of the same timeline makes one render, in one execution or in two', async () => {
		const [sessionId = ''] = await sessions(1);
		const one = await engine.runNode(rows([sessionId, sessionId]), exporting());
		const two = await engine.runNode(rows([sessionId]), exporting());
		const ids = [...one.items('Node 1'), ...two.items('Node 1')].map(({ json }) => json.renderId);
		expect(new Set(ids).size).toBe(1);
		expect(emulator().ledger.renders).toHaveLength(1);
	});

	it('with Render Again makes another one', async () => {
		const [sessionId = ''] = await sessions(1);
		await engine.runNode(rows([sessionId]), exporting());
		await engine.runNode(rows([sessionId]), exporting({ renderAgain: true }));
		expect(emulator().ledger.renders).toHaveLength(2);
	});

	it('with Render Again that is retried continues with its own render', async () => {
		const [sessionId = ''] = await sessions(1);
		await engine.runNode(rows([sessionId]), exporting());
		// Submitted; its answer is lost, and no look succeeds for longer than one try lasts.
		emulator().faults.add({ kind: 'dropAfter', endpoint: 'submit' });
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'poll', nth: 2, times: 10 });
		const again = exporting({ renderAgain: true }, RETRIED);
		const result = await engine.runNode(rows([sessionId]), again);
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.renders).toHaveLength(2);
		expect(result.items('Node 1')[0]?.json.renderId).toBe(emulator().ledger.renders[1]?.id);
	});
});

describe('a batch', () => {
	it('of twenty rows whose first fails and is retried pays for none of them twice', async () => {
		const ids = await sessions(20, false);
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'run' });
		const result = await engine.runNode(rows(ids), {
			...generate('Make a promo video', RETRIED, { parallel: 10 }),
			onError: 'continueRegularOutput',
		});
		const failed = errorsOf(result).filter((error) => error !== undefined);
		expect(failed).toMatchObject([{ kind: 'stream' }]);
		expect(errorsOf(result)[0]).toBeDefined();
		const { promptsAccepted, promptsDuplicated, creditsCharged } = emulator().ledger.summary();
		expect({ promptsAccepted, promptsDuplicated, creditsCharged }).toEqual({
			promptsAccepted: 19,
			promptsDuplicated: 0,
			creditsCharged: 1900,
		});
	});

	it('never takes the edit of a later row for one that was cut off', async () => {
		const [sessionId = ''] = await sessions(1);
		emulator().faults.add({ kind: 'stall', endpoint: 'run' });
		const result = await engine.runNode(
			[
				{ json: { sessionId, prompt: 'Add a title "Lost"' } },
				{ json: { sessionId, prompt: 'Make it square' } },
			],
			{
				...generate('={{ $json.prompt }}', RETRIED, { timeoutMinutes: 0.02 }),
				onError: 'continueRegularOutput',
			},
		);
		expect(errorsOf(result)).toMatchObject([{ kind: 'stream', sessionId }, undefined]);
		expect(sentTo(sessionId)).toEqual(['Make it square']);
	});
});

describe('an upload', () => {
	const file = (name: string) => ({ fileName: name, mimeType: 'image/png', content: name });
	const names = (sessionId: string): string[] =>
		emulator()
			.sessions.all()
			.filter(({ id }) => id === sessionId)
			.flatMap(({ videoInfos }) => videoInfos.map(({ filename }) => filename));

	it('of which a part has arrived sends the rest alone', async () => {
		const [sessionId = ''] = await sessions(1, false);
		// NemoVideo takes the first file and breaks off: it arrives without any node having sent it.
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'upload' });
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'state', nth: 2, times: 5 });
		const files = { a: file('one.png'), b: file('two.png'), c: file('three.png') };
		const workflow = chain([{ json: { sessionId }, files }], { type: 'nemoVideoUpload' });
		const lost = await engine.run(workflow);
		expect(lost.status).toBe('error');
		emulator().faults.clear();
		await fetch(`${emulator().url}/api/upload-video/nemo_agent/me/${sessionId}`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${EMULATOR_TOKEN}`,
				'content-type': 'application/json',
				'x-skill-source': 'test',
				'x-skill-version': '1',
				'x-skill-platform': 'test',
			},
			body: JSON.stringify({ urls: ['https://files.example/one.png'], source_type: 'url' }),
		});
		const result = await engine.retry(workflow, lost);
		expect(result.error?.message).toBeUndefined();
		expect(names(sessionId)).toEqual(['one.png', 'two.png', 'three.png']);
		expect(result.items('Node 1')[0]?.json.files).toMatchObject([
			{ filename: 'one.png' },
			{ filename: 'two.png' },
			{ filename: 'three.png' },
		]);
	});

	it('never takes the files of a later row for its own', async () => {
		const [sessionId = ''] = await sessions(1, false);
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'upload' });
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'state', nth: 2, times: 5 });
		const row = (name: string) => ({ json: { sessionId }, files: { data: file(name) } });
		const result = await engine.runNode([row('same.png'), row('same.png')], {
			type: 'nemoVideoUpload',
			...RETRIED,
			onError: 'continueRegularOutput',
		});
		// What is certain is done; what cannot be told is said.
		expect(names(sessionId)).toEqual(['same.png']);
		expect(errorsOf(result)).toMatchObject([
			{
				kind: 'input',
				message: expect.stringMatching(/can't be determined whether its files arrived/) as string,
			},
			undefined,
		]);
	});

	it('that is known to have got lost is made good beside those of a later row', async () => {
		const [sessionId = ''] = await sessions(1, false);
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'upload' });
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'state', nth: 2, times: 5 });
		const row = (name: string) => ({ json: { sessionId }, files: { data: file(name) } });
		const result = await engine.runNode([row('first.png'), row('second.png')], {
			type: 'nemoVideoUpload',
			...RETRIED,
			onError: 'continueRegularOutput',
		});
		expect(errorsOf(result)).toEqual([undefined, undefined]);
		expect(names(sessionId).sort()).toEqual(['first.png', 'second.png']);
	});
});
