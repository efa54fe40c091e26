import type { Emulator } from '../../../emulator/server.cts';
import type { RunResult } from './result.cts';
import { PROMPT, QUICK_EXPORT } from './sessions.cts';
import type { FileSpec } from './testNodes.cts';
import type { NodeSpec } from './workflow.cts';

/** The node's name where it runs alone. */
export const NODE = 'Node 1';

export const PHOTO: FileSpec = { fileName: 'front.png', mimeType: 'image/png', content: 'front' };

/** Recovery without patience: five seconds would be long in a test. */
const QUICK_RECOVERY = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 2 };

/** Create Video with failures on the error output, and short waits. */
export function create(
	parameters: NodeSpec['parameters'] = {},
	more: Partial<NodeSpec> = {},
): NodeSpec {
	return {
		type: 'nemoVideoCreateVideo',
		onError: 'continueErrorOutput',
		...more,
		parameters: {
			prompt: PROMPT,
			...parameters,
			options: { ...QUICK_EXPORT, ...QUICK_RECOVERY, ...Object(parameters.options) },
		},
	};
}

/** The rows that became videos. */
export function made(result: RunResult): Array<Record<string, unknown>> {
	return result.items(NODE).map(({ json }) => json);
}

/** The failures, in the order of their rows. */
export function failed(result: RunResult): Array<Record<string, unknown>> {
	return result.branch(NODE, 1).map(({ json }) => json.error as Record<string, unknown>);
}

/** Which input rows the items of an output belong to. */
export function rowsOf(result: RunResult, output: number): unknown[] {
	return result.branch(NODE, output).map(({ pairedItem }) => {
		const pair: unknown = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
		return typeof pair === 'object' && pair !== null && 'item' in pair ? pair.item : pair;
	});
}

/** The most streams that were open at once. */
export function mostStreams(emulator: Emulator): number {
	let open = 0;
	let most = 0;
	for (const { type } of emulator.events.all()) {
		if (type === 'stream.open') open += 1;
		if (type === 'stream.closed') open -= 1;
		most = Math.max(most, open);
	}
	return most;
}

/** Sets what the account holds from here on. */
export function setCredits(emulator: Emulator, credits: number): void {
	for (const { account } of emulator.tokens.all()) account.available = credits;
}
