import type { Clock } from './clock';
import type { Account } from './account';
import type { RateLimiter } from './rateLimiter';
import type { SessionQueue } from './sessionQueue';
import type { Transport } from './transport';

/** What every call to NemoVideo needs: how to reach it, time, and what its account shares. */
export interface NemoVideoClient {
	readonly transport: Transport;
	readonly clock: Clock;
	/** Read again when needed: a trial account can change while a run is under way. */
	account(): Promise<Account>;
	/** Shared by all executions in this process that use the same credential. */
	rateLimiter(): Promise<RateLimiter>;
	/** Shared by all executions in this process that use the same API. */
	sessionQueue(): Promise<SessionQueue>;
	/** What this execution has sent to each session, which survives n8n's Retry. */
	readonly sent: SentLedger;
}

/** The last thing that was sent to each session. */
export interface SentLedger {
	/** @returns the ticket of the last prompt or upload, or undefined when none is known */
	last(sessionId: string): string | undefined;
	/** What was left open in the session before is over with that. */
	note(sessionId: string, ticket: string): void;
	/** Whether something went to the session after a ticket, as was seen before. */
	isOvertaken(sessionId: string, ticket: string): boolean;
	/** Another execution has sent something since: another process could not know. */
	noteOvertaken(sessionId: string, ticket: string): void;
	/** @returns the prompt that was sent last and whose end isn't known, as it was left */
	open(sessionId: string): unknown;
	/** @param turn plain JSON; undefined where nothing is open anymore */
	leaveOpen(sessionId: string, turn: unknown): void;
	/** @returns the uploads whose end isn't known, as they were left */
	openUploads(sessionId: string): unknown;
	/** @param uploads plain JSON: all that are open now */
	leaveUploads(sessionId: string, uploads: readonly unknown[]): void;
}
