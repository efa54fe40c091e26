import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { prepareSession } from '../../engine/support/sessions.cts';
import type { WorkflowFile } from '../api.cts';
import { McpClient } from '../mcp.cts';
import type { Row } from '../row.cts';

const SECONDS = 10_000;
const FROM_MODEL = (key: string) => `={{ $fromAI('${key}', 'The ${key}', 'string') }}`;

function server(path: string): WorkflowFile {
	const tool = (name: string, parameters: IDataObject, at: number) => ({
		id: randomUUID(),
		name,
		type: 'n8n-nodes-nemovideo.nemoVideoExportTool',
		typeVersion: 1,
		position: [at * 200, 200],
		parameters,
		credentials: { nemoVideoApi: { id: null, name: 'NemoVideo account' } },
	});
	const sessionId = FROM_MODEL('sessionId');
	const tools = [
		tool('submit_export', { operation: 'submit', sessionId }, 1),
		tool(
			'export_status',
			{ operation: 'getStatus', sessionId, renderId: FROM_MODEL('renderId') },
			2,
		),
	];
	const trigger = {
		id: randomUUID(),
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		parameters: { path },
		webhookId: randomUUID(),
	};
	const connections = Object.fromEntries(
		tools.map(({ name }) => [
			name,
			{ ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] },
		]),
	);
	return { name: 'MCP server', nodes: [trigger, ...tools], connections };
}

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
		const path = randomUUID();
		const workflow = await world.save(server(path), credentialId);
		await world.api.activate(workflow);
		world.atEnd(async () => await world.api.deactivate(workflow));
		const client = await McpClient.connect(`${world.api.url}/mcp/${path}`);
		const tools = await client.tools();
		assert.deepEqual(tools.sort(), ['export_status', 'submit_export']);
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

export const area = 'AI agents and MCP';

export const rows: readonly Row[] = [submitAndStatus];
