import { randomUUID } from 'node:crypto';
import type { N8nApi, SavedWorkflow, WorkflowFile } from './api.cts';
import type { Begin } from './stopCheck.cts';
import { START } from './workflows.cts';

const POLL_MS = 50;
/** For n8n to list an execution that it has begun. Milliseconds. */
const LISTED_MS = 60_000;

/** A workflow that begins by hand, begun by a production webhook instead. */
export function behindWebhook(file: WorkflowFile): WorkflowFile {
	const path = randomUUID();
	const nodes = file.nodes.map((node) =>
		node.name === START
			? {
					...node,
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: path,
					parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
				}
			: node,
	);
	return { ...file, nodes };
}

/**
 * Calls a live workflow's webhook, which answers when the execution has begun.
 *
 * @throws Error for any answer but a good one
 */
export async function callRow(
	api: N8nApi,
	workflow: SavedWorkflow,
	body: Record<string, unknown> = {},
): Promise<void> {
	const hook = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
	const response = await api.callWebhook(`webhook/${String(hook?.parameters.path)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`The webhook answered ${response.status}: ${text}`);
}

/** As a production execution, by its webhook. */
export const byWebhook: Begin = async (world, workflow, credentialId) => {
	const saved = await world.goLive(behindWebhook(workflow), { nemoVideoApi: credentialId });
	await callRow(world.api, saved);
	const deadline = Date.now() + LISTED_MS;
	for (;;) {
		const [executionId] = await world.api.executionIds(saved);
		if (executionId !== undefined) return { workflowId: saved.id, executionId };
		if (Date.now() > deadline) throw new Error('n8n lists no execution for the webhook');
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
};
