import { randomUUID } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';

/** A request as n8n's HTTP helpers were given it, and how. */
export interface HttpCall {
	options: IHttpRequestOptions;
	/** Whether n8n was to add the credential. */
	authenticated: boolean;
	signal: AbortSignal | undefined;
}

/** What n8n hands to a node when it executes it, in memory. */
export class FakeN8n {
	items: INodeExecutionData[] = [{ json: {} }];
	/** By path; a function gives another value for each item. */
	parameters: Record<string, unknown> = {};
	/** The node's parameters as they were entered, with their expressions. */
	raw: IDataObject = {};
	credential: ICredentialDataDecryptedObject = { connectWith: 'accessToken', token: 'nmv_usr_1' };
	credentialId: string | undefined = 'credential';
	nodeType = 'n8n-nodes-nemovideo.nemoVideoGenerate';
	goesOn = false;
	runIndex: unknown = 0;
	executionId = '1';
	stop: AbortController | undefined = new AbortController();
	readonly calls: HttpCall[] = [];
	/** Pieces that were streamed to a chat, and the marks around them. */
	readonly chunks: unknown[] = [];
	isStreamed = true;
	mode = 'trigger';
	private kept: Record<'node' | 'flow', IDataObject> = { node: {}, flow: {} };
	/** What the process remembers of one workflow is nothing to another. */
	private readonly workflowId = randomUUID();

	/** @param answer what n8n's HTTP helpers give or throw */
	constructor(
		private readonly answer: (call: HttpCall) => unknown = () => {
			throw new Error('Nothing is asked here');
		},
	) {}

	readonly context = this.create();

	/** n8n's Retry of an execution, with a signal of its own. */
	retry(executionId = this.executionId): void {
		this.executionId = executionId;
		this.stop = new AbortController();
	}

	/** n8n's Retry of an execution that was stopped: of its nodes' context n8n keeps nothing. */
	retryStopped(executionId: string): void {
		this.retry(executionId);
		this.mode = 'retry';
		this.kept = { node: {}, flow: {} };
	}

	private create(): IExecuteFunctions {
		const http = async (call: HttpCall): Promise<unknown> => {
			this.calls.push(call);
			return await this.answer(call);
		};
		const chunks = this.chunks;
		const context = {
			getInputData: () => this.items,
			continueOnFail: () => this.goesOn,
			getNode: () => ({
				id: 'node',
				name: 'Node',
				type: this.nodeType,
				parameters: this.raw,
				...(this.credentialId === undefined
					? {}
					: { credentials: { nemoVideoApi: { id: this.credentialId, name: 'NemoVideo' } } }),
			}),
			getContext: (type: 'node' | 'flow') => this.kept[type],
			getMode: () => this.mode,
			getWorkflow: () => ({ id: this.workflowId }),
			getExecutionId: () => this.executionId,
			getExecutionCancelSignal: () => this.stop?.signal,
			getWorkflowDataProxy: () => ({ $runIndex: this.runIndex }),
			getCredentials: async () => await Promise.resolve(this.credential),
			getNodeParameter: (name: string, index: number, fallback: unknown): unknown => {
				const value = this.parameters[name];
				const given: unknown = typeof value === 'function' ? value(index) : value;
				return given === undefined ? fallback : given;
			},
			logger: { debug: () => undefined },
			isStreaming: () => this.isStreamed,
			sendChunk: (...chunk: unknown[]) => chunks.push(chunk),
			helpers: {
				async httpRequestWithAuthentication(
					this: IExecuteFunctions,
					_type: string,
					options: IHttpRequestOptions,
				) {
					const signal = this.getExecutionCancelSignal();
					return await http({ options, authenticated: true, signal });
				},
				async httpRequest(options: IHttpRequestOptions) {
					const { abortSignal } = options;
					const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
					return await http({ options, authenticated: false, signal });
				},
			},
		};
		return context as unknown as IExecuteFunctions;
	}
}
