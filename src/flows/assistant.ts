import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError } from '../api/errors';
import { routeMessage } from '../api/intent/intent';
import { isRecord } from '../api/json';
import { detectLanguage } from '../api/language';
import { createSession } from '../api/session';
import { settle } from '../api/settle';
import {
	Conversation,
	tellCredits,
	type AssistantMemory,
	type AssistantResult,
	type AssistantSettings,
	type SessionRecord,
} from './conversation';
import type { Progress } from './progress';
import { repliesTo } from './replies';

/** Where the session of a chat is kept. */
export interface SessionKeeper {
	/** The chat's session; made where there is none. */
	get(create: () => Promise<string>): Promise<string>;
	/** The chat's session if it has one; makes none. */
	known(): string | undefined;
	/** NemoVideo has forgotten it; false where the user named the session himself. */
	forget(sessionId: string): boolean;
}

/**
 * Answers one message of a chat: routes it by intent (NemoVideo's skill text), uploads the files
 * that came with it first, and turns the backend's talk of buttons into actions. Export and
 * credits are done by API and never reach the agent as a message.
 *
 * @throws NemoVideoError
 */
export async function assist(
	client: NemoVideoClient,
	settings: AssistantSettings,
	keeper: SessionKeeper,
	memory: AssistantMemory,
	progress: Progress,
): Promise<AssistantResult> {
	const routed = routeMessage(settings.message, { hasFiles: settings.files.length > 0 });
	const replies = repliesTo(settings.message);
	if (routed.action === 'credits' && !routed.uploadFirst) {
		return await tellCredits(client, replies, keeper.known());
	}
	const started =
		settings.files.length > 0 || routed.urls.length > 0 || routed.action === 'message';
	if (!started && keeper.known() === undefined) {
		return {
			action: routed.action,
			text: routed.action === 'upload' ? replies.askForFiles : replies.nothingYet,
		};
	}
	const conversation = new Conversation(client, settings, routed, replies, memory, progress);
	const open = async (): Promise<string> => {
		const create = async () => {
			// NemoVideo's skill text: let the user know, briefly.
			progress.text(`${replies.settingUp}\n\n`);
			const language = detectLanguage(settings.message);
			return (await createSession(client, { taskName: 'project', language })).sessionId;
		};
		const sessionId = await keeper.get(create);
		memory.session.write({ sessionId });
		return sessionId;
	};
	// A retry goes on in the session that holds what the first try has sent.
	const sessionId = memory.session.read()?.sessionId ?? (await open());
	const first = await settle(async () => await conversation.answer(sessionId));
	if (first.ok) return first.value;
	const forgotten =
		isNemoVideoError(first.error) &&
		first.error.kind === 'session' &&
		memory.turn.read() === undefined;
	if (!forgotten || !keeper.forget(sessionId)) throw first.error;
	// Made anew once, before anything was generated (NemoVideo's skill text, code 1002).
	const { session, upload, uploadOfUrls, render } = memory;
	for (const slot of [session, upload, uploadOfUrls, render]) slot.clear();
	if (!started) return { action: routed.action, text: replies.nothingYet };
	return await conversation.answer(await open());
}

/** Whether a remembered value is a session's record. */
export function isSessionRecord(value: unknown): value is SessionRecord {
	return isRecord(value) && typeof value.sessionId === 'string' && value.phase === undefined;
}
