import { sanitizeText } from '../../text/sanitize';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import type { FinishedTurn, GenerateResult } from './turnCheckpoint';

/** An answer is to be read whole; more than this is no answer. Characters. */
const MAX_ANSWER_CHARACTERS = 2_000;

/** The agent's words, safe to show. */
export function wholeAnswer({ text }: Pick<GenerateResult, 'text'>): string {
	return sanitizeText(text, MAX_ANSWER_CHARACTERS);
}

/** Nobody is there to answer a question, so it is the row's failure; the session can go on. */
export function questionError(
	{ sessionId, text }: GenerateResult,
	taskId?: string,
): NemoVideoError {
	return new NemoVideoError('input', `NemoVideo asked: ${wholeAnswer({ text })}`, {
		description:
			"Add the answer to the prompt, or run the row again with this session in 'Session ID' and the answer as the prompt.",
		handles: { sessionId, taskId },
		stage: 'generate',
		outcome: outcomeOf('noAnswer'),
	});
}

/** The failure of a row whose turn left nothing new to export. */
export function unchangedError({ sessionId, result }: FinishedTurn): NemoVideoError {
	const words = wholeAnswer(result);
	return new NemoVideoError('input', `NemoVideo answered without changing the timeline: ${words}`, {
		description:
			"Nothing was exported. Say in the prompt what the video should show, or continue in this session: run the row again with its ID in 'Session ID' and a prompt that answers NemoVideo.",
		handles: { sessionId },
		stage: 'generate',
		outcome: outcomeOf('noAnswer'),
	});
}

/** The failure of a row whose turn left a timeline without a clip on it. */
export function nothingToExportError({ sessionId, result }: FinishedTurn): NemoVideoError {
	return new NemoVideoError(
		'input',
		'NemoVideo finished the prompt, but there is nothing on the timeline to export',
		{
			description: `NemoVideo said: "${wholeAnswer(result)}". Continue in this session: run the row again with its ID in 'Session ID' and a prompt that says what to make.`,
			handles: { sessionId },
			stage: 'export',
			outcome: outcomeOf('noAnswer'),
		},
	);
}
