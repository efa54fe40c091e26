import { createHash, randomUUID } from 'node:crypto';

/**
 * Makes ids in the forms NemoVideo's own documents show. The salt differs per start, so that ids
 * of two runs never meet in a client's memory.
 */
export class Ids {
	private count = 0;

	constructor(private readonly salt: string = randomUUID()) {}

	private digest(kind: string): Buffer {
		this.count += 1;
		return createHash('sha512').update(`${this.salt}:${kind}:${this.count}`).digest();
	}

	/** 19 decimal digits above 2^53, as in `5529798706024415232`. */
	session(): string {
		const rest = this.digest('session').readBigUInt64BE(0) % 1_000_000_000_000_000_000n;
		return `5${rest.toString().padStart(18, '0')}`;
	}

	task(): string {
		return `task_${this.digest('task').toString('hex').slice(0, 12)}`;
	}

	anonymousUser(): string {
		return `anon_${this.digest('user').toString('hex').slice(0, 16)}`;
	}

	/** `nmv_usr_` and 43 URL-safe characters. */
	token(): string {
		return `nmv_usr_${this.digest('token').subarray(0, 32).toString('base64url')}`;
	}

	claimToken(): string {
		return `clm_${this.digest('claim').subarray(0, 24).toString('base64url')}`;
	}

	/** Eight letters and digits, the form of an ADK event's id. */
	event(): string {
		return this.digest('event')
			.toString('base64')
			.replace(/[^a-zA-Z0-9]/g, '')
			.slice(0, 8);
	}

	short(kind: string): string {
		return this.digest(kind).toString('hex').slice(0, 12);
	}
}
