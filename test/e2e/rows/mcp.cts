import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import { liveExample } from '../examples.cts';
import { McpClient } from '../mcp.cts';
import type { Scenario } from '../scenario.cts';
import { connectMcp, fromModel, readAnswer, type Tool } from '../tools.cts';

const SECONDS = 10_000;
const FILM = 'Create a 15-second video of a quiet lake at dawn';

const SESSION = { sessionId: fromModel('sessionId') };
const RENDER = { ...SESSION, renderId: fromModel('renderId') };
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

const submitAndStatus: Scenario = {
	name: 'Over an MCP Server Trigger, Submit and Get Status answer in seconds, however long a render takes',
	tags: ['mcp', 'tool'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ renderMs: 3_600_000 });
		const sessionId = await prepareSession(emulator);
		const client = await connectMcp(world, credentialId, [SUBMIT, STATUS]);
		const submitted = await client.use('submit_export', { sessionId });
		const { renderId } = readAnswer(submitted.text);
		assert.match(String(renderId), /^render_/, submitted.text);
		const status = await client.use('export_status', { sessionId, renderId });
		assert.match(String(readAnswer(status.text).status), /^(?:pending|processing)$/);
		assert.ok(submitted.tookMs < SECONDS && status.tookMs < SECONDS);
		assert.equal(emulator.ledger.renders.length, 1);

		const unknown = await client.use('export_status', { sessionId, renderId: 'render_unknown' });
		assert.match(unknown.text, /does not know this render/);
		assert.match(unknown.text, /Check 'Render ID'/);
		return { 'submit ms': submitted.tookMs, 'status ms': status.tookMs };
	},
};

/** Asks for a status until the turn is over. */
async function untilOver(client: McpClient, turnId: string): Promise<IDataObject> {
	for (;;) {
		const answer = await client.use('video_status', { turnId });
		const status = readAnswer(answer.text);
		if (status.status !== 'running') return status;
	}
}

const videoByMcp: Scenario = {
	name: 'An MCP client makes a video with the example server: every tool answers in time, and asking twice pays once',
	tags: ['mcp', 'tool', 'example', 'turn'],
	issue: 14,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ turnMs: 4_000, renderMs: 500 });
		const path = randomUUID();
		const live = await liveExample(
			world,
			'jobs/mcp-server',
			{ nemoVideoApi: credentialId },
			(file) => {
				for (const node of file.nodes) {
					if (node.type.endsWith('.mcpTrigger')) node.parameters.path = path;
				}
				return file;
			},
		);
		assert.ok(live.id);
		const client = await McpClient.connect(`${world.api.url}/mcp/${path}`);
		const session = await client.use('start_session', { title: 'Lake', request: FILM });
		const { sessionId } = readAnswer(session.text);
		const wish = { sessionId, instruction: FILM };
		const submitted = await client.use('make_or_edit_video', wish);
		const { status, turnId } = readAnswer(submitted.text);
		assert.equal(status, 'running', submitted.text);
		// A client that gave up waiting asks for the same again.
		const again = await client.use('make_or_edit_video', wish);
		assert.equal(readAnswer(again.text).turnId, turnId, again.text);
		const done = await untilOver(client, String(turnId));
		assert.equal(done.status, 'completed', JSON.stringify(done));
		assert.match(String(done.text), /video is ready/);
		const render = readAnswer((await client.use('submit_export', { sessionId })).text);
		let exported: IDataObject = {};
		while (exported.status !== 'completed') {
			const { renderId } = render;
			exported = readAnswer((await client.use('export_status', { sessionId, renderId })).text);
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

export const rows: readonly Scenario[] = [submitAndStatus, videoByMcp];
