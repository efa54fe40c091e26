import { isNemoVideoError } from '../../src/api/errors';
import { settle } from '../../src/api/settle';
import { assist, isSessionRecord } from '../../src/flows/assistant';
import { isExportRecord } from '../../src/flows/exportRecord';
import { isTurnRecord } from '../../src/flows/turnRecord';
import { isUploadRecord } from '../../src/flows/upload';
import { namedSession, sessionOfChat } from '../../src/n8n/chatSessions';
import type { ItemOutput, ItemRun } from '../../src/n8n/items';
import { toItemJson } from '../../src/n8n/output';
import type { AssistantItem } from './readAssistant';

/** Answers the message of one item. */
export async function runAssistant(settings: AssistantItem, item: ItemRun): Promise<ItemOutput> {
	const { client, context, memory, progress, supersede } = item;
	const { sessionId, chatId } = settings;
	const keeper = sessionId === '' ? sessionOfChat(context, chatId) : namedSession(sessionId);
	const remembered = {
		session: memory.slot('session', isSessionRecord),
		upload: memory.slot('upload', isUploadRecord),
		uploadOfUrls: memory.slot('uploadOfUrls', isUploadRecord),
		turn: memory.slot('turn', isTurnRecord),
		render: memory.slot('render', isExportRecord),
		supersede,
	};
	const outcome = await settle(
		async () => await assist(client, settings, keeper, remembered, progress),
	);
	if (!outcome.ok) {
		tellFailure(outcome.error, item);
		throw outcome.error;
	}
	const { value: result } = outcome;
	// A turn's text was streamed as it came.
	if (result.action !== 'message') progress.text(result.text);
	return { fields: toItemJson(result) };
}

/** Who reads a streamed chat sees no items; of a failed node, n8n streams the description alone. */
function tellFailure(error: unknown, { context, progress }: ItemRun): void {
	if (!isNemoVideoError(error) || error.kind === 'cancelled') return;
	const { message, description = '' } = error;
	progress.paragraph(`${message}.\n\n${context.continueOnFail() ? description : ''}`);
}
