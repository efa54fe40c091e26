import { readFile } from 'node:fs/promises';

const EVERY_MS = 25;
const KIB = 1024;

/** @returns bytes of a process that are in memory now; Linux only */
export async function residentBytes(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
	if (kib === undefined) throw new Error(`Process ${pid} tells nothing of its memory`);
	return Number(kib) * KIB;
}

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** @returns milliseconds of processor time that a process has used so far; Linux only */
export async function cpuMs(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// The name before them, in brackets, may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Looks again and again while some work runs, and once more when it's over. */
async function whileLooking<T>(look: () => Promise<void>, work: () => Promise<T>): Promise<T> {
	let over = false;
	const watch = (async (): Promise<void> => {
		while (!over) {
			await look();
			await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
		}
	})();
	try {
		const result = await work();
		await look();
		return result;
	} finally {
		over = true;
		await watch;
	}
}

/**
 * Looks at a process's time while some work runs.
 *
 * @returns what the work gave, and how much processor time went by between two moments of it, both
 *   in milliseconds, the moments since the epoch
 */
export async function measureCpu<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; between: (from: number, to: number) => number }> {
	const looks: Array<{ at: number; cpu: number }> = [];
	const look = async (): Promise<void> => {
		looks.push({ at: Date.now(), cpu: await cpuMs(pid) });
	};
	const until = (moment: number): number => looks.filter(({ at }) => at <= moment).at(-1)?.cpu ?? 0;
	const result = await whileLooking(look, work);
	return { result, between: (from, to) => until(to) - until(from) };
}

/**
 * Looks at a process's memory while some work runs.
 *
 * @returns what the work gave, and by how many bytes the process grew at most over the beginning
 */
export async function measureGrowth<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; growth: number }> {
	const idle = await residentBytes(pid);
	let peak = idle;
	const look = async (): Promise<void> => {
		peak = Math.max(peak, await residentBytes(pid));
	};
	const result = await whileLooking(look, work);
	return { result, growth: peak - idle };
}
