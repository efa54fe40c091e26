import type { SessionQueue } from '../api/sessionQueue';

/**
 * What everything in the process knows together that shares a queue of sessions.
 *
 * @param make makes it for a queue that has none yet
 * @returns the one of a queue
 */
export function perQueue<T>(make: () => T): (queue: SessionQueue) => T {
	const made = new WeakMap<SessionQueue, { value: T }>();
	return (queue) => {
		const known = made.get(queue) ?? { value: make() };
		made.set(queue, known);
		return known.value;
	};
}
