import type { NemoVideoClient } from '../../api/client';
import type { UploadedFile } from '../../api/sessionFiles';
import type { Media } from '../../api/upload';
import type { Checkpoint } from '../checkpoint';
import { DEFAULT_RECOVERY } from '../generate/recoverTurn';
import type { Progress } from '../progress';
import { workInSession } from '../workInSession';
import { FileUpload } from './fileUpload';
import type { UploadCheckpoint } from './uploadCheckpoint';

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
	const files = new FileUpload(client, { media, recovery }, progress, checkpoint);
	const onWait = () => progress.stage('Waiting for another turn of this session');
	const work = { sessionId, recovery, onWait };
	return await workInSession(client, work, async (lease) => await files.send(lease));
}
