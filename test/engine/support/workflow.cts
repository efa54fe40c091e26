import {
	NodeConnectionTypes,
	type IConnections,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowSettings,
	type NodeConnectionType,
} from 'n8n-workflow';
import type { RowSpec, ToolCall } from './testNodes.cts';

/** n8n's switches on a node besides its parameters. */
export type NodeSettings = Partial<
	Pick<
		INode,
		| 'onError'
		| 'retryOnFail'
		| 'maxTries'
		| 'waitBetweenTries'
		| 'executeOnce'
		| 'alwaysOutputData'
		| 'disabled'
		| 'credentials'
		| 'typeVersion'
	>
>;

export interface NodeSpec extends NodeSettings {
	/** How the workflow calls it; the type's display name unless given. */
	name?: string;
	/** With package, e.g. `test.collector`; without one, a node of this package. */
	type: string;
	parameters?: INodeParameters;
}

/** `from`, `to`, and which of the outputs and inputs, 0 unless given. */
export interface WireSpec {
	from: string;
	to: string;
	output?: number;
	input?: number;
	type?: NodeConnectionType;
}

export interface WorkflowSpec {
	nodes: NodeSpec[];
	wires: WireSpec[];
	/** Rows of the workflow's `test.rows` nodes, by the key in their parameter. */
	rows?: Record<string, readonly RowSpec[]>;
	settings?: IWorkflowSettings;
	/** Node the execution begins at; the first one unless given. */
	start?: string;
}

export const PACKAGE = 'n8n-nodes-nemovideo';

/** The full type name of a spec's short one. */
export function fullType(type: string): string {
	return type.includes('.') ? type : `${PACKAGE}.${type}`;
}

/** The name a node goes by in the workflow. */
export function nodeName(spec: NodeSpec, types: INodeTypes): string {
	const { description } = types.getByNameAndVersion(fullType(spec.type));
	return spec.name ?? String(description.defaults.name ?? description.displayName);
}

/**
 * Rows, then the nodes one after another, then a collector.
 *
 * @param rows what the first node receives
 * @param nodes in order; each gets the first output of the one before
 */
export function chain(rows: readonly RowSpec[], ...nodes: NodeSpec[]): WorkflowSpec {
	const named = nodes.map((node, index) => ({ ...node, name: node.name ?? `Node ${index + 1}` }));
	const all: NodeSpec[] = [
		{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
		...named,
		{ type: 'test.collector', name: 'Result' },
		{ type: 'test.collector', name: 'Failures' },
	];
	const path = ['Rows', ...named.map(({ name }) => name), 'Result'];
	const wires: WireSpec[] = path.slice(1).map((to, index) => ({ from: path[index] ?? '', to }));
	for (const { name, onError } of named) {
		if (onError === 'continueErrorOutput') wires.push({ from: name, to: 'Failures', output: 1 });
	}
	return { nodes: all, wires, rows: { rows } };
}

/**
 * An agent with nodes as its tools.
 *
 * @param version 2 runs the tools inside the agent, 3 has the engine run them
 */
export function agent(
	version: 2 | 3,
	row: RowSpec,
	calls: readonly ToolCall[],
	...tools: NodeSpec[]
): WorkflowSpec {
	const named = tools.map((tool, index) => ({
		...tool,
		name: tool.name ?? `Tool ${index + 1}`,
		type: `${tool.type}Tool`,
	}));
	return {
		nodes: [
			{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
			{
				type: version === 2 ? 'test.agentV2' : 'test.agentV3',
				name: 'Agent',
				parameters: { calls: JSON.stringify(calls) },
			},
			{ type: 'test.collector', name: 'Result' },
			...named,
		],
		wires: [
			{ from: 'Rows', to: 'Agent' },
			{ from: 'Agent', to: 'Result' },
			...named.map(({ name }) => ({ from: name, to: 'Agent', type: NodeConnectionTypes.AiTool })),
		],
		rows: { rows: [row] },
	};
}

/** An agent that makes all of its calls at once, as a model asks for them in one answer. */
export function agentAtOnce(calls: readonly ToolCall[], ...tools: NodeSpec[]): WorkflowSpec {
	const workflow = agent(2, { json: {} }, calls, ...tools);
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Agent' ? { ...node, parameters: { ...node.parameters, atOnce: true } } : node,
	);
	return { ...workflow, nodes };
}

/** n8n's form of nodes and connections, credentials attached where a type asks for them. */
export function assemble(
	spec: WorkflowSpec,
	types: INodeTypes,
	credentialOf: (type: string) => string | undefined,
): { nodes: INode[]; connections: IConnections } {
	const nodes = spec.nodes.map((node, index): INode => {
		const { name: _name, type, parameters = {}, ...settings } = node;
		const { description } = types.getByNameAndVersion(fullType(type));
		const credentials = Object.fromEntries(
			(description.credentials ?? []).flatMap((wanted) => {
				const id = credentialOf(wanted.name);
				return id === undefined ? [] : [[wanted.name, { id, name: wanted.name }]];
			}),
		);
		return {
			id: `node-${index}`,
			name: nodeName(node, types),
			type: fullType(type),
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: structuredClone(parameters),
			...(Object.keys(credentials).length > 0 ? { credentials } : {}),
			...settings,
		};
	});
	const connections: IConnections = {};
	for (const { from, to, output = 0, input = 0, type = NodeConnectionTypes.Main } of spec.wires) {
		const outputs = ((connections[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index: input });
	}
	return { nodes, connections };
}
