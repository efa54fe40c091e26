import type { NemoVideoClient } from '../api/client';
import { Deadline } from '../api/deadline';
import { NemoVideoError } from '../api/errors';
import { outcomeOf } from '../api/outcome';
import { readState, type SessionState } from '../api/state';
import { DEFAULT_RECOVERY, REST_MS } from './recover';
import type { Progress } from './progress';
import { workInSession } from './workInSession';

/** How long after a prompt its second stage may still change the timeline. Milliseconds. */
const RECENT_MS = 30 * 60_000;
/** How long a timeline may move before it is given up. Milliseconds. */
const PATIENCE_MS = 5 * 60_000;

/**
 * The session's state to export. Generation has two stages and the raw clip is not the end: after a
 * recent prompt of this process or execution, two readings 3 s apart have to agree.
 *
 * @throws NemoVideoError of kind `timeout` and outcome `refused` where the timeline keeps moving
 */
export async function readAtRest(
	client: NemoVideoClient,
	sessionId: string,
): Promise<SessionState> {
	const deadline = new Deadline(client.clock, PATIENCE_MS);
	let state = await readState(client, sessionId);
	if (!(await wasPromptedLately(client, sessionId))) return state;
	for (;;) {
		await client.clock.wait(REST_MS, client.transport.signal);
		const next = await readState(client, sessionId);
		if (next.fingerprint === state.fingerprint) return next;
		if (deadline.passed) throw restlessError(sessionId);
		state = next;
	}
}

/**
 * The timeline to export, once no prompt of this process is at work in the session anymore.
 *
 * @throws NemoVideoError of kind `timeout` and outcome `refused` where that takes too long
 */
export async function restingDraft(
	client: NemoVideoClient,
	sessionId: string,
	progress: Progress,
): Promise<unknown> {
	const onWait = () => progress.stage('Waiting for another turn of this session');
	const order = { sessionId, recovery: DEFAULT_RECOVERY, onWait };
	return await workInSession(client, order, async (lease) => {
		await lease.clear();
		return (await readAtRest(client, sessionId)).draft;
	});
}

async function wasPromptedLately(client: NemoVideoClient, sessionId: string): Promise<boolean> {
	const at = (await client.sessionQueue()).promptedAt(sessionId);
	if (at !== undefined) return client.clock.now() - at < RECENT_MS;
	// Of another process, such as a worker that ran the first part of this execution.
	return client.sent.last(sessionId) !== undefined;
}

function restlessError(sessionId: string): NemoVideoError {
	return new NemoVideoError('timeout', 'NemoVideo is still changing the timeline', {
		description: `Nothing was exported. Export session ${sessionId} again when NemoVideo has finished.`,
		handles: { sessionId },
		stage: 'export',
		outcome: outcomeOf('notSent'),
	});
}
