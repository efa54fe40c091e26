import { NemoVideoError } from '../../api/errors';
import { cancelledError } from '../../api/stop';
import { failureTold } from './credentialRequests';
import { networkFailure, type Asked } from './networkFailure';

/** Of a request that names no time limit of its own. Milliseconds. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** What can end a request from our side: Stop, its time limit, and the reader who closes it. */
export class RequestLimits {
	readonly signal: AbortSignal;
	private readonly closing = new AbortController();
	private readonly late: AbortSignal;
	private answered = false;

	/**
	 * @param stop the execution's signal, or that of one request
	 * @param timeoutMs until the answer begins, or ends where `hasAnswer` is never called
	 */
	constructor(
		private readonly stop: AbortSignal | undefined,
		private readonly timeoutMs = DEFAULT_TIMEOUT_MS,
	) {
		// What is left of a deadline may have fractions, which no timer takes.
		this.late = AbortSignal.timeout(Math.ceil(timeoutMs));
		this.late.addEventListener('abort', this.abort, { once: true });
		// Many requests share Stop: listeners of their own would be more than Node takes for normal.
		this.signal = stop ? AbortSignal.any([stop, this.closing.signal]) : this.closing.signal;
	}

	/** From now on only Stop and `close` end the request. */
	hasAnswer(): void {
		this.answered = true;
		this.release();
	}

	/** Ends the request. */
	close(): void {
		this.release();
		this.closing.abort();
	}

	/**
	 * The time limit no longer matters. One that somebody listens to would keep its timer until it
	 * fires, which is hours for an upload.
	 */
	release(): void {
		this.late.removeEventListener('abort', this.abort);
	}

	/**
	 * What a failed request means to the user: stopped, late, or what the credential or Node tells.
	 * The request is over then.
	 *
	 * @param asked what did not answer, where more is known than that it was the API
	 */
	explain(error: unknown, asked: Asked = {}): NemoVideoError {
		this.release();
		if (this.stop?.aborted) return cancelledError('noAnswer');
		if (this.late.aborted && !this.answered) {
			return new NemoVideoError(
				'timeout',
				`${asked.name ?? 'NemoVideo'} did not answer within ${Math.round(this.timeoutMs / 1000)} s`,
				{ description: 'It may be busy, or the connection may be slow. Try again later.' },
			);
		}
		return findFailure(error) ?? networkFailure(error, asked);
	}

	private readonly abort = (): void => this.closing.abort();
}

const DEEPEST = 6;

/** A failure of the credential's own requests, inside the errors that n8n wraps around it. */
function findFailure(error: unknown): NemoVideoError | undefined {
	let current: unknown = error;
	for (let depth = 0; depth < DEEPEST && current instanceof Error; depth++) {
		if (current.name === 'NemoVideoError' && current instanceof NemoVideoError) return current;
		if ('failure' in current && current.failure instanceof NemoVideoError) return current.failure;
		const failure = failureTold(current.message);
		if (failure) return failure;
		current = current.cause;
	}
	return undefined;
}
