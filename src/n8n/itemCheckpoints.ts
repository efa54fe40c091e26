import { isStoredFailure, NemoVideoError } from '../api/errors';
import type { Checkpoint } from '../flows/checkpoint';
import type { Entries, Entry, FinishedItem, NodeMemory, Own } from './nodeMemory';
import { SharedWork, type Caller } from './sharedWork';

/** What works on items now, by the memory that the entries of a node in an execution share. */
const underWay = new WeakMap<object, SharedWork<FinishedItem>>();

/** What an item is known by. */
export interface ItemName {
	/** Where it lies in the node's memory. */
	key: string;
	/** A hash of what shapes the result besides. */
	shape?: string | undefined;
	/** See `Entry`. */
	sent?: string;
}

/** The memory of one item. */
export class ItemCheckpoints {
	private readonly entries: Entries;
	private readonly own: Own;
	private readonly key: string;
	private readonly shape: string | undefined;
	private readonly sent: string | undefined;

	constructor({ entries, own }: NodeMemory, { key, shape, sent }: ItemName) {
		this.entries = entries;
		this.own = own;
		this.key = key;
		this.shape = shape;
		this.sent = sent;
	}

	get finished(): FinishedItem | undefined {
		const { delivered, shape } = this;
		return delivered?.shape === shape ? delivered : undefined;
	}

	/** The same, whatever shaped the result besides. */
	get delivered(): FinishedItem | undefined {
		const finished = this.entries[this.key]?.finished;
		if (!finished?.hasFiles) return finished;
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
		this.entry().failedIn = sessionId;
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
		const { sent } = this;
		const entry = this.entries[this.key] ?? { slots: {}, ...(sent ? { sent } : {}) };
		this.entries[this.key] = entry;
		return entry;
	}
}
