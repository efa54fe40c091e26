import type { NemoVideoClient } from '../api/client';
import { readCredits, type Credits } from '../api/credits';
import { NemoVideoError } from '../api/errors';
import type { SuggestedAction } from '../api/gui/gui';
import type { MessageAction, RoutedMessage } from '../api/intent/intent';
import { readMediaUrls } from '../api/mediaUrls';
import { readState } from '../api/state';
import { toSubtitles } from '../api/timeline/subtitles';
import { isReadyToExport, readTimeline } from '../api/timeline/timeline';
import type { UploadPart } from '../api/transport';
import type { UploadedFile } from '../api/upload';
import type { ExportRecord, ExportResult } from './exportRecord';
import { exportVideo, type ExportSettings } from './exportVideo';
import { generate, type GenerateSettings } from './generate';
import { withNotices } from './notices';
import type { Progress } from './progress';
import type { Replies } from './replies';
import type { Slot } from './slot';
import type { GenerateResult, TurnRecord } from './turnRecord';
import { upload, type UploadRecord } from './upload';

export interface AssistantSettings {
	message: string;
	files: UploadPart[];
	/** Whether an export that NemoVideo suggests is offered or done. */
	afterSuggestedExport: 'offer' | 'perform';
	turn: Omit<GenerateSettings, 'sessionId' | 'prompt'>;
	render: Omit<ExportSettings, 'sessionId'>;
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

/** The balance as an answer. */
export async function tellCredits(
	client: NemoVideoClient,
	replies: Replies,
	sessionId?: string,
): Promise<AssistantResult> {
	const credits = await readCredits(client);
	return {
		action: 'credits',
		...(sessionId === undefined ? {} : { sessionId }),
		text: replies.credits(credits),
		credits,
	};
}

/** One message in one session. */
export class Conversation {
	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: AssistantSettings,
		private readonly routed: RoutedMessage,
		private readonly replies: Replies,
		private readonly memory: AssistantMemory,
		private readonly progress: Progress,
	) {}

	async answer(sessionId: string): Promise<AssistantResult> {
		const { action, uploadFirst } = this.routed;
		const files = uploadFirst ? await this.uploadAll(sessionId) : [];
		const names = files.map(({ filename }) => filename);
		if (action === 'upload') {
			const { askForFiles, askForWords, uploaded } = this.replies;
			if (files.length === 0) return { action, sessionId, text: askForFiles };
			const separator = uploaded(names).endsWith('.') ? ' ' : '';
			return {
				action,
				sessionId,
				text: uploaded(names) + separator + askForWords(names.length),
				files,
			};
		}
		if (files.length === 0) return await this.act(action, sessionId);
		const uploaded = `${this.replies.uploaded(names)}\n\n`;
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
				return await tellCredits(this.client, this.replies, sessionId);
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
			text: text === '' ? this.replies.noSubtitles(timeline.summary) : text,
			timeline,
		};
	}

	private async export(sessionId: string): Promise<AssistantResult> {
		const { client, settings, memory, progress } = this;
		if (memory.render.read() === undefined) {
			const { draft } = await readState(client, sessionId);
			if (!isReadyToExport(draft)) {
				return {
					action: 'export',
					sessionId,
					text: this.replies.nothingYet,
					timeline: readTimeline(draft),
				};
			}
		}
		const result = await withNotices(client, progress, async () => {
			const order = { ...settings.render, sessionId };
			return await exportVideo(client, order, memory.render, progress);
		});
		return { action: 'export', ...result, text: this.exportInWords(result) };
	}

	private exportInWords({ url, status, timedOut, renderId, sizeBytes }: ExportResult): string {
		if (timedOut) return this.replies.stillRendering(status, renderId);
		const megabytes = sizeBytes === undefined ? undefined : (sizeBytes / 1_048_576).toFixed(1);
		return this.replies.ready(url, megabytes);
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
		const told: string[] = [turn.text];
		const tell = (text: string): void => {
			told.push(text);
			progress.text(`\n\n${text}`);
		};
		const fields = await this.afterTurn(sessionId, turn, tell);
		return { ...turn, ...fields, action: 'message', text: told.join('\n\n') };
	}

	/** What the user asked for besides, and what the backend would have him click. */
	private async afterTurn(
		sessionId: string,
		turn: GenerateResult,
		tell: (text: string) => void,
	): Promise<Partial<AssistantResult>> {
		const wanted = new Set<SuggestedAction>(turn.suggestedActions);
		let fields: Partial<AssistantResult> = {};
		if (turn.changes.length > 0 || wanted.has('state')) {
			const edits = turn.completedBy === 'state' ? '' : beforeAndAfter(turn.changes);
			if (edits !== '') tell(edits);
			tell(turn.timeline.summary);
		}
		if (wanted.has('edit')) tell(this.replies.sayEdit);
		if (wanted.has('credits') || this.routed.then === 'credits') {
			const credits = await readCredits(this.client);
			tell(this.replies.credits(credits));
			fields = { ...fields, credits };
		}
		const asked = this.routed.then === 'export';
		const suggested = wanted.has('export');
		if (asked || (suggested && this.settings.afterSuggestedExport === 'perform')) {
			if (turn.timeline.readyToExport) {
				const exported = await this.export(sessionId);
				tell(exported.text);
				fields = { ...fields, ...exported, timeline: turn.timeline };
			} else tell(this.replies.nothingYet);
		} else if (suggested) {
			tell(this.replies.sayExport);
		}
		return fields;
	}
}

/** What a summary of the timeline as it is now cannot show: what was before, and what is gone. */
function beforeAndAfter(changes: string[]): string {
	return changes.filter((line) => line.includes(' -> ') || line.includes(' removed')).join('\n');
}
