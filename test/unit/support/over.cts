// The real one, also where a test has put its own in its place.
const { setImmediate } = globalThis;

/** More turns of the event loop than anything takes that waits for no time. */
const MAX_TURNS = 5_000;

/** Waits for work that only the test itself can hold up, and fails instead of waiting for ever. */
export async function over<T>(work: Promise<T>): Promise<T> {
	let done = false;
	const end = (): void => void (done = true);
	work.then(end, end);
	for (let turn = 0; !done && turn < MAX_TURNS; turn++) {
		await new Promise<void>((resolve) => setImmediate(resolve));
	}
	if (!done) throw new Error('It does not end');
	return await work;
}
