import { BoundedMap } from '../../api/boundedMap';
import type { NemoVideoClient } from '../../api/client';
import { filesInState, filesSince, matchFiles, type FileMark } from '../../api/sessionFiles';
import { readState, type SessionState } from '../../api/state';
import { perQueue } from '../perQueue';

/** Sessions whose answered uploads this process remembers until their states show the files. */
const MAX_SESSIONS = 100;

/** Waits for a state to show the files of an answered upload, which it may do seconds later. Milliseconds. */
const WAITS_MS = [500, 1_000, 2_000, 4_000];

interface AnsweredUpload {
	names: readonly string[];
	/** Files that the session held before. */
	before: readonly FileMark[];
}

type OnMissing = (names: string[]) => void;

const answeredIn = perQueue(() => new BoundedMap<string, AnsweredUpload[]>(MAX_SESSIONS));

/** Remembers files that NemoVideo has taken, until the session's state shows them. */
export async function noteAnswered(
	client: NemoVideoClient,
	sessionId: string,
	upload: AnsweredUpload,
): Promise<void> {
	const answered = answeredIn(await client.sessionQueue());
	answered.set(sessionId, [...(answered.get(sessionId) ?? []), upload]);
}

/**
 * Reads a session's state as it is before something is sent, with every file that this process has
 * put into it: one that appears later would look like the work of what is sent now.
 *
 * @param onMissing gets the names of files that the state doesn't show after all
 * @throws NemoVideoError as `readState` does, and of kind `cancelled` on Stop
 */
export async function readStateToSend(
	client: NemoVideoClient,
	sessionId: string,
	{ onMissing, ...options }: Parameters<typeof readState>[2] & { onMissing?: OnMissing } = {},
): Promise<SessionState> {
	const answered = answeredIn(await client.sessionQueue());
	const waits = WAITS_MS.values();
	for (;;) {
		const state = await readState(client, sessionId, options);
		const left = (answered.get(sessionId) ?? []).filter(
			(upload) => missingOf(upload, state).length > 0,
		);
		const wait = waits.next();
		if (left.length === 0 || wait.done) {
			answered.delete(sessionId);
			if (left.length > 0) onMissing?.(left.flatMap((upload) => missingOf(upload, state)));
			return state;
		}
		answered.set(sessionId, left);
		await client.clock.wait(wait.value, client.transport.signal);
	}
}

function missingOf({ names, before }: AnsweredUpload, { videoInfos }: SessionState): string[] {
	const { places } = matchFiles(filesSince(before, filesInState(videoInfos)), names);
	return names.filter((_name, index) => places[index] === undefined);
}
