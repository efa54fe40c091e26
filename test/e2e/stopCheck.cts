import type { RequestEntry } from '../../emulator/requests.cts';
import type { Emulator, EventMatch } from '../../emulator/server.cts';
import type { WorkflowFile } from './api.cts';
import { ConnectionWatch, type Closing } from './clientConnections.cts';
import { cancelledAt, nodeRuns } from './log.cts';
import type { TestContext } from './testContext.cts';

/** After Stop, all connections of the execution must be closed within this. Milliseconds. */
const CLOSED_MS = 1_000;
/** And for this long, nothing may come but one cancel of a render. Milliseconds. */
const QUIET_MS = 30_000;
/** For a workflow to get to where it is to be stopped; the machine may be slow. Milliseconds. */
const REACHED_MS = 60_000;
const LOOK_MS = 200;

export interface Phase {
	name: string;
	workflow: WorkflowFile;
	/** The node that is stopped. */
	node: string;
	/** What the emulator sees when the node is in the phase. */
	reached: EventMatch;
	/** Which such event, counted from 1 since the start of the workflow. */
	nth?: number;
	/** A connection of this endpoint is shared with other executions and goes on. */
	shared?: 'mint';
	/** Cancels of a render that belong to it. */
	cancels?: number;
	/** Right after the end. */
	afterwards?(): void;
}

export interface Measured {
	phase: string;
	/** n8n's word for the execution. */
	status: string;
	/** Milliseconds from Stop to the end of n8n's last connection; undefined: not closed at all. */
	closing: Closing | undefined;
	/** Milliseconds from Stop to the end of the node, by n8n's log; undefined: not ended. */
	endedMs: number | undefined;
	/** Requests that were under way and were answered in full. */
	wentOn: number;
	cancels: number;
	/** Other requests after Stop. */
	requests: number;
	/** How often n8n entered the node again after Stop. */
	reentries: number;
	/** What is wrong; undefined: the node heeds Stop. */
	verdict: string | undefined;
}

/** How an execution is ended: by its Stop button, or by the workflow's own time limit. */
export type Ending = 'stop' | 'timeout';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** An execution that has come into its phase. */
export interface Entered {
	world: TestContext;
	emulator: Emulator;
	phase: Phase;
	workflowId: string;
	executionId: string;
}

/** How a workflow is begun: saves it and starts an execution. */
export type Begin = (
	world: TestContext,
	workflow: WorkflowFile,
	credentialId: string,
) => Promise<{ workflowId: string; executionId: string }>;

/** With the editor's button. */
export const byHand: Begin = async (world, workflow, credentialId) => {
	const saved = await world.save(workflow, credentialId);
	return { workflowId: saved.id, executionId: await world.api.run(saved) };
};

/** Runs a workflow into a phase. */
export async function enter(
	world: TestContext,
	{ emulator, credentialId }: { emulator: Emulator; credentialId: string },
	phase: Phase,
	begin: Begin = byHand,
): Promise<Entered> {
	const since = emulator.events.last;
	const begun = await begin(world, phase.workflow, credentialId);
	await emulator.waitFor(phase.reached, { since, nth: phase.nth, timeoutMs: REACHED_MS });
	return { world, emulator, phase, ...begun };
}

/**
 * Ends an execution in its phase. What happens then is measured at the emulator, because n8n calls
 * the execution "canceled" at once while a deaf node works on.
 *
 * @returns once it is ended; the measurement itself takes as long as the quiet window
 */
export async function end(
	entered: Entered,
	ending: Ending,
): Promise<{ measured: Promise<Measured> }> {
	const { world, phase, executionId } = entered;
	const watch = new ConnectionWatch(entered.emulator);
	const cancelled = await (ending === 'stop'
		? stopped(world, executionId)
		: timedOut(world, executionId));
	const underWay = requestsUnderWay(entered, cancelled.asked).map(({ socket }) => socket);
	const closing = watch.closing(new Set(underWay), QUIET_MS);
	phase.afterwards?.();
	const measured = measure({ ...entered, ...cancelled, closing });
	return { measured: measured.finally(async () => await watch.end()) };
}

/** The requests that were under way in a phase, but for those shared with other executions. */
function requestsUnderWay({ emulator, phase }: Entered, asked: number): RequestEntry[] {
	const all = emulator.requests.all();
	const shared = new Set(
		all.filter(({ endpoint }) => endpoint === phase.shared).map(({ socket }) => socket),
	);
	return all.filter(({ at, socket }) => at <= asked && !shared.has(socket));
}

interface Cancelled {
	/** When the end was asked for, in milliseconds since the epoch. */
	asked: number;
	/** When n8n had surely told its nodes. */
	told: number;
}

async function stopped(world: TestContext, executionId: string): Promise<Cancelled> {
	const asked = Date.now();
	await world.api.stop(executionId);
	return { asked, told: Date.now() };
}

async function timedOut(world: TestContext, executionId: string): Promise<Cancelled> {
	const deadline = Date.now() + REACHED_MS;
	for (;;) {
		const at = await cancelledAt(world.n8n, executionId);
		if (at !== undefined) return { asked: at, told: at };
		if (Date.now() > deadline) throw new Error('The time limit of the workflow did not end it');
		await pause(LOOK_MS);
	}
}

async function measure(
	ended: Entered & Cancelled & { closing: Promise<Closing | undefined> },
): Promise<Measured> {
	const { world, emulator, phase, workflowId, executionId, asked, told } = ended;
	const closing = await ended.closing;
	const sinceStop = (at: number) => Math.max(0, at - asked);
	await pause(asked + QUIET_MS - Date.now());
	const all = emulator.requests.all();
	const before = requestsUnderWay(ended, asked);
	const wentOn = before.filter(
		({ closedAt = Infinity, ended }) => closedAt > told && ended === 'answered',
	);
	const cancels = all.filter(({ endpoint, at }) => endpoint === 'cancel' && at > asked);
	const requests = all.filter(({ endpoint, at }) => endpoint !== 'cancel' && at > told);
	const runs = await nodeRuns(world.n8n, workflowId, phase.node);
	const { status } = await world.api.execution(executionId);
	const measured = {
		phase: phase.name,
		status,
		closing: closing && { open: sinceStop(closing.open), closed: sinceStop(closing.closed) },
		endedMs: runs.failedAt === undefined ? undefined : runs.failedAt - asked,
		wentOn: wentOn.length,
		cancels: cancels.length,
		requests: requests.length,
		reentries: runs.entered.filter((at) => at > asked).length,
	};
	return { ...measured, verdict: judge(measured, phase) };
}

function judge(
	{ closing, endedMs, wentOn, cancels, requests, reentries }: Omit<Measured, 'verdict'>,
	phase: Phase,
): string | undefined {
	if (closing === undefined) return 'a connection stayed open';
	if (closing.open > CLOSED_MS) return `a connection was still open ${closing.open} ms after Stop`;
	if (wentOn > 0) return 'a request went on to its end';
	if (requests > 0) return `${requests} requests came after Stop`;
	if (cancels !== (phase.cancels ?? 0)) return `${cancels} cancels came after Stop`;
	if (endedMs === undefined) return 'the node did not end';
	// n8n waits between its tries itself.
	if (reentries === 0 && endedMs > CLOSED_MS) return `the node ended ${endedMs} ms after Stop`;
	return undefined;
}
