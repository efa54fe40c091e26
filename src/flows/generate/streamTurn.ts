import type { NemoVideoClient } from '../../api/client';
import { Deadline } from '../../api/deadline';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { gatewayError, isFinalPage } from '../../api/gateway';
import { outcomeOf } from '../../api/outcome';
import { withRetry } from '../../api/retry';
import { sendMessage, SILENCE_MS, type Message } from '../../api/sendMessage';
import type { SessionLease } from '../../api/sessionQueue';
import { resultOf } from '../../api/result';
import { decodeSse } from '../../api/stream/decode';
import { readAgentEvents } from '../../api/stream/parseEvents';
import { Turn, type TurnResult } from '../../api/stream/turn';
import type { ByteStream } from '../../api/transport';
import { LiveText } from './liveText';
import type { Progress } from '../progress';
import { StreamWatchdog, type WatchLimits } from './streamWatchdog';

export interface StreamLimits {
	/** From sending to the end of the stream, in milliseconds. */
	timeoutMs: number;
	/** Nothing but heartbeats for this long, in milliseconds. */
	idleMs: number;
}

/** How a stream ended, and what had come by then. */
export type StreamEnd =
	/** NemoVideo closed it, after whole messages. */
	| { how: 'closed'; begun: boolean; result: TurnResult }
	/** Broken, silent, or the answer to the request never came: what became of it is unknown. */
	| { how: 'lost'; begun: boolean; result: TurnResult; cause: unknown }
	| { how: 'timeout' | 'idle'; begun: boolean; result: TurnResult }
	/**
	 * NemoVideo said that the turn failed, a gateway answered in its place, or the stream can't be read.
	 * Where it was NemoVideo, it doesn't work on the prompt anymore.
	 */
	| {
			how: 'failed';
			begun: boolean;
			result: TurnResult;
			error: NemoVideoError;
			by: 'nemoVideo' | 'gateway' | 'nobody';
	  };

/** A prompt to stream. */
export interface Prompt extends Omit<Message, 'timeoutMs'> {
	/** Called when NemoVideo has taken the prompt on, at the first event of the stream. */
	onTaken?(said: () => TurnResult): void;
	/** Called right before each try, with nothing left to wait for. */
	beforeSending?(): Promise<void>;
}

/**
 * Sends a prompt once and reads its stream to the end. It is sent again only where NemoVideo
 * definitely refused it.
 */
export class TurnStream {
	private readonly deadline: Deadline;
	private readonly watch: WatchLimits;

	constructor(
		private readonly client: NemoVideoClient,
		limits: StreamLimits,
		private readonly progress: Progress,
	) {
		this.deadline = new Deadline(client.clock, limits.timeoutMs);
		this.watch = { deadline: this.deadline, idleMs: limits.idleMs };
	}

	/**
	 * @param lease the right to send to the session
	 * @returns how the stream ended; every end but `closed` leaves open what became of the prompt
	 * @throws NemoVideoError where NemoVideo refused the prompt or it was never sent (outcome
	 * `refused`), or the user stopped the execution
	 */
	async send(lease: SessionLease, prompt: Prompt): Promise<StreamEnd> {
		const { client, deadline } = this;
		const outcome = await resultOf(
			async () =>
				await withRetry(client, { idempotent: false, deadline, goesFirst: true }, async () => {
					if (deadline.passed) throw promptTimedOutError();
					await prompt.beforeSending?.();
					const timeoutMs = Math.min(SILENCE_MS, deadline.left());
					const stream = await sendMessage(client, lease, { ...prompt, timeoutMs });
					return await this.read(stream, prompt.onTaken);
				}),
		);
		if (outcome.ok) return outcome.value;
		const { error } = outcome;
		if (!isNemoVideoError(error) || error.outcome === 'refused') throw error;
		if (error.kind === 'cancelled') throw error;
		const nothing = { begun: false, result: new Turn().finish() };
		// Whatever else may have been acted on, only the state can tell.
		if (isTurnedAway(error)) return { how: 'failed', ...nothing, error, by: 'gateway' };
		// A timer may be early by a moment.
		const late = error.kind === 'timeout' && deadline.left() < TIMER_SLACK_MS;
		return late ? { how: 'timeout', ...nothing } : { how: 'lost', ...nothing, cause: error };
	}

	private async read(stream: ByteStream, onTaken: Prompt['onTaken']): Promise<StreamEnd> {
		const { client, progress } = this;
		const reader = new TurnReader(stream, progress, onTaken);
		const watchdog = new StreamWatchdog(client, stream, this.watch, progress);
		const outcome = await resultOf(async () => await reader.read(watchdog));
		watchdog.stop();
		stream.close();
		reader.flush();
		if (!outcome.ok && client.transport.signal?.aborted) throw outcome.error;
		const { turn } = reader;
		const { begun } = turn;
		const result = turn.finish();
		const failure = reader.failure() ?? (outcome.ok ? undefined : brokenRule(outcome.error));
		if (failure) {
			if (reader.isRefused) throw failure;
			const by = turn.failure ? 'nemoVideo' : outcome.ok ? 'gateway' : 'nobody';
			return { how: 'failed', begun, result, error: failure, by };
		}
		if (watchdog.gaveUp === 'timeout' || watchdog.gaveUp === 'idle') {
			return { how: watchdog.gaveUp, begun, result };
		}
		if (watchdog.gaveUp === 'silence') return { how: 'lost', begun, result, cause: silentError() };
		if (!outcome.ok) return { how: 'lost', begun, result, cause: outcome.error };
		if (turn.isCutShort) return { how: 'lost', begun, result, cause: cutShortError() };
		return { how: 'closed', begun, result };
	}
}

const TIMER_SLACK_MS = 20;

/** Reads one stream into a turn. */
class TurnReader {
	readonly turn = new Turn();
	private readonly live: LiveText | undefined;
	private messages = 0;
	private isTaken = false;
	/** The first line that no stream has, where the answer begins with it. */
	private page: string | undefined;
	/** NemoVideo's refusal was the first that came: nothing was begun. */
	isRefused = false;

	constructor(
		private readonly stream: ByteStream,
		private readonly progress: Progress,
		private readonly onTaken: Prompt['onTaken'],
	) {
		this.live = progress.listens ? new LiveText() : undefined;
	}

	async read(watchdog: StreamWatchdog): Promise<void> {
		for await (const message of decodeSse(watchdog.seen(this.stream.bytes))) {
			if (message.kind === 'foreign') this.meetForeign(message.line);
			if (message.kind === 'data') this.take(message.data, watchdog);
			this.messages++;
			if (this.turn.failure || isMarkup(this.page)) return;
			if (message.kind === 'data') this.taken();
		}
	}

	/** Shows what was still held back of the last sentence. */
	flush(): void {
		if (this.live) this.progress.text(this.live.rest());
	}

	/** What NemoVideo or a gateway said against the turn; known once all was read. */
	failure(): NemoVideoError | undefined {
		const { failure } = this.turn;
		if (failure) return failure.with({ tokenFingerprint: this.stream.tokenFingerprint });
		const { status, headers, host } = this.stream;
		const isPage = this.page !== undefined && !this.turn.begun;
		return isPage ? gatewayError({ status, headers, host, body: this.page ?? '' }) : undefined;
	}

	/**
	 * A gateway's page in the place of a stream is its answer. In the midst of one, it is what has
	 * become of the connection, while NemoVideo may work on.
	 */
	private meetForeign(line: string): void {
		if (this.messages === 0) this.page = line;
		else if (isMarkup(line) && this.page === undefined) throw cutOffError();
	}

	private taken(): void {
		if (this.isTaken) return;
		this.isTaken = true;
		this.onTaken?.(() => this.turn.soFar());
	}

	private take(data: string, watchdog: StreamWatchdog): void {
		for (const event of readAgentEvents(data)) {
			if (event.type === 'failure' && event.isEnvelope === true && this.messages === 0) {
				const { code } = event.error;
				const outcome = outcomeOf({ status: this.stream.status, code });
				this.isRefused = outcome === 'refused';
				this.turn.push({ ...event, error: event.error.with({ outcome }) });
				return;
			}
			if (event.type !== 'keepAlive') watchdog.heardOfWork();
			const piece = this.turn.push(event);
			if (piece === undefined) continue;
			watchdog.heardText();
			if (this.live) this.progress.text(this.live.push(piece));
		}
	}
}

/** Nothing of NemoVideo begins like markup. */
function isMarkup(line: string | undefined): boolean {
	return /^\s*</.test(line ?? '');
}

function cutOffError(): NemoVideoError {
	return new NemoVideoError('stream', 'A gateway closed the connection to NemoVideo', {
		outcome: outcomeOf('inStream'),
	});
}

function silentError(): NemoVideoError {
	return new NemoVideoError('stream', `NemoVideo sent nothing for ${SILENCE_MS / 1_000} s`, {
		outcome: outcomeOf('inStream'),
	});
}

function cutShortError(): NemoVideoError {
	return new NemoVideoError('stream', 'NemoVideo closed the stream in the middle of a message', {
		outcome: outcomeOf('inStream'),
	});
}

/** A stream that no agent would send: its own failure, whatever the state says. */
function brokenRule(error: unknown): NemoVideoError | undefined {
	return isNemoVideoError(error) && error.kind === 'protocol' ? error : undefined;
}

/**
 * Whether a gateway itself turned the prompt away. One that sends it on elsewhere, or that did not
 * reach NemoVideo as far as it knows, may not have.
 */
function isTurnedAway(error: NemoVideoError): boolean {
	const { httpStatus = 0 } = error;
	return isFinalPage(error) && (httpStatus < 300 || (httpStatus >= 400 && httpStatus < 500));
}

function promptTimedOutError(): NemoVideoError {
	return new NemoVideoError('timeout', 'NemoVideo held the prompt back until it timed out', {
		description:
			"Nothing was sent. Allow more time in 'Timeout (Minutes)', or lower the number of rows that run in parallel.",
		outcome: outcomeOf('notSent'),
	});
}
