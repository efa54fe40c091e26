import { assist, isSessionRecord } from '../../src/flows/assistant';
import { isExportRecord } from '../../src/flows/exportVideo';
import { isTurnRecord } from '../../src/flows/generate';
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
	const result = await assist(client, settings, keeper, remembered, progress);
	// A turn's text was streamed as it came.
	if (result.action !== 'message') progress.text(result.text);
	return { fields: toItemJson(result) };
}
