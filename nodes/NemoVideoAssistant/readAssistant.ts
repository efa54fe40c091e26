import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../src/api/json';
import { isPaid, routeMessage } from '../../src/text/intent/intent';
import type { AssistantSettings, RefusedFile } from '../../src/flows/assistant/chat';
import { equalPromptKey } from '../../src/n8n/equalPrompts';
import { describeMedia, readMessageFiles } from '../../src/n8n/media';
import type { Parameters } from '../../src/n8n/parameters';
import { invalidParameterError } from '../../src/n8n/errors/invalidParameter';
import {
	readExportSettings,
	readLanguageOption,
	readRenderOutput,
	readTurnSettings,
} from '../../src/n8n/settings';
import { afterSuggestedExportOption } from './properties';

export interface AssistantItem extends AssistantSettings {
	/** Given by the user; empty: the chat's. */
	sessionId: string;
	/** Empty: the session is not kept. */
	chatId: string;
	/** Whether the MP4 itself is wanted. */
	download: boolean;
	/** Items that give the same here are refused; undefined where there may be more of them. */
	onlyOnce?: string;
}

const MAX_CHAT_ID_CHARACTERS = 256;
const CHAT_ADVICE =
	'Pass on what names the chat, for example {{ $json.message.chat.id }} of a Telegram Trigger. To start a new session with each message, clear the field.';

/** Reads and checks the parameters of one item. */
export async function readAssistant(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<AssistantItem> {
	const message = parameters.message();
	const { files, refusedFiles } = await readMessageFiles(context, parameters);
	if (files.length === 0 && refusedFiles.length === 0) {
		refusedFiles.push(...filesLeftBehind(context.getInputData()[parameters.itemIndex]?.json));
	}
	const sessionId = parameters.optionalSessionId();
	// A model that names no chat gets the session's ID with each answer.
	const mayBeEmpty = sessionId !== '' || parameters.ofTool;
	const chatId = parameters.chatId(mayBeEmpty ? undefined : CHAT_ADVICE);
	if (chatId.length > MAX_CHAT_ID_CHARACTERS) {
		throw invalidParameterError(
			`'Chat ID' has ${chatId.length} characters`,
			`Use at most ${MAX_CHAT_ID_CHARACTERS} characters.`,
		);
	}
	const chat = sessionId || chatId;
	const isPrompt =
		refusedFiles.length === 0 && isPaid(routeMessage(message, { hasFiles: files.length > 0 }));
	return {
		message,
		files,
		// Without a chat each message has a session of its own.
		onlyOnce:
			isPrompt && chat !== ''
				? equalPromptKey(parameters, { sessionId: chat, prompt: message })
				: undefined,
		refusedFiles,
		language: readLanguageOption(parameters),
		download: !parameters.ofTool && parameters.boolean('options.download', 'Download', false),
		chatId,
		sessionId,
		afterSuggestedExport: parameters.choice(
			afterSuggestedExportOption,
			['offer', 'perform'],
			'options.afterSuggestedExport',
		),
		turn: readTurnSettings(parameters, 'generateTimeoutMinutes', 'Generate Timeout (Minutes)'),
		render: {
			...readExportSettings(parameters, 'exportTimeoutMinutes', 'Export Timeout (Minutes)'),
			output: readRenderOutput(parameters, 'high'),
		},
	};
}

/** What decides about the answer; how long to wait for it does not. */
export function identityOf(item: AssistantItem): unknown {
	const { message, files, refusedFiles, chatId, sessionId, download } = item;
	return { message, files: describeMedia({ files }), refusedFiles, chatId, sessionId, download };
}

/** What Telegram's messages may bring and n8n's trigger downloads, and what it never does. */
const DOWNLOADED = ['photo', 'video', 'document'];
const NEVER_DOWNLOADED = ['voice', 'audio', 'animation', 'sticker', 'video_note'];
/** What WhatsApp's messages may bring; its trigger downloads nothing. */
const OF_WHATSAPP = [...DOWNLOADED, 'image', 'audio', 'sticker'];

/** A file that the chat app has and n8n has not: the prompt would be paid without it. */
function filesLeftBehind(json: IDataObject = {}): RefusedFile[] {
	const { message, channel_post: post, messages, files } = json;
	const brings = (told: unknown[], kinds: string[]): boolean =>
		told.filter(isRecord).some((one) => kinds.some((kind) => isFilled(one[kind])));
	const telegram = [message, post];
	if (brings(telegram, DOWNLOADED)) return notDownloaded('Telegram Trigger, Download Images/Files');
	if (brings(telegram, NEVER_DOWNLOADED)) return [{ name: '', reason: 'noFile' }];
	const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
	if (list(files).some((file) => isRecord(file) && 'url_private' in file)) {
		return notDownloaded('Slack Trigger, Download Files');
	}
	return brings(list(messages), OF_WHATSAPP)
		? notDownloaded('WhatsApp Business Cloud, Media: Download; HTTP Request')
		: [];
}

function notDownloaded(name: string): RefusedFile[] {
	return [{ name, reason: 'notDownloaded' }];
}

function isFilled(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : isRecord(value);
}
