import type { NodeRun } from '../n8n/nodeRun.cts';
import { current } from '../time/current.cts';
import { VIDEO_ORIGIN } from '../world/renders.cts';
import type { Turn } from '../world/turn.cts';
import type { Request, World } from '../world/world.cts';
import { isDisturbed, PATIENCE_MS } from './disturbance.cts';
import type { Report } from './invariants.cts';

/** Every token of the stories holds it. */
export const SECRET = 'nmv_usr_secret';

/** What is sent, and when: (f), (g), (i) and (l). */
export class Requests {
	/** The last cancel of each render by each execution. */
	private readonly cancels = new Map<string, Request>();
	/** The render that each node waits for, by its path: nothing else was asked for since. */
	private readonly waiting = new Map<NodeRun, string>();
	private readonly sessions = new Map<string, { id: string; isSaved: boolean }>();

	constructor(
		private readonly report: Report,
		private readonly world: World,
	) {}

	sent(request: Request): void {
		const { run, endpoint, url, path, headers, isForCredential } = request;
		if (run.stoppedAt() !== undefined && !isForCredential) {
			const key = `${run.execution} ${path}`;
			const earlier = this.cancels.get(key);
			const isAllowed = endpoint === 'cancel' && (!earlier || earlier.isTurnedAway);
			if (!isAllowed) this.report('f', `${run.execution} sent ${endpoint} after Stop`);
			this.cancels.set(key, request);
			if (endpoint === 'cancel') this.cancelled(run, path.replace(/\/cancel$/, ''));
		}
		if (endpoint === 'renderStatus') this.waiting.set(run, path);
		else this.waiting.delete(run);
		if (url.includes(SECRET)) this.report('i', `the token is in an address of ${endpoint}`);
		const isForeign = url.startsWith(VIDEO_ORIGIN);
		if (isForeign && JSON.stringify(headers).includes(SECRET)) {
			this.report('i', `the token went to ${VIDEO_ORIGIN}`);
		}
	}

	private cancelled(run: NodeRun, path: string): void {
		const waits = ([other, render]: [NodeRun, string]) =>
			render === path &&
			other.execution !== run.execution &&
			other.process === run.process &&
			!other.hasEnded &&
			other.stoppedAt() === undefined;
		const [other] = [...this.waiting].find(waits) ?? [];
		if (other) this.report('f', `${run.execution} cancelled the render of ${other.execution}`);
	}

	/** A prompt was taken on while others may be at work in its session. */
	charged(turn: Turn): void {
		for (const other of turn.by.session.turns) {
			if (other.by.run.process !== turn.by.run.process) continue;
			if (mayStillWork(other) && !isDisturbed(other)) {
				this.report('g', `${turn.name} began while ${other.name} was at work in its session`);
			}
		}
	}

	/** @param chat that the prompt of a turn belongs to */
	said(turn: Turn, chat: string): void {
		const { session, run } = turn.by;
		const { id } = session;
		const known = this.sessions.get(chat);
		// It was under way when its process died.
		if (run.process !== current.time.process) return;
		// What n8n has saved is the session that the chat had before.
		this.sessions.set(chat, { id, isSaved: known?.id === id && known.isSaved });
		if (known && known.id !== id && !this.isForgotten(known.id)) {
			this.report('l', `${chat} went from session ${known.id} to ${id}`);
		}
	}

	private isForgotten(id: string): boolean {
		return this.world.sessions.get(id)?.isGone === true;
	}

	/** An execution of the chat has ended: n8n has saved what the node wanted kept. */
	saved(chat: string): void {
		const known = this.sessions.get(chat);
		if (known) known.isSaved = true;
	}

	crashed(): void {
		for (const [chat, { isSaved }] of this.sessions) if (!isSaved) this.sessions.delete(chat);
	}
}

function mayStillWork(turn: Turn): boolean {
	const { now } = current.time;
	const { leftAt, isToldOver, kind, by, startedAt } = turn;
	if (isToldOver && kind !== 'openCall') return false;
	if (leftAt === undefined) return true;
	if (now - leftAt >= PATIENCE_MS) return false;
	const work = by.script.effects.map(({ at }) => at);
	return startedAt + Math.max(0, ...work) > now;
}
