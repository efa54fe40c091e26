import { NemoVideoError } from '../../api/errors';
import { stopped } from '../wait';
import { failureTold } from './credentialRequests';
import { networkFailure } from './networkFailure';

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
		this.late = AbortSignal.timeout(timeoutMs);
		const end = () => {
			if (!this.answered) this.closing.abort();
		};
		this.late.addEventListener('abort', end, { once: true });
		this.signal = stop ? AbortSignal.any([stop, this.closing.signal]) : this.closing.signal;
	}

	/** From now on only Stop and `close` end the request. */
	hasAnswer(): void {
		this.answered = true;
	}

	close(): void {
		this.closing.abort();
	}

	/** What a failed request means to the user: stopped, late, or what the credential or Node tells. */
	explain(error: unknown): NemoVideoError {
		if (this.stop?.aborted) return stopped('unknown');
		const failure = findFailure(error);
		if (failure) return failure;
		if (this.late.aborted && !this.answered) {
			return new NemoVideoError(
				'timeout',
				`NemoVideo did not answer within ${Math.round(this.timeoutMs / 1000)} s`,
				{ description: 'It may be busy or the connection slow. Try again later.' },
			);
		}
		return networkFailure(error);
	}
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
