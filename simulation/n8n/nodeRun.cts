import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { SimulatedSignal } from '../time/signals.cts';
import type { NodePlan } from '../story/story.cts';

export interface Item {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	pairedItem?: { item: number };
}

/** One entering of one node: what n8n's Retry On Fail does anew is another one. */
export interface NodeRun {
	/** Shown in traces, e.g. `E1`. */
	execution: string;
	/** What n8n's Retry goes on with has the same; whatever is remembered belongs to it. */
	root: string;
	executionId: string;
	workflowId: string;
	isRetry: boolean;
	/** Called by an agent or MCP client. */
	isTool: boolean;
	node: NodePlan;
	runIndex: number;
	items: Item[];
	signal: SimulatedSignal;
	/** When the user pressed Stop, in milliseconds since the epoch. */
	stoppedAt: () => number | undefined;
	contexts: Record<string, IDataObject>;
	staticData: IDataObject;
	/** n8n's process, counted from 0. */
	process: number;
	startedAt: number;
	hasEnded: boolean;
}
