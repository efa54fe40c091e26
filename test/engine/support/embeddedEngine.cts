import {
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	WorkflowExecute,
} from 'n8n-core';
import {
	Workflow,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type INodeType,
	type IPinData,
	type IRunExecutionData,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
	type StructuredChunk,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialStore } from './credentialStore.cts';
import { EngineCredentialsHelper } from './credentials.cts';
import { logLines, service, startPlatform, type BinaryMode } from './container.cts';
import { EngineNodeTypes, loadPackage, loadSource, type Loaded } from './nodeTypes.cts';
import { callOverMcp } from './mcp.cts';
import { forRetry, summarise, type RunResult } from './result.cts';
import { testNodes, type RowSpec } from './testNodes.cts';
import { agent, assemble, chain, type NodeSpec, type WorkflowSpec } from './workflow.cts';

export interface EngineOptions {
	/** Stored as the credential of type `nemoVideoApi`. */
	credential?: ICredentialDataDecryptedObject;
	/** Stored credentials by type, where a test brings types of its own. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Where this package's classes come from: TypeScript source, or a built package's folder. */
	from?: 'source' | { folder: string };
	/** Node types of a test's own, by full type name. */
	nodes?: Record<string, INodeType>;
	credentialTypes?: ICredentialType[];
	binaryMode?: BinaryMode;
	/** Shared with another engine: two n8n processes on one database. */
	store?: CredentialStore;
	/** CREDENTIALS_OVERWRITE_DATA. */
	overwrites?: Record<string, ICredentialDataDecryptedObject>;
}

export interface RunOptions {
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** n8n's workflow timeout; milliseconds. */
	timeoutMs?: number;
	/** Chat or webhook response mode "streaming": chunks are asked for. */
	streaming?: boolean;
	variables?: IDataObject;
	/** n8n's binary setting of the workflow; `combined` moves files into json. */
	binaryMode?: 'separate' | 'combined';
	/** Run data of an earlier execution, as n8n's Retry hands it on. */
	retryOf?: IRunExecutionData;
	/** Pinned output by node name: such a node isn't run, as in n8n's editor. */
	pinData?: IPinData;
	/** Told when a node begins. */
	onNodeStart?: (node: string) => void;
	/** Told when a node's run has ended, well or not. */
	onNodeEnd?: (node: string, run: ITaskData) => void;
}

export interface RunningExecution {
	readonly finished: Promise<RunResult>;
	/** n8n's Stop button: the signal is aborted, and nobody waits for the node. */
	stop(): void;
	/** Resolves when a node begins its (nth) run. */
	started(node: string, times?: number): Promise<void>;
}

export interface Engine {
	readonly store: CredentialStore;
	readonly helper: EngineCredentialsHelper;
	/** Everything n8n and the nodes have logged in this test file. */
	readonly logs: readonly string[];
	run(workflow: WorkflowSpec, options?: RunOptions): Promise<RunResult>;
	start(workflow: WorkflowSpec, options?: RunOptions): RunningExecution;
	/** Rows through one node; its output is node `Node 1`. */
	runNode(rows: readonly RowSpec[], node: NodeSpec, options?: RunOptions): Promise<RunResult>;
	/** n8n's Retry of a stored execution: goes on at the node that failed. */
	retry(workflow: WorkflowSpec, earlier: RunResult, options?: RunOptions): Promise<RunResult>;
	/**
	 * A tool's answer to an MCP client: n8n runs such tools in the context of a webhook, outside of
	 * any execution.
	 */
	callOverMcp(tool: NodeSpec, input: Record<string, unknown>): Promise<unknown>;
	/** The stored `nemoVideoApi` credential, decrypted. */
	credential(): Promise<ICredentialDataDecryptedObject>;
	readBinary(file: IBinaryData): Promise<Buffer>;
	additionalData(workflow: Workflow, options?: RunOptions): IWorkflowExecuteAdditionalData;
	nodeTypes: EngineNodeTypes;
}

const CREDENTIAL = 'nemoVideoApi';
let executions = 0;

/** n8n's engine with this package's nodes in it; everything but the database and the web server. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
	const platform = startPlatform();
	const rows = new Map<string, readonly RowSpec[]>();
	const loaded: Loaded =
		options.from === undefined || options.from === 'source'
			? loadSource()
			: await loadPackage(options.from.folder);
	for (const [name, nodeType] of [...testNodes(rows), ...Object.entries(options.nodes ?? {})]) {
		loaded.nodes.set(name, nodeType);
	}
	for (const type of options.credentialTypes ?? []) loaded.credentials.set(type.name, type);
	const nodeTypes = new EngineNodeTypes(loaded);
	const store = options.store ?? new CredentialStore();
	const helper = new EngineCredentialsHelper(
		loaded.credentials,
		store,
		options.overwrites,
		nodeTypes,
	);
	const stored = { ...options.credentials };
	if (options.credential !== undefined) stored[CREDENTIAL] = options.credential;
	for (const [type, data] of Object.entries(stored)) await store.save(`${type}-1`, type, data);

	const additionalData = (
		workflow: Workflow,
		run: RunOptions = {},
	): IWorkflowExecuteAdditionalData => ({
		credentialsHelper: helper,
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: async () => await Promise.reject(new Error('No sub-workflows here')),
		getRunExecutionData: async () => await Promise.resolve(undefined),
		getRuntimeCredential: async () => await Promise.resolve(undefined),
		startRunnerTask: async () => await Promise.reject(new Error('No task runner here')),
		executionId: run.executionId ?? String((executions += 1)),
		currentNodeExecutionIndex: 0,
		restApiUrl: 'http://localhost:5678/rest',
		instanceBaseUrl: 'http://localhost:5678/',
		formBaseUrl: 'http://localhost:5678/form',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		formTestBaseUrl: 'http://localhost:5678/form-test',
		webhookBaseUrl: 'http://localhost:5678/webhook',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost:5678/webhook-test',
		mcpBaseUrl: 'http://localhost:5678/mcp',
		mcpTestBaseUrl: 'http://localhost:5678/mcp-test',
		variables: run.variables ?? {},
		workflowId: workflow.id,
		logAiEvent: () => {},
		streamingEnabled: run.streaming,
		...(run.timeoutMs === undefined
			? {}
			: { executionTimeoutTimestamp: Date.now() + run.timeoutMs }),
	});

	const workflowOf = (spec: WorkflowSpec, run: RunOptions = {}): Workflow =>
		new Workflow({
			id: 'engine-test',
			name: 'Engine test',
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1', ...spec.settings, binaryMode: run.binaryMode },
			...assemble(spec, nodeTypes, (type) => store.find(type)),
		});

	const start = (spec: WorkflowSpec, run: RunOptions = {}): RunningExecution => {
		const mode = run.mode ?? (run.retryOf === undefined ? 'manual' : 'retry');
		const workflow = workflowOf(spec, run);
		const additional = additionalData(workflow, run);
		const own = Object.entries(spec.rows ?? {}).map(
			([key, value]) => [`${additional.executionId}/${key}`, value] as const,
		);
		for (const [key, value] of own) rows.set(key, value);
		const chunks: StructuredChunk[] = [];
		const uiMessages: unknown[] = [];
		const begun = new Map<string, number>();
		const waiting: Array<{ node: string; times: number; resolve: () => void }> = [];
		additional.sendDataToUI = (_type, data) => uiMessages.push(data);
		additional.hooks = new ExecutionLifecycleHooks(mode, additional.executionId ?? '', {
			id: workflow.id,
			name: workflow.name ?? '',
			active: false,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
		});
		if (run.streaming) {
			additional.hooks.addHandler('sendChunk', (chunk) => void chunks.push(chunk));
		}
		additional.hooks.addHandler('nodeExecuteBefore', (node) => {
			run.onNodeStart?.(node);
			begun.set(node, (begun.get(node) ?? 0) + 1);
			for (const wait of waiting) {
				if ((begun.get(wait.node) ?? 0) >= wait.times) wait.resolve();
			}
		});
		additional.hooks.addHandler('nodeExecuteAfter', (node, task) => run.onNodeEnd?.(node, task));

		let cancel = (): void => {};
		const execute = async (): Promise<RunResult> => {
			await platform.useBinaryMode(options.binaryMode ?? 'filesystem');
			const engine = new WorkflowExecute(additional, mode, run.retryOf);
			const running =
				run.retryOf === undefined
					? engine.run({
							workflow,
							startNode: workflow.getNode(spec.start ?? spec.nodes[0]?.name ?? '') ?? undefined,
							pinData: run.pinData,
						})
					: engine.processRunExecutionData(workflow);
			cancel = () => running.cancel();
			const timer =
				run.timeoutMs === undefined
					? undefined
					: setTimeout(() => {
							engine.timedOut = true;
							running.cancel();
						}, run.timeoutMs);
			try {
				return summarise(await running, chunks, uiMessages);
			} finally {
				clearTimeout(timer);
				for (const [key] of own) rows.delete(key);
			}
		};
		return {
			finished: execute(),
			stop: () => cancel(),
			started: async (node, times = 1) => {
				if ((begun.get(node) ?? 0) >= times) return;
				await new Promise<void>((resolve) => waiting.push({ node, times, resolve }));
			},
		};
	};

	const runWorkflow: Engine['run'] = async (spec, run) => await start(spec, run).finished;

	return {
		store,
		helper,
		logs: logLines,
		nodeTypes,
		additionalData,
		start,
		run: runWorkflow,
		runNode: async (input, node, run) => await runWorkflow(chain(input, node), run),
		retry: async (spec, earlier, run) =>
			await runWorkflow(spec, { ...run, retryOf: forRetry(earlier.run.data) }),
		callOverMcp: async (tool, input) => {
			const workflow = workflowOf(agent(2, {}, [], tool));
			return await callOverMcp(workflow, additionalData(workflow), input);
		},
		credential: async () => {
			const id = store.find(CREDENTIAL);
			if (id === undefined) throw new Error('No credential was stored');
			return await store.read(id);
		},
		readBinary: async (file) => await service(BinaryDataService).getAsBuffer(file),
	};
}
