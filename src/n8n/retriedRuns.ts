import { BoundedMap } from '../api/boundedMap';

/** Inputs whose stopped runs are kept, and runs of one input; the oldest are forgotten first. */
const MAX_INPUTS = 50;
const MAX_RUNS = 10;
/** Executions whose Retries this process remembers, by node. */
const MAX_RETRIED = 300;

/** What a node remembers of an execution. */
export interface RememberedRun {
	/** Names workflow and node. */
	node: string;
	/** Names workflow, node and what came into it. */
	input: string;
	/** Names the first execution, of which this one may be a Retry. */
	origin: string;
	entries: object;
}

type StoppedRun = Pick<RememberedRun, 'origin' | 'entries'>;

interface KeptRun extends StoppedRun {
	/** What all nodes of the execution remember. */
	all: readonly RememberedRun[];
	/** Whether a Retry goes on with it. */
	isTaken: boolean;
}

/** What nodes remember of their stopped runs, by workflow, node and input. */
const stopped = new BoundedMap<string, KeptRun[]>(MAX_INPUTS);
/** What nodes remember of executions that were retried, by node and first execution. */
const retried = new BoundedMap<string, unknown>(MAX_RETRIED);

/**
 * What the nodes of an execution remember, by workflow, node and input; kept as long as n8n keeps
 * the execution's own context.
 */
const running = new WeakMap<object, Map<string, RememberedRun>>();

/**
 * Notes what a node remembers of an execution, in case that this is stopped: now, or when it has come
 * to nodes of others, which tell nobody.
 *
 * @param execution what n8n keeps for all of its nodes together
 * @param signal aborted when the execution is stopped
 */
export function rememberRun(
	execution: object,
	signal: AbortSignal | undefined,
	run: RememberedRun,
): void {
	const known = running.get(execution);
	const runs = known ?? new Map<string, RememberedRun>();
	runs.set(run.input, run);
	running.set(execution, runs);
	// One listener for an execution; it's gone with the signal.
	if (!known) signal?.addEventListener('abort', () => keepStopped(execution), { once: true });
}

/**
 * n8n keeps nothing of a stopped execution, and its Retry begins with the first node again, so this
 * process keeps what all of its nodes did: what was paid before Stop is not paid again. n8n does not
 * tell a node which execution is retried, but it enters the first one with the same input.
 */
function keepStopped(execution: object): void {
	const all = [...(running.get(execution)?.values() ?? [])];
	for (const { input, origin, entries } of all) {
		const others = (stopped.get(input) ?? []).filter((run) => run.origin !== origin);
		stopped.set(input, [...others, { origin, entries, all, isTaken: false }].slice(-MAX_RUNS));
	}
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
	// The nodes behind it know by the execution's origin what is theirs.
	for (const { node, entries } of run.all) retried.set(`${node} ${run.origin}`, entries);
	return run;
}

/**
 * What a node remembers of all Retries of one execution together. Each begins with what n8n saved of
 * the execution; what another Retry has done since, it would do and pay once more.
 *
 * @param first names the node and the first execution
 * @param saved what is known of the execution that is retried
 */
export function memoryOfRetries(first: string, saved: unknown): unknown {
	const memory = retried.get(first) ?? saved;
	retried.set(first, memory);
	return memory;
}
