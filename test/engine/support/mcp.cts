import type { DynamicStructuredTool } from '@langchain/core/tools';
import { WebhookContext } from 'n8n-core';
import {
	NodeConnectionTypes,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

/**
 * Calls the only tool of a workflow's agent as n8n's MCP Server Trigger does: over the context of
 * the webhook that the client has called, so without an execution, its ID and its data.
 *
 * @returns what the client is told, parsed
 */
export async function callOverMcp(
	workflow: Workflow,
	additionalData: IWorkflowExecuteAdditionalData,
	input: Record<string, unknown>,
): Promise<unknown> {
	const node = workflow.getNode('Agent');
	if (node === null) throw new Error('The workflow has no agent');
	const context = new WebhookContext(
		workflow,
		node,
		{ ...additionalData, executionId: undefined },
		'webhook',
		{ webhookDescription: { name: 'default' } } as IWebhookData,
		[],
		null,
	);
	const tools = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	const [tool] = tools as DynamicStructuredTool[];
	const answer: unknown = await tool?.invoke(input);
	return typeof answer === 'string' ? JSON.parse(answer) : answer;
}
