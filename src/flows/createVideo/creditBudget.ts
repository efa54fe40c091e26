import type { NemoVideoClient } from '../../api/client';
import { readCredits, requireCredits } from '../../api/credits';
import { creditsAdvice } from '../../api/account';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { isRecord } from '../../api/json';
import { outcomeOf } from '../../api/outcome';
import { resultOf } from '../../api/result';
import { AccountTurns } from '../generate/accountTurns';
import type { Checkpoint } from '../checkpoint';
import { TurnCostTracker, USUAL_COST } from '../generate/turnCostTracker';

export interface BudgetLimits {
	/** Credits that must be available before the first turn; 0 skips the check. */
	minimum: number;
	/** Credits that the run may spend; 0 is no cap. */
	maximum: number;
	/** Whether turns that cannot be paid are not sent. */
	stopWhenOut: boolean;
}

/** What is remembered of a run's budget, so that a retry goes on with it. */
export interface BudgetCheckpoint {
	/** The execution that spent it; another one may spend the maximum anew. */
	executionId: string;
	spent: number;
}

/** Leave to send one turn; ends with the turn, or when it will not be sent after all. */
export interface Reservation {
	/** The turn is about to be sent. */
	begin(): Promise<void>;
	/**
	 * The turn has ended; safe to call again.
	 *
	 * @param failure how it failed, where it did
	 * @returns the credits it took; null where other turns ran beside it or the balance is not told
	 */
	end(failure?: unknown): Promise<number | null>;
}

/**
 * Watches over the credits of a run: decides before each turn whether it can be paid, so that rows
 * that cannot are never sent. Turns run side by side while the balance is ample; as it gets tight
 * they wait for one another, because what a running turn will cost is only known when it ends.
 */
export class CreditBudget {
	private readonly meter: TurnCostTracker;
	/** Turns admitted and not ended. */
	private inFlight = 0;
	/** Turns whose cost the last reading may lack. */
	private unread = 0;
	private opened: Promise<void> | undefined;
	private line: Promise<void> = Promise.resolve();
	private closed: (() => Promise<NemoVideoError>) | undefined;
	private wake: Array<() => void> = [];
	/** Why the balance cannot be read; it is not tried for every row. */
	private unreadable: unknown;

	/** @param checkpoint of the run as a whole */
	constructor(
		private readonly client: NemoVideoClient,
		private readonly limits: BudgetLimits,
		private readonly checkpoint: Checkpoint<BudgetCheckpoint>,
		private readonly executionId: string,
	) {
		const record = checkpoint.read();
		const spent = record?.executionId === executionId ? record.spent : 0;
		const account = async () => AccountTurns.of(await client.sessionQueue());
		this.meter = new TurnCostTracker(async () => await this.balance(), account, spent);
	}

	/** Credits spent so far, as far as readings tell; undefined when none was possible. */
	async total(): Promise<number | undefined> {
		if (!this.opened) return undefined;
		await resultOf(async () => await this.meter.close());
		return this.meter.measured ? this.meter.spent : undefined;
	}

	/**
	 * Asks for leave to send a turn; waits while it depends on what running turns will cost.
	 *
	 * @throws NemoVideoError of kind `credits` when the turn cannot be paid; nothing was sent
	 */
	async reserve(): Promise<Reservation> {
		// One after another, so that two rows do not both count on the same credits.
		const decision = this.line.then(async () => await this.decide());
		this.line = resultOf(async () => await decision).then(() => undefined);
		await decision;
		return this.ticket();
	}

	private async decide(): Promise<void> {
		this.opened ??= this.open();
		await this.opened;
		for (;;) {
			if (this.closed) throw await this.closed();
			const { maximum, stopWhenOut } = this.limits;
			const { last } = this.meter;
			if ((maximum === 0 && !stopWhenOut) || last === undefined) break;
			const cost = this.meter.dearest ?? USUAL_COST;
			const left = Math.min(this.leftOfCap(), stopWhenOut ? last : Infinity);
			if (left - cost * this.unread >= cost) break;
			if (this.inFlight > 0) {
				await this.nextEnd();
				if (this.closed || (await this.readAgain())) continue;
				break;
			}
			if (!(await this.readAgain())) break;
			this.closeWhereUnpayable();
			if (!this.closed) break;
		}
		this.inFlight++;
		this.unread++;
	}

	/** @returns false where the balance cannot be read and NemoVideo itself has to decide */
	private async readAgain(): Promise<boolean> {
		const reading = await resultOf(async () => await this.meter.read());
		if (!reading.ok && (this.limits.maximum > 0 || isStop(reading.error))) throw reading.error;
		if (reading.ok) this.unread = this.inFlight;
		return reading.ok;
	}

	/** With nothing under way the last reading is exact. */
	private closeWhereUnpayable(): void {
		const { maximum, stopWhenOut } = this.limits;
		const { last = Infinity, cheapest = 1, dearest = 1 } = this.meter;
		if (stopWhenOut && last < cheapest) this.close(this.outOfCredits(last));
		else if (maximum > 0 && this.leftOfCap() < dearest) this.close(this.capReached());
	}

	private leftOfCap(): number {
		const { maximum } = this.limits;
		return maximum === 0 ? Infinity : maximum - this.meter.spent - this.meter.pending;
	}

	private async open(): Promise<void> {
		const { minimum, maximum } = this.limits;
		const known = this.checkpoint.read() !== undefined;
		// The minimum is for the run as a whole: a retry has spent a part of it already.
		if (minimum > 0 && !known) {
			const required = await resultOf(async () => await requireCredits(this.client, minimum));
			if (!required.ok) {
				const { error } = required;
				if (isNemoVideoError(error) && error.kind === 'credits') {
					const { message, description } = error;
					this.close(async () => notSent(message, description));
					return;
				}
				throw error;
			}
		}
		const first = await resultOf(async () => await this.meter.read());
		if (!first.ok && (maximum > 0 || isStop(first.error))) throw first.error;
		this.keep();
	}

	private ticket(): Reservation {
		let begun = false;
		let ended: Promise<number | null> | undefined;
		let turn: ReturnType<TurnCostTracker['begin']> | undefined;
		const end = async (failure: unknown): Promise<number | null> => {
			const lacks = isNemoVideoError(failure) && failure.kind === 'credits';
			if (lacks && this.limits.stopWhenOut) this.close(this.outOfCredits(this.meter.last ?? 0));
			const used = turn ? await this.meter.end(turn, failure === undefined) : null;
			this.inFlight--;
			// What was read after the turn holds it; what was never begun costs nothing.
			if (used !== null) this.unread = this.inFlight;
			else if (!begun) this.unread = Math.max(0, this.unread - 1);
			this.keep();
			for (const wake of this.wake.splice(0)) wake();
			return used;
		};
		return {
			begin: async () => {
				begun = true;
				turn ??= this.meter.begin();
				await turn.ready;
			},
			end: async (failure) => await (ended ??= end(failure)),
		};
	}

	private async nextEnd(): Promise<void> {
		await new Promise<void>((resolve) => this.wake.push(resolve));
	}

	private keep(): void {
		this.checkpoint.write({ executionId: this.executionId, spent: this.meter.spent });
	}

	private close(reason: () => Promise<NemoVideoError>): void {
		this.closed ??= reason;
	}

	private outOfCredits(left: number): () => Promise<NemoVideoError> {
		return async () =>
			notSent(
				`Not sent: NemoVideo has ${left} credits left, too few for another video`,
				creditsAdvice(await this.client.account(), left),
			);
	}

	private capReached(): () => Promise<NemoVideoError> {
		const { spent } = this.meter;
		const { maximum } = this.limits;
		const message = `Not sent: this run has used ${spent} of the ${maximum} credits that 'Maximum Credits' allows, and another video would take it beyond`;
		return async () =>
			notSent(message, "Raise 'Maximum Credits', or run the remaining rows another time.");
	}

	private async balance(): Promise<number> {
		if (this.unreadable !== undefined) throw this.unreadable;
		const reading = await resultOf(async () => await readCredits(this.client));
		if (reading.ok) return reading.value.available;
		this.unreadable = reading.error;
		throw reading.error;
	}
}

function notSent(message: string, description: string | undefined): NemoVideoError {
	return new NemoVideoError('credits', message, {
		description,
		outcome: outcomeOf('notSent'),
		stage: 'credits',
	});
}

function isStop(error: unknown): boolean {
	return isNemoVideoError(error) && error.kind === 'cancelled';
}

/** Whether a remembered value is a budget's record. */
export function isBudgetCheckpoint(value: unknown): value is BudgetCheckpoint {
	return isRecord(value) && typeof value.spent === 'number';
}
