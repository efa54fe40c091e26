import type { NemoVideoClient } from '../api/client';
import type { SessionLease, SessionQueue } from '../api/sessionQueue';
import { letOpenTurnEnd } from './generate/openTurns';
import type { RecoveryLimits } from './generate/recoverTurn';
import { clockWithin, type StartLimit } from './export/startLimit';

export interface SessionWork {
	sessionId: string;
	/** The client's own, for callers that have it: with it, the place in the queue is taken at once. */
	queue?: SessionQueue;
	/** With which patience a turn that nobody reads anymore is waited for. */
	recovery: RecoveryLimits;
	/** In which time it has to end; asked for when the waiting begins. By default the patience decides. */
	limit?(): StartLimit;
	/** Called when the work has to wait. */
	onWait(): void;
}

/**
 * Works in a session once it is this work's turn; what is sent is noted in the process and in the
 * execution.
 *
 * @param work gets the lease that sending needs
 * @throws NemoVideoError of kind `cancelled` on Stop while waiting, or what the work throws
 */
export async function workInSession<T>(
	client: NemoVideoClient,
	order: SessionWork,
	work: (lease: SessionLease) => Promise<T>,
): Promise<T> {
	const { sessionId, recovery, limit, onWait } = order;
	const queue = order.queue ?? (await client.sessionQueue());
	const options = {
		signal: client.transport.signal,
		onWait,
		onSend: (ticket: string) => client.sent.note(sessionId, ticket),
		letOthersEnd: async () => {
			const clock = limit ? clockWithin(client.clock, limit()) : client.clock;
			return await letOpenTurnEnd({ ...client, clock }, sessionId, { recovery, onWait });
		},
	};
	return await queue.hold(sessionId, options, work);
}
