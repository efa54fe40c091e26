import { sanitizeText } from '../text/sanitize';
import type { NemoVideoClient } from './client';
import type { Clock } from './clock';
import { nameOf, unwrapResponse, type Endpoint } from './response';
import { NemoVideoError } from './errors';
import { toJson } from './json';
import type { SessionLease } from './sessionQueue';
import { resultOf } from './result';
import type { ByteStream } from './transport';

/** No byte at all for this long means that the stream is lost. Milliseconds. */
export const SILENCE_MS = 120_000;
/** A refusal is a short text; more than this is read from no refusal. Bytes. */
const MAX_REFUSAL_BYTES = 65_536;
/** A refusal that is not whole by then is read as far as it came. Milliseconds. */
const REFUSAL_MS = 10_000;

/** The agent's stream. */
export const RUN_SSE: Endpoint = {
	method: 'POST',
	path: '/run_sse',
	notFound: 'session',
	onlyOnce: true,
};

/** A prompt on its way to a session. */
export interface Message {
	/** Names this prompt among all that was sent to the session. */
	ticket: string;
	text: string;
	/** Up to the beginning of the answer, in milliseconds. */
	timeoutMs?: number;
}

/**
 * Sends a message to the agent and opens its event stream (seed: send message).
 *
 * @param lease the right to send to the session
 * @returns the open stream; the caller closes it
 * @throws NemoVideoError as the error table says when NemoVideo refuses before the stream
 */
export async function sendMessage(
	client: NemoVideoClient,
	lease: SessionLease,
	{ ticket, text, timeoutMs = SILENCE_MS }: Message,
): Promise<ByteStream> {
	lease.sends(ticket, client.clock.now());
	const stream = await client.transport.open({
		method: RUN_SSE.method,
		path: RUN_SSE.path,
		accept: 'text/event-stream',
		// Where a connection breaks, what is still being unpacked is lost.
		headers: { 'accept-encoding': 'identity' },
		json: toJson({
			app_name: 'nemo_agent',
			user_id: 'me',
			session_id: lease.sessionId,
			new_message: { parts: [{ text }] },
		}),
		timeoutMs,
	});
	const type = stream.headers['content-type'] ?? '';
	const succeeded = stream.status >= 200 && stream.status < 300;
	// Without a content type it is taken for a stream: the reader can tell.
	if (succeeded && (type === '' || /event-stream|octet-stream|text\/plain/i.test(type))) {
		return stream;
	}
	const body = await readShortText(client.clock, stream);
	unwrapResponse({ ...stream, body }, RUN_SSE);
	throw new NemoVideoError(
		'protocol',
		`NemoVideo answered ${nameOf(RUN_SSE)} with ${sanitizeText(type, 80) || 'no content type'} instead of an event stream`,
		{ description: 'Check the base URL in the credential.', httpStatus: stream.status },
	);
}

/** Reads the body of a refusal and closes the stream. */
export async function readShortText(clock: Clock, stream: ByteStream): Promise<string> {
	const done = new AbortController();
	void resultOf(async () => {
		await clock.wait(REFUSAL_MS, done.signal);
		stream.close();
	});
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	try {
		for await (const chunk of stream.bytes) {
			text += decoder.decode(chunk, { stream: true });
			bytes += chunk.byteLength;
			if (bytes > MAX_REFUSAL_BYTES) break;
		}
	} catch {
		// What came before the break may still hold the code; a cut JSON is reported as such.
	} finally {
		done.abort();
		stream.close();
	}
	return text + decoder.decode();
}
