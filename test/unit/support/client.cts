import type { NemoVideoClient, SentLedger } from '../../../src/api/client';
import type { Clock } from '../../../src/api/clock';
import { RateLimiter } from '../../../src/api/rateLimiter';
import { SessionQueue, type SessionLease } from '../../../src/api/sessionQueue';
import type { Transport } from '../../../src/api/transport';

export interface TestClient extends NemoVideoClient {
	readonly limiter: RateLimiter;
	readonly queue: SessionQueue;
	readonly sent: TestLedger;
}

/** A ledger as long as the test. */
export class TestLedger implements SentLedger {
	/** The sessions that something was sent to, in order. */
	readonly noted: string[] = [];
	private readonly sent = new Map<string, string>();
	private readonly overtaken = new Map<string, string>();
	private readonly opened = new Map<string, unknown>();
	private readonly uploads = new Map<string, unknown>();

	last(sessionId: string): string | undefined {
		return this.sent.get(sessionId);
	}

	note(sessionId: string, ticket: string): void {
		this.noted.push(sessionId);
		this.sent.set(sessionId, ticket);
		this.opened.delete(sessionId);
	}

	isOvertaken(sessionId: string, ticket: string): boolean {
		return this.overtaken.get(sessionId) === ticket;
	}

	noteOvertaken(sessionId: string, ticket: string): void {
		this.overtaken.set(sessionId, ticket);
	}

	open(sessionId: string): unknown {
		return this.opened.get(sessionId);
	}

	leaveOpen(sessionId: string, turn: unknown): void {
		this.opened.set(sessionId, turn);
	}

	openUploads(sessionId: string): unknown {
		return this.uploads.get(sessionId);
	}

	leaveUploads(sessionId: string, uploads: readonly unknown[]): void {
		this.uploads.set(sessionId, uploads);
	}
}

/** A client of one process; what executions share can be handed from one client to another. */
export function testClient(
	transport: Transport,
	clock: Clock,
	{ limiter = new RateLimiter(clock), queue = new SessionQueue(), sent = new TestLedger() } = {},
): TestClient {
	return {
		transport,
		clock,
		limiter,
		queue,
		sent,
		rateLimiter: async () => limiter,
		sessionQueue: async () => queue,
		account: async () => ({
			trial: false,
			baseUrl: 'https://api.test',
			webUrl: 'https://web.test',
			attribution: { source: 'tests', version: '1', platform: 'unknown' },
		}),
	};
}

/** A lease of a session that nobody else works in. */
export async function leaseOf(client: NemoVideoClient, sessionId: string): Promise<SessionLease> {
	const queue = await client.sessionQueue();
	return await new Promise((resolve) => {
		void queue.hold(sessionId, {}, async (lease) => {
			await lease.clear();
			resolve(lease);
			await new Promise(() => undefined);
		});
	});
}
