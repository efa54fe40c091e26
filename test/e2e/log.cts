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

/**
 * Finds in n8n's own log when a node was entered and left. n8n calls an execution "canceled" at
 * once, whatever its nodes do; the log tells when they are really over.
 */
export async function nodeRuns(n8n: N8n, workflowId: string, node: string): Promise<NodeRuns> {
	const found: NodeRuns = { entered: [] };
	for (const line of (await n8n.log()).split('\n')) {
		if (!line.startsWith('{') || !line.includes('Running node')) continue;
		const { message, timestamp, metadata } = JSON.parse(line);
		if (metadata?.workflowId !== workflowId) continue;
		const time = Date.parse(timestamp);
		if (ENTERED.exec(message)?.[1] === node) found.entered.push(time);
		if (FAILED.exec(message)?.[1] === node) found.failedAt = time;
	}
	return found;
}
