/** Time to close what is open; milliseconds. */
const PATIENCE_MS = 10_000;

/** How a shell tells that Ctrl+C ended a program. */
const INTERRUPTED = 130;

/**
 * Ctrl+C, or being told to end: closes what was started, then ends this process. What needs no time
 * goes with the process's event `exit`.
 */
export class Interruption {
	isUnderWay = false;
	private readonly endings: Array<() => Promise<unknown>> = [];

	constructor() {
		const leave = (): void => void this.leave();
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
	}

	/** @param end closes something, and may be called when it is closed already */
	closes(end: () => Promise<unknown>): void {
		this.endings.push(end);
	}

	private async leave(): Promise<void> {
		// From the keyboard, the signal comes once by itself and once from the process above.
		if (this.isUnderWay) return;
		this.isUnderWay = true;
		console.log('\nStopping …');
		setTimeout(() => process.exit(INTERRUPTED), PATIENCE_MS);
		await Promise.allSettled(this.endings.map(async (end) => await end()));
		process.exit(INTERRUPTED);
	}
}
