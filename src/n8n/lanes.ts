/**
 * Works on items side by side, those of one lane one after another.
 *
 * @param lanes the lane of each item, in order; an item without one is a lane of its own
 * @param parallel lanes that are worked on at once
 * @param work gets the index of an item; it must not throw
 */
export async function runInLanes(
	lanes: ReadonlyArray<string | undefined>,
	parallel: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	const byLane = new Map<string, number[]>();
	lanes.forEach((name, index) => {
		const lane = name ?? `item ${index}`;
		byLane.set(lane, [...(byLane.get(lane) ?? []), index]);
	});
	const waiting = [...byLane.values()];
	const worker = async () => {
		for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
			for (const index of lane) await work(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(parallel, waiting.length) }, worker));
}
