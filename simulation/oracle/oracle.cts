import type { BinaryStore } from '../n8n/binaryStore.cts';
import type { Item, NodeRun } from '../n8n/nodeRun.cts';
import type { ExecutionPlan, FaultPlan, Story } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { Turn } from '../world/turn.cts';
import type { Request, World } from '../world/world.cts';
import { SentPrompts } from './disturbance.cts';
import type { Violation, Invariant, Report } from './invariants.cts';
import { Outcomes, type Outcome } from './outcomes.cts';
import { Requests, SECRET } from './requests.cts';
import { Wishes } from './wishes.cts';
import { Work } from './work.cts';

/** Sees all that happens, writes it down, and knows what must not. */
export class Oracle {
	readonly trace: string[] = [];
	readonly violations: Violation[] = [];
	private readonly wishes = new Wishes((...what) => this.violated(...what));
	private readonly requests: Requests;
	private readonly outcomes = new Outcomes((...what) => this.violated(...what));
	private readonly work: Work;
	private readonly prompts: SentPrompts;
	private readonly chats = new Map<string, string>();

	constructor(
		story: Story,
		private readonly world: World,
		private readonly files: BinaryStore,
	) {
		this.prompts = new SentPrompts(world);
		const report: Report = (...what) => this.violated(...what);
		this.requests = new Requests(report, world);
		this.work = new Work(report, world, this.wishes, this.prompts);
		for (const { rows } of story.executions) {
			for (const { wish, chat } of rows) if (chat !== undefined) this.chats.set(wish, chat);
		}
	}

	tell(line: string): void {
		this.trace.push(`${(current.time.elapsed / 1_000).toFixed(3)} ${line}`);
	}

	violated(invariant: Invariant, words: string): void {
		this.violations.push({ invariant, words });
		this.tell(`VIOLATED (${invariant}) ${words}`);
	}

	log(line: string): void {
		if (line.includes(SECRET)) this.violated('i', 'the token is in a log');
	}

	entered(run: NodeRun): void {
		this.tell(`${run.execution} ${run.node.name} gets ${run.items.map(wishOf).join(' ')}`);
		this.wishes.entered(run);
	}

	left(run: NodeRun, output: Item[]): void {
		for (const outcome of this.outcomes.ofOutput(run, output)) {
			this.ended(run, outcome);
			const { failure, output: item } = outcome;
			if (failure === undefined && item && item.json.wish !== undefined) {
				this.work.finished(run, item, this.files, item.binary);
				this.uploaded(run, item);
			}
		}
		this.wishes.left(run);
	}

	threw(run: NodeRun, error: unknown): void {
		this.ended(run, this.outcomes.ofError(run, error));
		this.wishes.left(run);
	}

	sent(request: Request, fault: FaultPlan | undefined): void {
		const { run, endpoint } = request;
		this.tell(
			`${run.execution} ${run.node.name} sends ${endpoint}${fault ? ` [${fault.what}]` : ''}`,
		);
		this.requests.sent(request);
		if (endpoint === 'render') this.wishes.exports(request);
		this.prompts.sent(request);
	}

	answered({ run, endpoint }: Request, status: number): void {
		this.tell(`${run.execution} ${run.node.name} gets ${status} to ${endpoint}`);
	}

	charged(turn: Turn): void {
		const { wish, name, kind, by } = turn;
		this.tell(`NemoVideo begins ${name} (${kind}) for ${wish} in ${by.session.id}`);
		this.requests.charged(turn);
		this.wishes.charged(turn);
		const chat = this.chats.get(wish);
		if (chat !== undefined) this.requests.said(turn, chat);
	}

	/** An execution has ended, and n8n has saved it. */
	saved({ rows }: ExecutionPlan): void {
		for (const { chat } of rows) if (chat !== undefined) this.requests.saved(chat);
	}

	crashed(dead: ReadonlyArray<{ root: string }>): void {
		this.requests.crashed();
		this.wishes.died(new Set(dead.map(({ root }) => root)));
	}

	/** @param left what should be gone by now, by its name */
	over(left: Record<string, number>): void {
		for (const [what, count] of Object.entries(left)) {
			if (count !== 0) this.violated('j', `${count} ${what} left`);
		}
		for (const { id, uploads } of this.world.sessions.values()) {
			const twice = uploads.find((name, index) => uploads.indexOf(name) !== index);
			if (twice !== undefined) this.violated('d', `${twice} is in ${id} twice`);
		}
	}

	/** All files of an item that was worked on are in its session. */
	private uploaded(run: NodeRun, { json, pairedItem }: Item): void {
		if (!['upload', 'createVideo', 'assistant'].includes(run.node.kind)) return;
		const { uploads = [] } = this.world.sessions.get(String(json.sessionId)) ?? {};
		for (const { fileName } of Object.values(run.items[pairedItem?.item ?? 0]?.binary ?? {})) {
			const isThere = uploads.some((upload) => upload.startsWith(`${fileName} `));
			if (!isThere) this.violated('d', `${fileName} is missing in ${String(json.sessionId)}`);
		}
	}

	private ended(run: NodeRun, outcome: Outcome): void {
		const { index, text, failure } = outcome;
		const item = run.items[index];
		const told = failure
			? `fails as ${String(failure.kind)}${failure.safeToRepeat === true ? ', safe to repeat' : ''}`
			: `gives ${String(outcome.output?.json.status ?? 'a result')}`;
		this.tell(`${run.execution} ${run.node.name} ${item ? wishOf(item) : ''} ${told}`);
		if (text.includes(SECRET)) this.violated('i', `the token is in an outcome of ${run.node.name}`);
		if (item && item.json.wish !== undefined) this.wishes.ended(run, item, outcome);
	}
}

function wishOf({ json }: Item): string {
	return String(json.wish ?? 'a failure');
}
