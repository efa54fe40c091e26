import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Network } from '../network/network.cts';
import type { SimulatedSignal } from '../time/signals.cts';
import type { BinaryStore } from './binaryStore.cts';
import type { HttpRequest, StoredCredential } from './credentials.cts';
import type { NodeRun } from './nodeRun.cts';
import { parametersOf, typeOf } from './parameters.cts';

/** What all nodes of an n8n share. */
export interface Services {
	network: Network;
	credential: StoredCredential;
	/** Of this process's own, so that modules keep nothing of it for another. */
	credentialId: string;
	files: BinaryStore;
	log(line: string): void;
}

/** As n8n calls them. */
const ON_ERROR = {
	stop: 'stopWorkflow',
	continue: 'continueRegularOutput',
	errorOutput: 'continueErrorOutput',
} as const;

/** What n8n gives to a node: as much of it as the nodes use. */
export function contextOf(run: NodeRun, services: Services): IExecuteFunctions {
	const { node, items } = run;
	const resolved = items.map((item) => parametersOf(node, item));
	const { credential, files, credentialId } = services;
	const http: HttpRequest = async (options, forCredential) =>
		await services.network.request(run, options, forCredential);
	const context = {
		getInputData: () => items,
		getNode: () => ({
			id: node.name,
			name: node.name,
			type: typeOf(node),
			parameters: {},
			onError: ON_ERROR[node.onError],
			credentials: { nemoVideoApi: { id: credentialId, name: 'NemoVideo' } },
		}),
		getNodeParameter: (name: string, index: number, fallback: unknown, options?: object) =>
			options === undefined ? (at(resolved[index], name) ?? fallback) : undefined,
		getWorkflow: () => ({ id: run.workflowId, name: run.workflowId, active: true }),
		getWorkflowDataProxy: () => ({ $runIndex: run.runIndex }),
		getExecutionId: () => (run.isTool ? undefined : run.executionId),
		getMode: () => (run.isRetry ? 'retry' : 'trigger'),
		getContext: (type: string) => keptIn(run.contexts, type === 'flow' ? 'flow' : node.name),
		getWorkflowStaticData: () => {
			if (run.isTool) throw new Error('Static data is not there for tools');
			return keptIn(run.staticData, node.name);
		},
		getExecutionCancelSignal: () => (run.isTool ? undefined : run.signal),
		continueOnFail: () => node.onError !== 'stop',
		getCredentials: async () => credential.read(),
		getInputSourceData: () => ({ previousNode: 'Start' }),
		getParentNodes: () => [],
		evaluateExpression: () => undefined,
		isStreaming: () => false,
		sendChunk: () => undefined,
		addExecutionHints: (...hints: unknown[]) => services.log(JSON.stringify(hints)),
		logger: {
			debug: (words: string) => services.log(words),
			info: (words: string) => services.log(words),
			warn: (words: string) => services.log(words),
			error: (words: string) => services.log(words),
		},
		helpers: {
			httpRequest: http,
			async httpRequestWithAuthentication(
				this: IExecuteFunctions,
				_type: string,
				options: IHttpRequestOptions,
			) {
				const signal = this.getExecutionCancelSignal() as unknown as SimulatedSignal;
				const send: HttpRequest = async (sent, forCredential) => {
					const abortSignal = sent.abortSignal ?? (signal as never);
					return await http({ ...sent, abortSignal }, forCredential);
				};
				return await credential.request(node, options, send);
			},
			assertBinaryData: (index: number, name: unknown) =>
				typeof name === 'string' ? items[index]?.binary?.[name] : name,
			getBinaryMetadata: async (id: string) => ({ fileSize: files.bytes(id).byteLength }),
			getBinaryStream: async (id: string) => files.stream(id),
			prepareBinaryData: async (source: never, name: string, type: string) =>
				await files.store(source, name, type),
		},
	};
	return context as unknown as IExecuteFunctions;
}

function at(parameters: IDataObject | undefined, path: string): unknown {
	let value: unknown = parameters;
	for (const key of path.split('.')) value = (value as IDataObject | undefined)?.[key];
	return value;
}

function keptIn(store: Record<string, unknown>, key: string): IDataObject {
	store[key] ??= {};
	return store[key] as IDataObject;
}
