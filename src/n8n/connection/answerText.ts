import { NemoVideoError } from '../../api/errors';

/**
 * The largest answer in text that is taken, unpacked; bytes. States with drafts are some hundred
 * kilobytes; more than this comes from something else, or is meant to exhaust n8n's memory.
 */
export const MOST_ANSWER_BYTES = 67_108_864;

/**
 * Reads an answer's body as text while it is small enough to be one.
 *
 * @param bytes as they come out of the decompression, which needs no more memory than a chunk
 * @param stop closes the connection; called when the answer is too large
 * @throws NemoVideoError of kind `protocol` beyond `MOST_ANSWER_BYTES`; what `bytes` throws
 */
export async function readAnswerText(
	bytes: AsyncIterable<Uint8Array>,
	stop: () => void = () => undefined,
): Promise<string> {
	const decoder = new TextDecoder();
	const parts: string[] = [];
	let read = 0;
	for await (const chunk of bytes) {
		read += chunk.byteLength;
		if (read > MOST_ANSWER_BYTES) {
			stop();
			throw new NemoVideoError('protocol', 'NemoVideo sent an answer of more than 64 MB', {
				description:
					'This is not what NemoVideo is known to send. Check the base URL in the credential.',
			});
		}
		parts.push(decoder.decode(chunk, { stream: true }));
	}
	parts.push(decoder.decode());
	return parts.join('');
}

/** Whether a body came as the stream that was asked for. */
export function isByteSource(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
