import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import { resultOf } from '../../api/result';
import { raceStop } from '../../api/stop';
import { afterPrompt } from './afterPrompt';
import { ofEqualPrompt } from './generateFailures';
import { busyError, findEqual } from './openTurns';
import type { Progress } from '../progress';
import { RunningTurns, type RunningTurn } from './runningTurns';
import { detachable, type Checkpoint } from '../checkpoint';
import type { GenerateResult, PendingTurn, TurnCheckpoint } from './turnCheckpoint';
import { turnStatus } from './turnStatus';
import { runningResult, turnIdOf } from './turnWords';
import type { GenerateSettings } from './generateSettings';
import { GenerateTurn } from './generateTurn';

/** How long a submit waits for the session to be free and for the first event. Milliseconds. */
const SUBMIT_MS = 45_000;

/** Nobody listens to a turn once its node has returned; hints come before, or go to n8n's log. */
function hintsTo(progress: Progress): Progress {
	const ignore = () => undefined;
	const hint = (message: string) => progress.hint(message);
	return { listens: false, stage: ignore, text: ignore, waiting: ignore, hint };
}

/**
 * Sends a prompt and returns as soon as NemoVideo has taken it on. The stream stays open in this
 * process until the turn is over, so that NemoVideo sees no disconnect; `turnStatus` tells what
 * became of it. An equal prompt that is under way in the session is not sent again.
 *
 * @param checkpoint where the turn is remembered, for the case that it is begun again
 * @throws NemoVideoError where NemoVideo refused the prompt, or the session was not free in time
 * (kind `timeout`, outcome `refused`: nothing was sent)
 */
export async function submitTurn(
	client: NemoVideoClient,
	settings: GenerateSettings,
	checkpoint: Checkpoint<TurnCheckpoint>,
	progress: Progress,
): Promise<GenerateResult> {
	const remembered = checkpoint.read();
	if (remembered?.phase === 'done') return remembered.result;
	const { sessionId } = settings;
	const queue = await client.sessionQueue();
	const turns = RunningTurns.of(queue);
	const sent = remembered ?? (await findEqual(client, settings));
	// Nothing is awaited between looking and beginning: calls come side by side.
	const equal = settings.sendsEqual ? undefined : turns.find(settings);
	if (sent && !equal) return await statusOf(client, settings, sent);
	const own = { ...settings, onTimeout: 'error' as const };
	const background = detachable(checkpoint);
	const turn = equal ?? new GenerateTurn(client, own, background, hintsTo(progress)).begin(queue);
	progress.stage('Sending the prompt');
	const { signal } = client.transport;
	const outcome = await resultOf(async () => await raceStop(firstOf(client, turn), signal));
	background.detach();
	if (turn.record) turns.keep(turn.record, turn);
	if (!outcome.ok) {
		const { error } = outcome;
		const isOthersStop = isNemoVideoError(error) && error.kind === 'cancelled' && !signal?.aborted;
		if (equal && isOthersStop) return await submitTurn(client, settings, checkpoint, progress);
		throw isNemoVideoError(error) && !equal ? afterPrompt(error, turn.record) : error;
	}
	if (outcome.value) return outcome.value;
	const { record } = turn;
	if (record) return runningResult(record, { now: client.clock.now(), said: turn.said() });
	if (!equal) turn.giveUp();
	throw busyError(sessionId);
}

/**
 * A prompt that was sent before: by an earlier try, or an equal one whose end isn't known.
 *
 * @throws NemoVideoError of outcome `unknown`
 */
async function statusOf(
	client: NemoVideoClient,
	{ timeoutMs, recovery }: GenerateSettings,
	sent: PendingTurn,
): Promise<GenerateResult> {
	const settings = { turnId: turnIdOf(sent), timeoutMs, waitMs: 0, recovery };
	const outcome = await resultOf(async () => await turnStatus(client, settings, sent));
	if (outcome.ok) return outcome.value;
	const { error } = outcome;
	throw isNemoVideoError(error) ? afterPrompt(ofEqualPrompt(error, sent), sent) : error;
}

/** What comes first: the turn is over, it was taken on, or the time is up. */
async function firstOf(
	client: NemoVideoClient,
	turn: RunningTurn,
): Promise<GenerateResult | undefined> {
	const done = new AbortController();
	const timeUp = resultOf(async () => await client.clock.wait(SUBMIT_MS, done.signal));
	return await Promise.race([
		turn.result,
		turn.taken.then(() => undefined),
		timeUp.then(() => undefined),
	]).finally(() => done.abort());
}
