import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { escapeHtml } from '../../text/sanitize';
import {
	FAILURE_KINDS,
	isNemoVideoError,
	NemoVideoError,
	type ResourceIds,
} from '../../api/errors';
import { isRecord } from '../../api/json';
import { canStream } from '../executionFacts';
import { engineFailure } from './engineFailure';
import { withMessageNumber } from './messageNumbers';

/**
 * What one failure looks like in an item. `error` alone, as an object: n8n routes it to the error
 * branch and keeps every key in it; beside other keys it would count as a success, and with
 * `item.error` the handles would be lost.
 *
 * @param binary the row's files, for the error output: n8n puts only the row's fields back around a
 *   failure there, and a row that comes back without its files would be another wish
 */
export function failureItem(
	failure: NemoVideoError,
	itemIndex: number,
	binary?: INodeExecutionData['binary'],
): INodeExecutionData {
	const error: IDataObject = {
		message: failure.message,
		description: withMessageNumber(failure.kind, adviceOf(failure)),
		...defined({ code: failure.code, httpStatus: failure.httpStatus }),
		kind: failure.kind,
		retryable: failure.retryable,
		safeToRepeat: failure.safeToRepeat,
		...defined({ ...failure.handles, stage: failure.stage }),
	};
	return { json: { error }, ...(binary ? { binary } : {}), pairedItem: { item: itemIndex } };
}

/**
 * Whether an item is nothing but a failure of these nodes, as n8n's "Continue" hands it to the next
 * node. An item that holds anything beside it is work: on the error output n8n puts the row back
 * around the failure, and a table may have saved an old one in a column.
 */
export function isBareFailure({ json, binary = {} }: INodeExecutionData): boolean {
	const { error, ...others } = json;
	return (
		Object.keys(others).length === 0 &&
		Object.keys(binary).length === 0 &&
		isRecord(error) &&
		typeof error.message === 'string' &&
		FAILURE_KINDS.some((kind) => kind === error.kind)
	);
}

/** The session of a failure that an item brings along. */
export function failedSessionOf(item: INodeExecutionData | undefined): string | undefined {
	const error = item?.json.error;
	if (!isRecord(error)) return undefined;
	return typeof error.sessionId === 'string' ? error.sessionId : undefined;
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
	const advice = adviceOf(failure);
	// The number of the failure itself: NemoVideo refuses with HTTP 200, too.
	const number = failure.code ?? failure.httpStatus;
	const others = total > 1 ? finishedInWords(finished, total) : '';
	// n8n shows it in a streamed chat, to people who know no IDs and items.
	const told = canStream(context) ? [advice] : [advice, ids, others];
	// The editor shows descriptions as HTML, and names of files and fields may come from anybody.
	const description = escapeHtml(
		withMessageNumber(failure.kind, told.filter((text) => text).join(' ')),
	);
	const message = escapeHtml(
		asTool ? [failure.message, advice, ids].filter(Boolean).join('. ') : failure.message,
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
						...(number === undefined ? {} : { httpCode: String(number) }),
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
		safeToRepeat: failure.safeToRepeat,
		...defined({ code: failure.code, stage: failure.stage, ...failure.handles }),
	};
	return error;
}

function finishedInWords(finished: number, total: number): string {
	if (finished === 0) return `None of the ${total} items was finished.`;
	const done = finished === 1 ? 'was finished; it is' : 'were finished; they are';
	return `${finished} of ${total} items ${done} remembered and not paid again when this node is retried.`;
}

function idsInWords({ handles }: NemoVideoError): string {
	const words = [
		handles.sessionId && `Session ID: ${handles.sessionId}.`,
		handles.taskId && `Task ID: ${handles.taskId}.`,
		handles.renderId && `Render ID: ${handles.renderId}.`,
	];
	return words.filter(Boolean).join(' ');
}

/** Any error as a NemoVideoError: what is not one comes from n8n or is a bug, and says so. */
export function asFailure(error: unknown): NemoVideoError {
	if (isNemoVideoError(error)) return error;
	if (error instanceof RangeError && /call stack/i.test(error.message)) {
		return new NemoVideoError('protocol', 'NemoVideo sent data that is nested too deeply', {
			description: 'This answer is unexpected. Check the base URL in the credential.',
		});
	}
	const fromEngine = engineFailure(error);
	if (fromEngine) return fromEngine;
	const message = error instanceof Error ? error.message : String(error);
	return new NemoVideoError('protocol', message, {
		description: 'This came from n8n or from the node itself, not from NemoVideo.',
	});
}

/**
 * What to do about a failure, with the number that NemoVideo gave: its support and its documents go
 * by it.
 */
export function adviceOf({ message, description = '', code, httpStatus }: NemoVideoError): string {
	const number = code ?? httpStatus;
	const isTold = new RegExp(`\\b${number}\\b`).test(`${message} ${description}`);
	const words = code === undefined ? `status ${httpStatus}` : `code ${code}`;
	return number === undefined || isTold
		? description
		: `${description} NemoVideo gave ${words}.`.trim();
}

function defined(values: Record<string, string | number | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The session an item works in, for failures of calls that do not know it. */
export function handlesOf(settings: unknown): ResourceIds {
	const sessionId = isRecord(settings) ? settings.sessionId : undefined;
	return typeof sessionId === 'string' && sessionId !== '' ? { sessionId } : {};
}
