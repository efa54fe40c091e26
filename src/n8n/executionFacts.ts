import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { isRecord } from '../api/json';

/**
 * What a node knows of the execution it runs in. n8n has contexts that lack one or the other: an
 * MCP Server Trigger runs its tools outside of executions, older versions have fewer functions, and
 * sub-nodes may have no run data. Each fact has a fallback, so callers need not ask.
 */
export interface ExecutionFacts {
	/** Where n8n names none, an id of this run's own: nothing of another run is taken for its work. */
	readonly executionId: string;
	/** How often the node ran before in this execution. */
	readonly runIndex: number;
	/** What n8n keeps for the node within the execution; else it lives as long as this run. */
	readonly nodeContext: Record<string, unknown>;
	/** The same for all nodes of the execution together. */
	readonly flowContext: Record<string, unknown>;
	/** Names the workflow and the node in it. */
	readonly node: string;
	/** Whether it's n8n's Retry of an execution. */
	readonly isRetry: boolean;
	/** Aborted when the user stops the execution. */
	readonly signal: AbortSignal | undefined;
}

/** What stands in for what a context lacks: one for each, so that all parts of a run see the same. */
const standIns = new WeakMap<
	object,
	Pick<ExecutionFacts, 'executionId' | 'nodeContext' | 'flowContext'>
>();

/** Reads the facts of the execution that a context belongs to. */
export function executionFacts(context: IExecuteFunctions): ExecutionFacts {
	const standIn = standIns.get(context) ?? {
		executionId: randomUUID(),
		nodeContext: {},
		flowContext: {},
	};
	standIns.set(context, standIn);
	const executionId: unknown = attempt(() => context.getExecutionId());
	const runIndex: unknown = attempt(() => context.getWorkflowDataProxy(0).$runIndex);
	const nodeContext: unknown = attempt(() => context.getContext('node'));
	const flowContext: unknown = attempt(() => context.getContext('flow'));
	const workflowId: unknown = attempt(() => context.getWorkflow().id);
	return {
		node: `${String(workflowId)}:${attempt(() => context.getNode().name)}`,
		isRetry: attempt(() => context.getMode()) === 'retry',
		executionId:
			typeof executionId === 'string' && executionId !== '' ? executionId : standIn.executionId,
		runIndex: typeof runIndex === 'number' ? runIndex : 0,
		nodeContext: isRecord(nodeContext) ? nodeContext : standIn.nodeContext,
		flowContext: isRecord(flowContext) ? flowContext : standIn.flowContext,
		signal: attempt(() => context.getExecutionCancelSignal()),
	};
}

/** What n8n keeps for the node beyond the execution, where it does; else nothing is kept. */
export function staticDataOf(context: IExecuteFunctions): IDataObject {
	return attempt(() => context.getWorkflowStaticData('node')) ?? {};
}

/** Whether somebody reads pieces as they come; older versions have none in some of their contexts. */
export function canStream(context: IExecuteFunctions): boolean {
	return typeof context.sendChunk === 'function' && attempt(() => context.isStreaming()) === true;
}

/** Shows hints beside the output, where the context has a place for them. */
export function addHints(context: IExecuteFunctions, hints: readonly NodeExecutionHint[]): void {
	attempt(() => context.addExecutionHints(...hints));
}

/** @returns undefined where the context lacks the function or what it needs */
export function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
