/** One figure beside what it is measured against. */
export interface Comparison {
	/** What was measured, in a few words. */
	what: string;
	ours: string;
	/** The rival, measured in the same run. */
	rival: string;
	/** What is promised, e.g. `at most 0.5 x`. */
	promise: string;
	/** What came out, in the words of the promise. */
	result: string;
	passed: boolean;
}

/** One file of this folder. */
export interface Bench {
	name: string;
	/** How it was measured, for the page in docs. */
	about: string;
	run(): Promise<Comparison[]>;
}

const MIB = 1024 * 1024;

/** @returns the middle value; of an even number the mean of the two in the middle */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const half = sorted.length / 2;
	const upper = sorted[Math.floor(half)] ?? Number.NaN;
	return Number.isInteger(half) ? ((sorted[half - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** @returns the value that a share of them doesn't exceed; 0.95: the 95th percentile */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const sum = (values: readonly number[]): number =>
	values.reduce((total, value) => total + value, 0);

/** Tells on the terminal how far a bench is. */
export const note = (text: string): void => console.log(`  ${text}`);

export const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(0)} MiB`;
export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const times = (ratio: number): string => `${ratio.toFixed(2)} x`;
