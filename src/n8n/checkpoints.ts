import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isStoredFailure, NemoVideoError, type StoredFailure } from '../api/errors';
import { hashOf, isRecord } from '../api/json';
import type { Checkpoint } from '../flows/checkpoint';
import { executionFacts } from './executionFacts';
import { SharedWork, type Caller } from './sharedWork';
import { keepStopped, takeStopped } from './stoppedRuns';

/** The result of an item whose work is done. */
interface FinishedItem {
	fields: IDataObject;
	files?: IBinaryKeyData;
	/** What shaped the result besides the item's cache key; see ItemWork.outputKey. */
	shape?: string;
}

/** What is remembered of one item. */
interface Entry {
	/** The execution in which it was written. */
	executionId: string;
	slots: Record<string, unknown>;
	finished?: FinishedItem;
	failure?: StoredFailure;
	/** The session in which the item failed. */
	failedIn?: string;
}

/** What works on items now, by the memory that the entries of a node in an execution share. */
const underWay = new WeakMap<object, SharedWork<FinishedItem>>();

/** Where the memory lies in the node's context. */
const CONTEXT_KEY = 'nemoVideo';

/**
 * Remembers work done for items across n8n's Retry On Fail and its Retry of an execution: both run
 * a node anew with all its items. It lies in the node's context, which n8n keys by node name
 * alone; run index, item index and a hash of what is sent tell loops and rows apart.
 */
export class CheckpointStore {
	/** Names the workflow, the node and what came into it. */
	private readonly input: () => string;
	private readonly entries: Record<string, Entry>;
	private readonly executionId: string;

	constructor(
		context: IExecuteFunctions,
		/** An agent can ask twice for the same edit, and n8n raises the run index on each retry. */
		private readonly asTool: boolean,
		private readonly runIndex: number,
	) {
		const { executionId, nodeContext: store, node, isRetry } = executionFacts(context);
		this.input = () => `${node} ${hashOf(context.getInputData().map(({ json }) => json))}`;
		const kept: unknown = store[CONTEXT_KEY] ?? (isRetry ? takeStopped(this.input()) : undefined);
		const entries: Record<string, Entry> = isEntries(kept) ? kept : {};
		store[CONTEXT_KEY] = entries;
		this.entries = entries;
		this.executionId = executionId;
	}

	/**
	 * @param cacheKey everything that decides what is sent for the item
	 * @param outputKey what shapes the result besides
	 * @param failedIn the session of the failure that the item brings along, where a workflow leads
	 *   the error output back to this node: the item is the same one, in a later run of the node
	 */
	item(
		itemIndex: number,
		cacheKey: unknown,
		outputKey?: unknown,
		failedIn?: string,
	): ItemCheckpoints {
		const hash = hashOf(cacheKey);
		const key = this.asTool ? `tool:${hash}` : `${this.runIndex}:${itemIndex}:${hash}`;
		if (failedIn !== undefined) this.carryOver(key, hash, failedIn);
		const shapeHash = outputKey === undefined ? undefined : hashOf(outputKey);
		return new ItemCheckpoints(this.entries, key, this.executionId, shapeHash);
	}

	private carryOver(key: string, hash: string, session: string): void {
		if (key in this.entries) return;
		for (const [earlier, entry] of Object.entries(this.entries)) {
			if (!earlier.endsWith(`:${hash}`) || entry.failedIn !== session) continue;
			delete this.entries[earlier];
			delete entry.failure;
			delete entry.failedIn;
			this.entries[key] = entry;
			return;
		}
	}

	/** What concerns all items of a run together. */
	run(): ItemCheckpoints {
		const checkpoints = new ItemCheckpoints(this.entries, `${this.runIndex}:run`, this.executionId);
		// Calls of a tool have nothing to do with one another.
		if (this.asTool) checkpoints.forget();
		return checkpoints;
	}

	/** The run was stopped: n8n's Retry goes on with what it remembers. */
	keepForRetry(): void {
		for (const entry of Object.values(this.entries)) {
			// Files can be large, and belong to the execution that stored them.
			if (entry.finished?.files) delete entry.finished;
		}
		const { entries, executionId } = this;
		if (Object.keys(entries).length > 0) keepStopped(this.input(), { executionId, entries });
	}

	/**
	 * What was sent by then, in this try or an earlier one.
	 *
	 * @returns the first item of it and its session, as far as they can be told in this run; undefined
	 *   where nothing was sent
	 */
	firstSent(): { itemIndex?: number; sessionId?: string } | undefined {
		let isSent = false;
		for (const [key, { slots, finished }] of Object.entries(this.entries)) {
			const sent = slots.turn ?? slots.upload ?? slots.uploadOfUrls;
			if (sent === undefined) continue;
			isSent = true;
			const [run, item] = key.split(':');
			if (run !== String(this.runIndex)) continue;
			const known = [sent, slots.session, finished?.fields].find(namesSession);
			return { itemIndex: Number(item), ...(known ? { sessionId: known.sessionId } : {}) };
		}
		return isSent ? {} : undefined;
	}

	/** An agent's result was delivered: the same call again is another edit, unless it is made now. */
	delivered(items: readonly ItemCheckpoints[]): void {
		if (!this.asTool) return;
		for (const item of items) if (!item.failed && !item.isInUse) item.forget();
	}
}

/** The memory of one item. */
export class ItemCheckpoints {
	constructor(
		private readonly entries: Record<string, Entry>,
		private readonly key: string,
		private readonly executionId: string,
		private readonly shape?: string,
	) {
		const entry = entries[key];
		if (!entry || entry.executionId === executionId) return;
		// n8n's Retry of an execution: failures get another chance. Files belong to the execution
		// that stored them, so a result with files is fetched again.
		delete entry.failure;
		if (entry.finished?.files) delete entry.finished;
		entry.executionId = executionId;
	}

	get finished(): FinishedItem | undefined {
		const finished = this.entries[this.key]?.finished;
		return finished?.shape === this.shape ? finished : undefined;
	}

	/** How the item failed for good. */
	get failure(): NemoVideoError | undefined {
		const failure = this.entries[this.key]?.failure;
		return isStoredFailure(failure) ? NemoVideoError.fromJSON(failure) : undefined;
	}

	get failed(): boolean {
		return this.failure !== undefined;
	}

	finish({ fields, files }: FinishedItem): void {
		this.entry().finished = { fields, files, shape: this.shape };
	}

	fail(failure: NemoVideoError): void {
		this.entry().failure = failure.toJSON();
	}

	/** The item failed in a session, where it can be gone on with: files may lie in it already. */
	leave(sessionId: string): void {
		const entry = this.entries[this.key];
		if (entry) entry.failedIn = sessionId;
	}

	forget(): void {
		delete this.entries[this.key];
	}

	/** Works on the item, or waits for others that have the same memory; see `SharedWork`. */
	async share(
		caller: Omit<Caller, 'shape'>,
		work: () => Promise<FinishedItem>,
	): Promise<FinishedItem> {
		const shared = underWay.get(this.entries) ?? new SharedWork<FinishedItem>();
		underWay.set(this.entries, shared);
		const outcome = shared.do(this.key, { ...caller, shape: this.shape }, work);
		// Entries can be kept for long.
		return await outcome.finally(() => {
			if (shared.isIdle) underWay.delete(this.entries);
		});
	}

	/** Whether anybody works on the item. */
	get isInUse(): boolean {
		return underWay.get(this.entries)?.isInUse(this.key) ?? false;
	}

	/** A part of the item's memory, for one flow. */
	checkpoint<Record>(
		name: string,
		isRecordOf: (value: unknown) => value is Record,
	): Checkpoint<Record> {
		return {
			read: () => {
				const record = this.entries[this.key]?.slots[name];
				return isRecordOf(record) ? record : undefined;
			},
			write: (record) => {
				this.entry().slots[name] = record;
			},
			clear: () => {
				const entry = this.entries[this.key];
				if (entry) delete entry.slots[name];
			},
		};
	}

	private entry(): Entry {
		const entry = this.entries[this.key] ?? { executionId: this.executionId, slots: {} };
		this.entries[this.key] = entry;
		return entry;
	}
}

function namesSession(value: unknown): value is { sessionId: string } {
	return isRecord(value) && typeof value.sessionId === 'string';
}

function isEntries(value: unknown): value is Record<string, Entry> {
	return (
		isRecord(value) &&
		Object.values(value).every((entry) => isRecord(entry) && isRecord(entry.slots))
	);
}
