/** How a piece of work ended, as a value: a caller can look before it decides to throw. */
export type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** Waits for work and tells how it ended; never throws. */
export async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
	try {
		return { ok: true, value: await work() };
	} catch (error) {
		return { ok: false, error };
	}
}
