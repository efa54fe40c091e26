import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { isFinalPage, isSizePage } from '../../api/gateway';
import { outcomeOf } from '../../api/outcome';
import { filesInState, marksOf, type UploadedFile } from '../../api/sessionFiles';
import { isLastSent, type SessionLease } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { uploadMedia, type Media, type UploadAnswer } from '../../api/upload';
import { noteAnswered, readStateToSend } from './answeredUploads';
import { arrivedSince, noteArrived } from './arrivedFiles';
import { findArrivals } from './findArrivals';
import { withKeepAlive } from '../keepAlive';
import { closeUploads, findOpenUploads, leaveUpload } from './openUploads';
import type { Progress } from '../progress';
import { oneLook, remainingPatience } from '../generate/recoverTurn';
import type { Checkpoint } from '../checkpoint';
import type { UploadSettings } from './uploadSettings';
import {
	leftOutError,
	missingFilesError,
	refusedFilesError,
	shortAnswerError,
	unlistedHint,
	withLinks,
	withSizes,
} from './uploadFailures';
import {
	filesOf,
	selectMedia,
	withOwnNames,
	type PendingUpload,
	type SentFile,
	type UploadCheckpoint,
} from './uploadCheckpoint';

/**
 * Files on their way into a session. A file that is sent twice would be in the video twice, so
 * after an answer that got lost the session's state tells whether the files have arrived. Only what
 * is certainly missing is sent once more; an address never, because NemoVideo may still be fetching
 * from it.
 */
export class FileUpload {
	private readonly files: SentFile[];
	private readonly media: Media;
	/** Files that have arrived, by their keys. */
	private readonly arrived = new Map<string, UploadedFile>();

	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: UploadSettings,
		private readonly progress: Progress,
		private readonly checkpoint: Checkpoint<UploadCheckpoint>,
	) {
		this.media = withOwnNames(settings.media);
		this.files = filesOf(this.media);
	}

	/**
	 * @param lease the right to send to the session
	 * @throws NemoVideoError with the session's id in its handles
	 */
	async send(lease: SessionLease): Promise<UploadedFile[]> {
		const { client, checkpoint, arrived } = this;
		const remembered = checkpoint.read();
		if (remembered?.phase === 'done') return remembered.files;
		const { sessionId } = lease;
		const outcome = await resultOf(async () => {
			await lease.clear();
			await this.sendAll(lease);
		});
		if (outcome.ok) {
			const files = this.filesArrived();
			checkpoint.write({ phase: 'done', files });
			await closeUploads(client, sessionId, new Set(arrived.keys()));
			await noteArrived(client, sessionId, arrived);
			return files;
		}
		const { error } = outcome;
		if (!isNemoVideoError(error)) throw error;
		const told = error.with({ handles: { sessionId }, stage: 'upload' });
		const pending = this.pendingIn(sessionId);
		if (!pending) throw told;
		await leaveUpload(client, pending, this.settings.recovery);
		throw told.with({ outcome: outcomeOf('noAnswer') });
	}

	private async sendAll(lease: SessionLease): Promise<void> {
		let isRepeat = await this.findSentBefore(lease.sessionId);
		while (this.missing().length > 0) {
			await this.sendMissing(lease, isRepeat);
			isRepeat = true;
		}
	}

	/**
	 * Looks for files that were sent in an earlier try, or by another item or execution.
	 *
	 * @returns whether some of them didn't arrive and are to be sent once more
	 */
	private async findSentBefore(sessionId: string): Promise<boolean> {
		const own = this.pendingIn(sessionId);
		const keys = new Set(this.files.map(({ key }) => key));
		const { askedAt } = this.settings;
		const others = own ? [] : await arrivedSince(this.client, sessionId, keys, askedAt);
		for (const [key, file] of others) this.arrived.set(key, file);
		const sent = own ? [own] : await findOpenUploads(this.client, sessionId, keys);
		for (const record of sent) await this.look(record, undefined);
		const missing = new Set(this.missing().map(({ key }) => key));
		return sent.some((record) => record.sent.some(({ key }) => missing.has(key)));
	}

	private pendingIn(sessionId: string): PendingUpload | undefined {
		const record = this.checkpoint.read();
		return record?.phase === 'sending' && record.sessionId === sessionId ? record : undefined;
	}

	private missing(): SentFile[] {
		return this.files.filter(({ key }) => !this.arrived.has(key));
	}

	private namesArrived(): string[] {
		return this.filesArrived().map(({ filename }) => filename);
	}

	private filesArrived(): UploadedFile[] {
		return this.files.flatMap(({ key }) => this.arrived.get(key) ?? []);
	}

	/** Sends what is missing; what stays missing then may be sent once more. */
	private async sendMissing(lease: SessionLease, isRepeat: boolean): Promise<void> {
		const { client, checkpoint, progress } = this;
		const { sessionId } = lease;
		const sent = this.missing();
		const media = selectMedia(this.media, new Set(sent.map((file) => this.files.indexOf(file))));
		const earlier = this.pendingIn(sessionId);
		const onMissing = (names: string[]) => progress.hint(unlistedHint(names));
		const { videoInfos } = await readStateToSend(client, sessionId, { onMissing });
		const record: PendingUpload = {
			phase: 'sending',
			sessionId,
			ticket: lease.newTicket(),
			leftAt: client.clock.now(),
			before: marksOf(filesInState(videoInfos)),
			sent,
			arrived: [...this.arrived],
			mayBeSentAgain: !isRepeat && 'files' in media,
		};
		checkpoint.write(record);
		progress.stage(sent.length === 1 ? 'Uploading 1 file' : `Uploading ${sent.length} files`);
		const outcome = await resultOf(
			async () => await uploadMedia(client, lease, record.ticket, media),
		);
		if (outcome.ok) return await this.take(outcome.value, record);
		if (!isNemoVideoError(outcome.error)) throw outcome.error;
		const error = withLinks(withSizes(outcome.error, media), media);
		if (error.outcome === 'refused') {
			// What an earlier sending became of is still not known; this one did nothing.
			if (isRepeat)
				checkpoint.write({ ...record, mayBeSentAgain: earlier?.mayBeSentAgain ?? false });
			else checkpoint.clear();
			throw error;
		}
		if (error.kind === 'cancelled') throw error;
		const mayBeSentAgain = record.mayBeSentAgain && !isFinalPage(error);
		await this.look({ ...record, leftAt: client.clock.now(), mayBeSentAgain }, error);
	}

	/**
	 * Takes the answer to an upload.
	 *
	 * @throws NemoVideoError naming the files that NemoVideo didn't take or doesn't account for
	 */
	private async take(answer: UploadAnswer, record: PendingUpload): Promise<void> {
		const { arrived, client, checkpoint } = this;
		const { files, refused } = answer;
		const names = files.flatMap((file) => file?.filename ?? []);
		await noteAnswered(client, record.sessionId, { names, before: record.before });
		if (answer.isLeftOut && refused.size === 0) await this.awaitLeftOut(record);
		record.sent.forEach(({ key }, place) => {
			const file = files[place];
			if (file) arrived.set(key, file);
		});
		if (this.missing().length === 0) return;
		const answered = { ...record, arrived: [...arrived], mayBeSentAgain: false };
		if (refused.size > 0) {
			const error = refusedFilesError(
				[...refused].map(([place, reason]) => [record.sent[place]?.name ?? '', reason]),
				this.namesArrived(),
				this.media,
			);
			if (error.outcome === 'refused') checkpoint.clear();
			else checkpoint.write({ ...answered, failure: error.toJSON() });
			throw error;
		}
		const { failure } = answer;
		if (failure) {
			const missing = this.missing().map(({ name }) => [name, failure] as const);
			const error = refusedFilesError(missing, this.namesArrived(), this.media);
			return await this.look({ ...answered, failure: error.toJSON() }, undefined);
		}
		await this.look(answered, shortAnswerError(answer, record.sent.length));
	}

	/** @throws NemoVideoError where NemoVideo says that its files aren't in the session, and none come */
	private async awaitLeftOut(record: PendingUpload): Promise<void> {
		const { client } = this;
		let isMissing = false;
		const onMissing = () => (isMissing = true);
		await readStateToSend(client, record.sessionId, { onMissing });
		const left = { ...record, leftAt: client.clock.now(), mayBeSentAgain: false };
		if (isMissing) await this.look(left, leftOutError());
	}

	/**
	 * Looks in the session for an upload. What is still missing then may be sent once more.
	 *
	 * @throws NemoVideoError of outcome `unknown` where it may not
	 */
	private async look(record: PendingUpload, cause: NemoVideoError | undefined): Promise<void> {
		const { client, checkpoint, progress } = this;
		const { recovery } = this.settings;
		const isOwn = this.pendingIn(record.sessionId)?.ticket === record.ticket;
		if (isOwn) checkpoint.write(record);
		progress.stage('Looking for the files in the session');
		const isSuperseded = !(await isLastSent(client, record.sessionId, record.ticket));
		const isOver = record.failure !== undefined || (cause !== undefined && isSizePage(cause));
		const limits = isOver
			? oneLook(recovery)
			: remainingPatience(recovery, client.clock.now() - record.leftAt);
		const { found, missing, isCertain, isUnreadable } = await withKeepAlive(
			client,
			progress,
			async () => await findArrivals(client, record, limits, isSuperseded),
		);
		const ours = new Set(this.files.map(({ key }) => key));
		for (const [key, file] of found) if (ours.has(key)) this.arrived.set(key, file);
		const lacking = missing.filter(({ key }) => ours.has(key));
		if (lacking.length === 0) return;
		if (record.mayBeSentAgain && isCertain && !record.failure) return;
		const names = lacking.map(({ name }) => name);
		const failure = record.failure
			? NemoVideoError.fromJSON(record.failure)
			: missingFilesError(names, cause, this.namesArrived());
		// Where nobody could look, the next try does.
		const failed = isUnreadable ? record : { ...record, failure: failure.toJSON() };
		if (isOwn) checkpoint.write(failed);
		else await leaveUpload(client, failed, recovery);
		throw failure;
	}
}
