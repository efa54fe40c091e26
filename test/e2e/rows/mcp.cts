import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { WorkflowFile } from '../api.cts';
import { liveExample } from '../examples.cts';
import { McpClient } from '../mcp.cts';
import type { Row } from '../row.cts';
import type { World } from '../world.cts';

const SECONDS = 10_000;
const FILM = 'Create a 15-second video of a quiet lake at dawn';
const FROM_MODEL = (key: string) => `={{ $fromAI('${key}', 'The ${key}', 'string') }}`;

interface Tool {
	name: string;
	/** Node of this package. */
	node: string;
	parameters: IDataObject;
}

function server(path: string, tools: readonly Tool[]): WorkflowFile {
	const trigger = {
		id: randomUUID(),
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		parameters: { path },
		webhookId: randomUUID(),
	};
	const nodes = tools.map(({ name, node, parameters }, index) => ({
		id: randomUUID(),
		name,
		type: `n8n-nodes-nemovideo.${node}Tool`,
		typeVersion: 1,
		position: [index * 200, 200],
		parameters,
		credentials: { nemoVideoApi: { id: null, name: 'NemoVideo account' } },
	}));
	const connections = Object.fromEntries(
		tools.map(({ name }) => [
			name,
			{ ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] },
		]),
	);
	return { name: 'MCP server', nodes: [trigger, ...nodes], connections };
}

/** A client of a server with these tools. */
async function connect(
	world: World,
	credentialId: string,
	tools: readonly Tool[],
): Promise<McpClient> {
	const path = randomUUID();
	const workflow = await world.save(server(path, tools), credentialId);
	await world.api.activate(workflow);
	world.atEnd(async () => await world.api.deactivate(workflow));
	const client = await McpClient.connect(`${world.api.url}/mcp/${path}`);
	const names = tools.map(({ name }) => name);
	assert.deepEqual((await client.tools()).sort(), names.sort());
	return client;
}

const SESSION = { sessionId: FROM_MODEL('sessionId') };
const RENDER = { ...SESSION, renderId: FROM_MODEL('renderId') };
const QUICK = { options: { pollIntervalSeconds: 0.1 } };
const SUBMIT: Tool = {
	name: 'submit_export',
	node: 'nemoVideoExport',
	parameters: { operation: 'submit', ...SESSION },
};
const STATUS: Tool = {
	name: 'export_status',
	node: 'nemoVideoExport',
	parameters: { operation: 'getStatus', ...RENDER },
};
const TURN = { ...SESSION, prompt: FROM_MODEL('prompt') };
const ALL: readonly Tool[] = [
	SUBMIT,
	STATUS,
	{ name: 'credits', node: 'nemoVideoCredits', parameters: {} },
	{ name: 'session', node: 'nemoVideoCreateSession', parameters: { language: 'en' } },
	{ name: 'edit', node: 'nemoVideoGenerate', parameters: TURN },
	{
		name: 'submit_edit',
		node: 'nemoVideoGenerate',
		parameters: { operation: 'submit', ...TURN },
	},
	{
		name: 'edit_status',
		node: 'nemoVideoGenerate',
		parameters: {
			operation: 'getStatus',
			turnId: FROM_MODEL('turnId'),
			options: { waitSeconds: 30 },
		},
	},
	{ name: 'state', node: 'nemoVideoState', parameters: SESSION },
	{
		name: 'subtitles',
		node: 'nemoVideoState',
		parameters: { operation: 'getSubtitles', ...SESSION },
	},
	{ name: 'export', node: 'nemoVideoExport', parameters: { ...SESSION, ...QUICK } },
	{
		name: 'create_video',
		node: 'nemoVideoCreateVideo',
		parameters: { prompt: FROM_MODEL('prompt'), ...QUICK },
	},
	{
		name: 'chat',
		node: 'nemoVideoAssistant',
		parameters: { message: FROM_MODEL('prompt'), chatId: 'mcp', ...QUICK },
	},
];

/** An answer's item; n8n puts it into a list, and some versions into text once more. */
function read(text: string): IDataObject {
	let value: unknown = JSON.parse(text);
	while (typeof value === 'string' || Array.isArray(value)) {
		value = typeof value === 'string' ? JSON.parse(value) : value[0];
	}
	return Object(value) as IDataObject;
}

const submitAndStatus: Row = {
	name: 'Over an MCP Server Trigger, Submit and Get Status answer in seconds, however long a render takes',
	tags: ['mcp', 'tool'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ renderMs: 3_600_000 });
		const sessionId = await prepareSession(emulator);
		const client = await connect(world, credentialId, [SUBMIT, STATUS]);
		const submitted = await client.use('submit_export', { sessionId });
		const { renderId } = read(submitted.text);
		assert.match(String(renderId), /^render_/, submitted.text);
		const status = await client.use('export_status', { sessionId, renderId });
		assert.match(String(read(status.text).status), /^(?:pending|processing)$/);
		assert.ok(submitted.tookMs < SECONDS && status.tookMs < SECONDS);
		assert.equal(emulator.ledger.renders.length, 1);

		const unknown = await client.use('export_status', { sessionId, renderId: 'render_unknown' });
		assert.match(unknown.text, /does not know this render/);
		assert.match(unknown.text, /Check 'Render ID'/);
		return { 'submit ms': submitted.tookMs, 'status ms': status.tookMs };
	},
};

const everyNode: Row = {
	name: 'Over an MCP Server Trigger, every node does its work, from the session to the video',
	tags: ['mcp', 'tool'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const client = await connect(world, credentialId, ALL);
		const use = async (tool: string, input: Record<string, unknown> = {}) => {
			const { text } = await client.use(tool, input);
			const answer = read(text);
			assert.equal(answer.error, undefined, `${tool}: ${text}`);
			return answer;
		};
		assert.equal(typeof (await use('credits')).available, 'number');
		const { sessionId } = await use('session');
		const prompt = 'Create a 15-second video of a quiet lake with a title "Lake"';
		assert.equal((await use('edit', { sessionId, prompt })).status, 'completed');
		const { turnId } = await use('submit_edit', { sessionId, prompt: 'Add a title "Dawn"' });
		assert.equal((await use('edit_status', { turnId })).status, 'completed');
		assert.match(String((await use('state', { sessionId })).timelineSummary), /^Timeline/);
		assert.match(String((await use('subtitles', { sessionId })).subtitles), /-->/);
		const exported = await use('export', { sessionId });
		assert.match(String(exported.url), /\.mp4/);
		const { renderId } = await use('submit_export', { sessionId });
		assert.equal((await use('export_status', { sessionId, renderId })).status, 'completed');
		assert.match(String((await use('create_video', { prompt })).url), /\.mp4/);
		assert.equal((await use('chat', { prompt: 'credits' })).action, 'credits');
		return { prompts: emulator.ledger.summary().promptsAccepted, tools: ALL.length };
	},
};

/** Asks for a status until the turn is over. */
async function untilOver(client: McpClient, turnId: string): Promise<IDataObject> {
	for (;;) {
		const answer = await client.use('video_status', { turnId });
		const status = read(answer.text);
		if (status.status !== 'running') return status;
	}
}

const videoByMcp: Row = {
	name: 'An MCP client makes a video with the example server: every tool answers in time, and asking twice pays once',
	tags: ['mcp', 'tool', 'example', 'turn'],
	issue: 14,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ turnMs: 4_000, renderMs: 500 });
		const path = randomUUID();
		const live = await liveExample(world, 'mcp-server', { nemoVideoApi: credentialId }, (file) => {
			for (const node of file.nodes) {
				if (node.type.endsWith('.mcpTrigger')) node.parameters.path = path;
			}
			return file;
		});
		assert.ok(live.id);
		const client = await McpClient.connect(`${world.api.url}/mcp/${path}`);
		const session = await client.use('start_session', { title: 'Lake', request: FILM });
		const { sessionId } = read(session.text);
		const wish = { sessionId, instruction: FILM };
		const submitted = await client.use('make_or_edit_video', wish);
		const { status, turnId } = read(submitted.text);
		assert.equal(status, 'running', submitted.text);
		// A client that gave up waiting asks for the same again.
		const again = await client.use('make_or_edit_video', wish);
		assert.equal(read(again.text).turnId, turnId, again.text);
		const done = await untilOver(client, String(turnId));
		assert.equal(done.status, 'completed', JSON.stringify(done));
		assert.match(String(done.text), /video is ready/);
		const render = read((await client.use('submit_export', { sessionId })).text);
		let exported: IDataObject = {};
		while (exported.status !== 'completed') {
			const { renderId } = render;
			exported = read((await client.use('export_status', { sessionId, renderId })).text);
		}
		assert.match(String(exported.url), /\.mp4$/);
		assert.ok(submitted.tookMs < SECONDS && again.tookMs < SECONDS);
		const { promptsAccepted, creditsCharged } = emulator.ledger.summary();
		assert.equal(promptsAccepted, 1);
		return {
			'submit ms': submitted.tookMs,
			'asked again ms': again.tookMs,
			'prompts sent': promptsAccepted,
			charged: creditsCharged,
		};
	},
};

export const area = 'AI agents and MCP';

export const rows: readonly Row[] = [submitAndStatus, everyNode, videoByMcp];
