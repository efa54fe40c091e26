import type { Stage } from './stage.cts';

/** What a row of a job is like. */
export type Kind = 'good' | 'bad' | 'expired';

export interface Row {
	/** What the film is about. */
	subject: string;
	kind: Kind;
}

/** What arrived where the job sends things. */
export interface Outcome {
	/** Films, each as a link or a file's name. */
	films: string[];
	/** What was said of each failure. */
	failures: string[];
}

/** What is left after two runs of a job of which something can't be delivered. */
export interface Undelivered extends Outcome {
	/** What all of it may have cost: each film once. */
	credits: number;
}

export interface Expected {
	films: number;
	failures: number;
	/** Prompts that NemoVideo took on. */
	prompts: number;
	credits: number;
}

/** A workflow in examples/jobs, and the world around it. */
export interface Job {
	/** The file's name without its ending. */
	file: string;
	/**
	 * Which link can expire: that of a row's own files, where NemoVideo fetches it (`source`, also where
	 * left out) or an n8n node does (`download`), or the film's.
	 */
	expires?: 'source' | 'download' | 'film';
	/** Prompts of a film that succeeds; 1 where left out. */
	prompts?: number;
	/** Credits of a film that succeeds; 100 where left out. */
	credits?: number;
	/** What the rows come to, where it isn't a film for each good row and a failure for each other. */
	expected?(rows: readonly Row[], version: string): Expected;
	/** Gives the rows to the workflow, runs it to its end, and looks at what came out. */
	run(stage: Stage, rows: readonly Row[]): Promise<Outcome>;
	/**
	 * Runs the job twice where the service that gets its films refuses some of them, and looks at what
	 * came out. Left out, the job has no such case.
	 */
	deliveryFails?(stage: Stage): Promise<Undelivered>;
	/** What else happens to this job alone, by what it does then. */
	stories?: Readonly<Record<string, (stage: Stage) => Promise<Undelivered>>>;
}
