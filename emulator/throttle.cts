import { Transform, type TransformCallback } from 'node:stream';

/** Passes bytes on at no more than a given speed, measured from the first byte. */
export class Throttle extends Transform {
	private passed = 0;
	private startedAt: number | undefined;
	private timer: NodeJS.Timeout | undefined;

	/** @param bytesPerSecond asked again for every piece; 0: no limit */
	constructor(private readonly bytesPerSecond: () => number) {
		// As much as a socket gives at once.
		super({ highWaterMark: 64 * 1024 });
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
