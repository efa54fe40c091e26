import { adkPayloads } from './adkEvents.cts';
import type { AgentEvent, DialectSettings, Voice } from './agentEvents.cts';
import { flatPayloads } from './flatEvents.cts';

/** The `data:` payloads of an event in a dialect, in order; possibly none. */
export function payloadsOf(event: AgentEvent, settings: DialectSettings, voice: Voice): string[] {
	return settings.dialect === 'adk'
		? adkPayloads(event, settings, voice)
		: flatPayloads(event, settings, voice);
}
