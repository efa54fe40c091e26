import type { NemoVideoError } from '../errors';
import { extractCode } from '../response';
import { isRecord } from '../json';
import type { AgentEvent, ToolCall, ToolResult } from './agentEvent';
import { isAskTool, questionOf } from './askTool';
import {
	failureFromWords,
	readAdkFailure,
	readErrorEvent,
	readFailure,
	readRefusal,
	readUnescapedError,
	startsUnescapedError,
} from './streamFailure';
import { jobsOf, readToolResult } from './toolResult';

const KEEP_ALIVE: AgentEvent = { type: 'keepAlive' };
const WORKING: AgentEvent = { type: 'keepAlive', working: true };

/** Events that are looked for in one payload. */
const MAX_LINES = 10_000;

const HEARTBEAT = /^"?(?:heartbeat|ping|pong|keep[-_ ]?alive|\[done\]|done|ok)"?$/i;
const SENTENCE_END = /[.!?…。！？؟]["'”’)\]*_」』）\s]*$/u;
const TEXT_TYPES: ReadonlySet<string> = new Set(['text', 'chunk', 'message']);
const CALL_TYPES: ReadonlySet<string> = new Set([
	'tool_call',
	'tool_start',
	'toolcall_start',
	'function_call',
	'tool_use',
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
	const events = data.includes('\n') ? data.split('\n', MAX_LINES).flatMap(readLine) : [];
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
	if (failure) return [{ ...failed(failure), ...(extractCode(value) ? { isEnvelope: true } : {}) }];
	return [Object.keys(value).length > 0 ? WORKING : KEEP_ALIVE];
}

function readFlat(event: Record<string, unknown>, type: string): AgentEvent {
	// A tool's own error is the agent's business: it goes on and says what came of it.
	if (CALL_TYPES.has(type)) return callOf(event);
	if (RESULT_TYPES.has(type)) return resultOf(event);
	if (type === 'error') return failed(readErrorEvent(event));
	if (HEARTBEAT.test(type)) return KEEP_ALIVE;
	if (isAskTool(type)) return { type: 'question', text: showable(questionOf(event)) };
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
	const longRunning = event.longRunningToolIds ?? event.long_running_tool_ids;
	const goesOn = ({ id }: { id?: string }) =>
		Array.isArray(longRunning) && longRunning.includes(id);
	const events: AgentEvent[] = [];
	let text = '';
	let isPreview = false;
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
		if (!(isRecord(call) || isRecord(response))) continue;
		if (partial) {
			isPreview ||= isRecord(call);
			continue;
		}
		flush();
		if (isRecord(call)) {
			const made = callOf(call);
			events.push(goesOn(made) ? { ...made, isLongRunning: true } : made);
		}
		if (isRecord(response)) events.push(resultOf(response));
	}
	if (event.author === 'system' && text.startsWith('Error: ')) {
		return [...events, failed(failureFromWords(text.slice('Error: '.length)))];
	}
	flush();
	const answered = events.some(({ type }) => type === 'text');
	const failure = readFailure(event) ?? readAdkFailure(event, answered);
	if (failure) events.push(failed(failure));
	if (isPreview || isCutShort(event, lastTextOf(events))) events.push({ type: 'breakOff' });
	else if ((partial || events.length === 0) && isFinished(event, partial))
		events.push({ type: 'wholeSoFar' });
	return events.length > 0 ? events : [WORKING];
}

/** Whether the model was interrupted, or its words ran out in the midst of a sentence. */
function isCutShort(event: Record<string, unknown>, words: string): boolean {
	if (event.interrupted === true) return true;
	const reasons = [finishOf(event), event.errorCode ?? event.error_code];
	return reasons.includes('MAX_TOKENS') && !SENTENCE_END.test(words);
}

function isFinished(event: Record<string, unknown>, partial: boolean): boolean {
	const isOver = event.turnComplete === true || event.turn_complete === true;
	return isOver || (!partial && finishOf(event) === 'STOP');
}

function finishOf(event: Record<string, unknown>): unknown {
	return event.finishReason ?? event.finish_reason;
}

function lastTextOf(events: readonly AgentEvent[]): string {
	const last = events.at(-1);
	return last?.type === 'text' ? last.text : '';
}

function partsOf(content: unknown): Array<Record<string, unknown>> {
	if (!isRecord(content) || !Array.isArray(content.parts)) return [];
	return content.parts.filter(isRecord);
}

/** Reasoning of the model, which is never shown. */
function isThought(part: Record<string, unknown>): boolean {
	return Boolean(part.thought);
}

function callOf(call: Record<string, unknown>): ToolCall {
	const tool = toolOf(call);
	const args = call.args ?? call.arguments ?? call.input;
	const jobs = jobsOf(args);
	if (!isAskTool(tool.name)) {
		return { type: 'toolCall', ...tool, ...(jobs.length > 0 && { jobs }) };
	}
	return { type: 'toolCall', ...tool, question: showable(questionOf(args ?? call)) };
}

function resultOf(result: Record<string, unknown>): ToolResult {
	return { type: 'toolResult', ...toolOf(result), ...readToolResult(result) };
}

/** Names that frameworks have for the id of a call, in the call and in its result. */
const CALL_ID_KEYS = ['id', 'tool_call_id', 'toolCallId', 'call_id', 'callId', 'tool_use_id'];

function toolOf(call: Record<string, unknown>): { name: string; id?: string } {
	const name = [call.name, call.tool_name, call.tool].find((value) => typeof value === 'string');
	const id = CALL_ID_KEYS.map((key) => call[key]).find(
		(value) => (typeof value === 'string' && value !== '') || typeof value === 'number',
	);
	return {
		name: typeof name === 'string' ? showable(name).slice(0, 100) : '',
		...(id === undefined ? {} : { id: String(id) }),
	};
}

function failed(error: NemoVideoError): AgentEvent & { type: 'failure' } {
	return { type: 'failure', error };
}

/** Text without control characters other than line feed and tab. */
function showable(text: string): string {
	return text.replace(/[^\P{Cc}\n\t]+/gu, '');
}
