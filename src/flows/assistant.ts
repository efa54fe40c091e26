import type { NemoVideoClient } from '../api/client';
import { readCredits, type Credits } from '../api/credits';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import type { SuggestedAction } from '../api/gui/gui';
import { routeMessage, type MessageAction, type RoutedMessage } from '../api/intent/intent';
import { isRecord } from '../api/json';
import { detectLanguage } from '../api/language';
import { readMediaUrls } from '../api/mediaUrls';
import { createSession } from '../api/session';
import { settle } from '../api/settle';
import { readState } from '../api/state';
import { toSubtitles } from '../api/timeline/subtitles';
import { isReadyToExport, readTimeline } from '../api/timeline/timeline';
import type { UploadPart } from '../api/transport';
import type { UploadedFile } from '../api/upload';
import {
	exportVideo,
	type ExportRecord,
	type ExportResult,
	type ExportSettings,
} from './exportVideo';
import { generate, type GenerateResult, type GenerateSettings, type TurnRecord } from './generate';
import { withNotices } from './notices';
import type { Progress } from './progress';
import type { Slot } from './slot';
import { upload, type UploadRecord } from './upload';

export interface AssistantSettings {
	message: string;
	files: UploadPart[];
	/** Whether an export that NemoVideo suggests is offered or done. */
	afterSuggestedExport: 'offer' | 'perform';
	turn: Omit<GenerateSettings, 'sessionId' | 'prompt'>;
	render: Omit<ExportSettings, 'sessionId'>;
}

/** Where the session of a chat is kept. */
export interface SessionKeeper {
	/** The chat's session; made where there is none. */
	get(create: () => Promise<string>): Promise<string>;
	/** The chat's session if it has one; makes none. */
	known(): string | undefined;
	/** NemoVideo has forgotten it; false where the user named the session himself. */
	forget(sessionId: string): boolean;
}

/** The session a message was begun in. */
export interface SessionRecord {
	sessionId: string;
}

/** What is remembered of one message. */
export interface AssistantMemory {
	session: Slot<SessionRecord>;
	upload: Slot<UploadRecord>;
	/** Of addresses in a message that came with files. */
	uploadOfUrls: Slot<UploadRecord>;
	turn: Slot<TurnRecord>;
	render: Slot<ExportRecord>;
	/** Says that files or a prompt go to a session now. */
	supersede(sessionId: string): void;
}

export type AssistantResult = {
	action: MessageAction;
	/** Absent where the chat has no session and the action needs none. */
	sessionId?: string;
	/** The reply; never empty. */
	text: string;
	files?: UploadedFile[];
	credits?: Credits;
} & Partial<Omit<GenerateResult, 'sessionId' | 'text' | 'status'>> &
	Partial<Omit<ExportResult, 'sessionId' | 'status'>> & { status?: string };

const NOTHING_YET =
	'There is no video in this chat yet. Send images, or say what the video is to show.';

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
	if (routed.action === 'credits' && !routed.uploadFirst) return await tellCredits(client, keeper);
	const started =
		settings.files.length > 0 || routed.urls.length > 0 || routed.action === 'message';
	if (!started && keeper.known() === undefined) {
		return {
			action: routed.action,
			text: routed.action === 'upload' ? askForFiles() : NOTHING_YET,
		};
	}
	const conversation = new Conversation(client, settings, routed, memory, progress);
	const open = async (): Promise<string> => {
		const create = async () => {
			// NemoVideo's skill text: let the user know, briefly.
			progress.text('Setting up...\n\n');
			return (await makeSession(client, settings.message)).sessionId;
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
	for (const slot of [memory.session, memory.upload, memory.uploadOfUrls, memory.render])
		slot.clear();
	if (!started) return { action: routed.action, text: NOTHING_YET };
	return await conversation.answer(await open());
}

/** Whether a remembered value is a session's record. */
export function isSessionRecord(value: unknown): value is SessionRecord {
	return isRecord(value) && typeof value.sessionId === 'string' && value.phase === undefined;
}

async function makeSession(client: NemoVideoClient, message: string) {
	return await createSession(client, { taskName: 'project', language: detectLanguage(message) });
}

function askForFiles(): string {
	return 'Send the files together with a message: images, videos or audio, 500 MB a file at most.';
}

async function tellCredits(
	client: NemoVideoClient,
	keeper: SessionKeeper,
): Promise<AssistantResult> {
	const credits = await readCredits(client);
	const sessionId = keeper.known();
	return {
		action: 'credits',
		...(sessionId === undefined ? {} : { sessionId }),
		text: creditsInWords(credits),
		credits,
	};
}

function creditsInWords({ available, frozen }: Credits): string {
	const reserved = frozen > 0 ? `, and ${frozen} are reserved by work under way` : '';
	return `${available} credits are available${reserved}. Exporting costs none.`;
}

/** One message in one session. */
class Conversation {
	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: AssistantSettings,
		private readonly routed: RoutedMessage,
		private readonly memory: AssistantMemory,
		private readonly progress: Progress,
	) {}

	async answer(sessionId: string): Promise<AssistantResult> {
		const { action, uploadFirst } = this.routed;
		const files = uploadFirst ? await this.uploadAll(sessionId) : [];
		if (action === 'upload') {
			const text =
				files.length > 0 ? `${uploadedInWords(files)} ${askForWords(files)}` : askForFiles();
			return { action, sessionId, text, ...(files.length > 0 ? { files } : {}) };
		}
		if (files.length === 0) return await this.act(action, sessionId);
		const uploaded = `${uploadedInWords(files)}\n\n`;
		if (action === 'message') this.progress.text(uploaded);
		const reply = await this.act(action, sessionId);
		return { ...reply, text: uploaded + reply.text, files };
	}

	private async act(
		action: Exclude<MessageAction, 'upload'>,
		sessionId: string,
	): Promise<AssistantResult> {
		switch (action) {
			case 'credits':
				return await tellCredits(this.client, known(sessionId));
			case 'state':
				return await this.tellState(sessionId);
			case 'export':
				return await this.export(sessionId);
			case 'message':
				return await this.say(sessionId);
		}
	}

	private async uploadAll(sessionId: string): Promise<UploadedFile[]> {
		const { client, settings, routed, memory, progress } = this;
		const media = settings.files.length > 0 ? { files: settings.files } : undefined;
		if (memory.upload.read() === undefined) memory.supersede(sessionId);
		const fromFiles = media
			? await upload(client, { sessionId, media }, progress, memory.upload)
			: [];
		if (routed.urls.length === 0) return fromFiles;
		const urls = readMediaUrls(routed.urls, 'Message');
		const slot = media ? memory.uploadOfUrls : memory.upload;
		return [
			...fromFiles,
			...(await upload(client, { sessionId, media: { urls } }, progress, slot)),
		];
	}

	private async tellState(sessionId: string): Promise<AssistantResult> {
		const { draft } = await readState(this.client, sessionId);
		const timeline = readTimeline(draft);
		const { subtitles } = this.routed;
		if (subtitles === undefined) {
			return { action: 'state', sessionId, text: timeline.summary, timeline };
		}
		const text = toSubtitles(draft, subtitles);
		return {
			action: 'state',
			sessionId,
			text:
				text === '' ? `The timeline has no text to make subtitles of. ${timeline.summary}` : text,
			timeline,
		};
	}

	private async export(sessionId: string): Promise<AssistantResult> {
		const { client, settings, memory, progress } = this;
		if (memory.render.read() === undefined) {
			const { draft } = await readState(client, sessionId);
			if (!isReadyToExport(draft)) {
				return { action: 'export', sessionId, text: NOTHING_YET, timeline: readTimeline(draft) };
			}
		}
		const result = await withNotices(client, progress, async () => {
			const order = { ...settings.render, sessionId };
			return await exportVideo(client, order, memory.render, progress);
		});
		return { action: 'export', ...result, text: exportInWords(result) };
	}

	private async say(sessionId: string): Promise<AssistantResult> {
		const { client, settings, routed, memory, progress } = this;
		const prompt = routed.text.trim();
		if (prompt === '') {
			throw new NemoVideoError('input', "'Message' is empty", {
				description: 'Say what NemoVideo is to do, or send a file.',
				outcome: 'refused',
			});
		}
		if (memory.turn.read() === undefined) memory.supersede(sessionId);
		const turn = await generate(
			client,
			{ ...settings.turn, sessionId, prompt },
			memory.turn,
			progress,
		);
		if (turn.status !== 'completed') return { action: 'message', ...turn };
		const after = await this.afterTurn(sessionId, turn);
		const { extra, ...fields } = after;
		if (extra.length > 0) progress.text(`\n\n${extra.join('\n\n')}`);
		return { ...turn, ...fields, action: 'message', text: [turn.text, ...extra].join('\n\n') };
	}

	/** What the user asked for besides, and what the backend would have him click. */
	private async afterTurn(
		sessionId: string,
		turn: GenerateResult,
	): Promise<Partial<AssistantResult> & { extra: string[] }> {
		const wanted = new Set<SuggestedAction>(turn.suggestedActions);
		const extra: string[] = [];
		let fields: Partial<AssistantResult> = {};
		if (turn.changes.length > 0 || wanted.has('state')) {
			extra.push(...(turn.completedBy === 'state' ? [] : beforeAndAfter(turn.changes)));
			extra.push(turn.timeline.summary);
		}
		if (wanted.has('edit')) {
			extra.push('To move or change a clip, say which one and how: it is passed on as an edit.');
		}
		if (wanted.has('credits') || this.routed.then === 'credits') {
			const credits = await readCredits(this.client);
			extra.push(creditsInWords(credits));
			fields = { ...fields, credits };
		}
		const asked = this.routed.then === 'export';
		const suggested = wanted.has('export');
		if (asked || (suggested && this.settings.afterSuggestedExport === 'perform')) {
			if (turn.timeline.readyToExport) {
				const exported = await this.export(sessionId);
				extra.push(exported.text);
				fields = { ...fields, ...exported, timeline: turn.timeline };
			} else extra.push(NOTHING_YET);
		} else if (suggested) {
			extra.push("Say 'export' to get the video as an MP4.");
		}
		return { ...fields, extra };
	}
}

/** What a summary of the timeline as it is now cannot show: what was before, and what is gone. */
function beforeAndAfter(changes: string[]): string[] {
	const lines = changes.filter((line) => line.includes(' -> ') || line.includes(' removed'));
	return lines.length === 0 ? [] : [lines.join('\n')];
}

function known(sessionId: string): SessionKeeper {
	return { get: async () => sessionId, known: () => sessionId, forget: () => false };
}

function uploadedInWords(files: UploadedFile[]): string {
	const names = files.map(({ filename }) => filename).join(', ');
	return `Uploaded ${files.length === 1 ? '1 file' : `${files.length} files`}: ${names}.`;
}

function askForWords({ length }: UploadedFile[]): string {
	return `Now say what to make of ${length === 1 ? 'it' : 'them'}.`;
}

function exportInWords({ url, status, timedOut, renderId, sizeBytes }: ExportResult): string {
	if (timedOut) {
		return `The video is still being rendered (${status}). Say 'export' again in a while. Render: ${renderId}`;
	}
	const size = sizeBytes === undefined ? '' : ` (${(sizeBytes / 1_048_576).toFixed(1)} MB)`;
	return `Your video is ready${size}: ${url}`;
}
