/**
 * Where one piece of work is remembered for the case that it is begun again: n8n's Retry On Fail
 * and Retry run a node again with all of its items.
 */
export interface Checkpoint<Record> {
	read(): Record | undefined;
	write(record: Record): void;
	clear(): void;
}

/** A checkpoint that the work outlives: what is written after `detach` goes nowhere. */
export interface DetachableCheckpoint<Record> extends Checkpoint<Record> {
	detach(): void;
}

/** Lets work go on behind a node that has returned, without touching what n8n remembers of it. */
export function detachable<Record>(checkpoint: Checkpoint<Record>): DetachableCheckpoint<Record> {
	let own = checkpoint.read();
	let isDetached = false;
	return {
		read: () => (isDetached ? own : checkpoint.read()),
		write(record) {
			own = record;
			if (!isDetached) checkpoint.write(record);
		},
		clear() {
			own = undefined;
			if (!isDetached) checkpoint.clear();
		},
		detach() {
			own = checkpoint.read();
			isDetached = true;
		},
	};
}
