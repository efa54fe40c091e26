export interface Pairing<T> {
	pairs: Array<[before: T, after: T]>;
	removed: T[];
	added: T[];
}

/**
 * Finds which entry of one list is which of the other, in time that grows with their lengths.
 *
 * @param keys tried one after another, the surest first; entries without a key wait for the next,
 *   and of several with the same key the first goes with the first
 */
export function pairUp<T>(
	before: readonly T[],
	after: readonly T[],
	keys: ReadonlyArray<(entry: T, index: number) => string | undefined>,
): Pairing<T> {
	const partners = new Map<T, T>();
	let waitingBefore = [...before];
	let waitingAfter = [...after];
	for (const key of keys) {
		const queues = new Map<string, T[]>();
		waitingAfter.forEach((entry, index) => {
			const name = key(entry, index);
			if (name === undefined) return;
			const queue = queues.get(name);
			if (queue === undefined) queues.set(name, [entry]);
			else queue.push(entry);
		});
		for (const queue of queues.values()) queue.reverse();
		waitingBefore = waitingBefore.filter((entry, index) => {
			const name = key(entry, index);
			const partner = name === undefined ? undefined : queues.get(name)?.pop();
			if (partner !== undefined) partners.set(entry, partner);
			return partner === undefined;
		});
		const taken = new Set(partners.values());
		waitingAfter = waitingAfter.filter((entry) => !taken.has(entry));
	}
	const pairs = before.flatMap((entry): Array<[T, T]> => {
		const partner = partners.get(entry);
		return partner === undefined ? [] : [[entry, partner]];
	});
	return { pairs, removed: waitingBefore, added: waitingAfter };
}
