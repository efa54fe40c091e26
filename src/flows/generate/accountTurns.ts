import { perQueue } from '../perQueue';

/** The turns of this process that may use the same credits, whichever execution began them. */
export class AccountTurns {
	/** Those over one API: which of its credentials share an account, nobody can tell. */
	static readonly of = perQueue(() => new AccountTurns());
	/** Begun so far. */
	begun = 0;
	/** At work now. */
	active = 0;

	/** Counts a turn from before its prompt is sent to its end. */
	async count<T>(turn: () => Promise<T>): Promise<T> {
		this.begun++;
		this.active++;
		try {
			return await turn();
		} finally {
			this.active--;
		}
	}
}
