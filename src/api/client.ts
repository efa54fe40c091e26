import type { Clock } from './clock';
import type { Account } from './errorTable';
import type { RateGate } from './rateGate';
import type { Transport } from './transport';

/** What every call to NemoVideo needs: how to reach it, time, and whose account it is. */
export interface NemoVideoClient {
	readonly transport: Transport;
	readonly clock: Clock;
	readonly gate: RateGate;
	/** Read anew when needed: a trial account can change while a run is under way. */
	account(): Promise<Account>;
}
