import { BoundedMap } from '../../api/boundedMap';
import { promptKey } from '../../api/promptKey';
import type { SessionLease } from '../../api/sessionQueue';
import { cancelledError } from '../../api/stop';
import type { TurnResult } from '../../api/stream/turn';
import { perQueue } from '../perQueue';
import type { Asked } from './generateSettings';
import type { FinishedTurn, GenerateResult, PendingTurn } from './turnCheckpoint';

/** Submitted turns that this process can tell of, the finished ones included. */
const MAX_SUBMITTED = 500;
/** Finished turns that an equal prompt may have been asked for beside. Their results can be large. */
const MAX_FINISHED = 20;

type Outcome = { ok: true; result: GenerateResult } | { ok: false; error: unknown };

/** A prompt that waits for its turn, or that NemoVideo works on. */
export class RunningTurn {
	/** Resolves when NemoVideo has taken the prompt on; rejects where that never happens. */
	readonly taken: Promise<void>;
	readonly result: Promise<GenerateResult>;
	/** Once it is over: what it came to. */
	outcome: Outcome | undefined;
	/** Once the prompt was sent. */
	record: PendingTurn | undefined;
	done: FinishedTurn | undefined;
	/** What the agent said so far. */
	said: () => TurnResult | undefined = () => undefined;
	/** Nobody waits for it anymore, so it is not to be sent. */
	isGivenUp = false;
	private noteTaken: () => void = () => undefined;

	/** @param work makes the turn and tells it how far it is */
	constructor(work: (turn: RunningTurn) => Promise<GenerateResult>) {
		const taken = new Promise<void>((resolve) => (this.noteTaken = resolve));
		this.result = work(this);
		this.taken = Promise.race([taken, this.result.then(() => undefined)]);
		void this.taken.catch(() => undefined);
		void this.result.then(
			(result) => (this.outcome = { ok: true, result }),
			(error: unknown) => (this.outcome = { ok: false, error }),
		);
	}

	/** Takes a prompt back that was not sent yet. */
	giveUp(): void {
		this.isGivenUp = true;
	}

	/** The first event of the stream has come. */
	isTaken(said: () => TurnResult): void {
		this.said = said;
		this.noteTaken();
	}
}

/** The place of a turn that its caller makes later, if at all. */
export class ClaimedTurn {
	constructor(
		private readonly turn: RunningTurn,
		private readonly give: (lease: SessionLease) => void,
		private readonly refuse: (reason: unknown) => void,
	) {}

	/** Makes the turn, with the lease of its session. */
	async take(lease: SessionLease): Promise<GenerateResult> {
		this.give(lease);
		return await this.turn.result;
	}

	/** Ends a turn that is not made; one that was begun goes on. */
	giveUp(): void {
		if (this.turn.record === undefined) this.turn.giveUp();
		this.refuse(cancelledError());
	}
}

/**
 * The turns that this process works on. An equal prompt to a session whose turn still runs is the
 * same wish asked again (a client that gave up waiting, a message sent twice), so it attaches to
 * that turn instead of paying for another.
 */
export class RunningTurns {
	/** The turns of everything that shares a queue of sessions. */
	static readonly of = perQueue(() => new RunningTurns());

	private readonly running = new Map<string, RunningTurn>();
	private readonly finished = new BoundedMap<string, { at: number; done: FinishedTurn }>(
		MAX_FINISHED,
	);
	private readonly submitted = new BoundedMap<string, RunningTurn>(MAX_SUBMITTED);
	private readonly looks = new BoundedMap<string, { fingerprint: string; since: number }>(
		MAX_SUBMITTED,
	);

	/** The turn that an equal prompt waits for or works on in the session. */
	find(asked: Asked): RunningTurn | undefined {
		const turn = this.running.get(keyOf(asked));
		return turn?.isGivenUp ? undefined : turn;
	}

	/** Starts a turn, and knows it until it is over. */
	start(asked: Asked, work: (turn: RunningTurn) => Promise<GenerateResult>): RunningTurn {
		const key = keyOf(asked);
		const turn = new RunningTurn(work);
		this.running.set(key, turn);
		const forget = () => {
			if (this.running.get(key) === turn) this.running.delete(key);
		};
		void turn.result.then(forget, forget);
		return turn;
	}

	/** Claims the prompt for a turn that is made once the caller holds the session. */
	claim(
		asked: Asked,
		work: (lease: SessionLease, turn: RunningTurn) => Promise<GenerateResult>,
	): ClaimedTurn {
		let give: (lease: SessionLease) => void = () => undefined;
		let refuse: (reason: unknown) => void = () => undefined;
		const lease = new Promise<SessionLease>((resolve, reject) => {
			give = resolve;
			refuse = reject;
		});
		const turn = this.start(asked, async (own) => await work(await lease, own));
		return new ClaimedTurn(turn, give, refuse);
	}

	/** @param at when the turn was over, in milliseconds since the epoch */
	finish(asked: Asked, done: FinishedTurn, at: number): void {
		this.finished.set(keyOf(asked), { at, done });
	}

	/** The last turn of an equal prompt, where it was over only after that time. */
	finishedSince(asked: Asked, since: number): FinishedTurn | undefined {
		const last = this.finished.get(keyOf(asked));
		return last && last.at > since ? last.done : undefined;
	}

	/** Keeps a submitted turn, so that its status can be told when it is over too. */
	keep(record: PendingTurn, turn: RunningTurn): void {
		this.submitted.set(record.ticket, turn);
	}

	/** @param ticket of the turn ID */
	kept(ticket: string): RunningTurn | undefined {
		return this.submitted.get(ticket);
	}

	/**
	 * For how long a session's state has been the same, as far as this process has looked.
	 *
	 * @param now milliseconds since the epoch
	 * @returns milliseconds; 0 for a state that was not seen before
	 */
	restedFor(ticket: string, fingerprint: string, now: number): number {
		const seen = this.looks.get(ticket);
		if (seen?.fingerprint === fingerprint) return now - seen.since;
		this.looks.set(ticket, { fingerprint, since: now });
		return 0;
	}

	/** Turns that are not over yet. */
	get size(): number {
		return this.running.size;
	}
}

function keyOf({ sessionId, prompt, files }: Asked): string {
	return `${sessionId}\n${promptKey(prompt, files)}`;
}
