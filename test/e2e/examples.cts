import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedWorkflow, WorkflowFile } from './api.cts';
import type { TestContext } from './testContext.cts';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** An example workflow as it lies in the repository. */
export function readExample(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;
}

/** Webhooks get addresses of their own, as they do when a workflow is pasted into the editor. */
export function withOwnAddresses(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.webhookId === undefined ? node : { ...node, webhookId: randomUUID() },
	);
	return { ...workflow, nodes };
}

/** What a node asks for in its field for credentials, by the end of its type. */
const CREDENTIAL_TYPES: Record<string, string> = {
	airtable: 'airtableTokenApi',
	emailSend: 'smtp',
	googleDrive: 'googleDriveOAuth2Api',
	googleSheets: 'googleSheetsOAuth2Api',
	lmChatOpenAi: 'openAiApi',
	notion: 'notionApi',
	slack: 'slackApi',
	telegram: 'telegramApi',
	telegramTrigger: 'telegramApi',
	wooCommerce: 'wooCommerceApi',
	wooCommerceTrigger: 'wooCommerceApi',
	youTube: 'youTubeOAuth2Api',
};

function credentialTypeOf(type: string): string | undefined {
	if (type.startsWith('n8n-nodes-nemovideo.')) return 'nemoVideoApi';
	return CREDENTIAL_TYPES[type.split('.').at(-1) ?? type];
}

/** Chooses credentials in the nodes of a file that names none, such as a job. */
export function withCredentials(workflow: WorkflowFile, ids: Record<string, string>): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		const type = credentialTypeOf(node.type) ?? '';
		const id = ids[type];
		return id === undefined ? node : { ...node, credentials: { [type]: { id, name: type } } };
	});
	return { ...workflow, nodes };
}

/**
 * An example as a user has it after importing it, choosing credentials and activating it.
 *
 * @param change what a user would change besides
 */
export async function liveExample(
	world: TestContext,
	name: string,
	credentialIds: Record<string, string>,
	change = (workflow: WorkflowFile): WorkflowFile => workflow,
): Promise<SavedWorkflow> {
	const workflow = withCredentials(change(withOwnAddresses(readExample(name))), credentialIds);
	return await world.goLive(workflow, credentialIds);
}

/** The address of a trigger's webhook, form or chat, below n8n's own. */
export function webhookIdOf(workflow: WorkflowFile, nodeType: string): string {
	const node = workflow.nodes.find(({ type }) => type.endsWith(nodeType));
	if (typeof node?.webhookId !== 'string') throw new Error(`No ${nodeType} in ${workflow.name}`);
	return node.webhookId;
}
