import type { IBinaryData } from 'n8n-workflow';
import { isNemoVideoError } from '../../src/api/errors';
import { resultOf } from '../../src/api/result';
import { assist, isSessionCheckpoint } from '../../src/flows/assistant/assistant';
import { isExportCheckpoint } from '../../src/flows/export/exportCheckpoint';
import type { SaveVideo } from '../../src/flows/export/exportVideo';
import { isTurnCheckpoint } from '../../src/flows/generate/turnCheckpoint';
import { isUploadCheckpoint } from '../../src/flows/upload/uploadCheckpoint';
import { namedSession, sessionOfChat } from '../../src/n8n/chatSessions';
import { storeVideo } from '../../src/n8n/files/videoStore';
import type { ItemOutput, ItemRun } from '../../src/n8n/itemWork';
import { toItemJson } from '../../src/n8n/output';
import type { ItemProgress } from '../../src/n8n/progress';
import type { AssistantItem } from './readAssistant';

/** Answers the message of one item. */
export async function runAssistant(settings: AssistantItem, item: ItemRun): Promise<ItemOutput> {
	const { client, context, checkpoints, progress } = item;
	const { sessionId, chatId, download } = settings;
	const keeper = sessionId === '' ? sessionOfChat(context, chatId) : namedSession(sessionId);
	const remembered = {
		session: checkpoints.checkpoint('session', isSessionCheckpoint),
		upload: checkpoints.checkpoint('upload', isUploadCheckpoint),
		uploadOfUrls: checkpoints.checkpoint('uploadOfUrls', isUploadCheckpoint),
		turn: checkpoints.checkpoint('turn', isTurnCheckpoint),
		render: checkpoints.checkpoint('render', isExportCheckpoint),
	};
	let video: IBinaryData | undefined;
	const sink: SaveVideo | undefined = download
		? async (bytes, render) => {
				video = await storeVideo(context, bytes, render, '');
				return { sizeBytes: video.bytes ?? bytes.sizeBytes ?? 0 };
			}
		: undefined;
	const outcome = await resultOf(
		async () => await assist(client, settings, { keeper, checkpoints: remembered, progress, sink }),
	);
	if (!outcome.ok) {
		tellFailure(outcome.error, progress, context.continueOnFail());
		throw outcome.error;
	}
	const { value: result } = outcome;
	// A turn's text was streamed as it came; everything else is told at once.
	const isTurn = result.action === 'message' && result.status !== undefined;
	if (!isTurn) progress.text(result.text);
	return { fields: toItemJson(result), ...(video ? { files: { data: video } } : {}) };
}

/**
 * Tells a failure to who reads a streamed chat and sees no items; of a node that stops, n8n streams
 * the description by itself.
 */
export function tellFailure(error: unknown, progress: ItemProgress, goesOn: boolean): void {
	if (!isNemoVideoError(error) || error.kind === 'cancelled') return;
	const { message, description = '' } = error;
	progress.paragraph(`${message}.\n\n${goesOn ? description : ''}`);
}
