import { BoundedMap } from '../api/boundedMap';
import type { NemoVideoClient } from '../api/client';
import type { SessionLease, SessionQueue } from '../api/sessionQueue';
import { endingOf, letOpenTurnEnd } from './openTurns';
import { perQueue } from './perQueue';
import type { RecoveryLimits } from './recover';
import { clockWithin, type StartLimit } from './startLimit';

/** Sessions whose last prompt or upload is remembered. */
const MAX_SESSIONS = 10_000;

/** The last prompt or upload that this process has sent to each session. */
const lastSentIn = perQueue(() => new BoundedMap<string, string>(MAX_SESSIONS));
/** Leases that were given beside a prompt whose end could not be seen. */
const besideUnknown = new WeakSet<SessionLease>();

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
	const { sessionId, onWait } = order;
	const queue = order.queue ?? (await client.sessionQueue());
	const lastSent = lastSentIn(queue);
	let held: SessionLease | undefined;
	const options = {
		signal: client.transport.signal,
		onWait,
		onSend: (ticket: string) => {
			lastSent.set(sessionId, ticket);
			client.sent.note(sessionId, ticket);
		},
		letOthersEnd: async () => {
			const ticket = lastSent.get(sessionId) ?? client.sent.last(sessionId);
			const isKnown = await endIsKnown(client, order, ticket);
			if (!isKnown && held) besideUnknown.add(held);
		},
	};
	return await queue.hold(sessionId, options, async (lease) => {
		held = lease;
		return await work(lease);
	});
}

/** Whether the session was cleared with a prompt in it of which nobody knows whether it is done. */
export function isBesideUnknown(lease: SessionLease): boolean {
	return besideUnknown.has(lease);
}

/**
 * Waits for the prompt that was left open in a session, if any.
 *
 * @param ticket of what was sent to the session last
 * @returns false where its end could not be seen
 */
async function endIsKnown(
	client: NemoVideoClient,
	{ sessionId, recovery, limit, onWait }: SessionWork,
	ticket: string | undefined,
): Promise<boolean> {
	let isOpen = false;
	const heard = {
		recovery,
		onWait: () => {
			isOpen = true;
			onWait();
		},
	};
	const clock = limit ? clockWithin(client.clock, limit()) : client.clock;
	await letOpenTurnEnd({ ...client, clock }, sessionId, heard);
	return !isOpen || (ticket !== undefined && (await endingOf(client, ticket)) !== undefined);
}
