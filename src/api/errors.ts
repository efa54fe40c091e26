import { isRecord } from './json';
import { outcomeOf, type Outcome } from './outcome';

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

/** Kinds of failure that may pass by themselves. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>([
	'rateLimit',
	'timeout',
	'stream',
	'network',
	'server',
]);

/** The ids a user needs to go on after a failure. */
export interface ResourceIds {
	sessionId?: string;
	taskId?: string;
	renderId?: string;
}

export interface FailureDetails {
	/** What to do about it, in sentences. */
	description?: string;
	/** NemoVideo's body code. */
	code?: number;
	httpStatus?: number;
	handles?: ResourceIds;
	/** Where in the work it happened, e.g. `generate`. */
	stage?: string;
	/** NemoVideo's own words, quoted; of a file that was refused before, what it is. */
	says?: string;
	/** Names of the files that were refused. */
	files?: readonly string[];
	/** By default `unknown`: whoever knows better says so. */
	outcome?: Outcome;
	/** How long the backend asked us to wait, in milliseconds. */
	retryAfterMs?: number;
	/** Which token was refused; see Transport.renew. */
	tokenFingerprint?: string;
	cause?: unknown;
}

/** A failure as it is kept between two tries: plain JSON. */
export interface StoredFailure {
	kind: FailureKind;
	message: string;
	description?: string;
	code?: number;
	httpStatus?: number;
	handles: ResourceIds;
	stage?: string;
	says?: string;
	files?: readonly string[];
	outcome: Outcome;
}

/** The one error class of the API layer and the flows; the seam turns it into n8n's. */
export class NemoVideoError extends Error {
	readonly kind: FailureKind;
	readonly description: string | undefined;
	readonly code: number | undefined;
	readonly httpStatus: number | undefined;
	readonly outcome: Outcome;
	readonly retryAfterMs: number | undefined;
	readonly tokenFingerprint: string | undefined;
	readonly handles: Readonly<ResourceIds>;
	readonly stage: string | undefined;
	readonly says: string | undefined;
	readonly files: readonly string[] | undefined;

	constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.name = 'NemoVideoError';
		this.kind = kind;
		this.description = details.description;
		this.code = details.code;
		this.httpStatus = details.httpStatus;
		this.outcome = details.outcome ?? outcomeOf('noAnswer');
		this.retryAfterMs = details.retryAfterMs;
		this.tokenFingerprint = details.tokenFingerprint;
		this.handles = { ...details.handles };
		this.stage = details.stage;
		this.says = details.says;
		this.files = details.files;
	}

	/** Whether the failure may pass by itself, whatever it costs to find out. */
	get isPassing(): boolean {
		return PASSING.has(this.kind);
	}

	/** Whether the same work can be started again without paying twice. */
	get safeToRepeat(): boolean {
		return this.outcome !== 'unknown';
	}

	/** Whether a workflow should start the same work again: it may help and can't cost twice. */
	get retryable(): boolean {
		return this.isPassing && this.safeToRepeat;
	}

	/**
	 * A copy of this failure that says more. Ids and the stage are added where they aren't known
	 * yet; everything else that is given replaces what was there.
	 */
	with(details: FailureDetails): NemoVideoError {
		const copy = new NemoVideoError(this.kind, this.message, {
			...this,
			cause: this.cause,
			...details,
			handles: { ...details.handles, ...definedOnly(this.handles) },
			stage: this.stage ?? details.stage,
		});
		copy.stack = this.stack;
		return copy;
	}

	toJSON(): StoredFailure {
		const { kind, message, description, code, httpStatus } = this;
		const { handles, stage, says, files, outcome } = this;
		const told = { kind, message, description, code, httpStatus };
		return { ...told, handles: { ...handles }, stage, says, files, outcome };
	}

	/** The failure that `toJSON` stored. */
	static fromJSON(stored: StoredFailure): NemoVideoError {
		return new NemoVideoError(stored.kind, stored.message, stored);
	}
}

function definedOnly(handles: Readonly<ResourceIds>): ResourceIds {
	return Object.fromEntries(Object.entries(handles).filter(([, id]) => id !== undefined));
}

/** Whether a remembered value is a stored failure. */
export function isStoredFailure(value: unknown): value is StoredFailure {
	return (
		isRecord(value) &&
		typeof value.message === 'string' &&
		FAILURE_KINDS.some((kind) => kind === value.kind) &&
		isRecord(value.handles)
	);
}

/**
 * Duck-typed, because one process can hold two copies of this module (a linked development
 * package beside an installed one).
 */
export function isNemoVideoError(error: unknown): error is NemoVideoError {
	return error instanceof Error && error.name === 'NemoVideoError' && 'kind' in error;
}
