import { resultOf } from '../../api/result';
import type { ByteStream } from '../../api/transport';
import { learnReadable } from '../files/readable';
import { isByteSource } from './answerText';
import { headerTexts } from './credentialRequests';
import type { RequestLimits } from './requestLimits';

/**
 * n8n's answer to a request that asked for a stream.
 *
 * @returns status, headers and body; the body ends with a NemoVideoError where the limits ended it
 */
export function toStream(answer: unknown, limits: RequestLimits): ByteStream {
	const { statusCode, headers, body } = isFullResponse(answer)
		? answer
		: { statusCode: 0, headers: {}, body: undefined };
	learnReadable(body);
	return {
		status: statusCode,
		headers: headerTexts(headers),
		bytes: readBody(body, limits),
		close: () => limits.close(),
	};
}

function isFullResponse(
	answer: unknown,
): answer is { statusCode: number; headers: unknown; body: unknown } {
	return (
		typeof answer === 'object' && answer !== null && 'statusCode' in answer && 'body' in answer
	);
}

async function* readBody(body: unknown, limits: RequestLimits): AsyncGenerator<Uint8Array> {
	try {
		if (!isByteSource(body)) return;
		const reader = body[Symbol.asyncIterator]();
		for (;;) {
			const next = await resultOf(async () => await reader.next());
			if (!next.ok) throw limits.explain(next.error);
			if (next.value.done) return;
			yield next.value.value;
		}
	} finally {
		limits.release();
	}
}
