/**
 * Does work on all values, on so many at once.
 *
 * @returns the results in order of the values
 * @throws what the first failure threw, once all work under way is over
 */
export async function inParallel<Value, Result>(
	values: readonly Value[],
	atOnce: number,
	work: (value: Value, worker: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: unknown[] = [];
	const waiting = [...values.entries()];
	const worker = async (number: number): Promise<void> => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [index, value] = next;
			try {
				results[index] = await work(value, number);
			} catch (error) {
				failures.push(error);
				return;
			}
		}
	};
	const crew = Math.min(atOnce, values.length);
	await Promise.all(Array.from({ length: crew }, (_, number) => worker(number)));
	if (failures.length > 0) throw failures[0];
	return results;
}
