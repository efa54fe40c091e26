import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { isLastSent } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { readState, type SessionState } from '../../api/state';
import { cancelledError } from '../../api/stop';
import { readTimeline } from '../../api/timeline/timeline';
import { afterPrompt } from './afterPrompt';
import { lostTurnError, supersededTurnError } from './generateFailures';
import { leftByExecution } from './openTurns';
import { REST_MS, type RecoveryLimits } from './recoverTurn';
import { RunningTurns, type RunningTurn } from './runningTurns';
import { readTurnId, shortFingerprint, toTurnId, type TurnKey } from './turnId';
import { changesOf, type GenerateResult, type PendingTurn } from './turnCheckpoint';
import { runningResult, SILENCE, tell, toResult } from './turnWords';

export interface StatusSettings {
	turnId: string;
	/** Given by the user; has to be that of the turn. */
	sessionId?: string;
	/** How long the turn may take, in milliseconds. */
	timeoutMs: number;
	/** How long to wait for the end of a turn that still runs, in milliseconds. */
	waitMs: number;
	/** With which patience the state is looked at where this process did not send the prompt. */
	recovery: RecoveryLimits;
}

/** Between two looks at the state while a result is waited for. Milliseconds. */
const LOOK_MS = 5_000;

/**
 * What became of a submitted prompt: from its stream where this process has it, else from the
 * session's state. The state shows a changed timeline but not the agent's words, and it counts as
 * finished once it has not changed for a recovery interval.
 *
 * @param sent what is remembered of the prompt besides
 * @throws NemoVideoError of kind `input` for a text that is no turn ID. Where the look itself failed,
 * its outcome is `free` or `refused`, as asking costs nothing. Where the turn has failed or left no
 * trace it is that of the prompt: `unknown` once NemoVideo may have charged it
 */
export async function turnStatus(
	client: NemoVideoClient,
	settings: StatusSettings,
	sent?: PendingTurn,
): Promise<GenerateResult> {
	const key = readTurnId(settings.turnId);
	if (settings.sessionId !== undefined && settings.sessionId !== key.sessionId) {
		throw otherSessionError(settings.sessionId, key.sessionId);
	}
	const turns = RunningTurns.of(await client.sessionQueue());
	const turn = turns.kept(key.ticket);
	const deadline = new Deadline(client.clock, settings.waitMs);
	for (;;) {
		const known = turn ? await fromProcess(client, turn) : undefined;
		const result = known ?? (await fromState(client, settings, key, turn ? recordOf(turn) : sent));
		if (result.status !== 'running' || deadline.passed) return result;
		await nextLook(client, turn, deadline);
	}
}

/** Waits for the end of the turn where this process sees it, else for a while. */
async function nextLook(
	client: NemoVideoClient,
	turn: RunningTurn | undefined,
	deadline: Deadline,
): Promise<void> {
	const { signal } = client.transport;
	const isSeen = turn !== undefined && turn.outcome === undefined;
	const pause = isSeen ? deadline.left() : Math.min(LOOK_MS, deadline.left());
	const done = new AbortController();
	const both = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
	const over = isSeen
		? turn.result.then(
				() => undefined,
				() => undefined,
			)
		: undefined;
	await Promise.race([
		resultOf(async () => await client.clock.wait(pause, both)),
		...(over ? [over] : []),
	]).finally(() => done.abort());
	if (signal?.aborted) throw cancelledError();
}

/** @returns undefined where this process can't tell anymore either */
async function fromProcess(
	client: NemoVideoClient,
	turn: RunningTurn,
): Promise<GenerateResult | undefined> {
	const { outcome, record } = turn;
	if (!record) {
		// NemoVideo refused it after Submit had returned.
		if (outcome && !outcome.ok) throw outcome.error;
		return undefined;
	}
	if (!outcome) {
		const state = await resultOf(async () => await readState(client, record.sessionId));
		return runningResult(record, {
			now: client.clock.now(),
			said: turn.said(),
			...(state.ok ? { state: state.value } : {}),
		});
	}
	if (!outcome.ok) {
		// Where NemoVideo hasn't told the failure itself, the turn may have gone on.
		if (isNemoVideoError(outcome.error) && record.isOver !== true) return undefined;
		throw outcome.error;
	}
	const { result } = outcome;
	if (result.timeline) return result;
	// The session couldn't be read when the turn ended.
	const state = await resultOf(async () => await readState(client, record.sessionId));
	if (!state.ok) return result;
	return {
		...result,
		timeline: readTimeline(state.value.draft),
		changes: changesOf(record, state.value),
	};
}

/** What this process knows of a turn that it no longer reads. */
function recordOf({ record, said }: RunningTurn): PendingTurn | undefined {
	return record && { ...record, said: record.said ?? said() };
}

async function fromState(
	client: NemoVideoClient,
	settings: StatusSettings,
	key: TurnKey,
	known: PendingTurn | undefined,
): Promise<GenerateResult> {
	const { sessionId, ticket, startedAt } = key;
	const turns = RunningTurns.of(await client.sessionQueue());
	const { timeoutMs, recovery } = settings;
	const sent = known ?? leftByExecution(client, key);
	if (sent?.failure && hasEnded(sent)) throw NemoVideoError.fromJSON(sent.failure);
	let state = await readOwnWork(client, key, sent);
	const age = client.clock.now() - startedAt;
	if (shortFingerprint(state.fingerprint) === key.before) {
		const search = recovery.firstWaitMs + recovery.intervalMs * (recovery.checks - 1);
		if (sent?.failure) throw NemoVideoError.fromJSON(sent.failure);
		if (age < timeoutMs + search) return fromReading(client, { key, state, sent }, 'running');
		const reading = { ok: true as const, value: state };
		throw lostTurnError({ ...sent, sessionId }, 'lost', { limits: recovery, reading });
	}
	const restedMs = turns.restedFor(ticket, state.fingerprint, client.clock.now());
	let rests = restedMs >= recovery.intervalMs;
	if (!rests && age >= timeoutMs) {
		await client.clock.wait(REST_MS, client.transport.signal);
		const { fingerprint } = state;
		state = await readOwnWork(client, key, sent);
		rests = state.fingerprint === fingerprint;
	}
	return fromReading(client, { key, state, sent }, rests ? 'completed' : 'running');
}

/** Whether NemoVideo told the failure of a prompt, and no tool of it is at work. */
function hasEnded({ isOver, said = SILENCE }: PendingTurn): boolean {
	return isOver === true && said.openCalls.length === 0;
}

/**
 * The session where its changes can only be those of a prompt. Nothing keeps others from sending
 * something while it's read, so that is asked before and afterwards.
 *
 * @throws NemoVideoError of outcome `unknown` where something else went to the session
 */
async function readOwnWork(
	client: NemoVideoClient,
	{ sessionId, ticket }: TurnKey,
	sent: PendingTurn | undefined,
): Promise<SessionState> {
	const failIfSuperseded = async () => {
		if (await isLastSent(client, sessionId, ticket)) return;
		throw afterPrompt(supersededTurnError(sessionId), sent);
	};
	await failIfSuperseded();
	const state = await readState(client, sessionId);
	await failIfSuperseded();
	return state;
}

interface Reading {
	key: TurnKey;
	state: SessionState;
	/** What is remembered of the prompt; the turn ID alone contains no words. */
	sent: PendingTurn | undefined;
}

function fromReading(
	client: NemoVideoClient,
	{ key, state, sent }: Reading,
	status: 'completed' | 'running',
): GenerateResult {
	const now = client.clock.now();
	const elapsedMs = now - key.startedAt;
	const isRunning = status === 'running';
	if (sent) {
		const { said = SILENCE } = sent;
		if (isRunning) return runningResult(sent, { now, said, state });
		return toResult(sent, { said, after: state, by: 'state', elapsedMs });
	}
	const timeline = readTimeline(state.draft);
	return {
		sessionId: key.sessionId,
		status,
		// What was said and what the timeline was before, nobody knows here: what it is now says most.
		text: `${isRunning ? 'NemoVideo is still working.' : tell(SILENCE, [], true)} ${timeline.summary}`,
		suggestedActions: [],
		completedBy: 'state',
		changes: [],
		timeline,
		tools: [],
		elapsedMs,
		turnId: toTurnId(key),
	};
}

function otherSessionError(sessionId: string, ofTurn: string): NemoVideoError {
	return new NemoVideoError('input', "'Turn ID' belongs to another session than 'Session ID'", {
		description: `The turn ran in session ${ofTurn}, not in ${sessionId}. Leave 'Session ID' empty, or pass on both from the same item.`,
		outcome: outcomeOf('notSent'),
	});
}
