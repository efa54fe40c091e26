import { BoundedMap } from '../api/boundedMap';

/** Inputs whose stopped runs are kept, and runs of one input; the oldest are forgotten first. */
const MAX_INPUTS = 50;
const MAX_RUNS = 10;
/** Executions whose Retries this process remembers. */
const MAX_RETRIED = 100;

interface StoppedRun {
	/** Names the first execution, of which the stopped one may be a Retry. */
	origin: string;
	entries: unknown;
}

/** What nodes remember of their stopped runs, by workflow, node and input. */
const stopped = new BoundedMap<string, Array<StoppedRun & { isTaken: boolean }>>(MAX_INPUTS);
/** What nodes remember of executions that were retried, by node and first execution. */
const retried = new BoundedMap<string, unknown>(MAX_RETRIED);

/**
 * n8n keeps nothing of a stopped execution that its Retry could go on with, so this process does:
 * what was paid before Stop is not paid again. n8n does not tell a node which execution is retried,
 * but it enters the node with the same input.
 *
 * @param input names workflow, node and what came into it
 */
export function keepStopped(input: string, { origin, entries }: StoppedRun): void {
	const others = (stopped.get(input) ?? []).filter((run) => run.origin !== origin);
	stopped.set(input, [...others, { origin, entries, isTaken: false }].slice(-MAX_RUNS));
}

/**
 * What a stopped run of this input remembered: the oldest that no Retry goes on with yet. More
 * Retries than stopped runs repeat one of them, so they share its memory.
 */
export function takeStopped(input: string): StoppedRun | undefined {
	const runs = stopped.get(input) ?? [];
	const run = runs.find(({ isTaken }) => !isTaken) ?? runs.at(-1);
	if (!run) return undefined;
	run.isTaken = true;
	return run;
}

/**
 * What a node remembers of all Retries of one execution together. Each begins with what n8n saved of
 * the execution; what another Retry has done since, it would do and pay once more.
 *
 * @param first names the node and the execution
 * @param saved what is known of the execution that is retried
 */
export function memoryOfRetries(first: string, saved: unknown): unknown {
	const memory = retried.get(first) ?? saved;
	retried.set(first, memory);
	return memory;
}
