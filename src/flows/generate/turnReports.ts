import { isNemoVideoError, type NemoVideoError, type StoredFailure } from '../../api/errors';
import type { Doubt } from './generateFailures';
import type { FinishedTurn, GenerateResult, PendingTurn } from './turnCheckpoint';
import { openTools, SILENCE, wordsOf } from './turnWords';

/** What the record leaves open, whichever try looks at it. */
export function doubtOf({ closed = false, said = SILENCE, brokenBy, leftAt }: PendingTurn): Doubt {
	if (!closed) return leftAt !== undefined && !brokenBy ? 'left' : 'lost';
	return said.openCalls.length > 0 ? 'openCalls' : 'silent';
}

/** What the user should know of a result that the session's state alone tells. */
export function guessHint(
	{ said = SILENCE, brokenBy }: PendingTurn,
	doubt: Doubt,
): string | undefined {
	const tools = openTools(said);
	const why =
		doubt === 'openCalls' || (doubt === 'lost' && tools !== '')
			? `NemoVideo did not report the result of ${tools}`
			: brokenBy?.kind === 'stream' && wordsOf(said) !== ''
				? brokenBy.message
				: undefined;
	return (
		why && `${why}. The result was read from the session once its timeline had stopped changing.`
	);
}

/** The result of a turn that NemoVideo told to have failed, although the session shows its work. */
export function withReport(done: FinishedTurn, { message }: NemoVideoError): FinishedTurn {
	const { result } = done;
	const text = `${result.text}\n\nNemoVideo reported an error at the end: ${message}`;
	return { ...done, result: { ...result, text } };
}

/** The failure of a turn that did a part of its work before NemoVideo told that it failed. */
export function partError(failure: NemoVideoError, { timeline }: GenerateResult): NemoVideoError {
	const { description = '' } = failure;
	return failure.with({
		description: `Part of the work was completed first: ${timeline?.summary ?? 'the timeline has changed'}. ${description}`,
	});
}

/** For a finished turn whose session can't be read. */
export function unreadableHint(sessionId: string, reason: unknown): string {
	const why = isNemoVideoError(reason) ? ` (${reason.message})` : '';
	return `NemoVideo finished the prompt, but session ${sessionId} could not be read afterwards${why}, so the result has no timeline. Don't send the prompt again. Read the session with the State node.`;
}

/** The failure that broke a stream, as it is remembered. */
export function asStored(cause: unknown): StoredFailure | undefined {
	return isNemoVideoError(cause) ? cause.toJSON() : undefined;
}
