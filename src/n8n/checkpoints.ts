import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { hashOf, isRecord } from '../api/json';
import { attempt, executionFacts } from './executionFacts';
import { ItemCheckpoints } from './itemCheckpoints';
import { openMemory, type Entry, type FinishedItem, type NodeMemory } from './nodeMemory';

/**
 * Remembers work done for items across n8n's Retry On Fail and its Retry of an execution: both run
 * a node anew with all its items. It lies in the node's context, which n8n keys by node name
 * alone; run index, item index and a hash of what is sent tell loops and rows apart.
 */
export class CheckpointStore {
	private readonly memory: NodeMemory;
	private readonly items: readonly INodeExecutionData[];
	/** The node's parameters with their expressions. */
	private readonly raw: string;

	constructor(
		context: IExecuteFunctions,
		/** An agent can ask twice for the same edit, and n8n raises the run index on each retry. */
		private readonly asTool: boolean,
		private readonly runIndex: number,
	) {
		const facts = executionFacts(context);
		this.items = attempt(() => context.getInputData()) ?? [];
		this.raw = hashOf(attempt(() => context.getNode().parameters) ?? {});
		this.memory = openMemory(facts, hashOf(this.items.map(({ json }) => json)));
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
		const sent = hashOf(cacheKey);
		const shape = outputKey === undefined ? undefined : hashOf(outputKey);
		if (this.asTool) return new ItemCheckpoints(this.memory, { key: `tool:${sent}`, shape });
		const place = `${this.runIndex}:${itemIndex}:`;
		const key = place + this.askedOf(itemIndex, cacheKey);
		const { entries } = this.memory;
		if (failedIn !== undefined && !(key in entries)) this.carryOver(key, sent, failedIn);
		return new ItemCheckpoints(this.memory, { key: this.knownAs(key, place, sent), shape, sent });
	}

	/**
	 * The key of an item's entry. Expressions may give something else on every try, such as the time,
	 * so an item is known by what it asked before they were resolved; and where the user has changed
	 * the node since, by what is sent.
	 */
	private knownAs(key: string, place: string, sent: string): string {
		const { entries } = this.memory;
		if (key in entries) return key;
		const known = Object.keys(entries).find(
			(other) => other.startsWith(place) && hasSent(other, entries[other], sent),
		);
		return known ?? key;
	}

	/** What an item asks for of its session, whatever its expressions give this time. */
	private askedOf(itemIndex: number, cacheKey: unknown): string {
		const session = isRecord(cacheKey) ? cacheKey.sessionId : undefined;
		const { json = {}, binary = {} } = this.items[itemIndex] ?? {};
		const files = Object.entries(binary).map(([name, { fileName, fileSize }]) => {
			return [name, fileName, fileSize];
		});
		return hashOf([this.raw, json, files, session]);
	}

	private carryOver(key: string, sent: string, session: string): void {
		const { entries } = this.memory;
		for (const [earlier, entry] of Object.entries(entries)) {
			if (!hasSent(earlier, entry, sent) || entry.failedIn !== session) continue;
			// Another Retry of the execution enters the earlier run again.
			delete entry.failure;
			delete entry.failedIn;
			entries[key] = entry;
			return;
		}
	}

	/** What concerns all items of a run together. */
	run(): ItemCheckpoints {
		const checkpoints = new ItemCheckpoints(this.memory, { key: `${this.runIndex}:run` });
		// Calls of a tool have nothing to do with one another.
		if (this.asTool) checkpoints.forget();
		return checkpoints;
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

	/** What an item has come out as in an earlier try, whatever it was asked for in which words. */
	finishedFor(itemIndex: number): FinishedItem | undefined {
		const place = `${this.runIndex}:${itemIndex}:`;
		const keys = Object.keys(this.memory.entries).filter((key) => key.startsWith(place));
		return keys.map((key) => new ItemCheckpoints(this.memory, { key }).delivered).find(Boolean);
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

/** Whether an entry is of the same work; earlier versions had its hash in the key. */
function hasSent(key: string, entry: Entry | undefined, sent: string): boolean {
	return entry?.sent === sent || key.endsWith(`:${sent}`);
}

function isSent({ slots: { turn, upload, uploadOfUrls } }: Entry): boolean {
	return (turn ?? upload ?? uploadOfUrls) !== undefined;
}

function namesSession(value: unknown): value is { sessionId: string } {
	return isRecord(value) && typeof value.sessionId === 'string';
}
