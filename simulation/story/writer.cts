import { Random } from '../time/random.cts';
import {
	FAULTS,
	type Endpoint,
	type ExecutionPlan,
	type FaultKind,
	type FaultPlan,
	type Moment,
	type NodeKind,
	type NodePlan,
	type RowPlan,
	type Story,
} from './story.cts';

/** Sessions that are there from the beginning. */
export const READY_SESSIONS = ['5529798706024415232', '5529798706024415744'];

const ENDPOINT_WEIGHTS: ReadonlyArray<readonly [Endpoint, number]> = [
	['prompt', 12],
	['state', 6],
	['upload', 4],
	['session', 2],
	['render', 2],
	['renderStatus', 2],
	['credits', 2],
	['video', 2],
	['download', 1],
	['mint', 1],
	['cancel', 1],
];
const WEIGHTED = ENDPOINT_WEIGHTS.flatMap(([endpoint, weight]) =>
	Array.from({ length: weight }, () => endpoint),
);

/** By how much a clock that was wrong is set. Milliseconds. */
const CLOCKS_MS = [-86_400_000, -3_600_000, -5_000, 90_000, 3_600_000, 86_400_000];

type Template =
	'chain' | 'createVideo' | 'generate' | 'chat' | 'submit' | 'twins' | 'export' | 'tool';
const TEMPLATES: readonly Template[] = [
	...['chain', 'chain', 'createVideo', 'createVideo', 'createVideo', 'generate', 'generate'],
	...['generate', 'chat', 'chat', 'submit', 'twins', 'twins', 'export', 'tool'],
] as Template[];

/** What runs where the same row comes twice. */
const TWINS: readonly NodeKind[][] = [
	['generate'],
	['generate'],
	['generate'],
	['submit', 'status'],
	['createVideo'],
	['generate', 'export'],
];

/** The same where a trigger delivers a photo twice. */
const TWINS_WITH_FILES: readonly NodeKind[][] = [
	['createVideo'],
	['createVideo'],
	['upload', 'generate'],
	['upload', 'submit', 'status'],
];

/** Writes the story of a seed. */
export function writeStory(seed: number): Story {
	return new Writer(seed).write();
}

class Writer {
	private readonly random: Random;
	private wishes = 0;
	private readonly executions: ExecutionPlan[] = [];

	constructor(private readonly seed: number) {
		this.random = new Random(`story ${seed}`);
	}

	write(): Story {
		const { random, seed, executions } = this;
		for (let left = random.pick([1, 1, 1, 2, 2, 3]); left > 0; left--) {
			this.add(random.pick(TEMPLATES));
		}
		const credential = random.chance(0.8) ? 'token' : 'trial';
		const story: Story = {
			seed,
			dialect: random.chance(0.5) ? 'flat' : 'adk',
			credential,
			credits: random.chance(0.9) ? 100_000 : random.between(0, 400),
			...(credential === 'trial' && random.chance(0.7)
				? { tokenEndsAt: random.between(0, 120_000) }
				: {}),
			savesProgress: random.chance(0.5),
			executions,
			faults: Array.from({ length: random.pick([0, 1, 1, 1, 2, 2, 3, 4]) }, () => this.fault()),
			...this.trouble(),
			...(random.chance(0.06)
				? { forgets: { nth: random.between(1, 4), at: random.between(0, 400_000) } }
				: {}),
		};
		return {
			...story,
			executions: executions.map((plan) => this.timedOut(this.tellingTime(plan))),
		};
	}

	/**
	 * Some prompts give the time. In a loop that would be another wish, and so would a row that comes
	 * twice.
	 */
	private tellingTime(plan: ExecutionPlan): ExecutionPlan {
		const { executions } = this;
		const isAlone = ({ wish }: RowPlan): boolean =>
			executions.flatMap(({ rows }) => rows).filter((row) => row.wish === wish).length === 1;
		if (!this.random.chance(0.15) || plan.isTool || !plan.rows.every(isAlone)) return plan;
		const nodes = plan.nodes.map((node) => ({ ...node, rounds: 0, tellsTime: true as const }));
		return { ...plan, nodes };
	}

	/** With Retry On Fail, n8n enters the node after it has saved the execution without it. */
	private timedOut(plan: ExecutionPlan): ExecutionPlan {
		const { stop, nodes, isTool } = plan;
		if (!stop || isTool || nodes.some(({ tries }) => tries > 1)) return plan;
		return this.random.chance(0.4) ? { ...plan, stop: { ...stop, isTimeout: true } } : plan;
	}

	/** A crash, or a clock that is set: only within a process is it known how much time has passed. */
	private trouble(): Pick<Story, 'crash' | 'setsClock'> {
		const { random } = this;
		if (random.chance(0.06)) return { crash: this.moment(30) };
		if (!random.chance(0.06)) return {};
		return { setsClock: { at: random.between(0, 300_000), ahead: random.pick(CLOCKS_MS) } };
	}

	private add(template: Template): void {
		const { random } = this;
		const ready = random.pick(READY_SESSIONS);
		switch (template) {
			case 'chain': {
				const files = random.between(0, 2);
				const nodes = ['createSession', ...(files > 0 ? ['upload'] : []), 'generate', 'export'];
				const rows = this.rows({ files });
				// The photo of one row was forgotten.
				if (files > 0 && random.chance(0.1)) rows.push({ ...rows[0], files: 0, wish: this.wish() });
				return this.execute(nodes as NodeKind[], rows);
			}
			case 'createVideo': {
				const session = random.chance(0.5) ? ready : undefined;
				return this.execute(['createVideo'], this.rows({ files: random.between(0, 2), session }));
			}
			case 'generate': {
				const rows = this.rows({ session: ready });
				// A folder of photos gives the same prompt for each.
				return this.execute(['generate'], random.chance(0.1) ? [...rows, ...rows] : rows);
			}
			case 'export':
				return this.execute(['generate', 'export'], this.rows({ session: ready }, 1));
			case 'submit':
				return this.execute(['submit', 'status'], this.rows({ session: ready }, 1));
			case 'chat':
				return this.chat();
			case 'twins':
				return this.twins(ready);
			case 'tool':
				return this.tool(ready);
		}
	}

	private chat(): void {
		const { random } = this;
		const chat = `chat-${this.executions.length}`;
		const files = random.chance(0.2) ? 1 : 0;
		for (let left = random.between(1, 3); left > 0; left--) {
			this.execute(['assistant'], this.rows({ chat, files }, 1), `Chat ${chat}`);
		}
	}

	/** The same row twice, the second while the first is under way. */
	private twins(session: string): void {
		const { random, executions } = this;
		const files = random.chance(0.4) ? random.between(1, 2) : 0;
		const rows = this.rows({ session, files }, 1);
		const delivered = random.pick(TWINS_WITH_FILES);
		const kinds = (): NodeKind[] => (files > 0 ? delivered : random.pick(TWINS));
		this.execute(kinds(), rows);
		const [first] = executions.slice(-1);
		if (!first) return;
		this.execute(kinds(), rows, first.workflow);
		const second = executions.pop();
		const at = first.at + random.between(1, 90_000);
		if (!second) return;
		if (random.chance(0.4)) return this.stopBoth(first, { ...second, at, name: `${first.name}b` });
		executions.push({ ...second, at, name: `${first.name}b`, stop: undefined });
	}

	/** Two executions of one workflow that are stopped and retried, each with a row of its own. */
	private stopBoth(first: ExecutionPlan, second: ExecutionPlan): void {
		const { random, executions } = this;
		const stopped = (plan: ExecutionPlan): ExecutionPlan => ({
			...plan,
			nodes: first.nodes,
			stop: this.moment(8),
			retries: random.between(1, 2),
		});
		executions.pop();
		const rows = second.rows.map((row) => ({ ...row, wish: this.wish() }));
		executions.push(stopped(first), stopped({ ...second, rows }));
	}

	/** A client that asks again when it has waited long enough. */
	private tool(session: string): void {
		const { random, executions } = this;
		const rows = this.rows({ session }, 1);
		const kind = random.pick(['createVideo', 'generate', 'submit', 'assistant'] as const);
		const [row] = rows;
		const asChat = row && [{ files: 0, wish: row.wish, chat: `chat-${row.wish}` }];
		const asked = kind === 'assistant' && asChat ? asChat : rows;
		// What a chat keeps, a tool has no place for.
		for (let left = kind === 'assistant' ? 1 : random.between(1, 2); left > 0; left--) {
			this.execute([kind], asked);
			const plan = executions.pop();
			if (!plan) return;
			const nodes = plan.nodes.map((node) => ({ ...node, tries: 1, rounds: 0 }));
			executions.push({ ...plan, nodes, stop: undefined, retries: 0, isTool: true });
		}
	}

	private rows(row: Partial<RowPlan>, most = 3): RowPlan[] {
		const count = this.random.between(1, most);
		return Array.from({ length: count }, () => ({
			files: 0,
			...row,
			wish: `wish${++this.wishes}`,
		}));
	}

	private wish(): string {
		return `wish${++this.wishes}`;
	}

	private execute(kinds: NodeKind[], rows: RowPlan[], workflow?: string): void {
		const { random, executions } = this;
		const name = `E${executions.length + 1}`;
		const parallel = random.pick([1, 3]);
		const onError = random.pick(['stop', 'stop', 'continue', 'errorOutput'] as const);
		const nodes = kinds.map((kind): NodePlan => ({
			name: kind[0]?.toUpperCase() + kind.slice(1),
			kind,
			onError,
			tries: random.pick([1, 1, 2, 3]),
			rounds: onError === 'errorOutput' ? random.between(0, 2) : 0,
			parallel,
			onTimeout: random.chance(0.8) ? 'error' : 'continue',
			timeoutMinutes: random.chance(0.85) ? 15 : random.pick([1, 2, 5]),
		}));
		executions.push({
			name,
			at: random.between(0, 100_000),
			workflow: workflow ?? (random.chance(0.5) ? 'Shared' : `Workflow ${name}`),
			nodes,
			rows,
			...(random.chance(0.2) ? { stop: this.moment(20) } : {}),
			...this.presses(),
		});
	}

	/** How often the user presses Retry; some press twice, as n8n shows nothing for a while. */
	private presses(): Pick<ExecutionPlan, 'retries' | 'pressesAgain'> {
		const { random } = this;
		const retries = random.pick([0, 0, 1, 1, 2]);
		if (retries === 0 || !random.chance(0.3)) return { retries };
		return {
			retries,
			pressesAgain: random.chance(0.5) ? random.between(0, 3_000) : random.between(0, 400_000),
		};
	}

	private moment(most: number): Moment {
		const { random } = this;
		const delay = random.chance(0.5) ? random.between(0, 300) : random.between(0, 120_000);
		return { request: random.between(1, most), delay };
	}

	private fault(): FaultPlan {
		const { random } = this;
		const on = random.pick(WEIGHTED);
		const what = FAULTS.filter((fault) => (ONLY_FOR[fault] ?? on) === on);
		return {
			on,
			nth: random.chance(0.6) ? random.between(1, 3) : random.between(1, 12),
			what: random.pick(what),
			at: random.next(),
			choice: random.between(0, 1_000),
		};
	}
}

const ONLY_FOR: Partial<Record<FaultKind, Endpoint>> = {
	repeat: 'prompt',
	heldHeartbeats: 'prompt',
	errorEvent: 'prompt',
	fileLeftOut: 'upload',
};
