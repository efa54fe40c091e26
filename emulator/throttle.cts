import { Transform, type TransformCallback } from 'node:stream';

/** What a socket gives at most: streams that hold no more need not put it into line. */
export const SOCKET_BYTES = 64 * 1024;

/** Passes bytes on at no more than a given speed, measured from the first byte. */
export class Throttle extends Transform {
	private passed = 0;
	private startedAt: number | undefined;
	private timer: NodeJS.Timeout | undefined;

	/** @param bytesPerSecond asked again for every piece; 0: no limit */
	constructor(private readonly bytesPerSecond: () => number) {
		super({ highWaterMark: SOCKET_BYTES });
	}

	override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
		const limit = this.bytesPerSecond();
		if (limit <= 0) {
			done(null, chunk);
			return;
		}
		const now = performance.now();
		this.startedAt ??= now;
		this.passed += chunk.length;
		const early = (this.passed / limit) * 1000 - (now - this.startedAt);
		if (early < 2) {
			done(null, chunk);
			return;
		}
		this.timer = setTimeout(() => done(null, chunk), early);
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		clearTimeout(this.timer);
		done(error);
	}
}
