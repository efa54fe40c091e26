import type { NemoVideoError } from '../api/errors';
import { outcomeOf } from '../api/outcome';
import type { TurnRecord } from './turnRecord';
import { quoteAgent, SILENCE, wordsOf } from './turnWords';

/**
 * A failure of work that goes on after a prompt: starting the work anew would pay for another
 * prompt, and nothing else tells what the agent has said.
 *
 * @param record of the prompt; undefined where none was sent
 */
export function afterPrompt(error: NemoVideoError, record: TurnRecord | undefined): NemoVideoError {
	if (!record) return error;
	const { message, description = '' } = error;
	const said = record.phase === 'done' ? record.result.text : wordsOf(record.said ?? SILENCE);
	const words = quoteAgent(said);
	const isTold = `${message} ${description}`.includes(words);
	return error.with({
		outcome: outcomeOf('noAnswer'),
		description: isTold ? description : `${description} NemoVideo said: "${words}"`.trim(),
	});
}
