import type { NemoVideoClient } from '../../api/client';
import { isNemoVideoError } from '../../api/errors';
import type { SessionLease, SessionQueue } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { cancelledError } from '../../api/stop';
import { AccountTurns } from './accountTurns';
import { afterPrompt } from './afterPrompt';
import type { GenerateSettings } from './generateSettings';
import { awaitTurn, stopWaiting } from './awaitTurn';
import { TurnConclusion } from './concludeTurn';
import type { Conclusion } from './turnTimeout';
import { ofEqualPrompt } from './generateFailures';
import { HeardProgress } from './heardProgress';
import { closeTurn, endingOf, findEqual, leaveOpen } from './openTurns';
import type { Progress } from '../progress';
import { RunningTurns, type ClaimedTurn, type RunningTurn } from './runningTurns';
import type { Checkpoint } from '../checkpoint';
import { sendPrompt } from './sendPrompt';
import {
	type FinishedTurn,
	type GenerateResult,
	type PendingTurn,
	type TurnCheckpoint,
} from './turnCheckpoint';
import { workInSession } from '../workInSession';

/** One prompt on its way through one session. */
export class GenerateTurn {
	private readonly heard: HeardProgress;
	private readonly conclusion: TurnConclusion;
	/** An equal turn that had come first when this one was claimed. */
	private equal: RunningTurn | undefined;
	private claimed: ClaimedTurn | undefined;
	private readonly askedAt: number;
	/** An equal prompt whose end was not known when this one was asked for. */
	private open: PendingTurn | undefined;

	constructor(
		private readonly client: NemoVideoClient,
		private readonly settings: GenerateSettings,
		private readonly checkpoint: Checkpoint<TurnCheckpoint>,
		private readonly progress: Progress,
	) {
		this.askedAt = settings.askedAt ?? client.clock.now();
		this.heard = new HeardProgress(progress);
		this.conclusion = new TurnConclusion(client, settings, checkpoint, progress);
	}

	/**
	 * Makes the turn, goes on with the one that was begun in an earlier try, or waits for an equal
	 * one of another execution.
	 */
	async run(): Promise<GenerateResult> {
		await this.arrive();
		const queue = await this.client.sessionQueue();
		// Nothing is awaited between looking and beginning: calls come side by side.
		const equal = this.equalIn(RunningTurns.of(queue));
		if (equal) return (await this.attach(equal)) ?? (await this.run());
		const remembered = this.checkpoint.read();
		return remembered?.phase === 'done' ? remembered.result : await this.begin(queue).result;
	}

	/**
	 * Notes what is open in the session; called before queueing. What was asked for then is the same
	 * wish, also where other work goes to the session in between.
	 */
	async arrive(): Promise<void> {
		const { client, settings, checkpoint } = this;
		if (!checkpoint.read()) this.open = await findEqual(client, settings);
	}

	/** Begins the turn and queues for the session; the prompt is sent when it is free. */
	begin(queue: SessionQueue): RunningTurn {
		const { client, settings, progress } = this;
		const { sessionId, recovery } = settings;
		return RunningTurns.of(queue).start(settings, async (turn) => {
			const onWait = () => progress.stage('Waiting for another turn of this session');
			const order = { queue, sessionId, recovery, onWait };
			return await workInSession(client, order, async (held) => await this.work(held, turn));
		});
	}

	/**
	 * For a caller that holds the session for more than the turn. Called in the same step that queues
	 * for the session, so that whoever is first there is also the one whose prompt is sent; equal ones
	 * wait for it.
	 */
	claim(queue: SessionQueue): void {
		const turns = RunningTurns.of(queue);
		this.equal = this.equalIn(turns);
		if (this.equal || this.checkpoint.read()?.phase === 'done') return;
		this.claimed = turns.claim(this.settings, async (held, turn) => await this.work(held, turn));
	}

	/** Gives the claim up where the turn was not made; whoever waits for it makes its own. */
	release(): void {
		this.claimed?.giveUp();
		this.claimed = undefined;
	}

	/**
	 * Whether the prompt need not be sent: it was, in an earlier try or for an equal wish. Its files
	 * are in the session then. For a caller that holds the session.
	 */
	async isServed(): Promise<boolean> {
		if (this.equal || this.checkpoint.read()) return true;
		return Boolean((await this.sentBefore()) ?? (await this.finishedMeanwhile()));
	}

	/**
	 * What an equal prompt came to that was first when this one was claimed. For a caller that holds
	 * the session: nobody else works in it then, so what came first is over.
	 *
	 * @returns undefined where there was none, or where it was stopped, which says nothing of the turn
	 */
	async follow(): Promise<GenerateResult | undefined> {
		const { equal } = this;
		this.equal = undefined;
		return equal && (await this.attach(equal));
	}

	/** As `run`, for a caller that holds the session. */
	async runIn(lease: SessionLease): Promise<GenerateResult> {
		const followed = await this.follow();
		if (followed) return followed;
		const { claimed } = this;
		this.claimed = undefined;
		const remembered = this.checkpoint.read();
		if (remembered?.phase === 'done') return remembered.result;
		if (claimed) return await claimed.take(lease);
		const turns = RunningTurns.of(await this.client.sessionQueue());
		return await turns.start(this.settings, async (turn) => await this.work(lease, turn)).result;
	}

	private equalIn(turns: RunningTurns): RunningTurn | undefined {
		const own = this.checkpoint.read();
		if (own?.phase === 'done' || this.settings.sendsEqual) return undefined;
		const equal = turns.find(this.settings);
		// What was sent for this item itself is looked for first.
		return own && equal?.record?.ticket !== own.ticket ? undefined : equal;
	}

	/**
	 * Waits for a turn of another execution that sent an equal prompt.
	 *
	 * @returns undefined where that execution was stopped, which says nothing of the turn
	 */
	private async attach(turn: RunningTurn): Promise<GenerateResult | undefined> {
		this.progress.stage('Waiting for an equal prompt that is under way');
		const { signal } = this.client.transport;
		const outcome = await awaitTurn(this.client, turn, this.settings);
		if (outcome === 'timeUp')
			return await stopWaiting(this.client, turn, this.settings, this.checkpoint);
		const { record, done } = turn;
		if (outcome.ok) {
			if (done) this.checkpoint.write(done);
			this.progress.text(outcome.value.text);
			return outcome.value;
		}
		const { error } = outcome;
		if (!isNemoVideoError(error) || signal?.aborted) throw error;
		// With the failure that ended the looking, where there was one.
		if (record && error.outcome === 'unknown') this.checkpoint.write(record);
		if (error.kind === 'cancelled') return undefined;
		throw error;
	}

	private async work(lease: SessionLease, turn: RunningTurn): Promise<GenerateResult> {
		const { client, checkpoint, settings } = this;
		const outcome = await resultOf(async () => {
			if (turn.isGivenUp) throw cancelledError();
			const sent = await this.sentBefore();
			if (sent) return await this.resume(sent, turn);
			return (await this.finishedMeanwhile()) ?? (await this.send(lease, turn));
		});
		if (outcome.ok && outcome.value.phase === 'done') {
			turn.done = outcome.value;
			checkpoint.write(outcome.value);
			const turns = RunningTurns.of(await client.sessionQueue());
			turns.finish(settings, outcome.value, client.clock.now());
			await closeTurn(client, outcome.value);
		} else {
			await this.leave(turn);
		}
		if (outcome.ok) {
			this.heard.tellRest(outcome.value.result);
			return outcome.value.result;
		}
		const { error } = outcome;
		if (!isNemoVideoError(error)) throw error;
		const told = error.with({ handles: { sessionId: settings.sessionId }, stage: 'generate' });
		const record = checkpoint.read();
		throw afterPrompt(ofEqualPrompt(told, record), record);
	}

	/** The prompt as an earlier try sent it, or an equal one whose end isn't known. */
	private async sentBefore(): Promise<PendingTurn | undefined> {
		const { client, settings, checkpoint } = this;
		const remembered = checkpoint.read();
		if (remembered) return remembered.phase === 'sent' ? remembered : undefined;
		const last = await findEqual(client, settings);
		const sent = last ?? (await this.endedSince());
		if (sent) checkpoint.write(sent);
		return sent;
	}

	/** What was open when this was asked for, and has ended before other work went to the session. */
	private async endedSince(): Promise<PendingTurn | undefined> {
		const { open } = this;
		return open && (await endingOf(this.client, open.ticket)) ? open : undefined;
	}

	/** What an equal prompt of another execution came to after this one was asked for. */
	private async finishedMeanwhile(): Promise<FinishedTurn | undefined> {
		if (this.settings.sendsEqual) return undefined;
		const turns = RunningTurns.of(await this.client.sessionQueue());
		return turns.finishedSince(this.settings, this.askedAt);
	}

	/** Whoever works in the session next has to know of a prompt whose end isn't known. */
	private async leave(turn: RunningTurn): Promise<void> {
		const remembered = this.checkpoint.read();
		if (remembered?.phase !== 'sent') return;
		// Stop ends the reading of a stream, but what came by then was said.
		const { said = turn.said(), leftAt = this.client.clock.now() } = remembered;
		const record = { ...remembered, said, leftAt };
		this.checkpoint.write(record);
		turn.record = record;
		await leaveOpen(this.client, record, this.settings);
	}

	private async resume(record: PendingTurn, turn: RunningTurn): Promise<Conclusion> {
		turn.record = record;
		return await this.conclusion.resume(record);
	}

	private async send(lease: SessionLease, turn: RunningTurn): Promise<Conclusion> {
		const { client, settings, checkpoint, heard } = this;
		const sending = { settings, checkpoint, progress: heard };
		return await AccountTurns.of(await client.sessionQueue()).count(async () => {
			const sent = await sendPrompt(client, lease, turn, sending);
			return await this.conclusion.conclude(sent.record, sent.end);
		});
	}
}
