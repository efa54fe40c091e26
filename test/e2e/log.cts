import type { N8n } from './n8n.cts';

/** What n8n needs in its environment for `nodeRuns` to find something. */
export const READABLE_LOG = { N8N_LOG_LEVEL: 'debug', N8N_LOG_FORMAT: 'json' };

export interface NodeRuns {
	/** Times at which the engine entered the node, in milliseconds since the epoch. */
	entered: number[];
	/** When the node was left for good with a failure. */
	failedAt?: number;
}

const ENTERED = /^Running node "(.*)" started$/;
const FAILED = /^Running node "(.*)" finished with error$/;

interface Line {
	message: string;
	metadata?: Record<string, unknown> & { timestamp?: string };
}

async function lines(n8n: N8n, words: string): Promise<Line[]> {
	const log = await n8n.log();
	return log
		.split('\n')
		.filter((line) => line.startsWith('{') && line.includes(words))
		.map((line) => JSON.parse(line));
}

const timeOf = ({ metadata }: Line): number => Date.parse(metadata?.timestamp ?? '');

/**
 * Finds in n8n's own log when a node was entered and left. n8n calls an execution "canceled" at
 * once, whatever its nodes do; the log tells when they are really over.
 */
export async function nodeRuns(n8n: N8n, workflowId: string, node: string): Promise<NodeRuns> {
	const found: NodeRuns = { entered: [] };
	for (const line of await lines(n8n, 'Running node')) {
		if (line.metadata?.workflowId !== workflowId) continue;
		if (ENTERED.exec(line.message)?.[1] === node) found.entered.push(timeOf(line));
		if (FAILED.exec(line.message)?.[1] === node) found.failedAt = timeOf(line);
	}
	return found;
}

/** @returns when n8n aborted an execution, in milliseconds since the epoch; undefined: not yet */
export async function cancelledAt(n8n: N8n, executionId: string): Promise<number | undefined> {
	const all = await lines(n8n, 'Execution cancelled');
	const line = all.find(({ metadata }) => metadata?.executionId === executionId);
	return line && timeOf(line);
}
