import { isNemoVideoError } from '../api/errors';
import { isRecord } from '../api/json';
import { resultOf, type Result } from '../api/result';
import { raceStop } from '../api/stop';

interface Ended<T> {
	by: Caller;
	outcome: Result<T>;
}

/** Who works on an item, or waits for whoever does. */
interface Place<T> {
	users: number;
	work?: Promise<Ended<T>>;
}

/** What a caller brings along for its work on an item. */
export interface Caller {
	/** What shapes the result besides the item's cache key. */
	shape: string | undefined;
	/** Files of a result belong to it. */
	executionId: string;
	signal: AbortSignal | undefined;
	/** Called once where others work on the item. */
	onWait(): void;
}

/**
 * Lets one caller at a time work on what has the same memory. An agent can call a tool several
 * times at once with equal parameters, and users press Retry twice: that is one wish, and two that read and write one memory at
 * the same time would mix up their sessions, prompts and renders.
 */
export class SharedWork<T> {
	private readonly places = new Map<string, Place<T>>();

	/**
	 * Does the work, or waits for the one that is under way and gives its result. Where that one was
	 * stopped, was refused before NemoVideo did anything, shapes its result in another way, or has
	 * stored files in another execution, the caller goes on from what the memory holds.
	 *
	 * @param key of the memory
	 * @throws NemoVideoError of kind `cancelled` on Stop while waiting, or what the work throws
	 */
	async do(key: string, caller: Caller, work: () => Promise<T>): Promise<T> {
		const { signal, onWait } = caller;
		const place = this.places.get(key) ?? { users: 0 };
		this.places.set(key, place);
		place.users += 1;
		try {
			if (place.work) onWait();
			while (place.work) {
				const ended = await raceStop(place.work, signal);
				if (isFor(caller, ended)) return valueOf(ended.outcome);
			}
			// Nothing is awaited between looking and beginning: callers wake side by side.
			place.work = resultOf(work).then((outcome) => {
				place.work = undefined;
				return { by: caller, outcome };
			});
			return valueOf((await place.work).outcome);
		} finally {
			place.users -= 1;
			if (place.users === 0) this.places.delete(key);
		}
	}

	/** Whether nobody works on anything. */
	get isIdle(): boolean {
		return this.places.size === 0;
	}

	/** Whether anybody works on it or waits. */
	isInUse(key: string): boolean {
		return this.places.has(key);
	}
}

function isFor<T>(caller: Caller, { by, outcome }: Ended<T>): boolean {
	if (by.shape !== caller.shape) return false;
	const isSame = by.executionId === caller.executionId;
	if (outcome.ok) return isSame || !hasFiles(outcome.value);
	const { error } = outcome;
	return isNemoVideoError(error) && error.kind !== 'cancelled' && error.outcome !== 'refused';
}

function valueOf<T>(outcome: Result<T>): T {
	if (outcome.ok) return outcome.value;
	throw outcome.error;
}

function hasFiles(value: unknown): boolean {
	return isRecord(value) && value.files !== undefined;
}
