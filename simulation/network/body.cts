type Step = { bytes: Uint8Array; onRead?: () => void } | { error: unknown } | { end: () => void };

/** An answer's body as it arrives. */
export class SimulatedBody implements AsyncIterable<Uint8Array> {
	private readonly steps: Step[] = [];
	private wake: (() => void) | undefined;
	private isOver = false;

	/** @param onOver called once: the reader has come to the end, or gone away */
	constructor(private readonly onOver: () => void = () => undefined) {}

	/** The nodes learn from a body how to make streams for n8n's store. */
	static from(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
		return source;
	}

	static whole(bytes: Uint8Array): SimulatedBody {
		const body = new SimulatedBody();
		body.push(bytes);
		body.end();
		return body;
	}

	/** @param onRead called when the reader takes the bytes */
	push(bytes: Uint8Array, onRead?: () => void): void {
		this.add({ bytes, onRead });
	}

	fail(error: unknown): void {
		this.add({ error });
	}

	/** @param onRead called when the reader comes to the end */
	end(onRead: () => void = () => undefined): void {
		this.add({ end: onRead });
	}

	/** What was not read yet is lost, as when a socket is torn down. */
	abort(error: unknown): void {
		this.steps.length = 0;
		this.fail(error);
	}

	[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
		return {
			next: async () => await this.next(),
			return: async () => {
				this.over();
				return { done: true, value: undefined };
			},
		};
	}

	private async next(): Promise<IteratorResult<Uint8Array>> {
		while (!this.isOver) {
			const step = this.steps.shift();
			if (step === undefined) await new Promise<void>((resolve) => (this.wake = resolve));
			else if ('end' in step) {
				step.end();
				this.over();
			} else if ('error' in step) {
				this.over();
				throw step.error;
			} else {
				step.onRead?.();
				return { done: false, value: step.bytes };
			}
		}
		return { done: true, value: undefined };
	}

	private add(step: Step): void {
		if (this.isOver) return;
		this.steps.push(step);
		this.wake?.();
		this.wake = undefined;
	}

	private over(): void {
		if (this.isOver) return;
		this.isOver = true;
		this.onOver();
		this.wake?.();
	}
}
