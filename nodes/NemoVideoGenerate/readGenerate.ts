import { readTurnId } from '../../src/flows/generate/turnId';
import { equalPromptKey } from '../../src/n8n/equalPrompts';
import { withoutQuotes } from '../../src/n8n/values/cells';
import { isChatId } from '../../src/n8n/values/ids';
import type { Parameters } from '../../src/n8n/parameters';
import { readTurnSettings } from '../../src/n8n/settings';
import { operationField } from './properties';
import type { GenerateSettings } from '../../src/flows/generate/generateSettings';

const OPERATIONS = ['generateAndWait', 'submit', 'getStatus'] as const;

export interface GenerateItem extends GenerateSettings {
	operation: (typeof OPERATIONS)[number];
	/** Given for `getStatus`. */
	turnId: string;
	/** Items that give the same here are refused; undefined where there may be more of them. */
	onlyOnce?: string;
	/** Of `getStatus`, in milliseconds. */
	waitMs: number;
}

/** Reads and checks the parameters of one item. */
export function readGenerate(parameters: Parameters): GenerateItem {
	const operation = parameters.choice(operationField, OPERATIONS);
	const turn = readTurnSettings(parameters);
	if (operation !== 'getStatus') {
		const sent = { sessionId: parameters.sessionId(), prompt: parameters.prompt() };
		const onlyOnce = equalPromptKey(parameters, sent);
		return { operation, ...sent, onlyOnce, turnId: '', waitMs: 0, ...turn };
	}
	const advice = "Use the turnId that the operation 'Submit' returned.";
	const turnId = withoutQuotes(parameters.requiredText('turnId', 'Turn ID', advice));
	const ofTurn = readTurnId(turnId).sessionId;
	const given = parameters.optionalSessionId();
	// In a chat, the field's default gives the chat's own ID.
	const sessionId = given === '' || isChatId(given) ? ofTurn : given;
	const waitMs =
		1_000 *
		parameters.number({
			name: 'options.waitSeconds',
			label: 'Wait (Seconds)',
			fallback: 0,
			min: 0,
			max: 600,
		});
	return { operation, sessionId, prompt: '', turnId, waitMs, ...turn };
}

/** What decides about the result; how long to wait for it does not. */
export function identityOf({ operation, sessionId, prompt }: GenerateItem): unknown {
	return operation === 'generateAndWait' ? { sessionId, prompt } : { operation, sessionId, prompt };
}
