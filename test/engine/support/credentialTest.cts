import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import type { Engine } from './engine.cts';

/** n8n's own node for this, in the shape its preAuthentication recognises. */
const NO_OP = 'n8n-nodes-base.noOp';

interface HttpFailure {
	message: string;
	cause?: { response?: { status: number; statusText?: string }; code?: string };
}

function isHttpFailure(error: unknown): error is HttpFailure {
	return error instanceof Error;
}

function at(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(inner, key) =>
				typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
			value,
		);
}

/**
 * What the "Test" of n8n's credential form does and answers: the type's `test` request through a
 * declarative node, then its rules on status and body, as n8n's credentials tester applies them.
 *
 * @param typed what is typed into the form over what is stored
 */
export async function testCredential(
	engine: Engine,
	type: string,
	typed: ICredentialDataDecryptedObject = {},
): Promise<INodeCredentialTestResult> {
	const { test } = engine.helper.type(type);
	if (test === undefined) {
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}
	const id = engine.store.find(type) ?? '';
	const data = engine.helper.applyDefaults(type, { ...(await engine.store.read(id)), ...typed });
	const nodeType: INodeType = {
		description: {
			name: NO_OP,
			displayName: 'No Operation',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const nodeTypes: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name: type } },
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new ExecuteContext(
		workflow,
		workflow.getNode(node.name) ?? node,
		engine.additionalData(workflow),
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	let body: unknown;
	try {
		const output = await new RoutingNode(context, nodeType, {
			id,
			name: type,
			type,
			data,
		}).runNode();
		body = output?.[0]?.[0]?.json;
	} catch (error) {
		if (!isHttpFailure(error)) throw error;
		const response = error.cause?.response;
		if (response === undefined) {
			return { status: 'Error', message: error.cause?.code || error.message };
		}
		const rule = test.rules?.find(
			(candidate) =>
				candidate.type === 'responseCode' && candidate.properties.value === response.status,
		);
		const message =
			rule?.type === 'responseCode'
				? rule.properties.message
				: response.statusText || `Received HTTP status code: ${response.status}`;
		return { status: 'Error', message };
	}
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (at(body, rule.properties.key) === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}
