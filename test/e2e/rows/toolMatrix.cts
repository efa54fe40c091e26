import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { everyOperation } from '../../engine/support/operations.cts';
import { OPERATION_TOOLS, type Known, type OperationTool } from '../operationTools.cts';
import { isOfLine, type Scenario } from '../scenario.cts';
import { connectMcp, readAnswer, startAgent } from '../tools.cts';
import type { TestContext } from '../testContext.cts';

/** Has a tool called, by whom it may be; its answer comes back. */
type Call = (tool: string, input: IDataObject) => Promise<string>;

interface Caller {
	name: string;
	start(world: TestContext, credentialId: string): Promise<Call>;
}

const MCP: Caller = {
	name: 'MCP',
	async start(world, credentialId) {
		const client = await connectMcp(world, credentialId, OPERATION_TOOLS);
		return async (tool, input) => (await client.use(tool, input)).text;
	},
};

const agent = (version: number): Caller => ({
	name: `agent ${version}`,
	async start(world, credentialId) {
		const call = await startAgent(world, credentialId, version, OPERATION_TOOLS);
		return async (tool, input) => (await call(tool, input))[0] ?? '';
	},
});

/** Calls every operation, one after another; what each gave. */
async function column(world: TestContext, caller: Caller): Promise<string[]> {
	const { emulator, credentialId } = await world.backend();
	// The finished film is rendered; the next render goes on until it is cancelled.
	emulator.options.renderOutcomes = ['completed', 'forever'];
	const call = await caller.start(world, credentialId);
	const known: Known = { sessionId: '', turnId: '', renderId: '' };
	const cells: string[] = [];
	for (const tool of OPERATION_TOOLS) {
		const started = Date.now();
		const answer = await call(tool.name, tool.input(known));
		cells.push(cell(tool, answer, `${caller.name}, ${tool.operation}`, Date.now() - started));
		const { sessionId, turnId, renderId } = readAnswer(answer);
		if (tool.operation === 'nemoVideoCreateSession') known.sessionId = String(sessionId);
		if (tool.operation === 'nemoVideoGenerate submit') known.turnId = String(turnId);
		if (tool.operation === 'nemoVideoExport submit') known.renderId = String(renderId);
	}
	const { promptsAccepted } = emulator.ledger.summary();
	assert.equal(promptsAccepted, 3, `${caller.name} sent ${promptsAccepted} prompts`);
	return cells;
}

/** What an operation gave in a few characters; throws where it is not what it should be. */
function cell({ gives }: OperationTool, text: string, who: string, tookMs: number): string {
	const answer = readAnswer(text);
	assert.equal(answer.error, undefined, `${who}: ${text}`);
	const [key, pattern] = gives;
	const value = [answer[key]].flat().map(String).join(', ').replace(/\s+/g, ' ');
	assert.match(value, pattern, `${who}: ${text}`);
	return `${key} ${value.length > 12 ? `${value.slice(0, 11)}…` : value}, ${tookMs} ms`;
}

const matrix: Scenario = {
	name: 'Every node and operation answers over an MCP Server Trigger and in AI Agents of each version',
	tags: ['mcp', 'agent', 'tool', 'matrix'],
	issue: 16,
	isLong: true,
	async run(world) {
		const operations = OPERATION_TOOLS.map(({ operation }) => operation);
		assert.deepEqual([...operations].sort(), everyOperation().sort());
		const versions = isOfLine(world.version, '2.41.1') ? [2.2, 3, 3.1] : [2.2, 3];
		const callers = [MCP, ...versions.map(agent)];
		const columns = await Promise.all(callers.map(async (caller) => await column(world, caller)));
		const table = [callers.map(({ name }) => name), ...transposed(columns)];
		['', ...operations].forEach((operation, at) => {
			const name = operation.replace('nemoVideo', '').padEnd(26);
			world.note(`${name}${table[at]?.map((text) => text.padEnd(40)).join('')}`.trimEnd());
		});
		return { operations: operations.length, callers: callers.length, cells: columns.flat().length };
	},
};

function transposed(columns: readonly string[][]): string[][] {
	return (columns[0] ?? []).map((_, at) => columns.map((cells) => cells[at] ?? ''));
}

export const area = 'AI agents and MCP';

export const rows: readonly Scenario[] = [matrix];
