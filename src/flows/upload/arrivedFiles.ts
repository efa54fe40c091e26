import { BoundedMap } from '../../api/boundedMap';
import type { NemoVideoClient } from '../../api/client';
import type { UploadedFile } from '../../api/sessionFiles';
import { perQueue } from '../perQueue';

/** Sessions whose files this process remembers, and files of one session. */
const MAX_SESSIONS = 200;
const MAX_FILES = 200;

interface ArrivedFile {
	file: UploadedFile;
	/** When NemoVideo had it, in milliseconds since the epoch. */
	at: number;
}

/** Those that this process put into sessions, by their keys. */
const arrivedIn = perQueue(
	() => new BoundedMap<string, BoundedMap<string, ArrivedFile>>(MAX_SESSIONS),
);

/** Remembers files that are in a session now, by their keys. */
export async function noteArrived(
	client: NemoVideoClient,
	sessionId: string,
	files: ReadonlyMap<string, UploadedFile>,
): Promise<void> {
	const sessions = arrivedIn(await client.sessionQueue());
	const known = sessions.get(sessionId) ?? new BoundedMap<string, ArrivedFile>(MAX_FILES);
	const at = client.clock.now();
	for (const [key, file] of files) known.set(key, { file, at });
	sessions.set(sessionId, known);
}

/**
 * The files among some that came into a session after a time: whoever asks for them since then asks
 * for the same once more, as a trigger does that delivers twice.
 *
 * @param since milliseconds since the epoch
 */
export async function arrivedSince(
	client: NemoVideoClient,
	sessionId: string,
	keys: Iterable<string>,
	since: number,
): Promise<Map<string, UploadedFile>> {
	const known = arrivedIn(await client.sessionQueue()).get(sessionId);
	const found = new Map<string, UploadedFile>();
	for (const key of keys) {
		const arrived = known?.get(key);
		if (arrived && arrived.at > since) found.set(key, arrived.file);
	}
	return found;
}
