import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError, type NemoVideoError } from '../../api/errors';
import { resultOf, type Result } from '../../api/result';
import { readState, type SessionState } from '../../api/state';
import { readTimeline } from '../../api/timeline/timeline';
import { turnTimeoutError, type NamedLimits } from './generateFailures';
import type { RecoveryLimits } from './recoverTurn';
import type { FinishedTurn, GenerateResult, PendingTurn } from './turnCheckpoint';
import { runningResult, SILENCE } from './turnWords';

export interface ConclusionSettings extends NamedLimits {
	recovery: RecoveryLimits;
	onTimeout: 'error' | 'continue';
}

/** What a turn came to: a record to keep where it is over, or only a result where it goes on. */
export type Conclusion = FinishedTurn | { phase: 'running'; result: GenerateResult };

/** How long a last look at the state may take once the time is over, in milliseconds. */
const LAST_LOOK_MS = 10_000;

/** Why a turn's time is up, and the session where it was read a moment ago. */
interface TimeUp {
	why: 'timeout' | 'idle' | 'recovery';
	last?: SessionState;
}

/**
 * A turn whose time is up: where it stands, if the user wants to go on with that.
 *
 * @throws NemoVideoError of kind `timeout` unless On Timeout says to continue
 */
export async function timedOut(
	client: NemoVideoClient,
	settings: ConclusionSettings,
	record: PendingTurn,
	{ why, last }: TimeUp,
): Promise<Extract<Conclusion, { phase: 'running' }>> {
	const { sessionId, said = SILENCE } = record;
	const state = last ?? (await lastLook(client, sessionId));
	const summary = state ? readTimeline(state.draft).summary : 'not readable';
	if (settings.onTimeout === 'error') {
		throw turnTimeoutError(why, settings, { sessionId, summary, said });
	}
	const standing = { now: client.clock.now(), said, state };
	const result = { ...runningResult(record, standing), timedOut: true as const };
	return { phase: 'running', result };
}

async function lastLook(
	client: NemoVideoClient,
	sessionId: string,
): Promise<SessionState | undefined> {
	const look = await lastReading(client, sessionId);
	return look.ok ? look.value : undefined;
}

/** Reads a session's state once the time is up. */
export async function lastReading(
	client: NemoVideoClient,
	sessionId: string,
): Promise<Result<SessionState>> {
	return await readSession(client, sessionId, new Deadline(client.clock, LAST_LOOK_MS));
}

/**
 * Reads a session's state, or tells why it can't be read.
 *
 * @throws NemoVideoError of kind `cancelled` alone
 */
export async function readSession(
	client: NemoVideoClient,
	sessionId: string,
	deadline?: Deadline,
): Promise<Result<SessionState>> {
	const reading = await resultOf(async () => await readState(client, sessionId, { deadline }));
	if (!reading.ok && isNemoVideoError(reading.error) && reading.error.kind === 'cancelled') {
		throw reading.error;
	}
	return reading;
}

/** Whether looking for a turn ended without telling anything of it. */
export function isStillOpen({ kind }: NemoVideoError): boolean {
	return kind === 'timeout' || kind === 'cancelled';
}
