import type { NemoVideoClient } from '../../api/client';
import type { UploadedFile } from '../../api/sessionFiles';
import type { Media } from '../../api/upload';
import type { Checkpoint } from '../checkpoint';
import { mayBeAtWork } from '../generate/openTurns';
import { DEFAULT_RECOVERY } from '../generate/recoverTurn';
import type { Progress } from '../progress';
import { workInSession } from '../workInSession';
import { FileUpload } from './fileUpload';
import { arrivedSince } from './arrivedFiles';
import { filesOf, withOwnNames, type UploadCheckpoint } from './uploadCheckpoint';

/** As long as a turn takes that a second delivery of the same trigger may meet. Milliseconds. */
const RECENT_MS = 15 * 60_000;

/**
 * Puts files into a session, once nothing else works in it.
 *
 * @param checkpoint where the upload is remembered, for the case that it is begun again
 * @throws NemoVideoError with the session's id in its handles
 */
export async function upload(
	client: NemoVideoClient,
	{ sessionId, media }: { sessionId: string; media: Media },
	progress: Progress,
	checkpoint: Checkpoint<UploadCheckpoint>,
): Promise<UploadedFile[]> {
	const recovery = DEFAULT_RECOVERY;
	const askedAt = client.clock.now();
	const files = new FileUpload(client, { media, recovery, askedAt }, progress, checkpoint);
	const known = await filesAtWork(client, { sessionId, media }, checkpoint);
	if (known) return known;
	const onWait = () => progress.stage('Waiting for another turn of this session');
	const work = { sessionId, recovery, onWait };
	return await workInSession(client, work, async (lease) => await files.send(lease));
}

/**
 * Files that need not be sent: all of them came a short time ago, and something works in the session
 * now. To wait for its end and send them once more would put each into the session twice.
 */
async function filesAtWork(
	client: NemoVideoClient,
	{ sessionId, media }: { sessionId: string; media: Media },
	checkpoint: Checkpoint<UploadCheckpoint>,
): Promise<UploadedFile[] | undefined> {
	if (checkpoint.read() || !(await mayBeAtWork(client, sessionId))) return undefined;
	const keys = filesOf(withOwnNames(media)).map(({ key }) => key);
	const since = client.clock.now() - RECENT_MS;
	const found = await arrivedSince(client, sessionId, keys, since);
	if (found.size < keys.length) return undefined;
	const files = keys.flatMap((key) => found.get(key) ?? []);
	checkpoint.write({ phase: 'done', files });
	return files;
}
