import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { WorkflowFile } from './api.cts';
import { askChat } from './chat.cts';
import { startLanguageModel, type Script } from './languageModel.cts';
import { McpClient } from './mcp.cts';
import type { TestContext } from './testContext.cts';

const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/** A node of this package as a tool. */
export interface Tool {
	/** What a model or client calls it. */
	name: string;
	/** Node of this package. */
	node: string;
	parameters: IDataObject;
}

/** What a model fills in. */
export const fromModel = (key: string): string =>
	`={{ $fromAI('${key}', 'The ${key}', 'string') }}`;

type Node = WorkflowFile['nodes'][number];

/** Nodes of which the first ones hold all the tools. */
function withTools(
	name: string,
	nodes: Node[],
	tools: readonly Tool[],
	holder: Node,
): WorkflowFile {
	const toolNodes = tools.map(({ name: tool, node, parameters }, index) => ({
		id: randomUUID(),
		name: tool,
		type: `n8n-nodes-nemovideo.${node}Tool`,
		typeVersion: 1,
		position: [index * 200, 300],
		parameters,
		credentials: { nemoVideoApi: { id: null, name: 'NemoVideo account' } },
	}));
	const wire = { node: holder.name, type: 'ai_tool', index: 0 };
	const connections = Object.fromEntries(tools.map((tool) => [tool.name, { ai_tool: [[wire]] }]));
	// In the order of old workflows, n8n asks the model again before its tools have answered.
	const settings = { executionOrder: 'v1' };
	return { name, nodes: [...nodes, ...toolNodes], connections, settings };
}

const node = (name: string, type: string, typeVersion: number, parameters: IDataObject): Node => ({
	...{ id: randomUUID(), name, type: `${LANGCHAIN}.${type}`, typeVersion },
	...{ position: [0, 0], parameters, webhookId: randomUUID() },
});

/** A client of a live MCP Server Trigger with these tools. */
export async function connectMcp(
	world: TestContext,
	credentialId: string,
	tools: readonly Tool[],
): Promise<McpClient> {
	const path = randomUUID();
	const trigger = node('MCP Server Trigger', 'mcpTrigger', 2, { path });
	const workflow = await world.save(
		withTools('MCP server', [trigger], tools, trigger),
		credentialId,
	);
	await world.api.activate(workflow);
	world.atEnd(async () => await world.api.deactivate(workflow));
	const client = await McpClient.connect(`${world.api.url}/mcp/${path}`);
	const names = tools.map(({ name }) => name);
	assert.deepEqual((await client.tools()).sort(), names.sort());
	return client;
}

/** Calls the tool that the user has named, and says so. */
const doesAsTold: Script = (answers, asked) =>
	answers.length === 0 ? JSON.parse(asked) : { say: 'Done' };

/**
 * A live AI Agent with these tools and a model that does as it is told.
 *
 * @returns has a tool called, so many times at once; what the model reads then comes back
 */
export async function startAgent(
	world: TestContext,
	credentialId: string,
	version: number,
	tools: readonly Tool[],
): Promise<(tool: string, input: IDataObject, times?: number) => Promise<readonly string[]>> {
	const model = await startLanguageModel(doesAsTold);
	world.atEnd(async () => await model.close());
	const openAiApi = await world.api.createCredential(
		'Obedient model',
		{ apiKey: 'none', url: model.url },
		'openAiApi',
	);
	const trigger = node('Chat', 'chatTrigger', 1.3, { public: true, options: {} });
	const agent = node('AI Agent', 'agent', version, { options: {} });
	const chatModel: Node = {
		...node('OpenAI Chat Model', 'lmChatOpenAi', 1.2, {
			model: { __rl: true, mode: 'list', value: 'gpt-4.1-mini' },
			options: {},
		}),
		credentials: { openAiApi: { id: null, name: 'OpenAI account' } },
	};
	const file = withTools(`Agent ${version}`, [trigger, agent, chatModel], tools, agent);
	const to = (type: string) => ({ [type]: [[{ node: agent.name, type, index: 0 }]] });
	file.connections[trigger.name] = to('main');
	file.connections[chatModel.name] = to('ai_languageModel');
	const workflow = await world.api.createWorkflow(file, { nemoVideoApi: credentialId, openAiApi });
	await world.api.activate(workflow);
	world.atEnd(async () => await world.api.deactivate(workflow));
	return async (tool, input, times = 1) => {
		const text = JSON.stringify({ tool, input, times });
		assert.equal(await askChat(world.api, workflow, { sessionId: randomUUID(), text }), 'Done');
		return model.answers();
	};
}

/** A tool's answer as one object; n8n puts it into lists, and some versions into text or `response`. */
export function readAnswer(text: string): IDataObject {
	let value: unknown = JSON.parse(text);
	for (;;) {
		if (typeof value === 'string') value = JSON.parse(value);
		else if (Array.isArray(value)) value = value[0];
		else if (typeof value === 'object' && value !== null && 'response' in value) {
			value = value.response;
		} else return Object(value) as IDataObject;
	}
}
