import type { NemoVideoClient } from '../api/client';
import { HEAD_BYTES } from '../api/fileContent';
import { resultOf } from '../api/result';
import type { ByteStream } from '../api/transport';

/** The first bytes of a file have to come within this time. Milliseconds. */
const HEAD_MS = 60_000;

/**
 * Looks at the first bytes of a stream without taking them out of it.
 *
 * @returns at most `HEAD_BYTES` of them, fewer where it ends or breaks before, and the stream from its
 *   beginning. What broke it comes where it came
 * @throws what broke it before its first byte
 */
export async function peek(
	client: NemoVideoClient,
	stream: ByteStream,
): Promise<{ head: Uint8Array; stream: ByteStream }> {
	const done = new AbortController();
	void resultOf(async () => {
		await client.clock.wait(HEAD_MS, done.signal);
		stream.close();
	});
	const reader = stream.bytes[Symbol.asyncIterator]();
	const read: Array<IteratorResult<Uint8Array>> = [];
	let length = 0;
	let failure: { error: unknown } | undefined;
	while (length < HEAD_BYTES) {
		const next = await resultOf(async () => await reader.next());
		if (!next.ok) {
			failure = { error: next.error };
			break;
		}
		read.push(next.value);
		if (next.value.done === true) break;
		length += next.value.value.byteLength;
	}
	done.abort();
	if (failure && length === 0) throw failure.error;
	const chunks = read.flatMap((result) => (result.done === true ? [] : [result.value]));
	const isAtEnd = read.at(-1)?.done === true;
	return {
		head: firstBytes(chunks),
		stream: { ...stream, close: () => stream.close(), bytes: again() },
	};

	async function* again(): AsyncGenerator<Uint8Array> {
		try {
			yield* chunks.splice(0);
			if (failure) throw failure.error;
			while (!isAtEnd) {
				const next = await reader.next();
				if (next.done === true) return;
				yield next.value;
			}
		} finally {
			await reader.return?.();
		}
	}
}

/** A copy: who takes the chunks may free their memory. */
function firstBytes(chunks: readonly Uint8Array[]): Uint8Array {
	const head = new Uint8Array(HEAD_BYTES);
	let filled = 0;
	for (const chunk of chunks) {
		const part = chunk.subarray(0, HEAD_BYTES - filled);
		head.set(part, filled);
		filled += part.byteLength;
	}
	return head.subarray(0, filled);
}
