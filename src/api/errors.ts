/** What kind of failure a user meets; frozen names (saved workflows branch on them). */
export const FAILURE_KINDS = [
	'auth',
	'session',
	'credits',
	'fileType',
	'fileSize',
	'clientId',
	'plan',
	'rateLimit',
	'timeout',
	'render',
	'stream',
	'network',
	'server',
	'input',
	'cancelled',
	'protocol',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

const RETRYABLE: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'rateLimit',
	'timeout',
	'stream',
	'network',
	'server',
]);

/** The ids a user needs to go on after a failure. */
export interface Handles {
	sessionId?: string;
	taskId?: string;
	renderId?: string;
}

/**
 * Whether the backend can have acted on the request that failed. Only after `refused` may a
 * request that costs be sent again.
 */
export type Outcome = 'refused' | 'unknown';

export interface FailureDetails {
	/** What to do about it, in sentences. */
	description?: string;
	/** NemoVideo's body code. */
	code?: number;
	httpStatus?: number;
	handles?: Handles;
	/** Where in the work it happened, e.g. `generate`. */
	stage?: string;
	outcome?: Outcome;
	/** How long the backend asked us to wait, in milliseconds. */
	retryAfterMs?: number;
	/** Which token was refused; see Transport.renew. */
	credentialMark?: string;
	cause?: unknown;
}

/** The one error class of the API layer and the flows; the seam turns it into n8n's. */
export class NemoVideoError extends Error {
	readonly kind: FailureKind;
	description: string | undefined;
	readonly code: number | undefined;
	readonly httpStatus: number | undefined;
	outcome: Outcome;
	readonly retryAfterMs: number | undefined;
	credentialMark: string | undefined;
	handles: Handles;
	stage: string | undefined;

	constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = 'NemoVideoError';
		this.kind = kind;
		this.description = details.description;
		this.code = details.code;
		this.httpStatus = details.httpStatus;
		this.outcome = details.outcome ?? 'unknown';
		this.retryAfterMs = details.retryAfterMs;
		this.credentialMark = details.credentialMark;
		this.handles = { ...details.handles };
		this.stage = details.stage;
	}

	get retryable(): boolean {
		return RETRYABLE.has(this.kind);
	}

	/** Adds ids and the stage where they are not known yet; returns itself. */
	with(handles: Handles, stage?: string): this {
		this.handles = { ...handles, ...this.handles };
		this.stage ??= stage;
		return this;
	}
}

/**
 * Duck-typed, because one process can hold two copies of this module (a linked development
 * package beside an installed one).
 */
export function isNemoVideoError(error: unknown): error is NemoVideoError {
	return error instanceof Error && error.name === 'NemoVideoError' && 'kind' in error;
}
