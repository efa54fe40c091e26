import { BoundedMap } from '../../api/boundedMap';
import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { isRecord } from '../../api/json';
import { outcomeOf } from '../../api/outcome';
import { promptKey } from '../../api/promptKey';
import { isLastSent } from '../../api/sessionQueue';
import type { SessionState } from '../../api/state';
import { perQueue } from '../perQueue';
import type { Asked } from './generateSettings';
import { patienceOf, recoverTurn, remainingPatience, type RecoveryLimits } from './recoverTurn';
import { isTurnCheckpoint, type PendingTurn } from './turnCheckpoint';

/** Sessions whose open turn this process remembers. */
const MAX_OPEN = 100;
/** States can be large, and are asked for within minutes. */
const MAX_ENDINGS = 20;

type LeftRecord = PendingTurn & { leftAt: number };

/** A prompt that was sent and whose end isn't known: nobody reads its stream anymore. */
export interface OpenTurn {
	/** See `promptKey`. */
	prompt: string;
	record: LeftRecord;
	/** Until when NemoVideo may be at work on it, in milliseconds since the epoch. */
	mayWorkUntil: number;
}

/** Those of this process by their sessions, whichever execution, node or chat sent them. */
const openIn = perQueue(() => new BoundedMap<string, OpenTurn>(MAX_OPEN));
/** The sessions as open turns left them, by the turns' tickets, where somebody waited for the end. */
const endingsIn = perQueue(() => new BoundedMap<string, SessionState>(MAX_ENDINGS));

/**
 * Remembers a prompt whose end isn't known, for everything that works in its session later: an equal
 * prompt looks for its result instead of being sent, and others wait for its end.
 *
 * @param limits.timeoutMs how long the turn may take
 * @param limits.recovery with which patience it's looked for once nobody reads it anymore
 */
export async function leaveOpen(
	client: NemoVideoClient,
	record: LeftRecord,
	limits: Omit<Asked, 'sessionId'> & { timeoutMs: number; recovery: RecoveryLimits },
): Promise<void> {
	const { sessionId, startedAt, leftAt, ticket } = record;
	const { prompt, files, timeoutMs, recovery } = limits;
	// A later one may be at work, which is the one to wait for.
	if (!(await isLastSent(client, sessionId, ticket))) return;
	const turn: OpenTurn = {
		prompt: promptKey(prompt, files),
		record,
		mayWorkUntil: Math.max(startedAt + timeoutMs, leftAt + patienceOf(recovery)),
	};
	client.sent.leaveOpen(sessionId, turn);
	// NemoVideo has told how it ended: to ask again in another execution is a new wish.
	if (!record.isOver) openIn(await client.sessionQueue()).set(sessionId, turn);
}

/** Forgets the open turn of a session: the end of the last one is known. */
export async function closeTurn(
	client: NemoVideoClient,
	{ sessionId, ticket }: Pick<PendingTurn, 'sessionId' | 'ticket'>,
): Promise<void> {
	if (!(await isLastSent(client, sessionId, ticket))) return;
	client.sent.leaveOpen(sessionId, undefined);
	openIn(await client.sessionQueue()).delete(sessionId);
}

/**
 * The open turn of an equal prompt, unless equal ones are to be sent. In the execution that sent it,
 * it stays so for good; for others in this process as long as NemoVideo may be at work on it.
 *
 * @returns what is known of it, where nothing else was sent to the session since
 */
export async function findEqual(
	client: NemoVideoClient,
	{ sessionId, prompt, files, sendsEqual }: Asked & { sendsEqual?: boolean },
): Promise<PendingTurn | undefined> {
	if (sendsEqual) return undefined;
	const turn = await openTurnOf(client, sessionId);
	if (turn?.prompt !== promptKey(prompt, files)) return undefined;
	const isOwn = client.sent.open(sessionId) !== undefined;
	return { ...turn.record, equal: isOwn ? {} : { until: turn.mayWorkUntil } };
}

/**
 * Makes the open turn of a session this execution's own. For an item that brings the failure of a
 * turn along: it is still the same wish, also where n8n's Retry runs it in another execution.
 */
export async function adoptOpenTurn(client: NemoVideoClient, sessionId: string): Promise<void> {
	if (client.sent.open(sessionId) !== undefined) return;
	const turn = openIn(await client.sessionQueue()).get(sessionId);
	if (turn) client.sent.leaveOpen(sessionId, turn);
}

/** What this execution knows of a prompt of its own that it left open. */
export function leftByExecution(
	{ sent }: NemoVideoClient,
	{ sessionId, ticket }: Pick<PendingTurn, 'sessionId' | 'ticket'>,
): PendingTurn | undefined {
	const own = sent.open(sessionId);
	return isOpenTurn(own) && own.record.ticket === ticket ? own.record : undefined;
}

async function openTurnOf(
	client: NemoVideoClient,
	sessionId: string,
): Promise<OpenTurn | undefined> {
	const own = client.sent.open(sessionId);
	if (isOpenTurn(own) && (await isLastSent(client, sessionId, own.record.ticket))) return own;
	const queue = await client.sessionQueue();
	const turn = openIn(queue).get(sessionId);
	if (!turn || client.clock.now() >= turn.mayWorkUntil) return undefined;
	// What this execution has sent itself says nothing of a turn that another one sent after it.
	return queue.isLast(sessionId, turn.record.ticket) ? turn : undefined;
}

/**
 * Waits until an open turn of a session has ended, by the session's state: with the patience of a
 * lost turn, counted from when it was left.
 *
 * @param onWait called once where there is something to wait for
 * @returns false where its end could not be seen
 * @throws NemoVideoError of outcome `refused`: of kind `timeout` where the timeline keeps moving, or
 * what NemoVideo refused to be asked with
 */
export async function letOpenTurnEnd(
	client: NemoVideoClient,
	sessionId: string,
	{ recovery, onWait }: { recovery: RecoveryLimits; onWait(): void },
): Promise<boolean> {
	const turn = await turnAtWork(client, sessionId);
	if (!turn) return true;
	onWait();
	const limits = remainingPatience(recovery, client.clock.now() - turn.record.leftAt);
	const { fingerprint } = turn.record.before;
	const found = await recoverTurn(client, sessionId, fingerprint, limits);
	if (found.how === 'moving') throw busyError(sessionId);
	// A refusal ends the looking early, so the turn may be at work.
	const isEarly = client.clock.now() < turn.mayWorkUntil;
	if (found.how === 'unreadable' && isEarly) throw notSentError(found.reason, sessionId);
	if (found.how !== 'settled') return false;
	endingsIn(await client.sessionQueue()).set(turn.record.ticket, found.state);
	return true;
}

/**
 * Whether something is at work in a session, as far as this process knows: a turn that it waits for,
 * or one that nobody reads anymore and that has changed nothing so far.
 */
export async function isAtWork(
	client: NemoVideoClient,
	sessionId: string,
	{ fingerprint }: SessionState,
): Promise<boolean> {
	if ((await client.sessionQueue()).isBusy(sessionId)) return true;
	const turn = await turnAtWork(client, sessionId);
	return turn?.record.before.fingerprint === fingerprint;
}

/** Whether something may be at work in a session, without reading it; see `isAtWork`. */
export async function mayBeAtWork(client: NemoVideoClient, sessionId: string): Promise<boolean> {
	if ((await client.sessionQueue()).isBusy(sessionId)) return true;
	return (await turnAtWork(client, sessionId)) !== undefined;
}

/** What NemoVideo told to have failed, or what was looked for with patience before, is over. */
async function turnAtWork(
	client: NemoVideoClient,
	sessionId: string,
): Promise<OpenTurn | undefined> {
	const turn = await openTurnOf(client, sessionId);
	return turn && !turn.record.failure && client.clock.now() < turn.mayWorkUntil ? turn : undefined;
}

/**
 * The session as an open turn left it, where other work waited for its end before it went on.
 *
 * @param ticket of the turn
 */
export async function endingOf(
	client: NemoVideoClient,
	ticket: string,
): Promise<SessionState | undefined> {
	return endingsIn(await client.sessionQueue()).get(ticket);
}

/** The failure of work that could not begin because another turn works in the session. */
export function busyError(sessionId: string): NemoVideoError {
	return new NemoVideoError('timeout', 'Another prompt of this session is still running', {
		description: `Nothing was sent. Try again when NemoVideo has finished it, or use another session than ${sessionId}.`,
		handles: { sessionId },
		stage: 'generate',
		outcome: outcomeOf('notSent'),
	});
}

/** What kept a session from being read, for work that sent nothing because of it. */
function notSentError(reason: unknown, sessionId: string): unknown {
	if (!isNemoVideoError(reason)) return reason;
	return reason.with({ handles: { sessionId }, outcome: outcomeOf('notSent') });
}

function isOpenTurn(value: unknown): value is OpenTurn {
	return (
		isRecord(value) &&
		typeof value.prompt === 'string' &&
		typeof value.mayWorkUntil === 'number' &&
		isTurnCheckpoint(value.record) &&
		value.record.phase === 'sent' &&
		typeof value.record.leftAt === 'number'
	);
}
