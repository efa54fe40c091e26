import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { asPlainText } from '../api/backendWords';
import { FAILURE_KINDS, isNemoVideoError, NemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';

/**
 * What one failure looks like in an item. `error` alone, as an object: n8n routes it to the error
 * branch and keeps every key in it; beside other keys it would count as a success, and with
 * `item.error` the handles would be lost.
 */
export function failureItem(failure: NemoVideoError, itemIndex: number): INodeExecutionData {
	const error: IDataObject = {
		message: failure.message,
		description: failure.description ?? '',
		...defined({ code: failure.code, httpStatus: failure.httpStatus }),
		kind: failure.kind,
		retryable: failure.retryable,
		...defined({ ...failure.handles, stage: failure.stage }),
	};
	return { json: { error }, pairedItem: { item: itemIndex } };
}

/** Whether an item's JSON is a failure of these nodes. */
export function isFailureJson(json: IDataObject): boolean {
	const { error } = json;
	return (
		isRecord(error) &&
		typeof error.message === 'string' &&
		FAILURE_KINDS.some((kind) => kind === error.kind)
	);
}

export interface Batch {
	itemIndex: number;
	/** Items that were finished before the run ended. */
	finished: number;
	total: number;
	/** Agents read the message alone, so the way out goes into it. */
	asTool: boolean;
}

/** The error that ends a node whose setting is to stop. */
export function toNodeError(
	context: IExecuteFunctions,
	failure: NemoVideoError,
	batch: Batch,
): NodeApiError | NodeOperationError {
	const { itemIndex, finished, total, asTool } = batch;
	const ids = idsInWords(failure);
	const others =
		total > 1
			? `${finished} of ${total} items were finished; they are remembered and not paid again when this node is retried.`
			: '';
	// The editor shows descriptions as HTML, and names of files and fields may come from anybody.
	const description = asPlainText(
		[failure.description, ids, others].filter((text) => text).join(' '),
	);
	const message = asPlainText(
		asTool
			? [failure.message, failure.description, ids].filter(Boolean).join('. ')
			: failure.message,
	);
	const node = context.getNode();
	const error =
		failure.kind === 'input' || failure.kind === 'cancelled'
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message },
					{
						message,
						description,
						itemIndex,
						...(failure.httpStatus === undefined ? {} : { httpCode: String(failure.httpStatus) }),
					},
				);
	// n8n replaces messages that mention a network code by general ones.
	error.message = message;
	error.description = description;
	error.context = {
		...error.context,
		itemIndex,
		kind: failure.kind,
		retryable: failure.retryable,
		...defined({ code: failure.code, stage: failure.stage, ...failure.handles }),
	};
	return error;
}

function idsInWords({ handles }: NemoVideoError): string {
	const words = [
		handles.sessionId && `session ${handles.sessionId}`,
		handles.taskId && `task ${handles.taskId}`,
		handles.renderId && `render ${handles.renderId}`,
	].filter((word) => word);
	return words.length === 0 ? '' : `IDs in hand: ${words.join(', ')}.`;
}

/** Any error as a NemoVideoError: what is not one comes from n8n or is a bug, and says so. */
export function asFailure(error: unknown): NemoVideoError {
	if (isNemoVideoError(error)) return error;
	if (error instanceof RangeError && /call stack/i.test(error.message)) {
		return new NemoVideoError('protocol', 'NemoVideo sent data that is nested too deeply', {
			description:
				'This is not what NemoVideo is known to send. Check the base URL in the credential.',
		});
	}
	const message = error instanceof Error ? error.message : String(error);
	const description =
		error instanceof Error && 'description' in error && typeof error.description === 'string'
			? error.description
			: '';
	const fromNode = error instanceof Error && 'node' in error;
	return new NemoVideoError(fromNode ? 'input' : 'protocol', message, {
		description: description || 'This came from n8n or from the node itself, not from NemoVideo.',
		outcome: 'unknown',
	});
}

function defined(values: Record<string, string | number | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
