import type { IDataObject } from 'n8n-workflow';
import type { BinaryStore } from '../n8n/binaryStore.cts';
import type { Item, NodeRun } from '../n8n/nodeRun.cts';
import type { Turn } from '../world/turn.cts';
import type { World } from '../world/world.cts';
import { isDisturbed, type SentPrompts } from './disturbance.cts';
import type { Report } from './invariants.cts';
import type { Wishes } from './wishes.cts';

/** Whether a result that is completed reports its prompt's own work: (b). */
export class Work {
	/** Wishes whose completed turn has put something on a timeline, by what remembers of them. */
	private readonly shown = new Map<string, string>();

	constructor(
		private readonly report: Report,
		private readonly world: World,
		private readonly wishes: Wishes,
		private readonly prompts: SentPrompts,
	) {}

	/** Looks at an item that a node has finished. */
	finished(run: NodeRun, { json }: Item, files: BinaryStore, film: Item['binary']): void {
		const wish = String(json.wish);
		const { kind } = run.node;
		const isTurn = kind === 'generate' || kind === 'status' || kind === 'createVideo';
		if (isTurn) this.turn(run, json, wish);
		if (kind !== 'export' && kind !== 'createVideo') return;
		if (json.status !== 'completed') return;
		const stored = film?.film;
		if (!stored) return this.report('b', `${wish} was exported without a film`);
		this.film(run, json, files.bytes(stored.id ?? ''));
	}

	private turn(run: NodeRun, json: IDataObject, wish: string): void {
		if (json.status === 'running') return;
		const turns = this.turnsOf(run, wish);
		if (this.isLostAndDisturbed(run, wish)) return;
		if (turns.length === 0) return this.report('b', `${wish} is ${json.status} without a turn`);
		if (!turns.some((turn) => this.isTold(turn, json))) {
			const { name, kind } = turns[0] as Turn;
			const told = `${String(json.status)} by ${String(json.completedBy)}`;
			this.report('b', `${wish} is ${told}, which is not the work of ${name} (${kind})`);
		}
		const clips = turns.flatMap((turn) => clipsOf(turn, 0));
		const timeline = JSON.stringify(json.timeline ?? null);
		const clip = clips.find((name) => timeline.includes(name));
		if (clip !== undefined) this.shown.set(`${run.root} ${wish}`, clip);
	}

	/** A result may be that of an equal prompt of another execution, or of one before a crash. */
	private turnsOf({ root }: NodeRun, wish: string): Turn[] {
		const own = this.wishes.turnsOf(wish, root);
		return own.length > 0 ? own : this.world.turns.filter((turn) => turn.wish === wish);
	}

	/** NemoVideo never got the execution's own prompt, and something else changed the timeline. */
	private isLostAndDisturbed({ root }: NodeRun, wish: string): boolean {
		return this.wishes.turnsOf(wish, root).length === 0 && this.prompts.areDisturbed(root, wish);
	}

	private isTold(turn: Turn, json: IDataObject): boolean {
		const text = String(json.text);
		const [clip] = clipsOf(turn, 0);
		if (isDisturbed(turn)) return true;
		if (json.status === 'awaitingInput') return turn.kind === 'question';
		if (turn.kind === 'error') return false;
		// The session could not be read after the turn: its words have to do.
		if (json.timeline === null) return turn.heard.length > 0;
		if (clip !== undefined) return JSON.stringify(json.timeline).includes(clip);
		if (turn.kind === 'talk') return turn.heard.every((words) => text.includes(words));
		return false;
	}

	private film(run: NodeRun, json: IDataObject, bytes: Uint8Array): void {
		const film = new TextDecoder().decode(bytes.subarray(24));
		const wish = String(json.wish);
		if (!film.startsWith(`${String(json.renderId)} `)) {
			this.report('b', `${wish} got the film of another render`);
		}
		const clip = this.shown.get(`${run.root} ${wish}`);
		if (clip !== undefined && !film.includes(clip)) {
			this.report('b', `the film of ${wish} does not show ${clip}`);
		}
		if (run.node.kind !== 'createVideo') return;
		const turns = this.turnsOf(run, wish);
		if (turns.some(isDisturbed) || this.isLostAndDisturbed(run, wish)) return;
		const all = turns.flatMap((turn) => [...clipsOf(turn, 0), ...clipsOf(turn, 1)]);
		if (all.length === 0) {
			this.report('b', `${wish} was exported, but its turn made nothing`);
		}
		const missing = all.filter((name) => !film.includes(name));
		if (missing.length > 0) this.report('b', `the film of ${wish} lacks ${missing.join(', ')}`);
	}
}

function clipsOf({ by }: Turn, track: 0 | 1): string[] {
	return by.script.effects.filter((effect) => effect.track === track).map(({ clip }) => clip);
}
