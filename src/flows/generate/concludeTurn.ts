import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { isLastSent } from '../../api/sessionQueue';
import { resultOf, type Result } from '../../api/result';
import type { SessionState } from '../../api/state';
import { endsTheWork, lostTurnError, supersededTurnError, toldFailure } from './generateFailures';
import { withKeepAlive } from '../keepAlive';
import { endingOf } from './openTurns';
import type { Progress } from '../progress';
import { oneLook, recoverTurn, REST_MS, type RecoveryLimits } from './recoverTurn';
import type { Checkpoint } from '../checkpoint';
import type { StreamEnd } from './streamTurn';
import {
	isStillOpen,
	lastReading,
	readSession,
	timedOut,
	type Conclusion,
	type ConclusionSettings,
} from './turnTimeout';
import {
	fingerprintsOf,
	hasChanged,
	type FinishedTurn,
	type GenerateResult,
	type PendingTurn,
	type TurnCheckpoint,
} from './turnCheckpoint';
import { asStored, doubtOf, guessHint, partError, unreadableHint, withReport } from './turnReports';
import { hasAsked, hasSpoken, SILENCE, toResult, wordsOf } from './turnWords';

/**
 * Finds out what became of a prompt once its stream has ended. A stream that NemoVideo closed
 * proves the end only where every tool call was answered and something came of it: words after the
 * tools, or a changed timeline. In all other cases the session's state has to tell, with the same
 * patience as after a lost connection.
 */
export class TurnConclusion {
	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: ConclusionSettings,
		private readonly checkpoint: Checkpoint<TurnCheckpoint>,
		private readonly progress: Progress,
	) {}

	/**
	 * The turn of a stream that has just ended.
	 *
	 * @throws NemoVideoError of outcome `unknown`
	 */
	async conclude(sent: PendingTurn, end: StreamEnd): Promise<Conclusion> {
		const { result: said, begun } = end;
		const record: PendingTurn = { ...sent, said, closed: end.how === 'closed' && begun };
		this.checkpoint.write(record);
		switch (end.how) {
			case 'failed':
				return await this.toldToFail(record, toldFailure(end.error, end.by, record), end.by);
			case 'timeout':
			case 'idle':
				return await this.ranOut(record, end.how);
			case 'lost':
				return await this.answerLost({ ...record, brokenBy: asStored(end.cause) });
			case 'closed':
				return begun ? await this.finish(record) : await this.recover(record);
		}
	}

	/**
	 * A turn that was sent in an earlier try: it is looked for, never sent again.
	 *
	 * @throws NemoVideoError of outcome `unknown`
	 */
	async resume(record: PendingTurn): Promise<Conclusion> {
		const { sessionId, ticket, said = SILENCE, closed = false, failure, leftAt } = record;
		const ending = await endingOf(this.client, ticket);
		if (ending) return this.done(record, { ok: true, value: ending }, 'state');
		if (!(await isLastSent(this.client, sessionId, ticket))) {
			const superseded = supersededTurnError(sessionId);
			if (closed && hasSpoken(said) && said.openCalls.length === 0) {
				return this.done(record, { ok: false, error: superseded });
			}
			throw failure && record.isOver ? NemoVideoError.fromJSON(failure) : superseded;
		}
		if (closed && !failure) return await this.finish(record);
		const { recovery } = this.settings;
		if (failure) {
			return await this.recoverOr(NemoVideoError.fromJSON(failure), record, oneLook(recovery));
		}
		const now = this.client.clock.now();
		const firstWaitMs = Math.max(0, recovery.firstWaitMs - (now - (leftAt ?? now)));
		return await this.recover(record, { ...recovery, firstWaitMs });
	}

	/**
	 * A stream that ended with an error. Some errors end the work for certain; after all others,
	 * NemoVideo may be at work on the prompt or have finished it, so the session is looked at.
	 */
	private async toldToFail(
		record: PendingTurn,
		failure: NemoVideoError,
		by: Extract<StreamEnd, { how: 'failed' }>['by'],
	): Promise<Conclusion> {
		const failed: PendingTurn = { ...record, failure: failure.toJSON() };
		this.checkpoint.write(failed);
		if (by !== 'nemoVideo') throw failure;
		const over = await this.overAt(failed, failure);
		return await this.recoverOr(failure, over, { ...this.settings.recovery, checks: 1 });
	}

	/**
	 * @returns what is remembered of a turn that NemoVideo told to have failed
	 * @throws the failure where it ends the work for certain
	 */
	private async overAt(failed: PendingTurn, failure: NemoVideoError): Promise<PendingTurn> {
		const over: PendingTurn = { ...failed, isOver: true };
		this.checkpoint.write(over);
		if (endsTheWork(failure)) throw failure;
		if ((failed.said?.openCalls ?? []).length === 0) return over;
		const reading = await readSession(this.client, failed.sessionId);
		if (!reading.ok || !hasChanged(failed, reading.value)) return over;
		return { ...over, atFailure: fingerprintsOf(reading.value) };
	}

	/** @throws the failure that is known already, where the session tells nothing further */
	private async recoverOr(
		failure: NemoVideoError,
		record: PendingTurn,
		limits: RecoveryLimits,
	): Promise<Conclusion> {
		const outcome = await resultOf(async () => await this.recover(record, limits));
		if (outcome.ok) {
			const conclusion = outcome.value;
			if (conclusion.phase === 'running') return conclusion;
			const { after, result } = conclusion;
			const { before, atFailure, isOver } = record;
			const isPart = after && after.fingerprint === atFailure?.fingerprint;
			// What was made shows on the timeline; a file in the session may be anybody's.
			const isUnmade = isOver && after?.timelineFingerprint === before.timelineFingerprint;
			if (!isPart && !isUnmade) return isOver ? withReport(conclusion, failure) : conclusion;
			this.checkpoint.write(record);
			throw isUnmade ? failure : partError(failure, result);
		}
		if (!isNemoVideoError(outcome.error) || isStillOpen(outcome.error)) throw outcome.error;
		this.checkpoint.write(record);
		throw failure;
	}

	/** The stream was read to its end: the state tells what the turn changed. */
	private async finish(record: PendingTurn): Promise<Conclusion> {
		const said = record.said ?? SILENCE;
		if (said.openCalls.length > 0) return await this.recover(record);
		const reading = await readSession(this.client, record.sessionId);
		// Closed without a word and nothing to see yet: the work may still go on.
		const isProven = hasSpoken(said) || (reading.ok && hasChanged(record, reading.value));
		return isProven ? this.done(record, reading) : await this.recover(record);
	}

	/** The connection broke. A question that came as a whole needs no further words. */
	private async answerLost(record: PendingTurn): Promise<Conclusion> {
		const said = record.said ?? SILENCE;
		if (said.openCalls.length > 0 || !hasAsked(said)) return await this.recover(record);
		const reading = await readSession(this.client, record.sessionId);
		const isWorking = reading.ok && hasChanged(record, reading.value);
		return isWorking ? await this.recover(record) : this.done(record, reading);
	}

	/**
	 * NemoVideo keeps the stream open. After its closing words the turn is over where the session shows
	 * what they speak of, or they ask something.
	 */
	private async ranOut(record: PendingTurn, why: 'timeout' | 'idle'): Promise<Conclusion> {
		const { client } = this;
		const { sessionId, said = SILENCE } = record;
		if (said.openCalls.length > 0 || !hasSpoken(said))
			return await timedOut(client, this.settings, record, { why });
		const first = await lastReading(client, sessionId);
		if (!first.ok) return await timedOut(client, this.settings, record, { why });
		if (!hasChanged(record, first.value)) {
			return hasAsked(said)
				? this.done(record, first)
				: await timedOut(client, this.settings, record, { why, last: first.value });
		}
		// Work of a tool that the stream didn't tell of: its words came before, and there may be more.
		if (said.toolCalls === 0) {
			return await timedOut(client, this.settings, record, { why, last: first.value });
		}
		await client.clock.wait(REST_MS, client.transport.signal);
		const second = await readSession(client, sessionId);
		const rests = second.ok && second.value.fingerprint === first.value.fingerprint;
		return rests
			? this.done(record, second, 'state')
			: await timedOut(client, this.settings, record, { why });
	}

	private async recover(
		record: PendingTurn,
		limits: RecoveryLimits = this.settings.recovery,
	): Promise<Conclusion> {
		const { client, checkpoint, progress } = this;
		const { sessionId, before, said = SILENCE } = record;
		const doubt = doubtOf(record);
		progress.stage('Looking for the result in the session');
		const found = await withKeepAlive(
			client,
			progress,
			async () => await recoverTurn(client, sessionId, before.fingerprint, limits),
		);
		if (found.how === 'settled') {
			const hint = guessHint(record, doubt);
			if (hint !== undefined) progress.hint(hint);
			return this.done(record, { ok: true, value: found.state }, 'state');
		}
		if (found.how === 'moving')
			return await timedOut(this.client, this.settings, record, {
				why: 'recovery',
				last: found.state,
			});
		const reading: Result<SessionState> =
			found.how === 'unchanged'
				? { ok: true, value: found.state }
				: { ok: false, error: found.reason };
		// NemoVideo closed the turn itself, and there is something to tell of it.
		if (doubt === 'silent' && wordsOf(said) !== '') return this.done(record, reading);
		const failure = lostTurnError(record, doubt, { limits, reading });
		// Where nothing could be read, a retry looks with as much patience again.
		if (reading.ok) checkpoint.write({ ...record, failure: failure.toJSON() });
		throw failure;
	}

	/** The record of a finished turn; where the state could not be read, a hint says so. */
	private done(
		record: PendingTurn,
		reading: Result<SessionState>,
		by: GenerateResult['completedBy'] = 'stream',
	): FinishedTurn {
		const { sessionId, ticket, before, said = SILENCE } = record;
		const after = reading.ok ? reading.value : undefined;
		if (!reading.ok) this.progress.hint(unreadableHint(sessionId, reading.error));
		const elapsedMs = this.client.clock.now() - record.startedAt;
		return {
			phase: 'done',
			sessionId,
			ticket,
			before: fingerprintsOf(before),
			...(after ? { after: fingerprintsOf(after) } : {}),
			result: toResult(record, { said, after, by, elapsedMs }),
		};
	}
}
