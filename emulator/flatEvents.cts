import type { AgentEvent, DialectSettings, Voice } from './agentEvents.cts';
import { toWire } from './canonical.cts';
import { inPieces } from './pieces.cts';

/** An event in the flat form of NemoVideo's own API reference. */
export function flatPayloads(event: AgentEvent, settings: DialectSettings, voice: Voice): string[] {
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
