import type { DebianProgram } from './debian.cts';
import type { TestContext } from './testContext.cts';

/** What a row measured, by name; shown behind its result. */
export type Figures = Record<string, string | number | boolean>;

/**
 * When a row runs. Rows that run `together` share one n8n side by side, each with its own emulator
 * of the backend. Those that measure milliseconds come after them, side by side as well: `quiet`.
 * Those that need the machine for themselves come last, one by one: `alone`; and after them those
 * that look at what all others have left: `last`. A row that needs another environment, or ends
 * n8n, starts one of its own (`World.ownN8n`) instead.
 */
export type When = 'together' | 'quiet' | 'alone' | 'last';

export interface Scenario {
	/** What a user may rely on, as a sentence. */
	name: string;
	/** Words that select the row: `npm run e2e -- stop`. Those of its name do so as well. */
	tags: readonly string[];
	/** The issue that promises it. */
	issue: number;
	/** One version of each line of n8n that it is about, such as 2.41.1 for all of 2; else every one. */
	versions?: readonly string[];
	/** `together` where left out. */
	when?: When;
	/** Without these programs, which root gets installed, it is not run. */
	needs?: readonly DebianProgram[];
	/** Takes minutes, so it begins before others. */
	isLong?: boolean;
	/** Throws where something is not as it should be; what it noted is shown all the same. */
	run(world: TestContext): Promise<Figures>;
}

/** A file of rows. */
export interface ScenarioFile {
	/** What they are about, in a few words, for the compatibility table; else the file's name tells. */
	area?: string;
	rows: readonly Scenario[];
}

/** Whether both are versions of the same major line of n8n. */
export const isOfLine = (version: string, other: string): boolean =>
	version.split('.')[0] === other.split('.')[0];

/** `neverTwice.cts` -> `Never twice` */
export function areaOf(file: string): string {
	const words = file
		.replace(/\.cts$/, '')
		.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
