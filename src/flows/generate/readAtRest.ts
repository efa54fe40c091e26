import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { SessionLease } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { readState, type SessionState } from '../../api/state';
import type { Progress } from '../progress';
import { DEFAULT_RECOVERY, REST_MS, type RecoveryLimits } from './recoverTurn';
import type { PollLimits } from '../export/renderJob';
import { waitForRest } from './restingTimeline';
import { exportLimit } from '../export/startLimit';
import type { FinishedTurn } from './turnCheckpoint';
import { workInSession } from '../workInSession';

/** How long after a prompt its second stage may still change the timeline. Milliseconds. */
const RECENT_MS = 30 * 60_000;
/** How long a timeline may move before it is given up. Milliseconds. */
const PATIENCE_MS = 5 * 60_000;

/** A turn that this caller has made, and the patience with which its edit is waited for. */
export interface OwnTurn {
	record: FinishedTurn;
	recovery: RecoveryLimits;
}

/**
 * The session's state to export, once no prompt of this process is at work in the session anymore.
 * Generation has two stages and the raw clip is not the end: after a recent prompt of this process
 * or execution, two readings 3 s apart have to agree.
 *
 * @param turn where it's the film of one turn alone
 * @throws NemoVideoError of kind `timeout` where it takes too long; with `turn`, of kind `input` where
 * it left nothing new to export
 */
export async function readAtRest(
	client: NemoVideoClient,
	lease: SessionLease,
	turn?: OwnTurn,
): Promise<SessionState> {
	await lease.clear();
	if (turn) return await waitForRest(client, turn.record, turn.recovery);
	const { sessionId } = lease;
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
 * The timeline to export, for a caller that doesn't hold the session. It has to be there within the
 * export's own timeout.
 *
 * @throws NemoVideoError of kind `timeout` and outcome `refused` where that takes too long
 */
export async function restingDraft(
	client: NemoVideoClient,
	{ sessionId, poll }: { sessionId: string; poll: PollLimits },
	progress: Progress,
): Promise<unknown> {
	const limit = exportLimit(client, sessionId, poll);
	const begun = new AbortController();
	let isLate = false;
	let giveUp: (reason: NemoVideoError) => void = () => undefined;
	const late = new Promise<never>((_resolve, reject) => (giveUp = reject));
	let isTimed = false;
	const onWait = () => {
		progress.stage('Waiting for another turn of this session');
		if (isTimed || begun.signal.aborted) return;
		isTimed = true;
		void resultOf(async () => await client.clock.wait(limit.left(), begun.signal)).then(() => {
			if (begun.signal.aborted) return;
			isLate = true;
			giveUp(limit.error());
		});
	};
	const order = { sessionId, recovery: DEFAULT_RECOVERY, limit: () => limit, onWait };
	const work = workInSession(client, order, async (lease) => {
		// Nobody waits for it anymore.
		if (isLate) throw limit.error();
		begun.abort();
		const { draft } = await readAtRest(client, lease);
		if (lease.isBesideUnknown) progress.hint(mayLackEdit(sessionId));
		return draft;
	});
	return await Promise.race([work, late]).finally(() => begun.abort());
}

function mayLackEdit(sessionId: string): string {
	return `The result of an earlier prompt in session ${sessionId} is unknown, so its edit may be missing from this video.`;
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
