import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError } from '../api/errors';
import { isTransient } from '../api/retry';
import { settle } from '../api/settle';
import { readState } from '../api/state';
import type { UploadPart } from '../api/transport';
import { filesInState, namesOf, uploadMedia, type UploadedFile } from '../api/upload';
import type { Progress } from './progress';

export interface UploadSettings {
	sessionId: string;
	media: { files: UploadPart[] } | { urls: string[] };
}

/** Sendings of one upload, the first included; each further one follows a look at the state. */
const MOST_SENDINGS = 3;

/**
 * Puts files into a session. A file that is sent twice would be in the video twice, so after an
 * answer that got lost the session's state tells whether the files have arrived.
 *
 * @throws NemoVideoError with the session's id in its handles
 */
export async function upload(
	client: NemoVideoClient,
	settings: UploadSettings,
	progress: Progress,
): Promise<UploadedFile[]> {
	const { sessionId, media } = settings;
	const names = namesOf(media);
	const outcome = await settle(async () => {
		const before = filesInState((await readState(client, sessionId)).videoInfos);
		progress.stage(names.length === 1 ? 'Uploading 1 file' : `Uploading ${names.length} files`);
		for (let sending = 1; ; sending++) {
			const sent = await settle(async () => await uploadMedia(client, sessionId, media));
			if (sent.ok) return sent.value;
			if (!isTransient(sent.error) || sent.error.outcome === 'refused') throw sent.error;
			const after = filesInState((await readState(client, sessionId)).videoInfos);
			const arrived = after.slice(before.length);
			if (arrived.length >= names.length) {
				return arrived.map((file, index) => ({
					...file,
					filename: file.filename || (names[index] ?? ''),
				}));
			}
			if (sending >= MOST_SENDINGS) throw sent.error;
		}
	});
	if (outcome.ok) return outcome.value;
	throw isNemoVideoError(outcome.error)
		? outcome.error.with({ sessionId }, 'upload')
		: outcome.error;
}
