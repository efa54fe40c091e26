import { resultOf } from '../../api/result';
import type { AccountTurns } from './accountTurns';

/** Costs of a turn before any was measured: NemoVideo's public guides name 100 for a clip. */
export const USUAL_COST = 100;

/** A turn that is being measured. */
export interface MeteredTurn {
	/** Resolves when the balance before the turn is known, or cannot be known. */
	ready: Promise<void>;
}

interface Reading {
	balance: number;
	/** Turns of the account that had begun by then, in all executions. */
	begun: number;
	/** Whether any of them was at work. */
	isBusy: boolean;
}

interface Group {
	/** The account before its first turn. */
	before: Reading | undefined;
	turns: number;
	/** The only turn so far. */
	only: MeteredTurn | undefined;
}

/**
 * Tells what turns cost from readings of the balance. NemoVideo names no price, so the balance is
 * read when no turn runs: before a turn or a group of turns that overlap, and after it.
 */
export class TurnCostTracker {
	/** The latest reading. */
	last: number | undefined;
	/** Average cost in the cheapest and in the dearest group of turns that was measured. */
	cheapest: number | undefined;
	dearest: number | undefined;
	/** Whether any turn was measured. */
	measured = false;
	private running = 0;
	/** Turns begun so far: tells whether one began while the balance was being read. */
	private begun = 0;
	/** The account since the last group was closed. */
	private quiet: Reading | undefined;
	private group: Group | undefined;
	/** Known from the first reading on. */
	private turns: Pick<AccountTurns, 'begun' | 'active'> | undefined;
	private ready: Promise<void> = Promise.resolve();

	/**
	 * @param balance reads the credits that are available
	 * @param account tells whether turns of other executions use the same credits
	 * @param spent credits spent in earlier tries
	 */
	constructor(
		private readonly balance: () => Promise<number>,
		private readonly account: () => Promise<Pick<AccountTurns, 'begun' | 'active'>>,
		public spent: number,
	) {}

	/** What the open group has taken, as far as the latest reading shows it. */
	get pending(): number {
		const { group, last } = this;
		if (!group?.before || last === undefined) return 0;
		return Math.max(0, this.ownPart(group, group.before.balance - last));
	}

	/** Reads the balance; where no turn runs, closes the group that has ended. */
	async read(): Promise<number> {
		const { begun } = this;
		const quiet = this.running === 0;
		const reading = await this.look();
		const now = reading.balance;
		if (quiet && begun === this.begun) {
			this.measure(this.group, now);
			this.group = undefined;
			this.quiet = reading;
		}
		return now;
	}

	begin(): MeteredTurn {
		this.begun++;
		this.running++;
		if (this.running === 1) {
			const ended = this.group;
			this.group = { before: this.quiet, turns: 0, only: undefined };
			this.quiet = undefined;
			this.ready = this.readBefore(this.group, ended);
		}
		const turn = { ready: this.ready };
		if (this.group) {
			this.group.turns++;
			this.group.only = this.group.turns === 1 ? turn : undefined;
		}
		return turn;
	}

	/**
	 * @param told whether the turn's own cost is wanted
	 * @returns the turn's cost; null where others ran beside it or the balance is not known
	 */
	async end(turn: MeteredTurn, told: boolean): Promise<number | null> {
		this.running--;
		const { begun, group } = this;
		if (!told || group?.only !== turn || group.before === undefined) return null;
		const reading = await resultOf(async () => await this.read());
		if (!reading.ok || begun !== this.begun || this.isShared(group)) return null;
		// Somebody topped the account up: nobody can tell.
		const used = group.before.balance - reading.value;
		return used < 0 ? null : used;
	}

	/** Measures what has not been measured yet. */
	async close(): Promise<void> {
		if (this.group && this.running === 0) await this.read();
	}

	private async readBefore(group: Group, ended: Group | undefined): Promise<void> {
		if (group.before !== undefined) return;
		const reading = await resultOf(async () => await this.look());
		if (!reading.ok) return;
		group.before = reading.value;
		this.measure(ended, reading.value.balance);
	}

	private async look(): Promise<Reading> {
		this.turns ??= await this.account();
		const { begun, active } = this.turns;
		const balance = await this.balance();
		this.last = balance;
		return { balance, begun, isBusy: active > 0 };
	}

	/** Whether turns of other executions used the same credits meanwhile. */
	private isShared({ before, turns }: Group): boolean {
		const begun = this.turns?.begun ?? 0;
		return before !== undefined && (before.isBusy || begun - before.begun > turns);
	}

	/** What a group has used of what the account has lost; a guess where others used it as well. */
	private ownPart(group: Group, used: number): number {
		return this.isShared(group) ? Math.min(used, group.turns * (this.dearest ?? USUAL_COST)) : used;
	}

	private measure(group: Group | undefined, now: number): void {
		if (group?.before === undefined) return;
		this.measured = true;
		const used = group.before.balance - now;
		if (used <= 0) return;
		this.spent += this.ownPart(group, used);
		if (this.isShared(group)) return;
		const each = used / group.turns;
		this.cheapest = Math.min(this.cheapest ?? each, each);
		this.dearest = Math.max(this.dearest ?? each, each);
	}
}
