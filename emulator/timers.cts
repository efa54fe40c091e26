/** Thrown into work that was under way when the emulator was reset or closed. */
export class Stopped extends Error {
	constructor() {
		super('The emulator was reset or closed');
		this.name = 'Stopped';
	}
}

/** Waits that a reset ends all at once, so that no work outlives its test. */
export class Timers {
	private readonly pending = new Map<NodeJS.Timeout, (error: Error) => void>();

	/**
	 * @param ms milliseconds; zero still yields to the event loop
	 * @throws Stopped on reset or close
	 */
	async sleep(ms: number): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				this.pending.delete(timer);
				resolve();
			}, ms);
			this.pending.set(timer, reject);
		});
	}

	stopAll(): void {
		for (const [timer, reject] of this.pending) {
			clearTimeout(timer);
			reject(new Stopped());
		}
		this.pending.clear();
	}
}
