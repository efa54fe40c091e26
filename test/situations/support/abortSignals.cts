import { getEventListeners } from 'node:events';

const { AbortController: Controller, AbortSignal: Signal } = globalThis;

/**
 * What tells requests to end (Stop, time limits) in this test file. Node's own classes are one for
 * all files that a worker of Jest runs, so a spy on them would also see what another file left
 * running; each file has global names of its own.
 */
export class AbortSignals {
	private readonly signals = new Set<AbortSignal>();

	constructor() {
		const note = <S extends AbortSignal>(signal: S): S => {
			this.signals.add(signal);
			return signal;
		};
		globalThis.AbortController = class extends Controller {
			constructor() {
				super();
				note(this.signal);
			}
		};
		globalThis.AbortSignal = new Proxy(Signal, {
			get(target, name: keyof typeof Signal) {
				const made: unknown = target[name];
				if (typeof made !== 'function' || name === 'prototype') return made;
				return (...given: unknown[]) => {
					const signal: unknown = Reflect.apply(made, target, given);
					return signal instanceof Signal ? note(signal) : signal;
				};
			},
		});
	}

	stop(): void {
		Object.assign(globalThis, { AbortController: Controller, AbortSignal: Signal });
	}

	/** How many were made. */
	get made(): number {
		return this.signals.size;
	}

	/** How many listeners wait for one of them. */
	get listeners(): number {
		return [...this.signals].reduce(
			(sum, signal) => sum + getEventListeners(signal, 'abort').length,
			0,
		);
	}
}
