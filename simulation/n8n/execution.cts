import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NemoVideoAssistant } from '../../nodes/NemoVideoAssistant/NemoVideoAssistant.node';
import { NemoVideoCreateSession } from '../../nodes/NemoVideoCreateSession/NemoVideoCreateSession.node';
import { NemoVideoCreateVideo } from '../../nodes/NemoVideoCreateVideo/NemoVideoCreateVideo.node';
import { NemoVideoCredits } from '../../nodes/NemoVideoCredits/NemoVideoCredits.node';
import { NemoVideoExport } from '../../nodes/NemoVideoExport/NemoVideoExport.node';
import { NemoVideoGenerate } from '../../nodes/NemoVideoGenerate/NemoVideoGenerate.node';
import { NemoVideoState } from '../../nodes/NemoVideoState/NemoVideoState.node';
import { NemoVideoUpload } from '../../nodes/NemoVideoUpload/NemoVideoUpload.node';
import type { Oracle } from '../oracle/oracle.cts';
import type { ExecutionPlan, NodeKind, NodePlan } from '../story/story.cts';
import { SimulatedController } from '../time/signals.cts';
import { current } from '../time/current.cts';
import { contextOf, type Services } from './context.cts';
import type { Item, NodeRun } from './nodeRun.cts';

interface Node {
	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

const generate = new NemoVideoGenerate();
const NODES: Record<NodeKind, Node> = {
	createSession: new NemoVideoCreateSession(),
	upload: new NemoVideoUpload(),
	generate,
	submit: generate,
	status: generate,
	export: new NemoVideoExport(),
	createVideo: new NemoVideoCreateVideo(),
	assistant: new NemoVideoAssistant(),
	state: new NemoVideoState(),
	credits: new NemoVideoCredits(),
};

/** Between two tries of Retry On Fail, and before items of an error output come again. Milliseconds. */
const RETRY_MS = 1_000;
/** After Stop; the hooks that save it take no longer. */
const SAVED_MS = 1;
const WAIT_MS = 60_000;

/** Items on their way into a node. */
export interface Work {
	node: number;
	items: Item[];
	round: number;
	delay: number;
}

/** What n8n keeps of an execution: plain JSON. */
export interface Saved {
	stack: Work[];
	runs: Record<string, number>;
	contexts: Record<string, IDataObject>;
}

export interface Facts {
	name: string;
	root: string;
	executionId: string;
	workflowId: string;
	isRetry: boolean;
	isTool: boolean;
	process: number;
	staticData: IDataObject;
}

export type Status = 'success' | 'error' | 'canceled';

/** One execution of a workflow: its nodes one after another, as n8n's engine runs them. */
export class Execution {
	readonly controller = new SimulatedController();
	stoppedAt: number | undefined;
	/** As n8n has it in its database while the execution runs; kept where a crash may ask for it. */
	saved: Saved | undefined;
	private atWork: NodeRun | undefined;

	constructor(
		readonly plan: ExecutionPlan,
		readonly facts: Facts,
		private readonly data: Saved,
		private readonly world: { services: Services; oracle: Oracle; savesProgress: boolean },
	) {
		if (world.savesProgress) this.saved = clone(data);
	}

	stop(): void {
		if (this.stoppedAt !== undefined) return;
		this.stoppedAt = current.time.now;
		const { atWork } = this;
		this.controller.abort();
		// n8n saves the execution in this moment: a node that works on is not in it.
		current.time.after(SAVED_MS, 'limit', () => {
			if (!atWork || atWork.hasEnded || this.atWork !== atWork) return;
			const { oracle } = this.world;
			oracle.violated('e', `${atWork.node.name} works on after its execution was saved`);
		});
	}

	/** @returns how it ended; never where the process dies meanwhile */
	async run(): Promise<Status> {
		const { stack } = this.data;
		for (let work = stack[0]; work; work = stack[0]) {
			const node = this.plan.nodes[work.node] as NodePlan;
			if (work.delay > 0) {
				work.items = this.world.services.files.moved(work.items);
				await pause(work.delay);
				// The node that waits is stopped; n8n comes to no other one.
				if (this.stoppedAt !== undefined) break;
			}
			work.delay = 0;
			const output = await this.tries(node, work);
			if (output === undefined) break;
			stack.shift();
			this.data.runs[node.name] = (this.data.runs[node.name] ?? 0) + 1;
			stack.unshift(...this.next(node, work, output));
			if (this.stoppedAt !== undefined) break;
			if (this.world.savesProgress) this.saved = clone(this.data);
		}
		this.saved = this.data;
		if (this.stoppedAt !== undefined) return 'canceled';
		return stack.length === 0 ? 'success' : 'error';
	}

	/** Retry On Fail looks at the first item alone where failures are items. */
	private async tries(node: NodePlan, work: Work): Promise<Item[] | undefined> {
		let output: Item[] | undefined;
		for (let tried = 1; tried <= node.tries; tried++) {
			if (tried > 1) await pause(RETRY_MS);
			output = await this.enter(node, work);
			if (output !== undefined && output[0]?.json.error === undefined) break;
		}
		return output;
	}

	private async enter(node: NodePlan, work: Work): Promise<Item[] | undefined> {
		const { world, facts, data } = this;
		const run: NodeRun = {
			execution: facts.name,
			...facts,
			node,
			runIndex: data.runs[node.name] ?? 0,
			items: work.items,
			signal: this.controller.signal,
			stoppedAt: () => this.stoppedAt,
			contexts: data.contexts,
			startedAt: current.time.now,
			hasEnded: false,
		};
		this.atWork = run;
		world.oracle.entered(run);
		const context = contextOf(run, world.services);
		try {
			const [output = []] = await NODES[node.kind].execute.call(context);
			run.hasEnded = true;
			world.oracle.left(run, output as Item[]);
			return output as Item[];
		} catch (error) {
			run.hasEnded = true;
			world.oracle.threw(run, error);
			return undefined;
		}
	}

	private next(node: NodePlan, work: Work, output: Item[]): Work[] {
		const isLast = work.node === this.plan.nodes.length - 1;
		const isError = (item: Item) => node.onError === 'errorOutput' && item.json.error !== undefined;
		const good = output.filter((item) => !isError(item));
		const next: Work[] = [];
		if (good.length > 0 && !isLast) {
			next.push({ node: work.node + 1, items: good, round: 0, delay: 0 });
		}
		// On the error output n8n puts the row's fields around the failure, and not its files.
		const bad = output.filter(isError).map((item) => {
			const row = work.items[item.pairedItem?.item ?? 0];
			return { ...item, json: { ...row?.json, ...item.json } };
		});
		if (bad.length > 0 && work.round < node.rounds) {
			next.push({ node: work.node, items: bad, round: work.round + 1, delay: WAIT_MS });
		}
		return next;
	}
}

async function pause(ms: number): Promise<void> {
	await new Promise<void>((resolve) => current.time.after(ms, 'limit', resolve));
}

export function clone<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}
