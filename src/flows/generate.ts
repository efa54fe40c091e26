import type { NemoVideoClient } from '../api/client';
import { requireCredits } from '../api/credits';
import { Deadline } from '../api/deadline';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { translateGuiTalk } from '../api/gui/gui';
import { isTransient } from '../api/retry';
import { settle } from '../api/settle';
import { readState, type SessionState } from '../api/state';
import type { TurnResult } from '../api/stream/turn';
import { readTimeline } from '../api/timeline/timeline';
import { withNotices } from './notices';
import type { Progress } from './progress';
import { recoverFromState, type RecoveryLimits } from './recover';
import type { Slot } from './slot';
import { streamTurn, type StreamEnd, type StreamLimits } from './streamTurn';
import {
	changesOf,
	rememberState,
	restoreFailure,
	storeFailure,
	type GenerateResult,
	type SentRecord,
	type TurnRecord,
} from './turnRecord';

export interface GenerateSettings extends StreamLimits {
	sessionId: string;
	prompt: string;
	recovery: RecoveryLimits;
	onTimeout: 'error' | 'continue';
	/** Credits that must be available before anything is sent; 0 asks nothing. */
	minimumCredits: number;
	/** Display name of the parameter that sets the timeout. */
	timeoutLabel?: string;
}

/**
 * Sends a prompt and sees the turn to its end: by the stream, and by the session's state where
 * the stream ends without words, falls silent or breaks. A prompt is sent once.
 *
 * @throws NemoVideoError with the session's id in its handles
 */
export async function generate(
	client: NemoVideoClient,
	settings: GenerateSettings,
	slot: Slot<TurnRecord>,
	progress: Progress,
): Promise<GenerateResult> {
	const { sessionId } = settings;
	const remembered = slot.read();
	if (remembered?.phase === 'done') return remembered.result;
	let hasSpoken = false;
	const heard: Progress = {
		stage: (name) => progress.stage(name),
		waiting: () => progress.waiting(),
		text: (piece) => {
			hasSpoken ||= piece.trim() !== '';
			progress.text(piece);
		},
	};
	const outcome = await settle(async () =>
		remembered
			? await resume(client, settings, slot, remembered, heard)
			: await begin(client, settings, slot, heard),
	);
	if (outcome.ok) {
		const result = outcome.value;
		if (result.status !== 'running') slot.write({ phase: 'done', sessionId, result });
		// What the agent said itself was told as it came.
		if (!hasSpoken) progress.text(result.text);
		else if (result.completedBy === 'state') progress.text(`\n\n${result.text}`);
		return result;
	}
	if (isNemoVideoError(outcome.error)) throw outcome.error.with({ sessionId }, 'generate');
	throw outcome.error;
}

async function begin(
	client: NemoVideoClient,
	settings: GenerateSettings,
	slot: Slot<TurnRecord>,
	progress: Progress,
): Promise<GenerateResult> {
	const { sessionId } = settings;
	await requireCredits(client, settings.minimumCredits);
	const before = await readState(client, sessionId);
	const record: SentRecord = {
		phase: 'sent',
		sessionId,
		startedAt: client.clock.now(),
		before: rememberState(before),
	};
	slot.write(record);
	progress.stage('Generating');
	const outcome = await settle(async () => await streamTurn(client, settings, settings, progress));
	if (!outcome.ok) {
		const { error } = outcome;
		if (isNemoVideoError(error) && error.outcome === 'refused') slot.clear();
		else if (isNemoVideoError(error) && error.kind !== 'cancelled') {
			slot.write({ ...record, failure: storeFailure(error) });
		}
		throw error;
	}
	return await conclude(client, settings, slot, record, outcome.value, progress);
}

async function conclude(
	client: NemoVideoClient,
	settings: GenerateSettings,
	slot: Slot<TurnRecord>,
	record: SentRecord,
	end: StreamEnd,
	progress: Progress,
): Promise<GenerateResult> {
	if (end.how === 'closed' && end.begun) {
		const answered = { ...record, answer: end.result };
		slot.write(answered);
		return await finish(client, settings, answered, end.result);
	}
	if (end.how === 'timeout' || end.how === 'idle') {
		return await timedOut(client, settings, record, end.how);
	}
	progress.stage('Reading the state after a lost stream');
	return await withNotices(
		client,
		progress,
		async () => await recover(client, settings, slot, record, settings.recovery),
	);
}

/** The stream was read to its end: the state tells what the turn changed. */
async function finish(
	client: NemoVideoClient,
	settings: GenerateSettings,
	record: SentRecord,
	answer: TurnResult,
): Promise<GenerateResult> {
	let after = await readState(client, settings.sessionId);
	if (answer.text === '' && after.fingerprint === record.before.fingerprint) {
		// Closed without a word and nothing to see yet: the state may lag behind the stream.
		await client.clock.wait(settings.recovery.firstWaitMs, client.transport.signal);
		after = await readState(client, settings.sessionId);
	}
	return resultFrom(client, record, after, answer, 'stream');
}

async function recover(
	client: NemoVideoClient,
	settings: GenerateSettings,
	slot: Slot<TurnRecord>,
	record: SentRecord,
	limits: RecoveryLimits,
): Promise<GenerateResult> {
	const { sessionId } = settings;
	const found = await recoverFromState(client, sessionId, record.before.fingerprint, limits);
	if (found.how === 'settled') {
		return resultFrom(client, record, found.state, { text: '', tools: [], toolCalls: 0 }, 'state');
	}
	if (found.how === 'moving')
		return await timedOut(client, settings, record, 'recovery', found.state);
	const { state } = found;
	const failure = new NemoVideoError(
		'stream',
		state
			? `The connection to NemoVideo was lost and the timeline did not change in ${limits.checks} checks`
			: 'The connection to NemoVideo was lost, and the session could not be read either',
		{
			description: `The prompt was sent once and is not sent again, because NemoVideo may still work on it or have charged it. Last state seen: ${state ? readTimeline(state.draft).summary : 'none'}. Look at session ${sessionId} with the State node before you run this row again.`,
		},
	);
	// Where nothing could be read, a retry looks with as much patience again.
	if (state) slot.write({ ...record, failure: storeFailure(failure) });
	throw failure;
}

/** A turn that was sent in an earlier try: it is looked for, never sent again. */
async function resume(
	client: NemoVideoClient,
	settings: GenerateSettings,
	slot: Slot<TurnRecord>,
	record: SentRecord,
	progress: Progress,
): Promise<GenerateResult> {
	const { sessionId } = settings;
	if (record.answer) return await finish(client, settings, record, record.answer);
	if (record.superseded)
		throw record.failure ? restoreFailure(record.failure) : overtaken(sessionId);
	const limits: RecoveryLimits = {
		...settings.recovery,
		firstWaitMs: 0,
		// What was told or waited out once needs no second round of patience.
		checks: record.failure ? 1 : settings.recovery.checks,
	};
	const outcome = await settle(
		async () =>
			await withNotices(
				client,
				progress,
				async () => await recover(client, settings, slot, record, limits),
			),
	);
	if (outcome.ok) return outcome.value;
	if (record.failure && isNemoVideoError(outcome.error) && outcome.error.kind === 'stream') {
		slot.write(record);
		throw restoreFailure(record.failure);
	}
	throw outcome.error;
}

/** The failure of a turn of which nothing can be found out any more. */
function overtaken(sessionId: string): NemoVideoError {
	return new NemoVideoError(
		'stream',
		'What became of this prompt can no longer be told: another one went to the session since',
		{
			description: `It was sent once and is not sent again, because NemoVideo may have charged it. Look at session ${sessionId} with the State node before you run this row again.`,
		},
	);
}

/** How long a last look at the state may take once the time is over, in milliseconds. */
const LAST_LOOK_MS = 10_000;

async function lastLook(client: NemoVideoClient, sessionId: string) {
	const deadline = new Deadline(client.clock, LAST_LOOK_MS);
	return await settle(async () => await readState(client, sessionId, { deadline }));
}

async function timedOut(
	client: NemoVideoClient,
	settings: GenerateSettings,
	record: SentRecord,
	why: 'timeout' | 'idle' | 'recovery',
	state?: SessionState,
): Promise<GenerateResult> {
	const reading = state
		? ({ ok: true, value: state } as const)
		: await lastLook(client, settings.sessionId);
	if (!reading.ok && !isTransient(reading.error)) throw reading.error;
	const timeline = readTimeline(reading.ok ? reading.value.draft : undefined);
	const seen = reading.ok ? timeline.summary : 'not readable';
	if (settings.onTimeout === 'continue') {
		const changes = reading.ok ? changesOf(record, reading.value) : [];
		return {
			sessionId: settings.sessionId,
			status: 'running',
			text: `NemoVideo is still working. ${seen}`,
			suggestedActions: [],
			completedBy: 'state',
			changes,
			timeline,
			tools: [],
			elapsedMs: client.clock.now() - record.startedAt,
			timedOut: true,
		};
	}
	const minutes = (ms: number) => `${Number((ms / 60_000).toFixed(2))} min`;
	const messages = {
		timeout: `NemoVideo did not finish within ${minutes(settings.timeoutMs)} ('${settings.timeoutLabel ?? 'Timeout (Minutes)'}')`,
		idle: `NemoVideo gave no sign of work but heartbeats for ${minutes(settings.idleMs)} ('Idle Limit (Minutes)')`,
		recovery:
			'NemoVideo was still changing the timeline when the checks after a lost stream ran out',
	};
	throw new NemoVideoError('timeout', messages[why], {
		description: `The prompt was sent once and may still be worked on; it is not sent again. Last state seen: ${seen}. Read session ${settings.sessionId} with the State node later, or allow more time.`,
	});
}

function resultFrom(
	client: NemoVideoClient,
	record: SentRecord,
	after: SessionState,
	answer: TurnResult,
	by: GenerateResult['completedBy'],
): GenerateResult {
	const changes = changesOf(record, after);
	const changed = after.fingerprint !== record.before.fingerprint;
	const { text: spoken, suggestedActions } = translateGuiTalk(answer.text);
	const text = spoken.trim();
	const asked = text !== '' && answer.toolCalls === 0 && !changed;
	return {
		sessionId: record.sessionId,
		status: asked ? 'awaitingInput' : 'completed',
		text: text === '' ? tell(changes, changed) : text,
		suggestedActions,
		completedBy: answer.text === '' ? 'state' : by,
		changes,
		timeline: readTimeline(after.draft),
		tools: answer.tools,
		elapsedMs: client.clock.now() - record.startedAt,
	};
}

function tell(changes: string[], changed: boolean): string {
	if (changes.length > 0) return `${changes.join('. ')}.`;
	return changed
		? 'NemoVideo changed the timeline.'
		: 'NemoVideo finished without a message, and the timeline is as it was before.';
}
