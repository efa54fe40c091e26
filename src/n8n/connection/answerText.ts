import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import { resultOf } from '../../api/result';

/**
 * The largest answer in text that is taken, unpacked; bytes. States with drafts are some hundred
 * kilobytes; more than this comes from something else, or is meant to exhaust n8n's memory.
 */
export const MAX_ANSWER_BYTES = 67_108_864;

export interface Reading {
	/** The answer's HTTP status: a refusal counts as far as it came. */
	status: number;
	/** Closes the connection; called when the answer is too large. */
	stop?(): void;
}

/**
 * Reads an answer's body as text while it is small enough to be one. The body of a refusal may break
 * off: its status has been told, and proxies that open no tunnel often send no more than that.
 *
 * @param bytes as they come out of the decompression, which needs no more memory than a chunk
 * @throws NemoVideoError of kind `protocol` beyond `MOST_ANSWER_BYTES`, `cancelled` on Stop; what
 * `bytes` throws where the answer is no refusal
 */
export async function readAnswerText(
	bytes: AsyncIterable<Uint8Array>,
	{ status, stop = () => undefined }: Reading,
): Promise<string> {
	const decoder = new TextDecoder();
	const parts: string[] = [];
	const read = await resultOf(async () => await collect(bytes, decoder, parts));
	parts.push(decoder.decode());
	if (read.ok) return parts.join('');
	const { error } = read;
	const isTooLarge = isNemoVideoError(error) && error.kind === 'protocol';
	if (isTooLarge) stop();
	const isStopped = isNemoVideoError(error) && error.kind === 'cancelled';
	if (isTooLarge || isStopped || status < 300) throw error;
	return parts.join('');
}

/** @throws NemoVideoError of kind `protocol` beyond `MOST_ANSWER_BYTES` */
async function collect(
	bytes: AsyncIterable<Uint8Array>,
	decoder: TextDecoder,
	parts: string[],
): Promise<void> {
	let read = 0;
	for await (const chunk of bytes) {
		read += chunk.byteLength;
		if (read > MAX_ANSWER_BYTES) {
			throw new NemoVideoError('protocol', 'NemoVideo sent an answer of more than 64 MB', {
				description: 'This answer is unexpected. Check the base URL in the credential.',
			});
		}
		parts.push(decoder.decode(chunk, { stream: true }));
	}
}

/** Whether a body came as the stream that was asked for. */
export function isByteSource(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
