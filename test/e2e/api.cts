import type { IBinaryData, IRunData, IRunExecutionData } from 'n8n-workflow';
import { checkExecution, type RanNode } from './outputCheck.cts';
import { Rest, RestError } from './rest.cts';

/** Its type declarations are for ES modules only. */
const { parse }: { parse(text: string): ExecutionData | undefined } = require('flatted');

const POLL_MS = 100;
/** n8n says itself where it can't publish; this ends the wait for one that hangs. Milliseconds. */
const ACTIVATION_MS = 300_000;
const OVER = new Set(['success', 'error', 'canceled', 'crashed']);

/** As an exported workflow file holds it. */
export interface WorkflowFile {
	name: string;
	nodes: Array<{
		id?: string;
		name: string;
		type: string;
		typeVersion: number;
		parameters: Record<string, unknown>;
		credentials?: Record<string, { id: string | null; name: string }>;
		[key: string]: unknown;
	}>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

export interface SavedWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
}

export type ExecutionData = Pick<IRunExecutionData, 'resultData'>;

const NOTHING_YET: ExecutionData = { resultData: { runData: {} } };

export interface Execution {
	id: string;
	/** `new`, `running`, `waiting`, `success`, `error`, `canceled`, `crashed`. */
	status: string;
	data: ExecutionData;
	/** By node name: every run of the node in this execution. */
	runData: IRunData;
}

interface RawExecution {
	id: string;
	status: string;
	data: string;
	workflowData: { nodes: RanNode[] };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a person does in n8n's editor, over its REST interface. */
export class N8nApi extends Rest {
	/** @returns the credential's id */
	async createCredential(
		name: string,
		data: Record<string, unknown>,
		type = 'nemoVideoApi',
	): Promise<string> {
		const { id } = await this.write<{ id: string }>('POST', '/credentials', { name, type, data });
		return id;
	}

	/**
	 * Saves a workflow; every node that asks for a credential of `credentialIds`' types gets it.
	 *
	 * @param credentialIds by credential type, e.g. `{ nemoVideoApi: '…' }`
	 */
	async createWorkflow(
		workflow: WorkflowFile,
		credentialIds: Record<string, string> = {},
	): Promise<SavedWorkflow> {
		const nodes = workflow.nodes.map((node) => ({
			...node,
			...(node.credentials === undefined
				? {}
				: { credentials: withIds(node.credentials, credentialIds) }),
		}));
		const { name, connections, settings = {} } = workflow;
		return await this.write('POST', '/workflows', {
			name,
			nodes,
			connections,
			settings,
			active: false,
		});
	}

	/** Saves a workflow after its nodes were changed. */
	async saveNodes(workflow: SavedWorkflow, nodes: SavedWorkflow['nodes']): Promise<SavedWorkflow> {
		const { id, versionId, name, connections, settings = {} } = workflow;
		const changed = { name, nodes, connections, settings, versionId };
		return await this.write('PATCH', `/workflows/${id}`, changed);
	}

	/** Makes the workflow's triggers and webhooks live; answers when they are. */
	async activate(workflow: SavedWorkflow): Promise<void> {
		const { id, versionId } = workflow;
		await this.call('POST', `/workflows/${id}/activate`, { versionId });
		const deadline = Date.now() + ACTIVATION_MS;
		for (;;) {
			const status = await this.publicationStatus(id);
			if (status === 'published') return;
			if (status !== 'in_progress' || Date.now() > deadline) {
				throw new Error(`The workflow ${workflow.name} did not go live: ${status}`);
			}
			await pause(POLL_MS);
		}
	}

	/** n8n 2 publishes in the background; n8n 1 has done it when it answers, and knows no status. */
	private async publicationStatus(workflowId: string): Promise<string> {
		try {
			const path = `/workflows/${workflowId}/publication-status`;
			return (await this.call<{ status: string }>('GET', path)).status;
		} catch (error) {
			if (error instanceof RestError && error.status === 404) return 'published';
			throw error;
		}
	}

	async deactivate(workflow: SavedWorkflow): Promise<void> {
		await this.call('POST', `/workflows/${workflow.id}/deactivate`, {});
	}

	/**
	 * Presses "Execute workflow".
	 *
	 * @param trigger the trigger node's name; the first node where left out
	 * @returns the execution's id
	 */
	async run(workflow: SavedWorkflow, trigger = workflow.nodes[0]?.name): Promise<string> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/workflows/${workflow.id}/run`,
			{ workflowData: workflow, triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	/** @throws Error where what our nodes gave is not what their output schemas say */
	async execution(id: string): Promise<Execution> {
		const raw = await this.call<RawExecution>('GET', `/executions/${id}`);
		// A run that has only just begun has no data yet.
		const data = parse(raw.data) ?? NOTHING_YET;
		const { runData } = data.resultData;
		if (OVER.has(raw.status)) {
			checkExecution(`${this.url} ${id}`, runData, raw.workflowData.nodes);
		}
		return { id: raw.id, status: raw.status, data, runData };
	}

	/**
	 * Follows an execution to its end.
	 *
	 * @param onUpdate told after every look at it
	 * @throws Error when it is not over within `timeoutMs`
	 */
	async waitForExecution(
		id: string,
		{ timeoutMs = 120_000, onUpdate = (_: Execution): void => {} } = {},
	): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.execution(id);
			onUpdate(execution);
			// n8n 1 can write the status before the data.
			const isWhole = execution.status !== 'success' || Object.keys(execution.runData).length > 0;
			if (OVER.has(execution.status) && isWhole) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} was still ${execution.status} after ${timeoutMs} ms`);
			}
			await pause(POLL_MS);
		}
	}

	/** Waits until an execution has a status, such as `waiting`, on its way. */
	async waitForStatus(id: string, status: string, timeoutMs = 60_000): Promise<void> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.execution(id);
			if (execution.status === status) return;
			if (OVER.has(execution.status) || Date.now() > deadline) {
				throw new Error(`Execution ${id} was ${execution.status} and not ${status}`);
			}
			await pause(POLL_MS);
		}
	}

	/** Runs a saved workflow by hand and waits for its end. */
	async runToEnd(workflow: SavedWorkflow, timeoutMs?: number): Promise<Execution> {
		return await this.waitForExecution(await this.run(workflow), { timeoutMs });
	}

	/** @returns the workflow's executions (100 at most), the newest first */
	async executions(workflow: SavedWorkflow): Promise<Array<Pick<Execution, 'id' | 'status'>>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const answer = await this.call<{ results: Array<{ id: string; status: string }> }>(
			'GET',
			`/executions?filter=${filter}&limit=100`,
		);
		return answer.results.map(({ id, status }) => ({ id, status }));
	}

	/** @returns ids of the workflow's executions, the newest first */
	async executionIds(workflow: SavedWorkflow): Promise<string[]> {
		return (await this.executions(workflow)).map(({ id }) => id);
	}

	/**
	 * Waits until so many executions of a workflow are there and all of them are over.
	 *
	 * @throws Error with their states when that takes longer than `timeoutMs`
	 */
	async waitForAll(
		workflow: SavedWorkflow,
		count: number,
		timeoutMs: number,
	): Promise<Array<Pick<Execution, 'id' | 'status'>>> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const all = await this.executions(workflow);
			if (all.length >= count && all.every(({ status }) => OVER.has(status))) return all;
			if (Date.now() > deadline) {
				const states = all.map(({ status }) => status).join(' ');
				throw new Error(`After ${timeoutMs} ms, ${all.length} of ${count} executions: ${states}`);
			}
			await pause(POLL_MS * 5);
		}
	}

	/** Presses "Stop". */
	async stop(executionId: string): Promise<void> {
		await this.call('POST', `/executions/${executionId}/stop`);
	}

	/**
	 * Presses "Retry" of a failed execution; answers when the retry is over.
	 *
	 * @returns the new execution
	 */
	async retry(executionId: string, { loadWorkflow = false } = {}): Promise<Execution> {
		const answer = await this.call<{ id?: string; executionId?: string }>(
			'POST',
			`/executions/${executionId}/retry`,
			{ loadWorkflow },
		);
		const id = answer.id ?? answer.executionId;
		if (id === undefined) throw new Error('n8n named no execution for the retry');
		return await this.waitForExecution(id);
	}

	/** @returns the bytes of a file in n8n's binary store */
	async binary(file: IBinaryData): Promise<Buffer> {
		if (file.id === undefined) return Buffer.from(file.data, 'base64');
		return await this.bytes(`/binary-data?id=${encodeURIComponent(file.id)}&action=download`);
	}

	/** Calls an active workflow's webhook, form or chat, from outside and without a login. */
	async callWebhook(path: string, init: RequestInit = {}): Promise<Response> {
		return await fetch(`${this.url}/${path.replace(/^\//, '')}`, init);
	}

	/** @returns the id of the owner's personal project */
	async projectId(): Promise<string> {
		return (await this.call<{ id: string }>('GET', '/projects/personal')).id;
	}
}

function withIds(
	credentials: Record<string, { id: string | null; name: string }>,
	ids: Record<string, string>,
): Record<string, { id: string | null; name: string }> {
	return Object.fromEntries(
		Object.entries(credentials).map(([type, credential]) => [
			type,
			{ ...credential, id: ids[type] ?? credential.id },
		]),
	);
}
