import { randomUUID } from 'node:crypto';
import { toWire } from './canonical.cts';
import type { Ids } from './ids.cts';
import { Sequence } from './random.cts';

/** The four ways an ADK server's stream can fail, as its sources show. */
export const ADK_ERROR_FORMS = ['raw', 'system', 'json', 'errorCode'] as const;
export type AdkErrorForm = (typeof ADK_ERROR_FORMS)[number];

/** What happens in a turn, before it takes the form of a dialect. */
export type AgentEvent =
	| { kind: 'thought'; text: string }
	| { kind: 'text'; text: string }
	| { kind: 'call'; id: string; name: string; args: Record<string, unknown> }
	| {
			kind: 'result';
			id: string;
			name: string;
			result: Record<string, unknown>;
			stateDelta: Record<string, unknown>;
	  }
	| { kind: 'code'; code: number; message: string }
	| { kind: 'error'; form: AdkErrorForm; message: string }
	/** A payload no dialect knows, sent as it is. */
	| { kind: 'raw'; payload: string };

export interface DialectSettings {
	dialect: 'flat' | 'adk';
	/** Text as pieces with the whole after them (ADK). */
	partial: boolean;
	/** How many pieces a text comes in. */
	pieces: number;
	extras: boolean;
}

/** A dialect's memory over one stream. */
export interface Voice {
	ids: Ids;
	invocation: string;
}

export function newVoice(ids: Ids): Voice {
	return { ids, invocation: `e-${randomUUID()}` };
}

/** Cuts between characters; the pieces joined give the text back. */
export function inPieces(text: string, count: number): string[] {
	const characters = [...text];
	if (count <= 1 || characters.length < count) return [text];
	const cuts = new Sequence(text, count);
	const size = Math.floor(characters.length / count);
	const pieces: string[] = [];
	let from = 0;
	for (let index = 1; index < count; index++) {
		const to = Math.max(from + 1, index * size + cuts.between(-Math.min(3, size - 1), 0));
		pieces.push(characters.slice(from, to).join(''));
		from = to;
	}
	pieces.push(characters.slice(from).join(''));
	return pieces;
}

function errorPayload(form: AdkErrorForm, message: string, event: AdkEvent): string {
	switch (form) {
		case 'raw':
			// Older ADK builds this without escaping, so it need not be JSON.
			return `{"error": "${message}"}`;
		case 'json':
			return JSON.stringify({ error: message });
		case 'system':
			return toWire(
				event({ role: 'model', parts: [{ text: `Error: ${message}` }] }, { author: 'system' }),
			);
		case 'errorCode':
			return toWire(event(undefined, { errorCode: 'UNKNOWN_ERROR', errorMessage: message }));
	}
}

type AdkEvent = (
	content: Record<string, unknown> | undefined,
	rest?: {
		author?: string;
		partial?: boolean;
		stateDelta?: unknown;
		errorCode?: string;
		errorMessage?: string;
	},
) => Record<string, unknown>;

function adkPayloads(event: AgentEvent, settings: DialectSettings, voice: Voice): string[] {
	const build: AdkEvent = (content, rest = {}) => ({
		invocationId: voice.invocation,
		author: rest.author ?? 'nemo_agent',
		...(content === undefined ? {} : { content }),
		actions: {
			stateDelta: rest.stateDelta ?? {},
			artifactDelta: {},
			requestedAuthConfigs: {},
			requestedToolConfirmations: {},
		},
		...(rest.partial ? { partial: true } : {}),
		...(rest.errorCode === undefined
			? {}
			: { errorCode: rest.errorCode, errorMessage: rest.errorMessage }),
		id: voice.ids.event(),
		longRunningToolIds: [],
		timestamp: Date.now(),
	});
	const says = (text: string): Record<string, unknown> => ({ role: 'model', parts: [{ text }] });
	switch (event.kind) {
		case 'thought':
			return [toWire(build({ role: 'model', parts: [{ text: event.text, thought: true }] }))];
		case 'text': {
			const whole = toWire(build(says(event.text)));
			if (!settings.partial) return [whole];
			const pieces = inPieces(event.text, Math.max(2, settings.pieces));
			return [...pieces.map((piece) => toWire(build(says(piece), { partial: true }))), whole];
		}
		case 'call': {
			const functionCall = { id: event.id, name: event.name, args: event.args };
			return [toWire(build({ role: 'model', parts: [{ functionCall }] }))];
		}
		case 'result': {
			const functionResponse = { id: event.id, name: event.name, response: event.result };
			const content = { role: 'user', parts: [{ functionResponse }] };
			return [toWire(build(content, { stateDelta: event.stateDelta }))];
		}
		case 'code':
			return [JSON.stringify({ code: event.code, message: event.message })];
		case 'error':
			return [errorPayload(event.form, event.message, build)];
		case 'raw':
			return [event.payload];
	}
}

function flatPayloads(event: AgentEvent, settings: DialectSettings, voice: Voice): string[] {
	const extra = settings.extras ? { trace_id: voice.invocation } : {};
	switch (event.kind) {
		case 'thought':
			// The flat dialect has no thoughts; an unknown type in their place must be ignored.
			return settings.extras
				? [JSON.stringify({ type: 'progress', stage: 'planning', ...extra })]
				: [];
		case 'text':
			return inPieces(event.text, settings.pieces).map((content) =>
				JSON.stringify({ type: 'text', content, ...extra }),
			);
		case 'call':
			return [JSON.stringify({ type: 'tool_call', name: event.name, args: event.args, ...extra })];
		case 'result':
			return [toWire({ type: 'tool_result', name: event.name, result: event.result, ...extra })];
		case 'code':
			return [JSON.stringify({ code: event.code, message: event.message, ...extra })];
		case 'error':
			return event.form === 'raw'
				? [`{"error": "${event.message}"}`]
				: [JSON.stringify({ type: 'error', error: event.message, ...extra })];
		case 'raw':
			return [event.payload];
	}
}

/** The `data:` payloads of an event in a dialect, in order; possibly none. */
export function payloadsOf(event: AgentEvent, settings: DialectSettings, voice: Voice): string[] {
	return settings.dialect === 'adk'
		? adkPayloads(event, settings, voice)
		: flatPayloads(event, settings, voice);
}
