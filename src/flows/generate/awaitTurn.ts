import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { resultOf, type Result } from '../../api/result';
import { raceStop } from '../../api/stop';
import type { RunningTurn } from './runningTurns';
import type { GenerateResult } from './turnCheckpoint';
import type { GenerateSettings } from './generateSettings';

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

function isLate(error: unknown): boolean {
	return isNemoVideoError(error) && error.kind === 'timeout' && error.outcome === 'unknown';
}
