import { createParser } from '../../vendor';
import { NemoVideoError } from '../errors';
import { isRecord } from '../json';
import { isHeartbeat } from './dialects';
import { startsUnescapedError } from './streamFailure';

/** Comments, empty data, retry fields and half lines are signs of life without content. */
export type SseMessage = { kind: 'data'; data: string } | { kind: 'keepAlive' };

/** The largest event that is taken, in characters: beyond it memory would have no bound. */
export const MOST_EVENT_CHARACTERS = 16 * 1024 * 1024;

const KEEP_ALIVE: SseMessage = { kind: 'keepAlive' };

/**
 * Decodes a stream of server-sent events, however the network cut it into pieces.
 *
 * Returning means that the stream ended between two events, which is how NemoVideo ends a turn:
 * it sends no closing event. A last event without its blank line counts where it is complete.
 *
 * @param bytes UTF-8; what it throws is passed on
 * @yields one message per event, comment or unknown line, and one per chunk that completes nothing
 * @throws NemoVideoError of kind `stream` when the stream ends in the middle of an event; kind
 * `protocol` when an event is larger than 16 MB
 */
export async function* decodeSse(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SseMessage> {
	const reader = new SseReader();
	for await (const chunk of bytes) yield* reader.read(chunk);
	yield* reader.end();
}

class SseReader {
	private readonly decoder = new TextDecoder();
	private inbox: SseMessage[] = [];
	private overfull = false;
	private midLine = false;

	private readonly parser = createParser({
		maxBufferSize: MOST_EVENT_CHARACTERS,
		onEvent: ({ data }) => this.receive(data),
		onComment: () => this.inbox.push(KEEP_ALIVE),
		onRetry: () => this.inbox.push(KEEP_ALIVE),
		onError: ({ type, line }) => {
			if (type === 'max-buffer-size-exceeded') this.overfull = true;
			// A refusal written into the stream without SSE's framing is still an answer.
			else if (line?.startsWith('{')) this.receive(line);
			else this.inbox.push(KEEP_ALIVE);
		},
	});

	read(chunk: Uint8Array): SseMessage[] {
		if (chunk.length === 0) return [];
		this.feed(this.decoder.decode(chunk, { stream: true }));
		return this.inbox.length > 0 ? this.inbox : [KEEP_ALIVE];
	}

	/** @returns what the last event without its blank line gives */
	end(): SseMessage[] {
		this.feed(this.decoder.decode());
		const { midLine } = this;
		this.feed('\n\n');
		const last = this.inbox.at(-1);
		const whole = last?.kind === 'data' ? isWhole(last.data, midLine) : !midLine;
		if (!whole) throw lostInTheMiddle();
		return this.inbox;
	}

	private feed(text: string): void {
		this.inbox = [];
		if (text === '') return;
		this.midLine = !'\r\n'.includes(text.slice(-1));
		this.parser.feed(text);
		if (this.overfull) throw tooLarge();
	}

	private receive(data: string): void {
		if (data.length > MOST_EVENT_CHARACTERS) this.overfull = true;
		else this.inbox.push(data === '' ? KEEP_ALIVE : { kind: 'data', data });
	}
}

/** Whether data that stood last in the stream, without its blank line, came to its end. */
function isWhole(data: string, midLine: boolean): boolean {
	const lastLine = data.slice(data.lastIndexOf('\n') + 1);
	for (const text of [data, lastLine]) {
		if (isHeartbeat(text) || startsUnescapedError(text) || isJsonObject(text)) return true;
	}
	return !midLine && !data.trimStart().startsWith('{');
}

function isJsonObject(text: string): boolean {
	try {
		return isRecord(JSON.parse(text));
	} catch {
		return false;
	}
}

function lostInTheMiddle(): NemoVideoError {
	return new NemoVideoError(
		'stream',
		'The connection to NemoVideo closed in the middle of an event',
		{ description: 'What became of the prompt shows in the state of the session.' },
	);
}

function tooLarge(): NemoVideoError {
	return new NemoVideoError('protocol', 'NemoVideo sent an event of more than 16 MB', {
		description:
			'This is not what NemoVideo is known to send. Check the base URL in the credential.',
	});
}
