import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { readMediaUrls } from '../../api/mediaUrls/mediaUrls';
import type { UploadedFile } from '../../api/sessionFiles';
import type { SessionLease } from '../../api/sessionQueue';
import { namesOf } from '../../api/upload';
import { FileUpload } from '../upload/fileUpload';
import type { AssistantResult, AssistantSettings, Understood } from './chat';

/** The files and links of one message, on their way into its session. */
export class ChatUploads {
	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: AssistantSettings,
		private readonly understood: Understood,
	) {}

	/** @throws NemoVideoError with the session's ID in its handles */
	async send(lease: SessionLease): Promise<UploadedFile[]> {
		const { client, settings } = this;
		const { routed, chat } = this.understood;
		const { checkpoints, progress } = chat;
		const media = settings.files.length > 0 ? { files: settings.files } : undefined;
		const { recovery } = settings.turn;
		const fromFiles = media
			? await new FileUpload(client, { media, recovery }, progress, checkpoints.upload).send(lease)
			: [];
		if (routed.urls.length === 0) return fromFiles;
		const urls = readMediaUrls(routed.urls, 'Message');
		const checkpoint = media ? checkpoints.uploadOfUrls : checkpoints.upload;
		const order = { media: { urls }, recovery };
		const fromUrls = await new FileUpload(client, order, progress, checkpoint).send(lease);
		return [...fromFiles, ...fromUrls];
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
		const told = [
			arrived.length > 0 ? replies.uploaded(arrived) : '',
			replies.cannotTake(refused.join(', '), 'refused'),
			// In its own words: what it says of a limit is about this account.
			says ? `NemoVideo: ${says}` : '',
		];
		const text = told.filter((line) => line !== '').join('\n');
		return { action: 'upload', sessionId, text, refused: true };
	}
}
