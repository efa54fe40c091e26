import type { IExecuteFunctions } from 'n8n-workflow';
import type { NemoVideoClient } from '../api/client';
import { rateLimiterOf, sessionQueueOf } from './connection/shared';
import type { N8nTransport } from './connection/transport';
import { sentLedgerOf } from './sentLedger';
import { systemClock } from './wait';

/** The client of one run of a node. */
export function clientOf(context: IExecuteFunctions, transport: N8nTransport): NemoVideoClient {
	return {
		transport,
		clock: systemClock,
		account: async () => await transport.account(),
		rateLimiter: async () => rateLimiterOf(await transport.sharedKeys()),
		sessionQueue: async () => sessionQueueOf(await transport.sharedKeys()),
		sent: sentLedgerOf(context),
	};
}
