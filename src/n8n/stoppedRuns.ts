import { BoundedMap } from '../api/boundedMap';

/** Inputs whose stopped runs are kept, and runs of one input; the oldest are forgotten first. */
const MAX_INPUTS = 50;
const MAX_RUNS = 10;

interface StoppedRun {
	executionId: string;
	entries: Record<string, unknown>;
}

/** What nodes remember of their stopped runs, by workflow, node and input. */
const stopped = new BoundedMap<string, StoppedRun[]>(MAX_INPUTS);

/**
 * n8n keeps nothing of a stopped execution that its Retry could go on with, so this process does:
 * what was paid before Stop is not paid again. n8n does not tell a node which execution is retried,
 * but it enters the node with the same input.
 *
 * @param input names workflow, node and what came into it
 */
export function keepStopped(input: string, run: StoppedRun): void {
	const others = (stopped.get(input) ?? []).filter(
		({ executionId }) => executionId !== run.executionId,
	);
	stopped.set(input, [...others, run].slice(-MAX_RUNS));
}

/** What a stopped run of this input remembered, the oldest first; each is given out once. */
export function takeStopped(input: string): Record<string, unknown> | undefined {
	const [first, ...others] = stopped.get(input) ?? [];
	if (others.length > 0) stopped.set(input, others);
	else stopped.delete(input);
	return first?.entries;
}
