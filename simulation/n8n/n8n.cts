import type { IDataObject } from 'n8n-workflow';
import type { Oracle } from '../oracle/oracle.cts';
import type { ExecutionPlan, Moment, Story } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { Services } from './context.cts';
import { clone, Execution, type Saved, type Status } from './execution.cts';
import { PNG } from './photo.cts';
import type { Item } from './nodeRun.cts';

/** How long a user takes to press Retry, and n8n to start again. Milliseconds. */
const RETRY_AFTER_MS = 20_000;
const RESTART_MS = 15_000;

/** Where an execution comes from. */
interface Origin {
	/** The name of what it and all its Retries began with. */
	root: string;
	/** How often it was retried before. */
	again?: number;
	/** Tells two Retries of one execution apart. */
	mark?: string;
}

/** n8n with its users: starts executions, stops and retries them, dies and comes back. */
export class N8n {
	private services: Services;
	private readonly running = new Set<Execution>();
	private over: Execution[] = [];
	/** As the database has it: written when an execution ends, as a whole. */
	private readonly staticData = new Map<string, string>();
	private readonly requests = new Map<string, number>();
	private allRequests = 0;
	private begun = 0;
	private toCome = 0;

	constructor(
		private readonly story: Story,
		private readonly makeServices: (process: number) => Services,
		private readonly oracle: Oracle,
	) {
		this.services = makeServices(0);
	}

	get isDone(): boolean {
		return this.running.size === 0 && this.toCome === 0;
	}

	/** Listeners on the Stop of executions that are over. */
	get listeners(): number {
		const left = this.over.map(({ controller }) => controller.signal.listenerCount);
		// The nodes' memory listens with one listener for as long as the execution exists.
		return left.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
	}

	/** Lets the story's executions come at their time. */
	begin(): void {
		for (const plan of this.story.executions) {
			this.later(plan.at, () => this.start(plan, this.fresh(plan), { root: plan.name }));
		}
	}

	/** Called with each request, for moments that hang on one. */
	requested(execution: string): void {
		const count = (this.requests.get(execution) ?? 0) + 1;
		this.requests.set(execution, count);
		this.allRequests++;
		const { crash } = this.story;
		if (isNow(crash, this.allRequests)) {
			current.time.after(crash.delay, 'world', () => this.crash());
		}
		for (const one of this.running) {
			const { stop } = one.plan;
			if (one.facts.name !== execution || one.facts.isRetry || !isNow(stop, count)) continue;
			current.time.after(stop.delay, 'limit', () => {
				if (this.running.has(one)) this.stop(one);
			});
		}
	}

	private stop(execution: Execution): void {
		const { facts, plan } = execution;
		const why = plan.stop?.isTimeout ? 'its timeout is reached' : 'the user presses Stop';
		this.oracle.tell(`${facts.name} ${why}`);
		execution.stop();
	}

	private fresh(plan: ExecutionPlan): Saved {
		const items = plan.rows.map((row): Item => {
			const { wish, session, files, chat } = row;
			const session_ = session === undefined ? {} : { sessionId: session };
			const json = { wish, prompt: promptOf(wish), ...session_, ...(chat ? { chatId: chat } : {}) };
			const names = Array.from({ length: files }, (_none, index) => `${wish}-${index + 1}.png`);
			const binary = Object.fromEntries(
				names.map((name, index) => [
					`photo_${index}`,
					this.services.files.add(PNG, name, 'image/png'),
				]),
			);
			return files > 0 ? { json, binary } : { json };
		});
		return { stack: [{ node: 0, items, round: 0, delay: 0 }], runs: {}, contexts: {} };
	}

	private start(plan: ExecutionPlan, data: Saved, { root, again = 0, mark = '' }: Origin): void {
		const workflowId = `${plan.workflow} ${this.services.credentialId}`;
		const execution = new Execution(
			plan,
			{
				name: `${plan.name}${'′'.repeat(again)}${mark}`,
				root,
				executionId: String(++this.begun),
				workflowId,
				isRetry: again > 0,
				isTool: plan.isTool ?? false,
				process: current.time.process,
				staticData: this.readStatic(plan.workflow),
			},
			data,
			{
				services: this.services,
				oracle: this.oracle,
				savesProgress: this.story.savesProgress && this.story.crash !== undefined,
			},
		);
		this.running.add(execution);
		this.oracle.tell(`${execution.facts.name} begins`);
		void execution.run().then((status) => this.ended(execution, status, again));
	}

	private ended(execution: Execution, status: Status, again: number): void {
		const { plan, facts } = execution;
		this.running.delete(execution);
		this.over.push(execution);
		this.oracle.tell(`${facts.name} ends: ${status}`);
		this.staticData.set(plan.workflow, JSON.stringify(facts.staticData));
		this.oracle.saved(plan);
		if (status === 'success' || again >= plan.retries) return;
		// n8n keeps nothing of what a user has stopped but what started it: its Retry begins at the beginning.
		const isStopped = status === 'canceled' && !plan.stop?.isTimeout;
		const kept = isStopped ? this.fresh(plan) : clone(execution.saved as Saved);
		const saved = this.services.files.moved(kept);
		const press = (after: number, mark = ''): void =>
			this.later(after, () => {
				// What was kept of it lay in the process.
				const isLost = isStopped && facts.process !== current.time.process;
				// What Retries share is known until n8n restarts, as the docs say.
				if (mark !== '' && facts.process !== current.time.process) return;
				const root = isLost ? `${facts.root} after the crash` : facts.root;
				this.start(plan, clone(saved), { root, again: again + 1, mark });
			});
		press(RETRY_AFTER_MS);
		const { pressesAgain } = plan;
		if (again === 0 && pressesAgain !== undefined) press(RETRY_AFTER_MS + pressesAgain, '*');
	}

	/** The process is gone in an instant, with all that was not saved. */
	private crash(): void {
		this.oracle.tell('n8n crashes');
		const dead = [...this.running];
		this.running.clear();
		this.over = [];
		const oldId = this.services.credentialId;
		current.time.crash();
		this.services.network.crash();
		this.services = this.makeServices(current.time.process);
		this.oracle.crashed(dead.map(({ facts }) => facts));
		for (const [workflow, text] of this.staticData) {
			this.staticData.set(workflow, text.replaceAll(oldId, this.services.credentialId));
		}
		const resumed = new Set<string>();
		for (const { plan, facts, saved } of dead) {
			// Of two Retries of one execution that n8n lost, the user presses one again.
			if (resumed.has(facts.root)) continue;
			resumed.add(facts.root);
			// What a node had in mind is lost, so it is another wish where it is begun again.
			const root = `${facts.root} after the crash`;
			const data = saved ? clone(saved) : this.fresh(plan);
			this.later(RESTART_MS, () => this.start(plan, data, { root, again: plan.retries + 1 }));
		}
	}

	private readStatic(workflow: string): IDataObject {
		return JSON.parse(this.staticData.get(workflow) ?? '{}') as IDataObject;
	}

	private later(ms: number, run: () => void): void {
		this.toCome++;
		current.time.after(ms, 'world', () => {
			this.toCome--;
			run();
		});
	}
}

function isNow(moment: Moment | undefined, request: number): moment is Moment {
	return moment?.request === request;
}

/** What the user asks NemoVideo for; too short a text for its language to be looked for. */
export function promptOf(wish: string): string {
	return `Add a harbour scene called ${wish}`;
}
