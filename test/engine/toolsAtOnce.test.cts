import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { prepareSession, PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import { agentAtOnce, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const fromAi = (key: string) => `={{ $fromAI('${key}', 'The ${key}', 'string') }}`;
const film: NodeSpec = {
	type: 'nemoVideoCreateVideo',
	parameters: { prompt: fromAi('prompt'), options: QUICK_EXPORT },
};

/** What the model is told after calls that it asked for in one answer. */
async function answersTo(tool: NodeSpec, ...inputs: Array<Record<string, unknown>>) {
	const calls = inputs.map((input) => ({ node: 'Tool 1', input }));
	const result = await engine.run(agentAtOnce(calls, tool));
	expect(result.error?.message).toBeUndefined();
	return result.items('Result').map(({ json: { answer } }): Record<string, unknown> => {
		const first: unknown = Array.isArray(answer) ? answer[0] : answer;
		return Object(first) as Record<string, unknown>;
	});
}

describe('calls of a tool that an agent makes at once', () => {
	it('make one film for one charge where they are equal, and all of them get it', async () => {
		const answers = await answersTo(film, ...Array(3).fill({ prompt: PROMPT }));
		expect(answers).toHaveLength(3);
		for (const answer of answers) {
			expect(answer).toMatchObject({ status: 'completed', url: expect.stringMatching(/\.mp4/) });
			expect(answer).toEqual(answers[0]);
		}
		const { sessions } = emulator().ledger;
		expect(sessions).toMatchObject([{ sessionId: answers[0]?.sessionId }]);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 1, renders: 1 });
	});

	it('make a film each where they ask for different ones', async () => {
		const answers = await answersTo(film, { prompt: PROMPT }, { prompt: `${PROMPT}, in blue` });
		const ids = (key: string) => new Set(answers.map((answer) => answer[key])).size;
		expect([ids('sessionId'), ids('taskId'), ids('renderId')]).toEqual([2, 2, 2]);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 2, renders: 2 });
	});

	it('do not share a refusal that came before anything was done: the next one works itself', async () => {
		emulator().faults.add({ kind: 'body', endpoint: 'run', body: '{"code":2001}', process: false });
		const answers = await answersTo(film, { prompt: PROMPT }, { prompt: PROMPT });
		expect(answers.filter(({ error }) => /out of credits/.test(String(error)))).toHaveLength(1);
		expect(answers.filter(({ status }) => status === 'completed')).toHaveLength(1);
		expect(emulator().ledger.sessions).toHaveLength(1);
		expect(emulator().ledger.summary()).toMatchObject({ promptsDuplicated: 0, renders: 1 });
	});

	it('share a failure whose prompt NemoVideo may have charged', async () => {
		const options = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 1 };
		const prompt = 'Add the title "Once" [[drop]] [[nothing]]';
		const tool = { ...film, parameters: { ...film.parameters, options } };
		const answers = await answersTo(tool, { prompt }, { prompt });
		for (const { error } of answers) expect(error).toMatch(/won't be sent again/);
		expect(answers[1]).toEqual(answers[0]);
		expect(emulator().requests.all({ endpoint: 'run' })).toHaveLength(1);
	});

	it('open one session, send one message and render once with the other nodes', async () => {
		const [opened, again] = await answersTo(
			{ type: 'nemoVideoCreateSession', parameters: { taskName: fromAi('name'), language: 'en' } },
			{ name: 'shop' },
			{ name: 'shop' },
		);
		expect(again).toEqual(opened);
		expect(emulator().ledger.sessions).toHaveLength(1);
		const sessionId = await prepareSession(emulator());
		const [exported, same] = await answersTo(
			{ type: 'nemoVideoExport', parameters: { sessionId, options: QUICK_EXPORT } },
			{},
			{},
		);
		expect(exported).toMatchObject({ status: 'completed' });
		expect(same).toEqual(exported);
		expect(emulator().requests.all({ endpoint: 'submit' })).toHaveLength(1);
		const message = 'Add a title "Summer Sale" at the start';
		const [said, heard] = await answersTo(
			{ type: 'nemoVideoAssistant', parameters: { sessionId, message: fromAi('message') } },
			{ message },
			{ message },
		);
		expect(said?.text).toBeTruthy();
		expect(heard).toEqual(said);
		expect(emulator().requests.all({ endpoint: 'run' })).toHaveLength(1);
	});
});
