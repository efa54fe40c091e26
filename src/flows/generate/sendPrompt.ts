import type { NemoVideoClient } from '../../api/client';
import { requireCredits } from '../../api/credits';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError } from '../../api/errors';
import type { SessionLease } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { cancelledError } from '../../api/stop';
import { readStateToSend } from '../upload/answeredUploads';
import { letUploadsArrive } from '../upload/openUploads';
import type { Progress } from '../progress';
import type { RunningTurn } from './runningTurns';
import type { Checkpoint } from '../checkpoint';
import { TurnStream, type StreamEnd } from './streamTurn';
import { rememberState, type PendingTurn, type TurnCheckpoint } from './turnCheckpoint';
import { unlistedHint } from '../upload/uploadFailures';
import type { GenerateSettings } from './generateSettings';

/**
 * What the session was before a prompt is read so long before sending at most: after a wait for the
 * rate limit, or where the answer took long, it is read again. Milliseconds.
 */
const FRESH_MS = 1_000;
/** Of a session that answers slowly each time. */
const MAX_READINGS_AGAIN = 2;

/** What a prompt is sent with. */
export interface Sending {
	settings: GenerateSettings;
	/** Where the prompt is remembered before it leaves. */
	checkpoint: Checkpoint<TurnCheckpoint>;
	progress: Progress;
}

/**
 * Sends a prompt to a session in which nothing else works, and reads its stream to the end.
 *
 * @param turn is told when the prompt leaves and when NemoVideo has taken it on
 * @returns what is remembered of the prompt, and how its stream ended
 * @throws NemoVideoError of outcome `refused` where NemoVideo didn't take the prompt, or it wasn't sent
 */
export async function sendPrompt(
	client: NemoVideoClient,
	lease: SessionLease,
	turn: RunningTurn,
	{ settings, checkpoint, progress }: Sending,
): Promise<{ record: PendingTurn; end: StreamEnd }> {
	const { sessionId, prompt, timeoutMs } = settings;
	await lease.clear();
	await letUploadsArrive(client, sessionId);
	const deadline = new Deadline(client.clock, timeoutMs);
	await requireCredits(client, settings.minimumCredits, deadline);
	const ticket = lease.newTicket();
	let readAt = 0;
	const onMissing = (names: string[]) => progress.hint(unlistedHint(names));
	const note = async (goesFirst?: true): Promise<PendingTurn> => {
		readAt = client.clock.now();
		const state = await readStateToSend(client, sessionId, { deadline, onMissing, goesFirst });
		const before = rememberState(state);
		// Between here and sending nothing is waited for.
		if (turn.isGivenUp) throw cancelledError();
		const startedAt = client.clock.now();
		const noted: PendingTurn = { phase: 'sent', sessionId, ticket, startedAt, before };
		checkpoint.write(noted);
		turn.record = noted;
		return noted;
	};
	let record = await note();
	progress.stage('Generating');
	const isFresh = () => client.clock.now() - readAt < FRESH_MS;
	const beforeSending = async () => {
		for (let again = 0; !isFresh() && again < MAX_READINGS_AGAIN; again++)
			record = await note(true);
	};
	const onTaken: RunningTurn['isTaken'] = (said) => turn.isTaken(said);
	const stream = new TurnStream(client, settings, progress);
	const outcome = await resultOf(
		async () => await stream.send(lease, { ticket, text: prompt, onTaken, beforeSending }),
	);
	if (outcome.ok) return { record, end: outcome.value };
	if (isNemoVideoError(outcome.error) && outcome.error.outcome === 'refused') {
		checkpoint.clear();
		turn.record = undefined;
	}
	throw outcome.error;
}
