/** Who waits: what nodes wait for must be gone when they are, limits and the world may stay. */
export type Owner = 'node' | 'limit' | 'world';

interface Event {
	at: number;
	/** Breaks ties, so that the order never depends on the heap. */
	order: number;
	owner: Owner;
	/** The n8n process that waits; what a dead one waited for never comes. */
	process: number;
	run: (() => void) | undefined;
}

/** When every story begins. Milliseconds since the epoch. */
export const BEGINNING = Date.UTC(2026, 0, 5, 9);

/** Time that passes from event to event. Nothing else makes it pass. */
export class VirtualTime {
	now = BEGINNING;
	/** Events that have run. */
	events = 0;
	/** Counts n8n's processes: raised by a crash. */
	process = 0;
	private readonly heap: Event[] = [];
	private order = 0;
	private waitingNodes = 0;
	private wrongBy = 0;

	/** How many waits of nodes have neither ended nor been dropped. */
	get pendingOfNodes(): number {
		return this.waitingNodes;
	}

	/** What the machine's clock shows; it may be set. Milliseconds since the epoch. */
	get wallClock(): number {
		return this.now + this.wrongBy;
	}

	/** @param by milliseconds that the machine's clock is ahead from now on */
	setClock(by: number): void {
		this.wrongBy = by;
	}

	/** Milliseconds since the story began. */
	get elapsed(): number {
		return this.now - BEGINNING;
	}

	/**
	 * @param delay milliseconds from now; clocks and timers know whole ones only
	 * @returns drops the event
	 */
	after(delay: number, owner: Owner, run: () => void): () => void {
		const event: Event = {
			at: this.now + Math.max(0, Math.ceil(delay)),
			order: this.order++,
			owner,
			process: this.process,
			run,
		};
		this.push(event);
		if (owner === 'node') this.waitingNodes++;
		return () => this.drop(event);
	}

	/** All that the current process waits for is forgotten. */
	crash(): void {
		this.process++;
		this.waitingNodes = 0;
	}

	/**
	 * Lets events happen until none is left.
	 *
	 * @param isOver asked before each event
	 * @param mostEvents a story that goes on for longer hangs
	 * @returns whether it came to its end
	 */
	async run(isOver: () => boolean, mostEvents: number): Promise<boolean> {
		await settled();
		while (!isOver()) {
			const event = this.pop();
			if (event === undefined) return true;
			if (event.run === undefined || this.isDead(event)) continue;
			if (++this.events > mostEvents) return false;
			this.now = event.at;
			const { run } = event;
			event.run = undefined;
			if (event.owner === 'node') this.waitingNodes--;
			run();
			await settled();
		}
		return true;
	}

	private isDead({ owner, process }: Event): boolean {
		return owner !== 'world' && process !== this.process;
	}

	private drop(event: Event): void {
		if (event.run === undefined) return;
		event.run = undefined;
		if (event.owner === 'node' && event.process === this.process) this.waitingNodes--;
	}

	private push(event: Event): void {
		const { heap } = this;
		let at = heap.length;
		heap.push(event);
		while (at > 0) {
			const parent = (at - 1) >> 1;
			const above = heap[parent] as Event;
			if (!isBefore(event, above)) break;
			heap[at] = above;
			at = parent;
		}
		heap[at] = event;
	}

	private pop(): Event | undefined {
		const { heap } = this;
		const [first] = heap;
		const last = heap.pop();
		if (first === undefined || last === undefined || heap.length === 0) return first;
		let at = 0;
		for (;;) {
			const left = 2 * at + 1;
			if (left >= heap.length) break;
			const right = left + 1;
			const isRight = right < heap.length && isBefore(heap[right] as Event, heap[left] as Event);
			const child = isRight ? right : left;
			const below = heap[child] as Event;
			if (!isBefore(below, last)) break;
			heap[at] = below;
			at = child;
		}
		heap[at] = last;
		return first;
	}
}

function isBefore(one: Event, other: Event): boolean {
	return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Node runs its ticks when no promise has anything left to do. */
async function settled(): Promise<void> {
	await new Promise<void>((resolve) => process.nextTick(resolve));
}
