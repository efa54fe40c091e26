import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { hashOf, isRecord } from '../api/json';
import { attempt, executionFacts } from './executionFacts';
import { ItemCheckpoints } from './itemCheckpoints';
import { openMemory, type Entry, type FinishedItem, type NodeMemory } from './nodeMemory';

/**
 * Remembers work done for items across n8n's Retry On Fail and its Retry of an execution: both run
 * a node again with all its items. It lies in the node's context, which n8n keys by node name
 * alone; run index, item index and a hash of what the item asks for tell loops and rows apart.
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
		const asked = this.placeOf(itemIndex) + this.askedOf(itemIndex, cacheKey);
		const { entries } = this.memory;
		if (failedIn !== undefined && !(asked in entries)) this.carryOver(asked, sent, failedIn);
		const key = asked in entries ? asked : (this.keyOfSent(itemIndex, sent) ?? asked);
		return new ItemCheckpoints(this.memory, { key, shape, sent });
	}

	/** How the keys of an item begin. */
	private placeOf(itemIndex: number): string {
		return `${this.runIndex}:${itemIndex}:`;
	}

	/** What is remembered of an item in this run of the node; more than once where the node was changed. */
	private entriesOf(itemIndex: number): Array<[string, Entry]> {
		const place = this.placeOf(itemIndex);
		return Object.entries(this.memory.entries).filter(([key]) => key.startsWith(place));
	}

	/** Where the user has changed the node since, an item is known by what is sent. */
	private keyOfSent(itemIndex: number, sent: string): string | undefined {
		return this.entriesOf(itemIndex).find(([key, entry]) => hasSent(key, entry, sent))?.[0];
	}

	/**
	 * What an item asks for of its session. Expressions may give something else on every try, such as
	 * the time, so it's told from what stands in the node before they are resolved.
	 */
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
		const sent = Object.entries(this.memory.entries).filter(([, entry]) => isSent(entry));
		const own = sent.find(([key]) => key.startsWith(`${this.runIndex}:`));
		if (!own) return sent.length > 0 ? {} : undefined;
		const [key, entry] = own;
		return { itemIndex: Number(key.split(':')[1]), ...sessionIn(entry) };
	}

	/** The same for an item that can't be read anymore, so that nobody knows what it asks for. */
	sentFor(itemIndex: number): { sessionId?: string } | undefined {
		const [, entry] = this.entriesOf(itemIndex).find(([, one]) => isSent(one)) ?? [];
		return entry && sessionIn(entry);
	}

	/** What an item has come out as in an earlier try, whatever it was asked for in which words. */
	finishedFor(itemIndex: number): FinishedItem | undefined {
		return this.entriesOf(itemIndex)
			.map(([key]) => new ItemCheckpoints(this.memory, { key }).delivered)
			.find(Boolean);
	}

	/** An agent's result was delivered: the same call again is another edit, unless it is made now. */
	delivered(items: readonly ItemCheckpoints[]): void {
		if (!this.asTool) return;
		for (const item of items) if (!item.failed && !item.isInUse) item.forget();
	}
}

/** Whether an entry is of the same work; earlier versions had its hash in the key. */
function hasSent(key: string, entry: Entry, sent: string): boolean {
	return entry.sent === sent || key.endsWith(`:${sent}`);
}

function isSent({ slots: { turn, upload, uploadOfUrls } }: Entry): boolean {
	return (turn ?? upload ?? uploadOfUrls) !== undefined;
}

function sessionIn({ slots, finished }: Entry): { sessionId?: string } {
	const places = [slots.turn, slots.upload, slots.session, finished?.fields];
	const known = places.find(namesSession);
	return known ? { sessionId: known.sessionId } : {};
}

function namesSession(value: unknown): value is { sessionId: string } {
	return isRecord(value) && typeof value.sessionId === 'string';
}
