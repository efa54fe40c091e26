import type { NemoVideoError } from '../errors';
import { isRecord } from '../json';
import {
	failureFromWords,
	readAdkFailure,
	readErrorEvent,
	readFailure,
	readRefusal,
	readUnescapedError,
	startsUnescapedError,
} from './streamFailure';

/** What the agent does, whichever dialect it was told in. */
export type AgentEvent =
	| {
			type: 'text';
			text: string;
			/** A piece; in ADK's dialect the whole message may follow. */
			partial: boolean;
			/** Told in the flat dialect, whose pieces no whole message follows. */
			flat?: true;
			/** Of the ADK event: tells a repetition. */
			id?: string;
			/** Of the ADK event, in whatever unit the server counts: tells a latecomer. */
			at?: number;
	  }
	| { type: 'toolCall'; name: string; id?: string }
	| { type: 'toolResult'; name: string; id?: string }
	| {
			type: 'keepAlive';
			/** The agent itself gave a sign (a thought, a change of state), not just the connection. */
			working?: true;
	  }
	| { type: 'failure'; error: NemoVideoError };

const KEEP_ALIVE: AgentEvent = { type: 'keepAlive' };
const WORKING: AgentEvent = { type: 'keepAlive', working: true };

/** Events that are looked for in one payload. */
const MOST_LINES = 10_000;

const HEARTBEAT = /^"?(?:heartbeat|ping|pong|keep[-_ ]?alive|\[done\]|done|ok)"?$/i;
const TEXT_TYPES: ReadonlySet<string> = new Set(['text', 'chunk', 'message']);
const CALL_TYPES: ReadonlySet<string> = new Set([
	'tool_call',
	'tool_start',
	'toolcall_start',
	'function_call',
]);
const RESULT_TYPES: ReadonlySet<string> = new Set([
	'tool_result',
	'tool_end',
	'toolcall_end',
	'function_response',
]);

/**
 * Reads one data payload. The two dialects that NemoVideo is known or thought to speak are told
 * apart event by event: a `type` marks the flat one, `content`, `actions` or `author` Google ADK's.
 *
 * @param data the data of one server-sent event
 * @returns at least one event; what is not understood keeps the stream alive. Never throws.
 */
export function readAgentEvents(data: string): AgentEvent[] {
	try {
		return read(data);
	} catch {
		// Nested deeper than the stack reaches.
		return [WORKING];
	}
}

function read(data: string): AgentEvent[] {
	const value = parse(data);
	if (value !== undefined) return readValue(value);
	if (startsUnescapedError(data)) return [failed(readUnescapedError(data))];
	// Events whose separating blank line was lost share one payload.
	const events = data.includes('\n') ? data.split('\n', MOST_LINES).flatMap(readLine) : [];
	return events.length > 0 ? events : [KEEP_ALIVE];
}

function readLine(line: string): AgentEvent[] {
	const value = parse(line);
	if (value !== undefined) return readValue(value);
	return startsUnescapedError(line) ? [failed(readUnescapedError(line))] : [];
}

/** Whether a payload only says that the connection is alive: `heartbeat`, `[DONE]`, nothing. */
export function isHeartbeat(data: string): boolean {
	const word = data.slice(0, 32).trim();
	return word === '' ? data.trim() === '' : data.length <= 32 && HEARTBEAT.test(word);
}

/** @returns undefined when the text is not JSON, not even without raw control characters */
function parse(text: string): unknown {
	const trimmed = text.trim();
	if (!trimmed.startsWith('{')) return undefined;
	try {
		return JSON.parse(trimmed);
	} catch {
		const printable = showable(trimmed).replace(/\s/g, ' ');
		if (printable === trimmed) return undefined;
		try {
			return JSON.parse(printable);
		} catch {
			return undefined;
		}
	}
}

function readValue(value: unknown): AgentEvent[] {
	if (!isRecord(value)) return [KEEP_ALIVE];
	if (typeof value.type === 'string') return [readFlat(value, value.type.toLowerCase())];
	const adk = 'content' in value || 'actions' in value || 'author' in value;
	if (adk) return readAdk(value);
	const failure = readRefusal(value) ?? readAdkFailure(value, false);
	if (failure) return [failed(failure)];
	return [Object.keys(value).length > 0 ? WORKING : KEEP_ALIVE];
}

function readFlat(event: Record<string, unknown>, type: string): AgentEvent {
	// A tool's own error is the agent's business: it goes on and says what came of it.
	if (CALL_TYPES.has(type)) return { type: 'toolCall', ...toolOf(event) };
	if (RESULT_TYPES.has(type)) return { type: 'toolResult', ...toolOf(event) };
	if (type === 'error') return failed(readErrorEvent(event));
	if (HEARTBEAT.test(type)) return KEEP_ALIVE;
	const failure = readFailure(event);
	if (failure) return failed(failure);
	if (!TEXT_TYPES.has(type) || isThought(event)) return WORKING;
	const words = [event.content, event.text].find((value) => typeof value === 'string');
	const text = typeof words === 'string' ? showable(words) : '';
	return text === '' ? WORKING : { type: 'text', text, partial: true, flat: true };
}

function readAdk(event: Record<string, unknown>): AgentEvent[] {
	const partial = event.partial === true;
	const mark = {
		...(typeof event.id === 'string' && { id: event.id }),
		...(typeof event.timestamp === 'number' && { at: event.timestamp }),
	};
	const events: AgentEvent[] = [];
	let text = '';
	const flush = () => {
		const shown = showable(text);
		if (shown !== '') events.push({ type: 'text', text: shown, partial, ...mark });
		text = '';
	};
	for (const part of partsOf(event.content)) {
		if (typeof part.text === 'string' && !isThought(part) && event.author !== 'user') {
			text += part.text;
		}
		const call = part.functionCall ?? part.function_call;
		const response = part.functionResponse ?? part.function_response;
		if (partial || !(isRecord(call) || isRecord(response))) continue;
		flush();
		if (isRecord(call)) events.push({ type: 'toolCall', ...toolOf(call) });
		if (isRecord(response)) events.push({ type: 'toolResult', ...toolOf(response) });
	}
	if (event.author === 'system' && text.startsWith('Error: ')) {
		return [...events, failed(failureFromWords(text.slice('Error: '.length)))];
	}
	flush();
	const answered = events.some(({ type }) => type === 'text');
	const failure = readFailure(event) ?? readAdkFailure(event, answered);
	if (failure) events.push(failed(failure));
	return events.length > 0 ? events : [WORKING];
}

function partsOf(content: unknown): Array<Record<string, unknown>> {
	if (!isRecord(content) || !Array.isArray(content.parts)) return [];
	return content.parts.filter(isRecord);
}

/** Reasoning of the model, which is never shown. */
function isThought(part: Record<string, unknown>): boolean {
	return Boolean(part.thought);
}

function toolOf(call: Record<string, unknown>): { name: string; id?: string } {
	const name = [call.name, call.tool_name, call.tool].find((value) => typeof value === 'string');
	return {
		name: typeof name === 'string' ? showable(name).slice(0, 100) : '',
		...(typeof call.id === 'string' && { id: call.id }),
	};
}

function failed(error: NemoVideoError): AgentEvent {
	return { type: 'failure', error };
}

/** Text without control characters other than line feed and tab. */
function showable(text: string): string {
	return text.replace(/[^\P{Cc}\n\t]+/gu, '');
}
