import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const MEGABYTE = 1024 * 1024;
/** Between two looks at the memory. Milliseconds. */
const LOOK_MS = 5;

/** What V8 and Node hold, garbage that was not collected yet included; bytes. */
function held(): number {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** What lives once all garbage is gone, and what waited for that; megabytes. */
export async function megabytesHeld(): Promise<number> {
	for (let times = 0; times < 3; times++) {
		collect();
		await new Promise((resolve) => setImmediate(resolve));
	}
	return held() / MEGABYTE;
}

/** By how much the memory in use grew at most while something was done; megabytes. */
export async function growthOf(work: () => Promise<unknown>): Promise<number> {
	collect();
	const before = held();
	let peak = before;
	const timer = setInterval(() => (peak = Math.max(peak, held())), LOOK_MS);
	try {
		await work();
	} finally {
		clearInterval(timer);
	}
	return (Math.max(peak, held()) - before) / MEGABYTE;
}

/** Processor time that something takes; milliseconds. A busy machine adds little to it. */
async function processorTimeOf(work: () => Promise<unknown>): Promise<number> {
	collect();
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

/** Twice the work may take three times as long; a quadratic one takes four times. */
const MAX_RATIO = 3;
/** What the same work may differ by from one time to the next. Milliseconds. */
const NOISE_MS = 150;
/** Measurements that one disturbance may spoil; it takes as many bad ones to fail. */
const MEASUREMENTS = 3;

/**
 * Does work of one size and of twice the size, and expects the time to grow with it.
 *
 * @param work does it for so many
 * @returns how long each took, for the report
 */
export async function expectLinear(
	count: number,
	work: (count: number) => Promise<unknown>,
): Promise<string> {
	// What is compiled and cached first should not count for one of them.
	await work(Math.ceil(count / 10));
	for (let measurement = 1; ; measurement++) {
		const once = await processorTimeOf(async () => await work(count));
		const twice = await processorTimeOf(async () => await work(2 * count));
		const limit = MAX_RATIO * once + NOISE_MS;
		if (twice >= limit && measurement < MEASUREMENTS) continue;
		expect(twice).toBeLessThan(limit);
		return `${count} in ${Math.round(once)} ms, ${2 * count} in ${Math.round(twice)} ms`;
	}
}
