import { sanitizeText } from '../../text/sanitize';
import { stripGuiInstructions } from '../../text/gui/gui';
import { asksSomething } from '../../text/question';
import { saysSomething } from '../../text/spoken';
import type { SessionState } from '../../api/state';
import type { TurnResult } from '../../api/stream/turn';
import { readTimeline } from '../../api/timeline/timeline';
import { toTurnId } from './turnId';
import { changesOf, type GenerateResult, type PendingTurn } from './turnCheckpoint';

/** A turn without a word. */
export const SILENCE: TurnResult = {
	text: '',
	closingText: '',
	hasAsked: false,
	question: '',
	tools: [],
	toolCalls: 0,
	openCalls: [],
};

/** Whether the agent closed its turn with words of its own: they prove that the turn is over. */
export function hasSpoken({ closingText, hasAsked }: TurnResult): boolean {
	return closingText !== '' || hasAsked;
}

/** Whether the agent's closing words ask something, or it asked by a tool. */
export function hasAsked({ closingText, hasAsked: byTool }: TurnResult): boolean {
	return byTool || asksSomething(closingText);
}

/** As `hasAsked`, for a turn that is over: where no words came after its tools, its last ones count. */
function endsInQuestion(said: TurnResult): boolean {
	return hasAsked(said) || (said.closingText === '' && asksSomething(said.text));
}

/** The tools of which no result came, by their names in quotes. */
export function openTools({ openCalls }: TurnResult): string {
	return openCalls.map((name) => `'${name}'`).join(', ');
}

/** All that the agent said and asked. */
export function wordsOf({ text, question }: TurnResult): string {
	const isSaid = question === '' || text.includes(question);
	return (isSaid ? [text] : [text, question]).filter((part) => part !== '').join('\n\n');
}

/** More words than this no failure carries. Characters. */
const MAX_WORDS = 10_000;

/** The agent's words as a failure quotes them. */
export function quoteAgent(words: string): string {
	return sanitizeText(words, MAX_WORDS);
}

/**
 * The agent's words for a failure's description. Where none came after its tools, also why these
 * failed, and the claim of a temporary issue that no result shows; empty where nothing was said.
 */
export function saidSoFar(said: TurnResult): string {
	const { closingText, toolErrors = [], claim = '' } = said;
	const words = quoteAgent(`${wordsOf(said)} ${closingText === '' ? claim : ''}`);
	const errors = closingText === '' ? toolErrors.map(quoteTool) : [];
	return [words === '' ? '' : ` NemoVideo said: "${words}"`, ...errors].join('');
}

function quoteTool({ tool, words }: { tool: string; words: string }): string {
	const name = tool === '' ? 'A tool of NemoVideo' : `NemoVideo's tool '${sanitizeText(tool)}'`;
	return ` ${name} said: "${sanitizeText(words)}"`;
}

/** What a turn came to. */
export interface TurnOutcome {
	said: TurnResult;
	/** The state after the turn; undefined where it could not be read. */
	after: SessionState | undefined;
	/** How the end was found out. */
	by: GenerateResult['completedBy'];
	elapsedMs: number;
}

/** Puts a finished turn into the shape that users get. */
export function toResult(record: PendingTurn, outcome: TurnOutcome): GenerateResult {
	const { said, after, by, elapsedMs } = outcome;
	const changes = after ? changesOf(record, after) : [];
	const { before } = record;
	const changed = after !== undefined && after.fingerprint !== before.fingerprint;
	const edited = after !== undefined && after.timelineFingerprint !== before.timelineFingerprint;
	const { text: spoken, suggestedActions } = stripGuiInstructions(wordsOf(said));
	const text = spoken.trim();
	return {
		sessionId: record.sessionId,
		status: !edited && endsInQuestion(said) ? 'awaitingInput' : 'completed',
		text: saysSomething(text) ? text : tell(said, changes, changed),
		suggestedActions,
		completedBy: hasSpoken(said) ? by : 'state',
		changes,
		timeline: after ? readTimeline(after.draft) : null,
		tools: said.tools,
		elapsedMs,
		turnId: turnIdOf(record),
	};
}

/** How far a turn is that still runs. */
export interface Standing {
	/** Milliseconds since the epoch. */
	now: number;
	/** What the agent said so far. */
	said?: TurnResult;
	/** The session as it is now, where it could be read. */
	state?: SessionState;
}

/** The result of a turn that is not over. */
export function runningResult(
	record: PendingTurn,
	{ now, said = SILENCE, state }: Standing,
): GenerateResult {
	const timeline = state ? readTimeline(state.draft) : null;
	const stillWorking = ['NemoVideo is still working.', timeline?.summary].filter(Boolean).join(' ');
	return {
		sessionId: record.sessionId,
		status: 'running',
		text: [wordsOf(said), stillWorking].filter(Boolean).join('\n\n'),
		suggestedActions: [],
		completedBy: 'state',
		changes: state ? changesOf(record, state) : [],
		timeline,
		tools: said.tools,
		elapsedMs: now - record.startedAt,
		turnId: turnIdOf(record),
	};
}

/** The turn ID of a prompt that was sent. */
export function turnIdOf({ sessionId, startedAt, before, ticket }: PendingTurn): string {
	return toTurnId({ sessionId, startedAt, before: before.fingerprint, ticket });
}

/** What changed, in sentences, for a turn without words of its own. */
export function tell(said: TurnResult, changes: string[], changed: boolean): string {
	if (changes.length > 0) return `${changes.join('. ')}.`;
	if (changed) return 'NemoVideo changed the timeline.';
	return said.hasAsked
		? 'NemoVideo is waiting for an answer.'
		: 'NemoVideo finished without a message, and the timeline is as it was before.';
}
