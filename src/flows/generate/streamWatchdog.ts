import type { NemoVideoClient } from '../../api/client';
import type { Deadline } from '../../api/deadline';
import { SILENCE_MS } from '../../api/sendMessage';
import { resultOf } from '../../api/result';
import type { ByteStream } from '../../api/transport';
import { NOTICE_MS } from '../keepAlive';
import type { Progress } from '../progress';

export interface WatchLimits {
	/** For the turn as a whole. */
	deadline: Deadline;
	/** Nothing but heartbeats for this long, in milliseconds. */
	idleMs: number;
}

/** Closes a stream that is silent, idle or late. One timer at a time, however many events come. */
export class StreamWatchdog {
	gaveUp: 'silence' | 'idle' | 'timeout' | undefined;
	private lastByte: number;
	private lastWork: number;
	private lastNotice: number;
	private readonly done = new AbortController();

	constructor(
		private readonly client: NemoVideoClient,
		private readonly stream: ByteStream,
		private readonly limits: WatchLimits,
		private readonly progress: Progress,
	) {
		this.lastByte = this.lastWork = this.lastNotice = client.clock.now();
		void this.run();
	}

	/** Passes the stream's bytes on and notes when they came. */
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
		await resultOf(async () => {
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
