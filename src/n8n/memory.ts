import { createHash } from 'node:crypto';
import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Handles } from '../api/errors';
import { canonicalJson, isRecord } from '../api/json';
import type { Slot } from '../flows/slot';
import type { StoredFailure } from '../flows/turnRecord';

/** The result of an item whose work is done. */
interface FinishedItem {
	fields: IDataObject;
	files?: IBinaryKeyData;
	/** What shaped the result besides the item's identity; see ItemWork.shape. */
	shape?: string;
}

/** What is remembered of one item. */
interface Entry {
	/** The execution in which it was written. */
	executionId: string;
	slots: Record<string, unknown>;
	finished?: FinishedItem;
	failure?: StoredFailure & { handles: Handles; stage?: string };
}

/** Where the memory lies in the node's context. */
const CONTEXT_KEY = 'nemoVideo';

/**
 * Remembers work done for items across n8n's Retry On Fail and its Retry of an execution: both run
 * a node anew with all its items. It lies in the node's context, which n8n keys by node name
 * alone; run index, item index and a hash of what is sent tell loops and rows apart.
 */
export class Memory {
	private readonly entries: Record<string, Entry>;
	private readonly executionId: string;

	constructor(
		context: IExecuteFunctions,
		/** An agent can ask twice for the same edit, and n8n raises the run index on each retry. */
		private readonly asTool: boolean,
		private readonly runIndex: number,
	) {
		const store = context.getContext('node');
		const kept: unknown = store[CONTEXT_KEY];
		const entries: Record<string, Entry> = isEntries(kept) ? kept : {};
		if (entries !== kept) store[CONTEXT_KEY] = entries;
		this.entries = entries;
		this.executionId = context.getExecutionId();
	}

	/**
	 * @param identity everything that decides what is sent for the item
	 * @param shape what shapes the result besides
	 */
	item(itemIndex: number, identity: unknown, shape?: unknown): ItemMemory {
		const hash = hashOf(identity);
		const key = this.asTool ? `tool:${hash}` : `${this.runIndex}:${itemIndex}:${hash}`;
		const shapeHash = shape === undefined ? undefined : hashOf(shape);
		return new ItemMemory(this.entries, key, this.executionId, shapeHash);
	}

	/** What concerns all items of a run together. */
	run(): ItemMemory {
		const memory = new ItemMemory(this.entries, `${this.runIndex}:run`, this.executionId);
		// Calls of a tool have nothing to do with one another.
		if (this.asTool) memory.forget();
		return memory;
	}

	/** An agent's result was delivered: the same call again is another edit. */
	delivered(items: readonly ItemMemory[]): void {
		if (!this.asTool) return;
		for (const item of items) if (!item.failed) item.forget();
	}

	/**
	 * Other work is about to go to a session: what earlier turns and uploads left behind can no
	 * longer be read from its state.
	 */
	supersede(sessionId: string): void {
		for (const entry of Object.values(this.entries)) {
			for (const record of Object.values(entry.slots)) {
				if (isRecord(record) && record.sessionId === sessionId && 'phase' in record) {
					record.superseded = true;
				}
			}
		}
	}
}

/** The memory of one item. */
export class ItemMemory {
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

	get failure(): Entry['failure'] {
		return this.entries[this.key]?.failure;
	}

	get failed(): boolean {
		return this.failure !== undefined;
	}

	finish({ fields, files }: FinishedItem): void {
		this.entry().finished = { fields, files, shape: this.shape };
	}

	fail(failure: NonNullable<Entry['failure']>): void {
		this.entry().failure = failure;
	}

	forget(): void {
		delete this.entries[this.key];
	}

	/** A part of the item's memory, for one flow. */
	slot<Record>(name: string, isRecordOf: (value: unknown) => value is Record): Slot<Record> {
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

function hashOf(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}

function isEntries(value: unknown): value is Record<string, Entry> {
	return (
		isRecord(value) &&
		Object.values(value).every((entry) => isRecord(entry) && isRecord(entry.slots))
	);
}
