import type { IExecuteFunctions } from 'n8n-workflow';
import type { AssistantSettings } from '../../src/flows/conversation';
import { describeMedia, readMessageFiles } from '../../src/n8n/media';
import { refused, type Parameters } from '../../src/n8n/parameters';
import { readExportSettings, readRenderOutput, readTurnSettings } from '../../src/n8n/settings';

export interface AssistantItem extends AssistantSettings {
	/** Given by the user; empty: the chat's. */
	sessionId: string;
	/** Empty: the session is not kept. */
	chatId: string;
}

const MOST_CHAT_ID_CHARACTERS = 256;

/** Reads and checks the parameters of one item. */
export async function readAssistant(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<AssistantItem> {
	const message = parameters.text('message', 'Message');
	const files = await readMessageFiles(context, parameters);
	if (message.trim() === '' && files.length === 0) {
		throw refused("'Message' is empty", 'Say what NemoVideo is to do, or send a file.');
	}
	const named = parameters.text('sessionId', 'Session ID').trim() !== '';
	const chatId = parameters.text('chatId', 'Chat ID').trim();
	if (chatId.length > MOST_CHAT_ID_CHARACTERS) {
		throw refused(
			`'Chat ID' has ${chatId.length} characters`,
			`Use at most ${MOST_CHAT_ID_CHARACTERS} characters.`,
		);
	}
	return {
		message,
		files,
		chatId,
		sessionId: named ? parameters.sessionId() : '',
		afterSuggestedExport: parameters.choice(
			'options.afterSuggestedExport',
			'After Suggested Export',
			['offer', 'perform'],
			'offer',
		),
		turn: readTurnSettings(parameters, 'generateTimeoutMinutes', 'Generate Timeout (Minutes)'),
		render: {
			...readExportSettings(parameters, 'exportTimeoutMinutes', 'Export Timeout (Minutes)'),
			output: readRenderOutput(parameters, 'high'),
		},
	};
}

/** What decides about the answer; how long to wait for it does not. */
export function identityOf({ message, files, chatId, sessionId }: AssistantItem): unknown {
	return { message, files: describeMedia({ files }), chatId, sessionId };
}
