import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { StoredFailure } from '../api/errors';
import { isRecord } from '../api/json';
import type { ExecutionFacts } from './executionFacts';
import { memoryOfRetries, rememberRun, takeStopped } from './retriedRuns';

/** The result of an item whose work is done. */
export interface FinishedItem {
	fields: IDataObject;
	files?: IBinaryKeyData;
	/** What shaped the result besides the item's cache key; see ItemWork.outputKey. */
	shape?: string;
}

/** What is remembered of one item. */
export interface Entry {
	slots: Record<string, unknown>;
	/** A hash of everything that decides what is sent, as it was when the entry was made. */
	sent?: string;
	finished?: Omit<FinishedItem, 'files'> & { hasFiles?: true };
	failure?: StoredFailure;
	/** The execution in which it failed: n8n's Retry gives it another chance. */
	failedBy?: string;
	/** The session in which the item failed. */
	failedIn?: string;
}

export type Entries = Record<string, Entry>;

/** What an execution has for itself: its Retries share the entries, and files are never shared. */
export interface Own {
	executionId: string;
	/** Of finished items, by their keys. Files belong to the execution that stored them. */
	files: Record<string, IBinaryKeyData>;
}

export interface NodeMemory {
	entries: Entries;
	own: Own;
	/** Names the first execution, of which this one may be a Retry. */
	origin: string;
}

/** Where the memory lies in the node's context: the entries, and what is the execution's own. */
const CONTEXT_KEY = 'nemoVideo';
const OWN_KEY = 'nemoVideoOwn';
/** Where the execution's context tells which execution it repeats. */
const ORIGIN_KEY = 'nemoVideoOrigin';

/**
 * What a node remembers in an execution: on its first try nothing, on another try what it did by
 * then, and in n8n's Retry what the retried execution and all its other Retries have done.
 *
 * @param items a hash of what came into the node
 */
export function openMemory(facts: ExecutionFacts, items: string): NodeMemory {
	const memory = findMemory(facts, items);
	const { origin, entries } = memory;
	const { node } = facts;
	const run = { node, input: `${node} ${items}`, origin, entries };
	rememberRun(facts.flowContext, facts.signal, run);
	return memory;
}

function findMemory(facts: ExecutionFacts, items: string): NodeMemory {
	const { nodeContext, flowContext, executionId, node, isRetry } = facts;
	const { [CONTEXT_KEY]: kept, [OWN_KEY]: keptOwn } = nodeContext;
	const { [ORIGIN_KEY]: known } = flowContext;
	const repeated = isOrigin(known) ? known.origin : executionId;
	if (isEntries(kept) && isOwn(keptOwn) && keptOwn.executionId === executionId) {
		return { entries: kept, own: keptOwn, origin: repeated };
	}
	const isKnown = isEntries(kept) || repeated !== executionId;
	const stopped = isKnown || !isRetry ? undefined : takeStopped(`${node} ${items}`);
	const origin = stopped?.origin ?? repeated;
	const saved = stopped?.entries ?? kept ?? {};
	const memory = origin === executionId ? saved : memoryOfRetries(`${node} ${origin}`, saved);
	const entries = isEntries(memory) ? memory : {};
	const own = { executionId, files: {} };
	nodeContext[CONTEXT_KEY] = entries;
	nodeContext[OWN_KEY] = own;
	flowContext[ORIGIN_KEY] = { origin };
	return { entries, own, origin };
}

function isOrigin(value: unknown): value is { origin: string } {
	return isRecord(value) && typeof value.origin === 'string';
}

function isOwn(value: unknown): value is Own {
	return isRecord(value) && typeof value.executionId === 'string' && isRecord(value.files);
}

function isEntries(value: unknown): value is Entries {
	return (
		isRecord(value) &&
		Object.values(value).every((entry) => isRecord(entry) && isRecord(entry.slots))
	);
}
