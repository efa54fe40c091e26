import type { NemoVideoClient } from '../api/client';
import { isNemoVideoError, NemoVideoError } from '../api/errors';
import { openTurn, SILENCE_MS } from '../api/message';
import { withRetry } from '../api/retry';
import { settle } from '../api/settle';
import { decodeSse } from '../api/stream/decode';
import { readAgentEvents } from '../api/stream/dialects';
import { Turn, type TurnResult } from '../api/stream/turn';
import type { ByteStream } from '../api/transport';
import { Deadline } from '../api/deadline';
import { LiveText } from './liveText';
import { NOTICE_MS } from './notices';
import type { Progress } from './progress';

export interface StreamLimits {
	/** From sending to the end of the stream, in milliseconds. */
	timeoutMs: number;
	/** Nothing but heartbeats for this long, in milliseconds. */
	idleMs: number;
}

/** How a stream ended, other than by a failure that the backend told. */
export type StreamEnd =
	| { how: 'closed'; begun: boolean; result: TurnResult }
	/** Broken, silent, or the answer to the request never came: what became of it is unknown. */
	| { how: 'lost'; begun: boolean; cause: unknown }
	| { how: 'timeout' | 'idle'; begun: boolean };

/**
 * Sends a prompt once and reads its stream to the end. It is sent again only where NemoVideo
 * definitely refused it.
 *
 * @throws NemoVideoError for a failure that NemoVideo told: outcome `refused` when it came before
 * the answer began, else `unknown`
 */
export async function streamTurn(
	client: NemoVideoClient,
	message: { sessionId: string; prompt: string },
	limits: StreamLimits,
	progress: Progress,
): Promise<StreamEnd> {
	const deadline = new Deadline(client.clock, limits.timeoutMs);
	const outcome = await settle(
		async () =>
			await withRetry(client, { as: 'costly', deadline }, async () => {
				if (deadline.passed) throw tooLate();
				const headersBy = Math.min(SILENCE_MS, deadline.left());
				const stream = await openTurn(client, message.sessionId, message.prompt, headersBy);
				return await readTurn(client, stream, { ...limits, deadline }, progress);
			}),
	);
	if (outcome.ok) return outcome.value;
	const { error } = outcome;
	if (!isNemoVideoError(error) || !leavesOpen(error)) throw error;
	// A timer may be early by a moment.
	const late = error.kind === 'timeout' && deadline.left() < TIMER_SLACK_MS;
	return late ? { how: 'timeout', begun: false } : { how: 'lost', begun: false, cause: error };
}

const TIMER_SLACK_MS = 20;

/** Whether a failure leaves open what became of the prompt, so that only the state can tell. */
function leavesOpen({ kind, outcome, stage, code }: NemoVideoError): boolean {
	if (outcome !== 'unknown' || stage === TOLD) return false;
	if (kind === 'protocol') return code === undefined;
	return kind === 'network' || kind === 'timeout' || kind === 'server';
}

function tooLate(): NemoVideoError {
	return new NemoVideoError('timeout', 'NemoVideo held the prompt back until its time was over', {
		description:
			"Nothing was sent. Allow more time in 'Timeout (Minutes)', or lower the number of rows that run in parallel.",
		outcome: 'refused',
	});
}

/** Marks failures that came as events of the stream, in contrast to a stream that broke. */
const TOLD = 'generate';

async function readTurn(
	client: NemoVideoClient,
	stream: ByteStream,
	limits: StreamLimits & { deadline: Deadline },
	progress: Progress,
): Promise<StreamEnd> {
	const turn = new Turn();
	const live = new LiveText();
	const watch = new Watch(client, stream, limits, progress);
	const outcome = await settle(async () => {
		for await (const message of decodeSse(watch.seen(stream.bytes))) {
			if (message.kind === 'keepAlive') continue;
			for (const event of readAgentEvents(message.data)) {
				if (event.type !== 'keepAlive') watch.heardOfWork();
				const piece = turn.push(event);
				if (piece) {
					watch.heardText();
					progress.text(live.push(piece));
				}
			}
			if (turn.failure) break;
		}
	});
	watch.stop();
	stream.close();
	progress.text(live.rest());
	const stopped = client.transport.signal?.aborted === true;
	if (!outcome.ok && stopped) throw outcome.error;
	if (turn.failure) {
		const { failure } = turn;
		failure.credentialMark = stream.credentialMark;
		if (turn.begun) failure.outcome = 'unknown';
		throw failure.with({}, TOLD);
	}
	if (watch.gaveUp === 'timeout' || watch.gaveUp === 'idle') {
		return { how: watch.gaveUp, begun: turn.begun };
	}
	if (!outcome.ok || watch.gaveUp === 'silence') {
		const cause = outcome.ok ? undefined : outcome.error;
		return { how: 'lost', begun: turn.begun, cause };
	}
	return { how: 'closed', ...finished(turn) };
}

/** Only at the end it is known whether the claim of a temporary issue was all that came. */
function finished(turn: Turn): { begun: boolean; result: TurnResult } {
	const result = turn.finish();
	const { failure } = turn;
	if (failure) throw failure.with({}, TOLD);
	return { begun: turn.begun, result };
}

/** Closes a stream that is silent, idle or late. One timer at a time, however many events come. */
class Watch {
	gaveUp: 'silence' | 'idle' | 'timeout' | undefined;
	private lastByte: number;
	private lastWork: number;
	private lastNotice: number;
	private readonly done = new AbortController();

	constructor(
		private readonly client: NemoVideoClient,
		private readonly stream: ByteStream,
		private readonly limits: StreamLimits & { deadline: Deadline },
		private readonly progress: Progress,
	) {
		this.lastByte = this.lastWork = this.lastNotice = client.clock.now();
		void this.run();
	}

	async *seen(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
		for await (const chunk of bytes) {
			this.lastByte = this.client.clock.now();
			yield chunk;
		}
	}

	heardOfWork(): void {
		this.lastWork = this.client.clock.now();
	}

	heardText(): void {
		this.lastNotice = this.client.clock.now();
	}

	stop(): void {
		this.done.abort();
	}

	private async run(): Promise<void> {
		const { clock } = this.client;
		await settle(async () => {
			for (;;) {
				const now = clock.now();
				const left = {
					timeout: this.limits.deadline.left(),
					idle: this.lastWork + this.limits.idleMs - now,
					silence: this.lastByte + SILENCE_MS - now,
				};
				const late = (['timeout', 'idle', 'silence'] as const).find((limit) => left[limit] <= 0);
				if (late !== undefined) {
					this.gaveUp = late;
					this.stream.close();
					return;
				}
				if (this.lastNotice + NOTICE_MS <= now) {
					this.lastNotice = now;
					this.progress.waiting();
				}
				const notice = this.lastNotice + NOTICE_MS - now;
				await clock.wait(Math.min(left.timeout, left.idle, left.silence, notice), this.done.signal);
			}
		});
	}
}
