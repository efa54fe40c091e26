import {
	isNemoVideoError,
	NemoVideoError,
	type FailureKind,
	type StoredFailure,
} from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { Result } from '../../api/result';
import type { SessionState } from '../../api/state';
import type { TurnResult } from '../../api/stream/turn';
import { readTimeline } from '../../api/timeline/timeline';
import type { RecoveryLimits } from './recoverTurn';
import type { PendingTurn, TurnCheckpoint } from './turnCheckpoint';
import { openTools, saidSoFar, SILENCE } from './turnWords';

/** Why a turn's end has to be looked for in the session's state. */
export type Doubt =
	/** The connection broke, fell silent, or brought nothing at all. */
	| 'lost'
	/** Nobody read the stream to its end: after Stop, or when the time was up. */
	| 'left'
	/** NemoVideo closed the stream while a tool still worked. */
	| 'openCalls'
	/** NemoVideo closed the stream, and nothing was said or changed. */
	| 'silent';

const NOT_SENT_AGAIN =
	"The prompt was sent once and won't be sent again, because NemoVideo may still be working on it or may have charged it.";

function lookAt(sessionId: string): string {
	return `Look at session ${sessionId} (State node, or 'status' in a chat) before you send it again.`;
}

/** What is known of a turn that was lost. */
export type LostTurn = Pick<PendingTurn, 'sessionId' | 'said' | 'brokenBy'>;

/** The failure of a turn that left no trace in the session's state. */
export function lostTurnError(
	turn: LostTurn,
	doubt: Doubt,
	search: { limits: RecoveryLimits; reading: Result<SessionState> },
): NemoVideoError {
	const { sessionId, said = SILENCE, brokenBy } = turn;
	const { limits, reading } = search;
	const answered = doubt === 'lost' && isAnswer(brokenBy) ? brokenBy : undefined;
	const broken = brokenBy?.kind === 'stream' ? brokenBy.message : undefined;
	const what = {
		lost: answered?.message ?? broken ?? 'The connection to NemoVideo was lost',
		left: 'The prompt was stopped or ran out of time',
		openCalls: `NemoVideo closed the connection while ${openTools(said)} was still running`,
		silent: 'NemoVideo ended the turn without a message',
	}[doubt];
	const seen = reading.ok
		? `and the timeline did not change in ${counted(limits.checks, 'check')}`
		: `and the session could not be read either${reasonOf(reading.error)}`;
	const summary = reading.ok ? readTimeline(reading.value.draft).summary : 'none';
	const isTold = answered !== undefined || broken !== undefined;
	const ended = brokenBy && !isTold ? ` The request ended with: ${inWords(brokenBy)}.` : '';
	const told = answered?.description === undefined ? '' : ` ${answered.description}`;
	return new NemoVideoError(answered?.kind ?? 'stream', `${what}, ${seen}`, {
		description: `${NOT_SENT_AGAIN}${told}${ended} Last state seen: ${summary}. ${lookAt(sessionId)}${saidSoFar(said)}`,
		httpStatus: answered?.httpStatus,
		code: answered?.code,
		outcome: outcomeOf('noAnswer'),
	});
}

/** Whether a gateway, or a server that took no prompt on, answered, which says more than a lost connection. */
function isAnswer(cause: StoredFailure | undefined): cause is StoredFailure {
	const { kind, code, httpStatus = 0 } = cause ?? {};
	if (kind === 'protocol' || kind === 'input') return httpStatus >= 300 || code !== undefined;
	return httpStatus > 0 && (kind === 'server' || kind === 'network');
}

function inWords({ message, code, description = '' }: StoredFailure): string {
	if (code === undefined) return message;
	return [`${message} (code ${code})`, description.replace(/\.$/, '')].filter(Boolean).join('. ');
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function reasonOf(error: unknown): string {
	return isNemoVideoError(error) ? ` (${error.message})` : '';
}

/** The failure of a turn of which nothing can be found out any more. */
export function supersededTurnError(sessionId: string): NemoVideoError {
	return new NemoVideoError(
		'stream',
		"Couldn't determine the result of this prompt because something else was sent to the session since",
		{
			description: `The prompt was sent once and won't be sent again, because NemoVideo may have charged it. ${lookAt(sessionId)}`,
			outcome: outcomeOf('noAnswer'),
		},
	);
}

/**
 * A failure that was told while a prompt was out, with what the user has to know.
 *
 * @param by NemoVideo itself, a gateway in its place, or nobody: the stream can't be read
 */
export function toldFailure(
	error: NemoVideoError,
	by: 'nemoVideo' | 'gateway' | 'nobody',
	{ sessionId, said = SILENCE }: LostTurn,
): NemoVideoError {
	const { description = '' } = error;
	const why = {
		nemoVideo: "The prompt won't be sent again, because NemoVideo may have charged it.",
		gateway: "It's unknown whether the prompt reached NemoVideo, so it won't be sent again.",
		nobody: NOT_SENT_AGAIN,
	}[by];
	// What NemoVideo refused is to be changed, not sent again.
	const advice =
		by === 'nemoVideo' && error.kind === 'input'
			? [
					`NemoVideo may have charged the refused prompt. Check session ${sessionId} for its result.`,
				]
			: [why, lookAt(sessionId)];
	return error.with({
		description: `${[description, ...advice].filter((part) => part !== '').join(' ')}${saidSoFar(said)}`,
		outcome: outcomeOf('inStream'),
	});
}

/**
 * The failure of an item that sent nothing, because an equal prompt went to its session before and
 * nothing is known of its end.
 *
 * @param record what the failure is about; other failures stay as they are
 */
export function ofEqualPrompt(
	error: NemoVideoError,
	record: TurnCheckpoint | undefined,
): NemoVideoError {
	if (record?.phase !== 'sent' || !record.equal) return error;
	if (error.outcome !== 'unknown' || error.kind === 'cancelled') return error;
	const { until } = record.equal;
	const { message, description = '', ...known } = error.toJSON();
	const later = until === undefined ? '' : `, or run the item after ${timeOf(until)}`;
	return NemoVideoError.fromJSON({
		...known,
		message: `An equal prompt went to this session at ${timeOf(record.startedAt)}, and its result is unknown`,
		description: `Nothing was sent now. About that prompt: ${message}. ${description} To send it anyway, switch on 'Send Equal Prompts'${later}.`,
	});
}

/** @param ms milliseconds since the epoch */
function timeOf(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Limits of a turn as the user set them, for messages. */
export interface NamedLimits {
	timeoutMs: number;
	idleMs: number;
	/** Display name of the parameter that sets the timeout. */
	timeoutLabel?: string;
}

/** The failure of a turn that was not finished in time. */
export function turnTimeoutError(
	why: 'timeout' | 'idle' | 'recovery',
	limits: NamedLimits,
	seen: { sessionId: string; summary: string; said: TurnResult },
): NemoVideoError {
	const minutes = (ms: number) => `${Number((ms / 60_000).toFixed(2))} min`;
	const messages = {
		timeout: `NemoVideo did not finish within ${minutes(limits.timeoutMs)} ('${limits.timeoutLabel ?? 'Timeout (Minutes)'}')`,
		idle: `NemoVideo made no progress for ${minutes(limits.idleMs)} ('Idle Limit (Minutes)')`,
		recovery: 'NemoVideo was still changing the timeline after the last recovery check',
	};
	return new NemoVideoError('timeout', messages[why], {
		description: `The prompt was sent once and may still be running. It won't be sent again. Last state seen: ${seen.summary}. Look at session ${seen.sessionId} later (State node, or 'status' in a chat), or allow more time.${saidSoFar(seen.said)}`,
		outcome: outcomeOf('noAnswer'),
	});
}

/** Kinds of failure after which NemoVideo does nothing more for a prompt, where it told them. */
const ENDS_THE_WORK: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'credits',
	'plan',
	'fileType',
	'fileSize',
	'input',
]);

/** Whether NemoVideo does nothing more for a prompt after a failure that it told. */
export function endsTheWork({ kind }: NemoVideoError): boolean {
	return ENDS_THE_WORK.has(kind);
}
