import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { resultOf } from '../../api/result';
import { readState, type SessionState } from '../../api/state';
import { isReadyToExport } from '../../api/timeline/timeline';
import { recoverTurn, REST_MS, type RecoveryLimits } from './recoverTurn';
import { nothingToExportError, unchangedError, wholeAnswer } from './answerFailures';
import type { FinishedTurn } from './turnCheckpoint';

/** How long a timeline may move at least before it is given up. Milliseconds. */
const MIN_PATIENCE_MS = 60_000;

/**
 * Waits until the timeline that a turn has changed no longer moves: generation has two stages, and
 * the raw clip is not the end. A turn that used tools and changed nothing yet gets the patience of
 * a lost one; one that only talked gets none.
 *
 * @param turn the finished turn
 * @param limits the same as for a lost turn; readings of a timeline that has changed are 3 s apart
 * @returns the session's state after two equal readings
 * @throws NemoVideoError of kind `input` where the turn did not change the timeline; kind `timeout`
 * where it kept moving
 */
export async function waitForRest(
	client: NemoVideoClient,
	turn: FinishedTurn,
	limits: RecoveryLimits,
): Promise<SessionState> {
	const { sessionId, before, after } = turn;
	const changed = after && after.timelineFingerprint !== before.timelineFingerprint;
	if (!changed) return await waitForChange(client, turn, limits);
	const { firstWaitMs, intervalMs, checks } = limits;
	const patience = Math.max(MIN_PATIENCE_MS, firstWaitMs + intervalMs * checks);
	const deadline = new Deadline(client.clock, patience);
	let previous = after.fingerprint;
	for (;;) {
		await client.clock.wait(REST_MS, client.transport.signal);
		const reading = await resultOf(async () => await readState(client, sessionId));
		if (!reading.ok) throw unreadableError(turn, reading.error);
		const state = reading.value;
		if (isSameTimeline(turn, state)) throw unchangedError(turn);
		if (state.fingerprint === previous) return toExport(turn, state);
		previous = state.fingerprint;
		if (deadline.passed) throw restlessError(turn);
	}
}

async function waitForChange(
	client: NemoVideoClient,
	turn: FinishedTurn,
	limits: RecoveryLimits,
): Promise<SessionState> {
	const { sessionId, before, after, result } = turn;
	const onlyTalked = after !== undefined && result.tools.length === 0;
	if (onlyTalked) throw unchangedError(turn);
	const found = await recoverTurn(client, sessionId, before.fingerprint, limits);
	if (found.how === 'moving') throw restlessError(turn);
	if (found.how === 'unreadable') throw unreadableError(turn, found.reason);
	if (isSameTimeline(turn, found.state)) throw unchangedError(turn);
	return toExport(turn, found.state);
}

/** @throws NemoVideoError of kind `input` where the turn left nothing that can be rendered */
function toExport(turn: FinishedTurn, state: SessionState): SessionState {
	if (!isReadyToExport(state.draft)) throw nothingToExportError(turn);
	return state;
}

function isSameTimeline({ before }: FinishedTurn, { timelineFingerprint }: SessionState): boolean {
	return timelineFingerprint === before.timelineFingerprint;
}

function restlessError({ sessionId }: FinishedTurn): NemoVideoError {
	return new NemoVideoError('timeout', 'NemoVideo kept changing the timeline after its turn', {
		description: `Nothing was exported yet. Export session ${sessionId} later with the Export node. Don't send the prompt again.`,
		handles: { sessionId },
		stage: 'export',
		outcome: outcomeOf('noAnswer'),
	});
}

/** @returns what Stop threw, where it was that */
function unreadableError({ sessionId, result }: FinishedTurn, reason: unknown): NemoVideoError {
	if (isNemoVideoError(reason) && reason.kind === 'cancelled') return reason;
	const why = isNemoVideoError(reason) ? ` (${reason.message})` : '';
	return new NemoVideoError(
		'stream',
		`NemoVideo finished the prompt, but the session could not be read for the export${why}`,
		{
			description: `NemoVideo said: "${wholeAnswer(result)}". Don't send the prompt again. Export session ${sessionId} later with the Export node.`,
			handles: { sessionId },
			stage: 'export',
			outcome: outcomeOf('noAnswer'),
		},
	);
}
