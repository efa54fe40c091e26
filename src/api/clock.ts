/** Time as the API layer needs it; n8n's lint allows no timers, so the seam supplies one. */
export interface Clock {
	/** Milliseconds since the epoch, which pass steadily whatever becomes of the system's clock. */
	now(): number;
	/**
	 * Waits.
	 *
	 * @param ms how long, in milliseconds; zero or less returns at once
	 * @param signal ends the wait early
	 * @throws NemoVideoError of kind `cancelled` and outcome `refused` once the signal is aborted
	 */
	wait(ms: number, signal?: AbortSignal): Promise<void>;
	/** A number in [0, 1), for the jitter of back-off. */
	random(): number;
}
