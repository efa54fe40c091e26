import type { NemoVideoError } from '../api/errors';
import { canonicalJson } from '../api/json';
import { promptKey } from '../api/promptKey';
import type { Parameters } from './parameters';
import { invalidParameterError } from './errors/invalidParameter';

/**
 * What two items must not share, because NemoVideo would be paid twice for one wish: five items of
 * one photo each, as a folder of a cloud drive gives them, are meant to be one film.
 *
 * @returns undefined where the user wants equal prompts to be sent
 */
export function equalPromptKey(
	parameters: Parameters,
	sent: { sessionId: string; prompt: string },
): string | undefined {
	if (parameters.boolean('options.sendEqualPrompts', 'Send Equal Prompts', false)) return undefined;
	return canonicalJson([sent.sessionId, promptKey(sent.prompt)]);
}

/**
 * The failures of items that share a key with another one.
 *
 * @param keys by item; undefined for an item that may be like others
 * @returns by item
 */
export function equalPromptFailures(
	keys: ReadonlyArray<string | undefined>,
): Map<number, NemoVideoError> {
	const items = new Map<string, number[]>();
	keys.forEach((key, index) => {
		if (key !== undefined) items.set(key, [...(items.get(key) ?? []), index]);
	});
	const failures = new Map<number, NemoVideoError>();
	for (const equal of items.values()) {
		if (equal.length > 1)
			for (const index of equal) failures.set(index, equalPrompts(equal.length));
	}
	return failures;
}

function equalPrompts(count: number): NemoVideoError {
	return invalidParameterError(
		`${count} items have the same session and the same prompt`,
		`NemoVideo would do the same ${count} times and charge each. For one film of several items, switch on Execute Once in the settings of this node, or put an Aggregate node before it. To send them all, switch on 'Send Equal Prompts'.`,
	);
}
