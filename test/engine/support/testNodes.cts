import type { DynamicStructuredTool } from '@langchain/core/tools';
import { truncate, writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { mediaFile } from '../../mediaFile.cts';
import {
	NodeConnectionTypes,
	NodeOperationError,
	type EngineRequest,
	type EngineResponse,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type NodeConnectionType,
} from 'n8n-workflow';

/** A file to put into an item, given through n8n's own binary helper. */
export interface FileSpec {
	fileName: string;
	mimeType: string;
	/** A text is told in a file of the format that the name or the type says. */
	content: Buffer | string | (() => Readable);
	/** Makes the stored file this long, with a hole on disk where there is no content; bytes. */
	paddedTo?: number;
}

/** The bytes of a file whose content is given at once. */
export function bytesOf({ content, fileName, mimeType }: FileSpec): Buffer {
	if (typeof content === 'function') throw new Error('This file is made as a stream');
	if (typeof content !== 'string' || content === '') return Buffer.from(content);
	const named = mediaFile(fileName, content);
	return named.length > Buffer.byteLength(content)
		? named
		: mediaFile(mimeType.replace(/^.*\//, ''), content);
}

/** One input row of a test. */
export interface RowSpec {
	json?: IDataObject;
	files?: Record<string, FileSpec>;
}

const { Main, AiTool } = NodeConnectionTypes;

function description(
	name: string,
	displayName: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		name,
		displayName,
		group: ['transform'],
		version: 1,
		description: `${displayName} (only for tests)`,
		defaults: { name: displayName },
		inputs: [Main],
		outputs: [Main],
		properties: [],
		...more,
	};
}

function type(
	describe: INodeTypeDescription,
	execute: (
		this: IExecuteFunctions,
		response?: EngineResponse,
	) => Promise<INodeExecutionData[][] | EngineRequest>,
): INodeType {
	return { description: describe, execute };
}

/** Grows a stored file without writing the bytes; name and size stay as n8n keeps them. */
async function pad(binary: IBinaryData, path: string, bytes: number): Promise<void> {
	await truncate(path, bytes);
	const { fileName, mimeType } = binary;
	await writeFile(`${path}.metadata`, JSON.stringify({ fileName, mimeType, fileSize: bytes }));
	binary.bytes = bytes;
}

/** Emits the rows kept for the node's `rows` parameter, files stored by n8n's helper. */
function rowsNode(rows: ReadonlyMap<string, readonly RowSpec[]>): INodeType {
	return type(
		description('rows', 'Rows', {
			inputs: [],
			group: ['trigger'],
			properties: [{ displayName: 'Rows', name: 'rows', type: 'string', default: '' }],
		}),
		async function () {
			const key = this.getNodeParameter('rows', 0) as string;
			const output: INodeExecutionData[] = [];
			for (const { json = {}, files = {} } of rows.get(`${this.getExecutionId()}/${key}`) ?? []) {
				const item: INodeExecutionData = { json: structuredClone(json) };
				for (const [field, file] of Object.entries(files)) {
					const content = typeof file.content === 'function' ? file.content() : bytesOf(file);
					const stored = await this.helpers.prepareBinaryData(
						content,
						file.fileName,
						file.mimeType,
					);
					if (file.paddedTo !== undefined) {
						await pad(stored, this.helpers.getBinaryPath(stored.id ?? ''), file.paddedTo);
					}
					(item.binary ??= {})[field] = stored;
				}
				output.push(item);
			}
			return [output];
		},
	);
}

const collector = type(description('collector', 'Collector'), async function () {
	return [this.getInputData()];
});

/** Fails on every item whose `fail` is set, so that a test can see the harness tell failures. */
const control = type(description('control', 'Control'), async function () {
	for (const [itemIndex, item] of this.getInputData().entries()) {
		if (item.json.fail !== undefined) {
			throw new NodeOperationError(this.getNode(), String(item.json.fail), { itemIndex });
		}
	}
	return [this.getInputData()];
});

/**
 * Loop Over Items in miniature: output 0 when done, output 1 for each batch; what comes back is
 * gathered in the node's context, as n8n's own node does.
 */
const loop = type(
	description('loop', 'Loop Over Items', {
		outputs: [Main, Main],
		outputNames: ['done', 'loop'],
		properties: [{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 }],
	}),
	async function () {
		const context = this.getContext('node') as {
			waiting?: INodeExecutionData[];
			done?: INodeExecutionData[];
		};
		const size = this.getNodeParameter('batchSize', 0) as number;
		if (context.waiting === undefined) {
			context.waiting = [...this.getInputData()];
			context.done = [];
		} else {
			context.done?.push(...this.getInputData());
		}
		const batch = context.waiting.splice(0, size);
		if (batch.length > 0) return [[], batch];
		const done = context.done ?? [];
		context.waiting = undefined;
		return [done, []];
	},
);

/** Puts out items of json as they come, without a trigger's special treatment. */
const passThroughMerge = type(
	description('join', 'Join', { inputs: [Main, Main] }),
	async function () {
		return [[...this.getInputData(0), ...this.getInputData(1)]];
	},
);

const AGENT_INPUTS: NodeConnectionType[] = [Main, AiTool];

/**
 * Calls its tools in their own way, as the Agent node did up to version 2: inside itself, and those
 * of one answer of the model side by side.
 */
const agentV2 = type(
	description('agentV2', 'Agent V2', {
		inputs: AGENT_INPUTS,
		properties: [
			{ displayName: 'Calls', name: 'calls', type: 'json', default: '[]' },
			{ displayName: 'At Once', name: 'atOnce', type: 'boolean', default: false },
		],
	}),
	async function () {
		const tools = (await this.getInputConnectionData(AiTool, 0)) as DynamicStructuredTool[];
		const calls = JSON.parse(this.getNodeParameter('calls', 0) as string) as ToolCall[];
		const call = async ({ node, input }: ToolCall): Promise<INodeExecutionData> => {
			const tool = tools.find(({ metadata }) => metadata?.sourceNodeName === node);
			if (tool === undefined) {
				throw new NodeOperationError(this.getNode(), `No tool ${node}`);
			}
			let answer: IDataObject;
			try {
				answer = { answer: JSON.parse((await tool.invoke(input ?? {})) as string) as IDataObject };
			} catch (error) {
				answer = { failure: error instanceof Error ? error.message : String(error) };
			}
			return {
				json: { ...answer, name: tool.name, description: tool.description },
				pairedItem: 0,
			};
		};
		if (this.getNodeParameter('atOnce', 0) === true) return [await Promise.all(calls.map(call))];
		const output: INodeExecutionData[] = [];
		for (const one of calls) output.push(await call(one));
		return [output];
	},
);

/** Asks the engine to run its tools, as the Agent node does from version 3. */
const agentV3 = type(
	description('agentV3', 'Agent V3', {
		inputs: AGENT_INPUTS,
		properties: [{ displayName: 'Calls', name: 'calls', type: 'json', default: '[]' }],
	}),
	async function (response) {
		const calls = JSON.parse(this.getNodeParameter('calls', 0) as string) as ToolCall[];
		const answers = response?.actionResponses ?? [];
		if (calls.length > 0 && answers.length === 0) {
			return {
				actions: calls.map(({ node, input }, index) => ({
					actionType: 'ExecutionNodeAction' as const,
					nodeName: node,
					input: (input ?? {}) as IDataObject,
					type: AiTool,
					id: `call-${index}`,
					metadata: { itemIndex: 0 },
				})),
				metadata: {},
			};
		}
		return [
			answers.map(({ data }) => ({
				json: {
					answer: (data.data?.ai_tool?.[0] ?? []).map(({ json }) => json),
					...(data.error === undefined ? {} : { failure: data.error.message }),
				},
				pairedItem: 0,
			})),
		];
	},
);

/** One call an agent makes: which tool node, with what the model filled in. */
export interface ToolCall {
	node: string;
	input?: Record<string, unknown>;
}

/** The nodes that workflows of tests may use beside this package's, as `test.<name>`. */
export function testNodes(rows: ReadonlyMap<string, readonly RowSpec[]>): Map<string, INodeType> {
	const all = [rowsNode(rows), collector, control, loop, passThroughMerge, agentV2, agentV3];
	return new Map(all.map((nodeType) => [`test.${nodeType.description.name}`, nodeType]));
}
