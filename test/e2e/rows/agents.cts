import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { SavedWorkflow, WorkflowFile } from '../api.cts';
import { liveExample, webhookIdOf } from '../examples.cts';
import { startLanguageModel, type LanguageModel, type Script } from '../languageModel.cts';
import type { Figures, Scenario } from '../scenario.cts';
import { fromModel, readAnswer, startAgent } from '../tools.cts';
import type { TestContext } from '../testContext.cts';

const EDIT = 'Add the title "Summer Sale"';
const FILM = 'Create a 15-second video of a quiet lake at dawn';

interface Talk {
	model: LanguageModel;
	workflow: SavedWorkflow;
	/** Says something in the chat; the agent's words come back. */
	say(text: string): Promise<string>;
}

/** The example agent with a scripted model, live. */
async function talk(
	world: TestContext,
	credentialId: string,
	agentVersion: number,
	script: Script,
): Promise<Talk> {
	const model = await startLanguageModel(script);
	world.atEnd(async () => await model.close());
	const openAiApi = await world.api.createCredential(
		'Scripted model',
		{ apiKey: 'none', url: model.url },
		'openAiApi',
	);
	const change = (workflow: WorkflowFile): WorkflowFile => {
		for (const node of workflow.nodes) {
			if (node.type.endsWith('.agent')) node.typeVersion = agentVersion;
			if (node.type.endsWith('.chatTrigger')) node.parameters.public = true;
			if (node.name === 'export_video') node.parameters.options = { pollIntervalSeconds: 0.1 };
		}
		return workflow;
	};
	const credentials = { nemoVideoApi: credentialId, openAiApi };
	const workflow = await liveExample(world, 'agent-with-tools', credentials, change);
	const say = async (chatInput: string): Promise<string> => {
		const path = `webhook/${webhookIdOf(workflow, 'chatTrigger')}/chat`;
		const response = await world.api.callWebhook(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				action: 'sendMessage',
				sessionId: `agent ${agentVersion}`,
				chatInput,
			}),
		});
		const text = await response.text();
		assert.equal(response.status, 200, text);
		return String((JSON.parse(text) as IDataObject).output ?? text);
	};
	return { model, workflow, say };
}

/** Makes a video and names its address; asks for the status of a turn until it is over. */
const makesVideo: Script = (answers) => {
	const results = answers.map(readAnswer);
	const of = (key: string) => results.filter((result) => key in result);
	const sessionId = String(of('sessionId')[0]?.sessionId ?? '');
	const last = results.at(-1);
	if (last === undefined) return { tool: 'start_session', input: { title: 'Lake', request: FILM } };
	if (last.status === 'running') return { tool: 'video_status', input: { turnId: last.turnId } };
	if (of('available').length === 0) return { tool: 'check_credits' };
	if (of('url').length > 0) {
		return { say: `Here it is: ${String(of('url')[0]?.url)} (session ${sessionId})` };
	}
	const wishes = [FILM, EDIT, EDIT];
	const turns = new Set(of('turnId').map(({ turnId }) => turnId)).size;
	const instruction = wishes[turns];
	return instruction === undefined
		? { tool: 'export_video', input: { sessionId } }
		: { tool: 'make_or_edit_video', input: { sessionId, instruction } };
};

async function agentMakesVideo(world: TestContext, agentVersion: number): Promise<Figures> {
	const { emulator, credentialId } = await world.backend();
	const { model, say } = await talk(world, credentialId, agentVersion, makesVideo);
	const reply = await say(`${FILM}. Then send me the file.`);
	const results = model.answers().map(readAnswer);
	const [session, credits] = results;
	assert.match(reply, /^Here it is: http.*\.mp4 \(session \d+\)$/);
	assert.equal(session?.sessionId, emulator.ledger.sessions[0]?.sessionId);
	assert.equal(typeof credits?.available, 'number');
	const done = results.filter(({ status, turnId }) => turnId !== undefined && status !== 'running');
	assert.equal(done.length, 3, JSON.stringify(results));
	for (const turn of done) {
		assert.equal(turn.status, 'completed');
		assert.match(String(turn.timelineSummary), /^Timeline \(/);
	}
	assert.equal(results.at(-1)?.status, 'completed');
	const sizes = model.answers().map(({ length }) => length);
	assert.ok(Math.max(...sizes) < 2_000, `An answer has ${Math.max(...sizes)} characters`);
	// It looks whether the address answers, and reads no more.
	assert.equal(emulator.requests.all({ endpoint: 'file' }).length, 1);
	const edits = emulator.ledger.prompts.filter(({ text }) => text === EDIT).length;
	assert.equal(edits, 2, 'Asked twice for an edit, the agent did not get two');
	const { promptsAccepted, creditsCharged, sessions, renders } = emulator.ledger.summary();
	assert.deepEqual(
		{ promptsAccepted, sessions, renders },
		{ promptsAccepted: 3, sessions: 1, renders: 1 },
	);
	return {
		tools: model.offered().length,
		'calls by the model': sizes.length,
		'longest answer': Math.max(...sizes),
		'edits asked and done': edits,
		'prompts sent': promptsAccepted,
		charged: creditsCharged,
	};
}

/** Calls what cannot work, one after another. */
const makesMistakes =
	(sessionId: string): Script =>
	(answers) => {
		switch (answers.length) {
			case 0:
				return {
					tool: 'make_or_edit_video',
					input: { sessionId: '1234567890123456789', instruction: FILM },
				};
			case 1:
				return { tool: 'make_or_edit_video', input: { sessionId, instruction: ' ' } };
			case 2:
				return { tool: 'export_video', input: { sessionId } };
			default:
				return { say: 'I could not.' };
		}
	};

async function agentIsTold(world: TestContext, agentVersion: number): Promise<Figures> {
	const { emulator, credentialId } = await world.backend();
	const sessionId = await prepareSession(emulator, { generate: false });
	const { model, say } = await talk(world, credentialId, agentVersion, makesMistakes(sessionId));
	await say('Make it');
	const [unknown = '', empty = '', nothing = ''] = model.answers();
	for (const answer of [unknown, empty, nothing]) world.note(answer.slice(0, 300));
	assert.match(unknown, /Create Session/);
	assert.match(empty, /is empty/);
	assert.match(empty, /Describe what NemoVideo should do/);
	assert.match(nothing, /nothing to export|Generate/i);
	assert.equal(emulator.ledger.summary().promptsAccepted, 0);
	return { 'mistakes told with the way out': 3, prompts: 0 };
}

/** Three equal calls in one answer of the model, which an agent of version 2 makes side by side. */
async function agentCallsAtOnce(world: TestContext): Promise<Figures> {
	const { emulator, credentialId } = await world.backend();
	const options = { pollIntervalSeconds: 0.1 };
	const tool = {
		name: 'create_video',
		node: 'nemoVideoCreateVideo',
		parameters: { prompt: fromModel('prompt'), options },
	};
	const call = await startAgent(world, credentialId, 2.2, [tool]);
	const answers = await call(tool.name, { prompt: FILM }, 3);
	const films = answers.map(readAnswer);
	assert.equal(films.length, 3, JSON.stringify(answers));
	for (const film of films) {
		assert.equal(film.status, 'completed', JSON.stringify(film));
		assert.deepEqual(film, films[0]);
	}
	const { promptsAccepted, creditsCharged, sessions, renders } = emulator.ledger.summary();
	assert.deepEqual(
		{ promptsAccepted, sessions, renders },
		{ promptsAccepted: 1, sessions: 1, renders: 1 },
	);
	return { 'equal calls at once': 3, films: 1, charged: creditsCharged };
}

function agentRows(agentVersion: number, versions?: readonly string[]): Scenario[] {
	const tags = ['agent', 'tool', 'example'];
	return [
		{
			name: `An agent of version ${agentVersion} makes, edits and exports a video with its tools`,
			tags,
			issue: 7,
			...(versions ? { versions } : {}),
			run: async (world) => await agentMakesVideo(world, agentVersion),
		},
		{
			name: `An agent of version ${agentVersion} is told what to do about a failure, and nothing is spent`,
			tags,
			issue: 7,
			...(versions ? { versions } : {}),
			run: async (world) => await agentIsTold(world, agentVersion),
		},
	];
}

export const area = 'AI agents and MCP';

export const rows: readonly Scenario[] = [
	...agentRows(2.2),
	{
		name: 'Equal calls that an agent of version 2.2 makes at once are one film and one charge',
		tags: ['agent', 'tool', 'createVideo'],
		issue: 7,
		run: agentCallsAtOnce,
	},
	...agentRows(3),
	...agentRows(3.1, ['2.41.1']),
];
