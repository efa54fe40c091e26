import type { NemoVideoError } from '../api/errors';
import { canonicalJson } from '../api/json';
import { promptKey } from '../api/promptKey';
import type { Parameters } from './parameters';
import type { Checked, FailedItem } from './checkedItem';
import { invalidParameterError } from './errors/invalidParameter';
import { handlesOf } from './errors/nodeErrors';

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
 * The items that share a key with another one, and their failures.
 *
 * @param keyOf undefined for an item that may be like others
 */
export function equalItems<Settings>(
	checked: ReadonlyArray<Checked<Settings>>,
	keyOf: (settings: Settings) => string | undefined,
): FailedItem[] {
	const items = new Map<string, Array<{ itemIndex: number; settings: Settings }>>();
	for (const [itemIndex, item] of checked.entries()) {
		if (item.state !== 'ready') continue;
		const key = keyOf(item.settings);
		if (key === undefined) continue;
		items.set(key, [...(items.get(key) ?? []), { itemIndex, settings: item.settings }]);
	}
	return [...items.values()]
		.filter((equal) => equal.length > 1)
		.flatMap((equal) =>
			equal.map(({ itemIndex, settings }) => ({
				itemIndex,
				failure: equalPrompts(equal.length).with({ handles: handlesOf(settings) }),
			})),
		);
}

function equalPrompts(count: number): NemoVideoError {
	return invalidParameterError(
		`${count} items have the same session and the same prompt`,
		`NemoVideo would do the same ${count} times and charge each. For one film of several items, switch on Execute Once in the settings of this node, or put an Aggregate node before it. To send them all, switch on 'Send Equal Prompts'.`,
	);
}
