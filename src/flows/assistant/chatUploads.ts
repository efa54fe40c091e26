import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { readMediaUrls } from '../../api/mediaUrls/mediaUrls';
import type { UploadedFile } from '../../api/sessionFiles';
import type { SessionLease } from '../../api/sessionQueue';
import { namesOf, type Media } from '../../api/upload';
import { FileUpload } from '../upload/fileUpload';
import { filesOf } from '../upload/uploadCheckpoint';
import type { AssistantResult, AssistantSettings, Understood } from './chat';
import { tellRest } from './messages/messages';

/** The files and links of one message, on their way into its session. */
export class ChatUploads {
	private readonly askedAt: number;

	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: AssistantSettings,
		private readonly understood: Understood,
	) {
		this.askedAt = client.clock.now();
	}

	/** Keys of what comes with the message: with other files, it's another wish. */
	get keys(): string[] {
		return this.media().flatMap((media) => filesOf(media).map(({ key }) => key));
	}

	/** Whether an earlier try has put all of it into the session. */
	get isDone(): boolean {
		const { upload, uploadOfUrls } = this.understood.chat.checkpoints;
		const records = [upload, uploadOfUrls].slice(0, this.media().length);
		return records.every((record) => record.read()?.phase === 'done');
	}

	private media(): Media[] {
		const { files } = this.settings;
		const { urls } = this.understood.routed;
		return [
			...(files.length > 0 ? [{ files }] : []),
			...(urls.length > 0 ? [{ urls: readMediaUrls(urls, 'Message') }] : []),
		];
	}

	/** @throws NemoVideoError with the session's ID in its handles */
	async send(lease: SessionLease): Promise<UploadedFile[]> {
		const { client, settings, askedAt } = this;
		const { progress } = this.understood.chat;
		const { upload, uploadOfUrls } = this.understood.chat.checkpoints;
		const { recovery } = settings.turn;
		const sent: UploadedFile[] = [];
		for (const [place, media] of this.media().entries()) {
			const order = { media, recovery, askedAt };
			const checkpoint = place === 0 ? upload : uploadOfUrls;
			sent.push(...(await new FileUpload(client, order, progress, checkpoint).send(lease)));
		}
		return sent;
	}

	/**
	 * Files that NemoVideo does not take, as an answer: the user of a chat sees no failed node.
	 *
	 * @throws the error itself where it is about something else
	 */
	refuse(error: unknown, sessionId: string): AssistantResult {
		if (!isNemoVideoError(error)) throw error;
		const { kind, files, says, outcome } = error;
		if (!files && kind !== 'fileType' && kind !== 'fileSize') throw error;
		const { settings } = this;
		const { replies, routed } = this.understood;
		const all = [...namesOf({ files: settings.files }), ...namesOf({ urls: routed.urls })];
		const isPartly = outcome === 'unknown' && files !== undefined;
		const arrived = isPartly ? all.filter((name) => !files.includes(name)) : [];
		const refused = files ?? all;
		const others = all.filter((name) => !refused.includes(name) && !arrived.includes(name));
		const told = [
			arrived.length > 0 ? replies.uploaded(arrived) : '',
			replies.cannotTake(refused.join(', '), 'refused'),
			// In its own words: what it says of a limit is about this account.
			says ? `NemoVideo: ${says}` : '',
			...tellRest(replies, others, routed),
		];
		const text = told.filter((line) => line !== '').join('\n');
		return { action: 'upload', sessionId, text, refused: true };
	}
}
