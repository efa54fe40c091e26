import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { resultOf, type Result } from '../../api/result';
import { raceStop } from '../../api/stop';
import type { Checkpoint } from '../checkpoint';
import type { GenerateSettings } from './generateSettings';
import { busyError } from './openTurns';
import type { RunningTurn } from './runningTurns';
import type { GenerateResult, TurnCheckpoint } from './turnCheckpoint';
import { timedOut } from './turnTimeout';

/**
 * Waits for a turn that others began, for as long as this caller's own Timeout says.
 *
 * @returns how it ended; `timeUp` where this caller's time is over, or where the turn ran out of the
 * time of whoever began it and this caller wants another end of that
 */
export async function awaitTurn(
	client: NemoVideoClient,
	turn: RunningTurn,
	{ timeoutMs, onTimeout }: Pick<GenerateSettings, 'timeoutMs' | 'onTimeout'>,
): Promise<Result<GenerateResult> | 'timeUp'> {
	const done = new AbortController();
	const timeUp = resultOf(async () => await client.clock.wait(timeoutMs, done.signal));
	const first = Promise.race([turn.result, timeUp.then(() => undefined)]);
	const outcome = await resultOf(
		async () => await raceStop(first, client.transport.signal).finally(() => done.abort()),
	);
	if (!outcome.ok) return isLate(outcome.error) && onTimeout === 'continue' ? 'timeUp' : outcome;
	const { value } = outcome;
	if (value === undefined || (value.timedOut && onTimeout === 'error')) return 'timeUp';
	return { ok: true, value };
}

/**
 * The end of a caller's own time, whatever that of the turn that it waits for is.
 *
 * @throws NemoVideoError of kind `timeout`, unless the caller goes on then
 */
export async function stopWaiting(
	client: NemoVideoClient,
	{ record, said }: RunningTurn,
	settings: GenerateSettings,
	checkpoint: Checkpoint<TurnCheckpoint>,
): Promise<GenerateResult> {
	const { sessionId } = settings;
	if (!record) throw busyError(sessionId);
	const left = { ...record, said: record.said ?? said() };
	checkpoint.write(left);
	const outcome = await resultOf(
		async () => await timedOut(client, settings, left, { why: 'timeout' }),
	);
	if (outcome.ok) return outcome.value.result;
	const { error } = outcome;
	throw isNemoVideoError(error) ? error.with({ handles: { sessionId }, stage: 'generate' }) : error;
}

function isLate(error: unknown): boolean {
	return isNemoVideoError(error) && error.kind === 'timeout' && error.outcome === 'unknown';
}
