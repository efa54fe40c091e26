/** How a piece of work ended, as a value: a caller can look before it decides to throw. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** Waits for work and tells how it ended; never throws. */
export async function resultOf<T>(work: () => Promise<T>): Promise<Result<T>> {
	try {
		return { ok: true, value: await work() };
	} catch (error) {
		return { ok: false, error };
	}
}
