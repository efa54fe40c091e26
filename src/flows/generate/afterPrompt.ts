import type { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { TurnCheckpoint } from './turnCheckpoint';
import { quoteAgent, SILENCE, wordsOf } from './turnWords';

/**
 * A failure of work that goes on after a prompt: starting the work anew would pay for another
 * prompt, and nothing else tells what the agent has said. One of Stop says what it doesn't stop.
 *
 * @param record of the prompt; undefined where none was sent
 */
export function afterPrompt(
	error: NemoVideoError,
	record: TurnCheckpoint | undefined,
): NemoVideoError {
	if (!record) return error;
	const { kind, message, description = '' } = error;
	const said = record.phase === 'done' ? record.result.text : wordsOf(record.said ?? SILENCE);
	const words = quoteAgent(said);
	const told = `${message} ${description}`;
	const isTold = told.includes(words);
	const left = kind === 'cancelled' ? continuesHint(record) : '';
	return error.with({
		outcome: outcomeOf('noAnswer'),
		description: [
			description,
			told.includes(left) ? '' : left,
			isTold ? '' : `NemoVideo said: "${words}"`,
		]
			.filter(Boolean)
			.join(' '),
	});
}

/** What becomes of a prompt when the execution that sent it is stopped. */
function continuesHint(record: Pick<TurnCheckpoint, 'phase' | 'sessionId'>): string {
	const what =
		record.phase === 'done'
			? 'NemoVideo had already finished the prompt.'
			: 'NemoVideo continues with the prompt that was sent, and may charge it.';
	return `${what} Look at session ${record.sessionId} (State node, or 'status' in a chat).`;
}
