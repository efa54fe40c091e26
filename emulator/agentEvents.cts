import { randomUUID } from 'node:crypto';
import type { Ids } from './ids.cts';

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
	/** Which ADK server's events. */
	flavour: 'js' | 'py';
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
