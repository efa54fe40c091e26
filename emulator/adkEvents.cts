import type { AdkErrorForm, AgentEvent, DialectSettings, Voice } from './agentEvents.cts';
import { toWire } from './canonical.cts';
import { inPieces } from './pieces.cts';

interface Rest {
	author?: string;
	partial?: boolean;
	stateDelta?: Record<string, unknown>;
	errorCode?: string;
	errorMessage?: string;
	/** Two events can share an id. */
	id?: string;
}

type Content = Record<string, unknown>;
type Build = (content: Content | undefined, rest?: Rest) => Record<string, unknown>;

/** As recorded from ADK's JavaScript server. */
function jsEvents(voice: Voice): Build {
	return (content, rest = {}) => ({
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
		...errorOf(rest),
		id: rest.id ?? voice.ids.event(),
		longRunningToolIds: [],
		timestamp: Date.now(),
	});
}

/** As ADK's documents show its Python server's: seconds as a fraction, other order, fewer keys. */
function pyEvents(voice: Voice): Build {
	return (content, rest = {}) => ({
		...(content === undefined ? {} : { content }),
		...(rest.partial ? { partial: true } : {}),
		...errorOf(rest),
		invocationId: voice.invocation,
		author: rest.author ?? 'nemo_agent',
		actions: { stateDelta: rest.stateDelta ?? {}, artifactDelta: {}, requestedAuthConfigs: {} },
		longRunningToolIds: [],
		id: rest.id ?? voice.ids.event(),
		timestamp: Date.now() / 1000 + 0.000386,
	});
}

function errorOf(rest: Rest): Record<string, unknown> {
	return rest.errorCode === undefined
		? {}
		: { errorCode: rest.errorCode, errorMessage: rest.errorMessage };
}

function says(text: string): Content {
	return { role: 'model', parts: [{ text }] };
}

function failure(form: AdkErrorForm, message: string, build: Build): string {
	switch (form) {
		case 'raw':
			// Older ADK servers write this without escaping, so it need not be JSON.
			return `{"error": "${message}"}`;
		case 'json':
			return JSON.stringify({ error: message });
		case 'system':
			return toWire(build(says(`Error: ${message}`), { author: 'system' }));
		case 'errorCode':
			return toWire(build(undefined, { errorCode: 'UNKNOWN_ERROR', errorMessage: message }));
	}
}

/** An event as Google's Agent Development Kit writes it on /run_sse. */
export function adkPayloads(event: AgentEvent, settings: DialectSettings, voice: Voice): string[] {
	const python = settings.flavour === 'py';
	const build = python ? pyEvents(voice) : jsEvents(voice);
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
			const content = { role: 'model', parts: [{ functionCall }] };
			// Newer Python servers show a call in a partial event before the real one.
			const preview = python && settings.partial ? [toWire(build(content, { partial: true }))] : [];
			return [...preview, toWire(build(content))];
		}
		case 'result': {
			const functionResponse = { id: event.id, name: event.name, response: event.result };
			const content = { role: 'user', parts: [{ functionResponse }] };
			const { stateDelta } = event;
			if (!python) return [toWire(build(content, { stateDelta }))];
			// Python servers may tell the state's change in a second event of the same id.
			const id = voice.ids.event();
			return [toWire(build(content, { id })), toWire(build(undefined, { id, stateDelta }))];
		}
		case 'code':
			return [JSON.stringify({ code: event.code, message: event.message })];
		case 'error':
			return [failure(event.form, event.message, build)];
		case 'raw':
			return [event.payload];
	}
}
