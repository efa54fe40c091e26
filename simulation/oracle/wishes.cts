import type { IDataObject } from 'n8n-workflow';
import type { Item, NodeRun } from '../n8n/nodeRun.cts';
import type { Turn } from '../world/turn.cts';
import type { NodeKind } from '../story/story.cts';
import { current } from '../time/current.cts';
import type { Request } from '../world/world.cts';
import type { Report } from './invariants.cts';

/** Nodes that send prompts. */
const SENDING: ReadonlySet<NodeKind> = new Set(['generate', 'submit', 'createVideo', 'assistant']);

/** Asked anew since. */
const ANEW = -1;

interface Wish {
	/** How often it may be charged: a wish is another one where nobody works on it anymore. */
	allowed: number;
	/** Runs that work on it now, by what remembers of it. */
	active: Map<string, number>;
	asked: Set<string>;
	/** Told that nothing was sent for them: they may ask again. */
	sentNothing: Set<string>;
	executions: Set<string>;
	turns: Turn[];
	/** NemoVideo has answered, but not with a video: who asks again wants another answer. */
	answered: { run: number; turns: number } | undefined;
}

/** What users want, and what NemoVideo has charged for it: (a), (c) and (h). */
export class Wishes {
	private readonly wishes = new Map<string, Wish>();

	constructor(private readonly report: Report) {}

	/** All turns that were charged for a wish to what remembers of one execution. */
	turnsOf(wish: string, root: string): Turn[] {
		const { turns, answered } = this.of(wish);
		const old = answered?.run === ANEW ? answered.turns : 0;
		return turns.slice(old).filter((turn) => turn.by.run.root === root);
	}

	entered(run: NodeRun): void {
		for (const name of sentBy(run)) {
			const wish = this.of(name);
			const others = !isDone(wish) && [...wish.active.keys()].some((root) => root !== run.root);
			if (!wish.asked.has(run.root) && !others) wish.allowed++;
			wish.asked.add(run.root);
			const isServed = wish.turns.length >= wish.allowed;
			if (wish.sentNothing.delete(run.root) && !others && isServed) wish.allowed++;
			if (isAskedAnew(wish, run)) {
				wish.allowed++;
				wish.answered = { run: ANEW, turns: wish.turns.length };
			}
			wish.executions.add(run.executionId);
			wish.active.set(run.root, (wish.active.get(run.root) ?? 0) + 1);
		}
	}

	left(run: NodeRun): void {
		for (const name of sentBy(run)) {
			const { active } = this.of(name);
			const runs = (active.get(run.root) ?? 1) - 1;
			if (runs > 0) active.set(run.root, runs);
			else active.delete(run.root);
		}
	}

	/** Nobody of these works on anything anymore. */
	died(roots: ReadonlySet<string>): void {
		for (const { active } of this.wishes.values()) for (const root of roots) active.delete(root);
	}

	/** Who exports a session has found the end of its turns. */
	exports({ run, json = '' }: Request): void {
		for (const { turns } of this.wishes.values()) {
			for (const turn of turns) {
				const { session } = turn.by;
				if (turn.by.run === run && json.includes(session.id)) turn.isExported = true;
			}
		}
	}

	charged(turn: Turn): void {
		const wish = this.of(turn.wish);
		const earlier = answeredTurns(wish);
		const isOwn = ({ by }: Turn) => by.run.executionId === turn.by.run.executionId;
		if (haveFailed(earlier) && !earlier.some(isOwn)) wish.allowed++;
		wish.turns.push(turn);
		if (wish.turns.length <= wish.allowed) return;
		const names = wish.turns.map(({ name }) => name).join(', ');
		this.report('a', `${turn.wish} was charged ${wish.turns.length} times (${names})`);
	}

	/**
	 * Holds the outcome of an item against what was charged and heard for it.
	 *
	 * @param outcome as the user sees it
	 */
	ended(run: NodeRun, item: Item, outcome: { failure?: IDataObject; text: string }): void {
		const { node, root } = run;
		const wish = String(item.json.wish);
		const { failure, text } = outcome;
		const isSending = SENDING.has(node.kind);
		const turns = this.turnsOf(wish, root).filter(isKnownTo(run));
		if (isSending && failure?.safeToRepeat === true) this.of(wish).sentNothing.add(root);
		if (isSending && failure?.safeToRepeat === true && turns.length > 0) {
			this.report('c', `${wish} failed as safe to repeat, but ${turns[0]?.name} was charged`);
		}
		const isAnswer = failure?.kind === 'input' && failure.stage === 'generate';
		if (isSending && isAnswer && turns.length > 0) {
			this.of(wish).answered = { run: run.runIndex, turns: this.of(wish).turns.length };
		}
		if (run.stoppedAt() !== undefined || node.kind === 'submit') return;
		// A status that could not be read tells the words when it is asked for again.
		const isTold = failure === undefined || failure.kind === 'stream';
		if (!isSending && (node.kind !== 'status' || !isTold)) return;
		for (const { heard, name, by } of turns) {
			// What only the process that has died had heard is not in the session.
			if (!isSending && by.run.process !== run.process) continue;
			const lost = heard.find((words) => !text.includes(words));
			if (lost !== undefined) this.report('h', `${wish} lost '${lost}' of ${name}`);
		}
	}

	private of(name: string): Wish {
		let wish = this.wishes.get(name);
		if (!wish) {
			wish = {
				allowed: 0,
				active: new Map(),
				asked: new Set(),
				sentNothing: new Set(),
				executions: new Set(),
				turns: [],
				answered: undefined,
			};
			this.wishes.set(name, wish);
		}
		return wish;
	}
}

/**
 * Whether the user asks for another answer: after one that is no video, in a later run of the node;
 * after a failure that NemoVideo told, in another execution.
 */
function isAskedAnew(wish: Wish, run: NodeRun): boolean {
	const { answered, executions } = wish;
	if (answered && answered.run !== ANEW && answered.run !== run.runIndex) return true;
	return haveFailed(answeredTurns(wish)) && !executions.has(run.executionId);
}

/** Those since the user has last asked anew. */
function answeredTurns({ turns, answered }: Wish): Turn[] {
	return turns.slice(answered?.run === ANEW ? answered.turns : 0);
}

function haveFailed(turns: readonly Turn[]): boolean {
	const known = knownOf(turns);
	return known.length > 0 && known.every((turn) => turn.kind === 'error' && turn.isToldOver);
}

/** Of turns that a crash cut off, this n8n knows nothing. */
function knownOf(turns: readonly Turn[]): Turn[] {
	return turns.filter(isOfThisProcess);
}

function isOfThisProcess({ by }: Turn): boolean {
	return by.run.process === current.time.process;
}

/**
 * Whether its work is over, as NemoVideo or its session has told: who else asks then wants another.
 * What NemoVideo told is so for good, also after a crash.
 */
function isDone({ turns }: Wish): boolean {
	const { now } = current.time;
	const isTold = ({ isToldOver, kind }: Turn) => isToldOver && kind !== 'openCall';
	const known = turns.filter((turn) => isTold(turn) || isOfThisProcess(turn));
	const isOver = (turn: Turn) =>
		isTold(turn) || ((turn.isToldOver || turn.isExported) && turn.endsAt <= now);
	return known.length > 0 && known.every(isOver);
}

/**
 * What an outcome can tell of: items end long before their node does, and another Retry of the
 * execution may go on with one meanwhile.
 */
function isKnownTo({ executionId, startedAt }: NodeRun): (turn: Turn) => boolean {
	return (turn) => turn.by.run.executionId === executionId || turn.startedAt <= startedAt;
}

function sentBy({ node, items }: NodeRun): string[] {
	if (!SENDING.has(node.kind)) return [];
	return items.filter(({ json }) => json.wish !== undefined).map(({ json }) => String(json.wish));
}
