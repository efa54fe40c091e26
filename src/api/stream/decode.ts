import { createParser } from '../../vendor';
import { NemoVideoError } from '../errors';
import { isRecord } from '../json';
import { outcomeOf } from '../outcome';
import { resultOf } from '../result';
import { isHeartbeat } from './parseEvents';
import { namedError } from './namedError';
import { startsUnescapedError } from './streamFailure';

/** Comments, empty data and events without data are signs of life without content. */
export type SseMessage =
	| { kind: 'data'; data: string }
	| { kind: 'keepAlive' }
	/** A line that no event stream has, e.g. of a gateway's page. */
	| { kind: 'foreign'; line: string };

/** The largest event that is taken, in characters: beyond it memory would have no bound. */
export const MAX_EVENT_CHARACTERS = 16 * 1024 * 1024;

const BLANK_LINE = /^(?:\r\n|[\r\n])|(?:\r\n|\n|\r(?!\n))(?:\r\n|[\r\n])/;
/** Lines of which the parser tells nothing. */
const SILENT_BLOCK = /^(?:(?:event|id)(?::[^\r\n]*)?(?:\r\n|[\r\n]|$))*$/;
/** More than this is looked at of no first event. Characters. */
const MAX_HEAD = 65_536;

const KEEP_ALIVE: SseMessage = { kind: 'keepAlive' };

/** A message with the name of its event. */
type Received = SseMessage & { event?: string };

/**
 * Decodes a stream of server-sent events, however the network cut it into pieces.
 *
 * Returning means that the stream ended between two events, which is how NemoVideo ends a turn:
 * it sends no closing event. A last event without its blank line counts where it is complete, also
 * where the connection breaks right behind it.
 *
 * @param bytes UTF-8; what it throws is passed on
 * @yields one message per event, comment or unknown line, the same whatever the chunks are; an event
 * named `error` as a failure
 * @throws NemoVideoError of kind `stream` when the stream ends in the middle of an event; kind
 * `protocol` when an event is larger than 16 MB
 */
export async function* decodeSse(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SseMessage> {
	const reader = new SseReader();
	const chunks = bytes[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await resultOf(async () => await chunks.next());
			if (!next.ok) {
				yield* reader.rest().messages;
				throw next.error;
			}
			if (next.value.done) break;
			yield* reader.read(next.value.value);
		}
	} finally {
		await chunks.return?.();
	}
	const { messages, isWhole } = reader.rest();
	yield* messages;
	if (!isWhole) throw lostInTheMiddle();
}

class SseReader {
	private readonly decoder = new TextDecoder();
	private inbox: Received[] = [];
	private overfull = false;
	private midLine = false;
	/** The stream's text up to its first blank line; undefined once it was looked at. */
	private head: string | undefined = '';

	private readonly parser = createParser({
		maxBufferSize: MAX_EVENT_CHARACTERS,
		onEvent: ({ data, event }) => this.receive(data, event),
		onComment: () => this.inbox.push(KEEP_ALIVE),
		onRetry: () => this.inbox.push(KEEP_ALIVE),
		onError: ({ type, line }) => {
			if (type === 'max-buffer-size-exceeded') this.overfull = true;
			// A refusal written into the stream without SSE's framing is still an answer.
			else if (line?.startsWith('{')) this.receive(line);
			else this.inbox.push(isForeign(line) ? { kind: 'foreign', line } : KEEP_ALIVE);
		},
	});

	read(chunk: Uint8Array): SseMessage[] {
		this.feed(this.decoder.decode(chunk, { stream: true }));
		return this.inbox.map(toMessage);
	}

	/** @returns what the last event without its blank line gives, if it is whole */
	rest(): { messages: SseMessage[]; isWhole: boolean } {
		this.feed(this.decoder.decode());
		const messages = this.inbox;
		const { midLine } = this;
		this.head = undefined;
		this.feed('\n\n');
		const last = this.inbox.at(-1);
		const isWhole = last?.kind === 'data' ? isWholeData(last.data, midLine) : !midLine;
		const isCut = last?.kind === 'foreign' ? midLine && isBegunField(last.line) : !isWhole;
		const rest = isCut && last?.kind !== 'keepAlive' ? this.inbox.slice(0, -1) : this.inbox;
		return { messages: [...messages, ...rest].map(toMessage), isWhole };
	}

	private feed(text: string): void {
		this.inbox = [];
		if (text === '') return;
		this.midLine = !'\r\n'.includes(text.slice(-1));
		this.parser.feed(text);
		if (this.overfull) throw tooLarge();
		this.lookAtHead(text);
	}

	/**
	 * A stream that begins with a blank line or an event without data has begun, although the parser
	 * tells nothing of that: what comes behind is not the first.
	 */
	private lookAtHead(text: string): void {
		if (this.head === undefined) return;
		this.head += text;
		const end = BLANK_LINE.exec(this.head);
		if (end && SILENT_BLOCK.test(this.head.slice(0, end.index))) this.inbox.unshift(KEEP_ALIVE);
		if (end || this.inbox.length > 0 || this.head.length > MAX_HEAD) this.head = undefined;
	}

	private receive(data: string, event?: string): void {
		if (data.length > MAX_EVENT_CHARACTERS) this.overfull = true;
		else this.inbox.push(data === '' ? KEEP_ALIVE : { kind: 'data', data, event });
	}
}

function toMessage({ event = '', ...message }: Received): SseMessage {
	if (message.kind !== 'data' || !/^\s*error\s*$/i.test(event)) return message;
	return { kind: 'data', data: namedError(message.data) };
}

/** Whether data that stood last in the stream, without its blank line, came to its end. */
function isWholeData(data: string, midLine: boolean): boolean {
	const lastLine = data.slice(data.lastIndexOf('\n') + 1);
	for (const text of [data, lastLine]) {
		if (isHeartbeat(text) || startsUnescapedError(text) || isJsonObject(text)) return true;
	}
	return !midLine && !data.trimStart().startsWith('{');
}

const SSE_FIELD = /^(?:data|event|id|retry)(?::|$)/;

/** Whether a line without its end is the beginning of a field's name. */
function isBegunField(line: string): boolean {
	return ['data', 'event', 'id', 'retry'].some((name) => name.startsWith(line));
}

/** Heartbeats without SSE's framing are known, so a bare word is no page. */
function isForeign(line: string | undefined): line is string {
	return line !== undefined && line.trim() !== '' && !isHeartbeat(line) && !SSE_FIELD.test(line);
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
		{
			description: 'Check the state of the session for the result of the prompt.',
			outcome: outcomeOf('inStream'),
		},
	);
}

function tooLarge(): NemoVideoError {
	return new NemoVideoError('protocol', 'NemoVideo sent an event of more than 16 MB', {
		description: 'This answer is unexpected. Check the base URL in the credential.',
		outcome: outcomeOf('inStream'),
	});
}
