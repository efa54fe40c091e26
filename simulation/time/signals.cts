import { current } from './current.cts';

type Listener = () => void;

interface ListenerOptions {
	once?: boolean;
}

/**
 * The platform's AbortSignal as far as it is used: in the order of its listeners, which the
 * platform's versions differ in, and with a count of them.
 */
export class SimulatedSignal {
	aborted = false;
	reason: unknown;
	private readonly listeners = new Map<Listener, boolean>();
	/** Those made of it by `any`. */
	private readonly followers: SimulatedSignal[] = [];

	/** Listeners that were neither called nor removed. */
	get listenerCount(): number {
		return this.listeners.size;
	}

	addEventListener(
		_type: 'abort',
		listener: Listener,
		{ once = false }: ListenerOptions = {},
	): void {
		if (!this.listeners.has(listener)) this.listeners.set(listener, once);
	}

	removeEventListener(_type: 'abort', listener: Listener): void {
		this.listeners.delete(listener);
	}

	throwIfAborted(): void {
		if (this.aborted) throw this.reason;
	}

	fire(reason: unknown): void {
		if (this.aborted) return;
		this.aborted = true;
		this.reason = reason;
		for (const [listener, once] of [...this.listeners]) {
			if (once) this.listeners.delete(listener);
			listener();
		}
		this.listeners.clear();
		for (const follower of this.followers.splice(0)) follower.fire(reason);
	}

	static timeout(ms: number): SimulatedSignal {
		const signal = new SimulatedSignal();
		current.time.after(ms, 'limit', () => signal.fire(named('TimeoutError')));
		return signal;
	}

	/** As the platform's, it keeps none of its sources alive: its own listeners are not counted. */
	static any(sources: readonly SimulatedSignal[]): SimulatedSignal {
		const signal = new SimulatedSignal();
		const aborted = sources.find((source) => source.aborted);
		if (aborted) signal.fire(aborted.reason);
		else for (const source of sources) source.followers.push(signal);
		return signal;
	}
}

/** The platform's AbortController as far as it is used. */
export class SimulatedController {
	readonly signal = new SimulatedSignal();

	abort(reason: unknown = named('AbortError')): void {
		this.signal.fire(reason);
	}
}

function named(name: string): Error {
	return Object.assign(new Error('The operation was aborted'), { name });
}
