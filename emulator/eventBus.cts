/** What the emulator tells about itself; tests wait on these instead of sleeping. */
export const EVENT_TYPES = [
	'socket.open',
	'socket.closed',
	'request',
	'request.closed',
	'fault',
	'mint',
	'session',
	'upload',
	'turn.accepted',
	'turn.refused',
	'turn.stage',
	'turn.done',
	'stream.open',
	'stream.closed',
	'render.created',
	'render.done',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

export interface EmulatorEvent {
	/** Counts from 1 over all events. */
	seq: number;
	/** Milliseconds since the epoch. */
	at: number;
	type: EventType;
	[detail: string]: unknown;
}

/** A type, a type with values that must be equal, or a test of one's own. */
export type EventMatch =
	EventType | ({ type: EventType } & Record<string, unknown>) | ((event: EmulatorEvent) => boolean);

export interface WaitOptions {
	/** Only events after this number count; 0 (the default) looks at everything since the start. */
	since?: number;
	/** Which match, counted from 1. */
	nth?: number;
	/** Milliseconds until the wait fails; 10,000 by default. */
	timeoutMs?: number;
}

const KEPT_EVENTS = 200_000;

function matches(event: EmulatorEvent, match: EventMatch): boolean {
	if (typeof match === 'function') return match(event);
	if (typeof match === 'string') return event.type === match;
	return Object.entries(match).every(([key, value]) => event[key] === value);
}

function describe(match: EventMatch): string {
	return typeof match === 'function' ? match.toString() : JSON.stringify(match);
}

/** The emulator's diary, and the place to wait for the next line of it. */
export class EventBus {
	private events: EmulatorEvent[] = [];
	private count = 0;
	private readonly listeners = new Set<(event: EmulatorEvent) => void>();

	/** The number of the newest event; pass it as `since` to wait for what comes after. */
	get last(): number {
		return this.count;
	}

	record(type: EventType, detail: Record<string, unknown> = {}): EmulatorEvent {
		this.count += 1;
		const event: EmulatorEvent = { ...detail, seq: this.count, at: Date.now(), type };
		this.events.push(event);
		if (this.events.length > KEPT_EVENTS) this.events.splice(0, KEPT_EVENTS / 10);
		for (const listener of [...this.listeners]) listener(event);
		return event;
	}

	/** Events so far, oldest first. */
	all(match?: EventMatch, since = 0): EmulatorEvent[] {
		return this.events.filter(
			(event) => event.seq > since && (match === undefined || matches(event, match)),
		);
	}

	on(listener: (event: EmulatorEvent) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/**
	 * Waits for an event; one that has already happened counts, so a test cannot come too late.
	 *
	 * @throws Error naming what was waited for when the time is over
	 */
	async waitFor(match: EventMatch, options: WaitOptions = {}): Promise<EmulatorEvent> {
		const nth = options.nth ?? 1;
		const seen = this.all(match, options.since ?? 0);
		const hit = seen[nth - 1];
		if (hit) return hit;
		let missing = nth - seen.length;
		const timeoutMs = options.timeoutMs ?? 10_000;
		return await new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				stop();
				reject(new Error(`The emulator saw no ${describe(match)} within ${timeoutMs} ms`));
			}, timeoutMs);
			const stop = this.on((event) => {
				if (!matches(event, match)) return;
				missing -= 1;
				if (missing > 0) return;
				clearTimeout(timer);
				stop();
				resolve(event);
			});
		});
	}

	clear(): void {
		this.events = [];
	}
}
