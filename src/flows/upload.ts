import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';
import { isTransient } from '../api/retry';
import { settle } from '../api/settle';
import { readState } from '../api/state';
import type { UploadPart } from '../api/transport';
import { filesInState, namesOf, uploadMedia, type UploadedFile } from '../api/upload';
import type { Progress } from './progress';
import type { Slot } from './slot';

export interface UploadSettings {
	sessionId: string;
	media: { files: UploadPart[] } | { urls: string[] };
}

/** What is remembered of an upload. Written before the files leave. */
export type UploadRecord =
	| {
			phase: 'sending';
			/** Files that the session held before. */
			held: number;
	  }
	| { phase: 'done'; files: UploadedFile[] };

/** Sendings of one upload, the first included; each further one follows a look at the state. */
const MOST_SENDINGS = 3;

/**
 * Puts files into a session. A file that is sent twice would be in the video twice, so after an
 * answer that got lost the session's state tells whether the files have arrived.
 *
 * @param slot where the upload is remembered, for the case that it is begun again
 * @throws NemoVideoError with the session's id in its handles
 */
export async function upload(
	client: NemoVideoClient,
	settings: UploadSettings,
	progress: Progress,
	slot?: Slot<UploadRecord>,
): Promise<UploadedFile[]> {
	const { sessionId, media } = settings;
	const names = namesOf(media);
	const remembered = slot?.read();
	if (remembered?.phase === 'done') return remembered.files;
	const outcome = await settle(async () => {
		const present = filesInState((await readState(client, sessionId)).videoInfos);
		// Begun in an earlier try: the files may have arrived after it was given up.
		const held = remembered?.held ?? present.length;
		const found = remembered && arrivals(present, held, names);
		if (found) return found;
		slot?.write({ phase: 'sending', held });
		progress.stage(names.length === 1 ? 'Uploading 1 file' : `Uploading ${names.length} files`);
		for (let sending = 1; ; sending++) {
			const sent = await settle(async () => await uploadMedia(client, sessionId, media));
			if (sent.ok) return sent.value;
			if (!isTransient(sent.error) || sent.error.outcome === 'refused') throw sent.error;
			const after = filesInState((await readState(client, sessionId)).videoInfos);
			const arrived = arrivals(after, held, names);
			if (arrived) return arrived;
			if (sending >= MOST_SENDINGS) throw sent.error;
		}
	});
	if (outcome.ok) slot?.write({ phase: 'done', files: outcome.value });
	if (outcome.ok) return outcome.value;
	throw isNemoVideoError(outcome.error)
		? outcome.error.with({ sessionId }, 'upload')
		: outcome.error;
}

/** @returns the files of an upload, or undefined where not all of them are there */
function arrivals(
	present: UploadedFile[],
	held: number,
	names: string[],
): UploadedFile[] | undefined {
	const arrived = present.slice(held);
	if (arrived.length < names.length) return undefined;
	return arrived.map((file, index) => ({
		...file,
		filename: file.filename || (names[index] ?? ''),
	}));
}

/** Whether a remembered value is an upload's record. */
export function isUploadRecord(value: unknown): value is UploadRecord {
	return isRecord(value) && (value.phase === 'sending' || value.phase === 'done');
}
