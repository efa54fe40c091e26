import { settle } from '../api/settle';

/** A turn that is being measured. */
export interface MeteredTurn {
	/** Resolves when the balance before the turn is known, or cannot be known. */
	ready: Promise<void>;
}

interface Group {
	/** The balance before its first turn. */
	before: number | undefined;
	turns: number;
	/** The only turn so far. */
	only: MeteredTurn | undefined;
}

/**
 * Tells what turns cost from readings of the balance. NemoVideo names no price, so the balance is
 * read when no turn runs: before a turn or a group of turns that overlap, and after it.
 */
export class TurnMeter {
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
	/** The balance since the last group was closed. */
	private quiet: number | undefined;
	private group: Group | undefined;
	private ready: Promise<void> = Promise.resolve();

	/**
	 * @param balance reads the credits that are available
	 * @param spent credits spent in earlier tries
	 */
	constructor(
		private readonly balance: () => Promise<number>,
		public spent: number,
	) {}

	/** What the open group has taken, as far as the latest reading shows it. */
	get pending(): number {
		return Math.max(0, (this.group?.before ?? 0) - (this.last ?? Infinity));
	}

	/** Reads the balance; where no turn runs, closes the group that has ended. */
	async read(): Promise<number> {
		const { begun } = this;
		const quiet = this.running === 0;
		const now = await this.balance();
		this.last = now;
		if (quiet && begun === this.begun) {
			this.measure(this.group, now);
			this.group = undefined;
			this.quiet = now;
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
		const reading = await settle(async () => await this.read());
		// Another turn began meanwhile, or somebody topped the account up: nobody can tell.
		if (!reading.ok || begun !== this.begun || reading.value > group.before) return null;
		return group.before - reading.value;
	}

	/** Measures what has not been measured yet. */
	async close(): Promise<void> {
		if (this.group && this.running === 0) await this.read();
	}

	private async readBefore(group: Group, ended: Group | undefined): Promise<void> {
		if (group.before !== undefined) return;
		const reading = await settle(async () => await this.balance());
		if (!reading.ok) return;
		this.last = group.before = reading.value;
		this.measure(ended, reading.value);
	}

	private measure(group: Group | undefined, now: number): void {
		if (group?.before === undefined) return;
		this.measured = true;
		const used = group.before - now;
		if (used <= 0) return;
		this.spent += used;
		const each = used / group.turns;
		this.cheapest = Math.min(this.cheapest ?? each, each);
		this.dearest = Math.max(this.dearest ?? each, each);
	}
}
