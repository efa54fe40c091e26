import { BoundedMap } from './boundedMap';
import type { NemoVideoClient } from './client';
import { raceStop } from './stop';
import { uuidV4 } from '../vendor';

/** Sessions whose last prompt or upload is remembered. */
const MAX_SESSIONS = 10_000;

export interface HoldOptions {
	/** Ends the waiting. */
	signal?: AbortSignal;
	/** Called once when something else works in the session, so that this has to wait. */
	onWait?(): void;
	/** Told of every prompt and upload that goes to the session. */
	onSend?(ticket: string): void;
	/**
	 * Waits for what may still be at work in the session from before.
	 *
	 * @returns false where its end could not be seen
	 */
	letOthersEnd?(): Promise<boolean>;
}

/**
 * Lets one piece of work at a time send to a session, whichever execution, node or chat it comes
 * from: NemoVideo's agent has one timeline for a session, so turns that overlap would edit each
 * other's work. Others queue in the order in which they came.
 *
 * It knows this process alone: workers of n8n's queue mode can't see each other.
 */
export class SessionQueue {
	/** Resolve when everything that was queued for a session so far is over. */
	private readonly tails = new Map<string, Promise<void>>();
	/** The last prompt or upload that was sent to each session. */
	private readonly lastSent = new BoundedMap<string, string>(MAX_SESSIONS);
	/** When the last prompt was sent to each session, in milliseconds since the epoch. */
	private readonly lastPrompt = new BoundedMap<string, number>(MAX_SESSIONS);

	/**
	 * Waits for its turn, then works in the session.
	 *
	 * @param work gets the lease that sending needs; the lease ends with it
	 * @returns what the work gives
	 * @throws NemoVideoError of kind `cancelled` on Stop while waiting, or what the work throws
	 */
	async hold<T>(
		sessionId: string,
		options: HoldOptions,
		work: (lease: SessionLease) => Promise<T>,
	): Promise<T> {
		const before = this.tails.get(sessionId);
		let end: () => void = () => undefined;
		const over = new Promise<void>((resolve) => (end = resolve));
		const tail = (before ?? Promise.resolve()).then(() => over);
		this.tails.set(sessionId, tail);
		void tail.then(() => {
			if (this.tails.get(sessionId) === tail) this.tails.delete(sessionId);
		});
		const lease = new SessionLease(
			sessionId,
			(ticket, promptAt) => {
				this.lastSent.set(sessionId, ticket);
				if (promptAt !== undefined) this.lastPrompt.set(sessionId, promptAt);
				options.onSend?.(ticket);
			},
			async () => (await options.letOthersEnd?.()) ?? true,
		);
		try {
			if (before) {
				options.onWait?.();
				await raceStop(before, options.signal);
			}
			return await work(lease);
		} finally {
			lease.end();
			end();
		}
	}

	/**
	 * Whether nothing has gone to a session since a ticket's prompt or upload, as far as this
	 * process knows.
	 */
	isLast(sessionId: string, ticket: string): boolean {
		return (this.lastSent.get(sessionId) ?? ticket) === ticket;
	}

	/**
	 * When this process last sent a prompt to a session.
	 *
	 * @returns milliseconds since the epoch; undefined where it did not, as far as it remembers
	 */
	promptedAt(sessionId: string): number | undefined {
		return this.lastPrompt.get(sessionId);
	}

	/** Whether something works in a session or waits for it. */
	isBusy(sessionId: string): boolean {
		return this.tails.has(sessionId);
	}

	/** Sessions that something works in or waits for. */
	get busySessions(): number {
		return this.tails.size;
	}
}

/**
 * The right to send to a session. Only `SessionQueue.hold` gives one, and nothing is sent without
 * it: so nothing can be sent while another turn runs, and nothing can be sent without being noted.
 */
export class SessionLease {
	private isOver = false;
	private isClear = false;
	private isBeside = false;

	constructor(
		readonly sessionId: string,
		private readonly noteSent: (ticket: string, promptAt?: number) => void,
		private readonly letOthersEnd: () => Promise<boolean>,
	) {}

	/**
	 * Waits until nothing that this process sent before is at work in the session anymore, as far as
	 * that can be seen. To be called before something is sent.
	 *
	 * @throws NemoVideoError of outcome `refused` where it takes too long
	 */
	async clear(): Promise<void> {
		if (!this.isClear) this.isBeside = !(await this.letOthersEnd());
		this.isClear = true;
	}

	/** Whether the session was cleared beside a prompt of which nobody knows whether it is done. */
	get isBesideUnknown(): boolean {
		return this.isBeside;
	}

	/** A name for a prompt or upload that is about to be sent. */
	newTicket(): string {
		return uuidV4().replaceAll('-', '');
	}

	/**
	 * Notes that something goes to the session now. What older work of unknown outcome left behind
	 * can't be read from the session's state anymore.
	 *
	 * @param promptAt when, in milliseconds since the epoch; for prompts, which change the timeline
	 */
	sends(ticket: string, promptAt?: number): void {
		if (this.isOver) throw new Error('The session lease is over');
		if (!this.isClear) throw new Error('The session was not cleared');
		this.noteSent(ticket, promptAt);
	}

	/** Ends the lease; called by the queue. */
	end(): void {
		this.isOver = true;
	}
}

/**
 * Whether nothing has gone to a session since, as far as the process and the execution know. What the
 * process knows, the execution remembers: a retry may run in another one.
 */
export async function isLastSent(
	client: NemoVideoClient,
	sessionId: string,
	ticket: string,
): Promise<boolean> {
	const { sent } = client;
	if ((sent.last(sessionId) ?? ticket) !== ticket || sent.isOvertaken(sessionId, ticket))
		return false;
	const isLast = (await client.sessionQueue()).isLast(sessionId, ticket);
	if (!isLast) sent.noteOvertaken(sessionId, ticket);
	return isLast;
}
