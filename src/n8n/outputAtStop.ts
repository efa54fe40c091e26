import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { NemoVideoError } from '../api/errors';
import { cancelledError } from '../api/stop';
import type { FailedItem } from './checkedItem';
import type { CheckpointStore } from './checkpoints';
import { isBareFailure } from './errors/nodeErrors';
import { asSentBefore, withItsSession } from './errors/sentBefore';
import { attempt } from './executionFacts';
import { toItem } from './output';
import { Parameters } from './parameters';
import { readIncludeInput } from './settings';

/**
 * What becomes of an item that a stopped run of a node has not come to, where failures are items.
 *
 * @returns the item, where it needs no work or an earlier try has finished it; else its failure
 */
export function outputAtStop(
	context: IExecuteFunctions,
	store: CheckpointStore,
	itemIndex: number,
): INodeExecutionData | NemoVideoError {
	const input = context.getInputData()[itemIndex];
	const pairedItem = { item: itemIndex };
	if (input && isBareFailure(input)) return { json: input.json, pairedItem };
	const parameters = new Parameters(context, itemIndex);
	const finished = store.finishedFor(itemIndex);
	if (!finished) {
		const failure = asSentBefore(cancelledError(), store.sentFor(itemIndex));
		return withItsSession(failure, parameters);
	}
	const withInput = attempt(() => readIncludeInput(parameters));
	return { ...toItem(finished, withInput ? input : undefined), pairedItem };
}

/** The failure of a run that Stop ended where no item was under way: what was sent by then counts. */
export function failureAtStop(store: CheckpointStore): FailedItem {
	const sent = store.firstSent();
	if (!sent) return { itemIndex: 0, failure: cancelledError() };
	const { itemIndex = 0, sessionId } = sent;
	return { itemIndex, failure: cancelledError('noAnswer').with({ handles: { sessionId } }) };
}
