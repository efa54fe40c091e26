import { NemoVideoError, type FailureKind } from '../api/errors';
import type { SuggestedAction } from '../api/gui/gui';
import { isRecord, toPlainJson } from '../api/json';
import type { SessionState } from '../api/state';
import type { TurnResult } from '../api/stream/turn';
import { describeChanges, type SessionView } from '../api/timeline/changes';
import type { Timeline } from '../api/timeline/timeline';

export interface GenerateResult {
	sessionId: string;
	status: 'completed' | 'awaitingInput' | 'running';
	/** Never empty after a finished turn. */
	text: string;
	suggestedActions: SuggestedAction[];
	completedBy: 'stream' | 'state';
	changes: string[];
	timeline: Timeline;
	tools: string[];
	elapsedMs: number;
	timedOut?: true;
}

/** What is remembered of a turn. Written before the prompt leaves. */
export type TurnRecord =
	| {
			phase: 'sent';
			sessionId: string;
			startedAt: number;
			before: Before;
			/** The agent's answer, where only the reading of the state was still missing. */
			answer?: TurnResult;
			/** How the turn failed, where NemoVideo told it or the state stayed as it was. */
			failure?: StoredFailure;
			/** Another prompt went to the session since: a changed state proves nothing any more. */
			superseded?: boolean;
	  }
	| {
			phase: 'done';
			sessionId: string;
			result: GenerateResult;
			/** Another prompt went to the session since: its timeline may be another. */
			superseded?: boolean;
	  };

interface Before {
	fingerprint: string;
	/** Left out where it is too large to be kept. */
	view?: SessionView;
}

export interface StoredFailure {
	kind: FailureKind;
	message: string;
	description?: string;
	code?: number;
	httpStatus?: number;
}

export type SentRecord = Extract<TurnRecord, { phase: 'sent' }>;

/** A draft beyond this size is not kept for telling changes after a retry. Characters of JSON. */
const MOST_REMEMBERED = 200_000;

/** What a turn changed, in sentences; none where the state before was too large to be kept. */
export function changesOf(record: SentRecord, after: SessionState): string[] {
	if (after.fingerprint === record.before.fingerprint || !record.before.view) return [];
	return describeChanges(record.before.view, viewOf(after));
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
	const { fingerprint } = state;
	return JSON.stringify(view).length > MOST_REMEMBERED ? { fingerprint } : { fingerprint, view };
}

/** A failure as it is kept. */
export function storeFailure({
	kind,
	message,
	description,
	code,
	httpStatus,
}: NemoVideoError): StoredFailure {
	return { kind, message, description, code, httpStatus };
}

/** A failure as it was. */
export function restoreFailure(failure: StoredFailure): NemoVideoError {
	return new NemoVideoError(failure.kind, failure.message, failure);
}

/** Whether a remembered value is a turn's record. */
export function isTurnRecord(value: unknown): value is TurnRecord {
	return isRecord(value) && (value.phase === 'sent' || value.phase === 'done');
}
