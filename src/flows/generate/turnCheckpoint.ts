import type { StoredFailure } from '../../api/errors';
import type { SuggestedAction } from '../../text/gui/gui';
import { isRecord, toPlainJson } from '../../api/json';
import type { SessionState } from '../../api/state';
import type { TurnResult } from '../../api/stream/turn';
import { describeChanges, type SessionView } from '../../api/timeline/changes';
import type { Timeline } from '../../api/timeline/timeline';

export interface GenerateResult {
	sessionId: string;
	status: 'completed' | 'awaitingInput' | 'running';
	/** Never empty after a finished turn. */
	text: string;
	suggestedActions: SuggestedAction[];
	completedBy: 'stream' | 'state';
	changes: string[];
	/** Null where the session could not be read after the turn. */
	timeline: Timeline | null;
	tools: string[];
	elapsedMs: number;
	/** For `getStatus`; see TurnId. */
	turnId: string;
	timedOut?: true;
}

/** What is remembered of a turn. Written before the prompt leaves. */
export type TurnCheckpoint = PendingTurn | FinishedTurn;

export interface PendingTurn {
	phase: 'sent';
	sessionId: string;
	/** Names the prompt among all that was sent to the session. */
	ticket: string;
	startedAt: number;
	/** When nobody read its stream anymore, in milliseconds since the epoch; absent while it is read. */
	leftAt?: number;
	before: Before;
	/** What the stream gave, once it has ended. */
	said?: TurnResult;
	/** Whether the stream was closed by NemoVideo after the agent had begun. */
	closed?: boolean;
	/** What the request ended with, where that was no end of the turn. */
	brokenBy?: StoredFailure;
	/** How the turn failed, where NemoVideo told it or the state stayed as it was. */
	failure?: StoredFailure;
	/** NemoVideo told the failure: it doesn't work on the prompt anymore. */
	isOver?: true;
	/**
	 * The session when a failure was told while a tool was at work: a change since then is that tool's,
	 * one from before is a part of the work.
	 */
	atFailure?: Fingerprints;
	/**
	 * It is an equal prompt of another item or execution. Until then it keeps this one back, in
	 * milliseconds since the epoch; without a time, for the whole execution.
	 */
	equal?: { until?: number };
}

export interface FinishedTurn {
	phase: 'done';
	sessionId: string;
	ticket: string;
	before: Fingerprints;
	/** Absent where the state could not be read. */
	after?: Fingerprints;
	result: GenerateResult;
}

/** Of a session's state. */
export interface Fingerprints {
	fingerprint: string;
	timelineFingerprint: string;
}

interface Before extends Fingerprints {
	/** Left out where it is too large to be kept. */
	view?: SessionView;
}

/** A draft beyond this size is not kept for telling changes after a retry. Characters of JSON. */
const MAX_REMEMBERED = 200_000;

/** What a turn changed, in sentences; none where the state before was too large to be kept. */
export function changesOf({ before }: { before: Before }, after: SessionState): string[] {
	if (after.fingerprint === before.fingerprint || !before.view) return [];
	return describeChanges(before.view, viewOf(after));
}

function viewOf({ draft, videoInfos, generatedMedia }: SessionState): SessionView {
	return {
		draft: toPlainJson(draft),
		videoInfos: toPlainJson(videoInfos),
		generatedMedia: toPlainJson(generatedMedia),
	};
}

/** What is kept of the state before a prompt. */
export function rememberState(state: SessionState): Before {
	const view = viewOf(state);
	const marks = fingerprintsOf(state);
	return JSON.stringify(view).length > MAX_REMEMBERED ? marks : { ...marks, view };
}

/** What is kept of a state to tell it from others. */
export function fingerprintsOf({ fingerprint, timelineFingerprint }: Fingerprints): Fingerprints {
	return { fingerprint, timelineFingerprint };
}

/** Whether a remembered value is a turn's record. */
export function isTurnCheckpoint(value: unknown): value is TurnCheckpoint {
	return (
		isRecord(value) &&
		(value.phase === 'sent' || value.phase === 'done') &&
		typeof value.ticket === 'string'
	);
}

/** Whether a session shows something else than before a prompt. */
export function hasChanged({ before }: PendingTurn, { fingerprint }: SessionState): boolean {
	return fingerprint !== before.fingerprint;
}
