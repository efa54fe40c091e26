import type { IExecuteFunctions } from 'n8n-workflow';
import { isStoredFailure, NemoVideoError } from '../api/errors';
import { hashOf, isRecord } from '../api/json';
import type { Checkpoint } from '../flows/checkpoint';
import { attempt, executionFacts } from './executionFacts';
import { SharedWork, type Caller } from './sharedWork';
import {
	openMemory,
	type Entries,
	type Entry,
	type FinishedItem,
	type NodeMemory,
	type Own,
} from './nodeMemory';
import { keepStopped } from './retriedRuns';

/** What works on items now, by the memory that the entries of a node in an execution share. */
const underWay = new WeakMap<object, SharedWork<FinishedItem>>();

/**
 * Remembers work done for items across n8n's Retry On Fail and its Retry of an execution: both run
 * a node anew with all its items. It lies in the node's context, which n8n keys by node name
 * alone; run index, item index and a hash of what is sent tell loops and rows apart.
 */
export class CheckpointStore {
	private readonly memory: NodeMemory;
	/** What n8n keeps for all nodes of the execution together. */
	private readonly execution: object;

	constructor(
		context: IExecuteFunctions,
		/** An agent can ask twice for the same edit, and n8n raises the run index on each retry. */
		private readonly asTool: boolean,
		private readonly runIndex: number,
	) {
		const facts = executionFacts(context);
		this.execution = facts.flowContext;
		const items = attempt(() => context.getInputData()) ?? [];
		this.memory = openMemory(facts, hashOf(items.map(({ json }) => json)));
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
		return new ItemCheckpoints(this.memory, key, shapeHash);
	}

	private carryOver(key: string, hash: string, session: string): void {
		const { entries } = this.memory;
		if (key in entries) return;
		for (const [earlier, entry] of Object.entries(entries)) {
			if (!earlier.endsWith(`:${hash}`) || entry.failedIn !== session) continue;
			// Another Retry of the execution enters the earlier run again.
			delete entry.failure;
			delete entry.failedIn;
			entries[key] = entry;
			return;
		}
	}

	/** What concerns all items of a run together. */
	run(): ItemCheckpoints {
		const checkpoints = new ItemCheckpoints(this.memory, `${this.runIndex}:run`);
		// Calls of a tool have nothing to do with one another.
		if (this.asTool) checkpoints.forget();
		return checkpoints;
	}

	/** The execution was stopped: n8n's Retry goes on with what its nodes remember. */
	keepForRetry(): void {
		keepStopped(this.execution);
	}

	/**
	 * What was sent by then, in this try or an earlier one.
	 *
	 * @returns the first item of it and its session, as far as they can be told in this run; undefined
	 *   where nothing was sent
	 */
	firstSent(): { itemIndex?: number; sessionId?: string } | undefined {
		const [first] = this.allSent();
		if (first) return first;
		return Object.values(this.memory.entries).some(isSent) ? {} : undefined;
	}

	/** The same for an item that can't be read anymore, so that nobody knows what it asks for. */
	sentFor(itemIndex: number): { sessionId?: string } | undefined {
		return this.allSent().find((one) => one.itemIndex === itemIndex);
	}

	/** What was sent in this run of the node, by item. */
	private allSent(): Array<{ itemIndex: number; sessionId?: string }> {
		return Object.entries(this.memory.entries).flatMap(([key, entry]) => {
			const [run, item] = key.split(':');
			if (run !== String(this.runIndex) || !isSent(entry)) return [];
			const { slots, finished } = entry;
			const places = [slots.turn, slots.upload, slots.session, finished?.fields];
			const known = places.find(namesSession);
			return [{ itemIndex: Number(item), ...(known ? { sessionId: known.sessionId } : {}) }];
		});
	}

	/** An agent's result was delivered: the same call again is another edit, unless it is made now. */
	delivered(items: readonly ItemCheckpoints[]): void {
		if (!this.asTool) return;
		for (const item of items) if (!item.failed && !item.isInUse) item.forget();
	}
}

/** The memory of one item. */
export class ItemCheckpoints {
	private readonly entries: Entries;
	private readonly own: Own;

	constructor(
		{ entries, own }: NodeMemory,
		private readonly key: string,
		private readonly shape?: string,
	) {
		this.entries = entries;
		this.own = own;
	}

	get finished(): FinishedItem | undefined {
		const finished = this.entries[this.key]?.finished;
		if (!finished || finished.shape !== this.shape) return undefined;
		if (!finished.hasFiles) return finished;
		// A result whose files another execution stored is fetched again.
		const files = this.own.files[this.key];
		return files && { ...finished, files };
	}

	/** How the item failed for good, in this execution. */
	get failure(): NemoVideoError | undefined {
		const { failure, failedBy } = this.entries[this.key] ?? {};
		const isKnown = failedBy === this.own.executionId && isStoredFailure(failure);
		return isKnown ? NemoVideoError.fromJSON(failure) : undefined;
	}

	get failed(): boolean {
		return this.failure !== undefined;
	}

	finish({ fields, files }: FinishedItem): void {
		const { shape, own, key } = this;
		this.entry().finished = { fields, shape, ...(files ? { hasFiles: true } : {}) };
		if (files) own.files[key] = files;
	}

	fail(failure: NemoVideoError): void {
		const entry = this.entry();
		entry.failure = failure.toJSON();
		entry.failedBy = this.own.executionId;
	}

	/** The item failed in a session, where it can be gone on with: files may lie in it already. */
	leave(sessionId: string): void {
		const entry = this.entries[this.key];
		if (entry) entry.failedIn = sessionId;
	}

	forget(): void {
		delete this.entries[this.key];
		delete this.own.files[this.key];
	}

	/** Works on the item, or waits for others that have the same memory; see `SharedWork`. */
	async share(
		caller: Pick<Caller, 'signal' | 'onWait'>,
		work: () => Promise<FinishedItem>,
	): Promise<FinishedItem> {
		const shared = underWay.get(this.entries) ?? new SharedWork<FinishedItem>();
		underWay.set(this.entries, shared);
		const { shape } = this;
		const { executionId } = this.own;
		const outcome = shared.do(this.key, { ...caller, shape, executionId }, work);
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
		const entry = this.entries[this.key] ?? { slots: {} };
		this.entries[this.key] = entry;
		return entry;
	}
}

function isSent({ slots: { turn, upload, uploadOfUrls } }: Entry): boolean {
	return (turn ?? upload ?? uploadOfUrls) !== undefined;
}

function namesSession(value: unknown): value is { sessionId: string } {
	return isRecord(value) && typeof value.sessionId === 'string';
}
