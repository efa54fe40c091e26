import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isNemoVideoError } from '../../../../src/api/errors';
import { decodeSse, type SseMessage } from '../../../../src/api/stream/decode';
import { readAgentEvents } from '../../../../src/api/stream/parseEvents';
import { Turn } from '../../../../src/api/stream/turn';

/** What a reader makes of a stream, in a form that can be compared. */
export interface Reading {
	text: string;
	/** What was shown while it came. */
	live: string;
	tools: string[];
	toolCalls: number;
	begun: boolean;
	/** Kind of the failure that the backend told. */
	failure: string | undefined;
	/** Kind of the failure with which the stream itself ended. */
	lost: string | undefined;
}

/** Reads a stream the way the flow does. */
export async function readStream(bytes: AsyncIterable<Uint8Array>): Promise<Reading> {
	const turn = new Turn();
	let live = '';
	let lost: string | undefined;
	try {
		for await (const message of decodeSse(bytes)) {
			if (message.kind !== 'data') continue;
			for (const event of readAgentEvents(message.data)) live += turn.push(event) ?? '';
		}
	} catch (error) {
		if (!isNemoVideoError(error)) throw error;
		lost = error.kind;
	}
	const result = turn.finish();
	return { ...result, live, begun: turn.begun, failure: turn.failure?.kind, lost };
}

export async function* chunksOf(...chunks: Array<string | Uint8Array>): AsyncGenerator<Uint8Array> {
	for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** All messages with data; the number of keep-alives depends on the chunks. */
export async function dataOf(bytes: AsyncIterable<Uint8Array>): Promise<string[]> {
	const data: string[] = [];
	for (const message of await messagesOf(bytes)) {
		if (message.kind === 'data') data.push(message.data);
	}
	return data;
}

export async function messagesOf(bytes: AsyncIterable<Uint8Array>): Promise<SseMessage[]> {
	const messages: SseMessage[] = [];
	for await (const message of decodeSse(bytes)) messages.push(message);
	return messages;
}

/** Plays events through a turn. */
export function play(...events: unknown[]): Reading {
	const turn = new Turn();
	let live = '';
	for (const event of events) {
		const data = typeof event === 'string' ? event : JSON.stringify(event);
		for (const agentEvent of readAgentEvents(data)) live += turn.push(agentEvent) ?? '';
	}
	const result = turn.finish();
	return { ...result, live, begun: turn.begun, failure: turn.failure?.kind, lost: undefined };
}

export interface Recording {
	name: string;
	bytes: Buffer;
}

/** The recorded streams under test/fixtures. */
export function recordings(): Recording[] {
	const root = join(__dirname, '../../../fixtures');
	return ['adk', 'flat', 'emulator'].flatMap((folder) => {
		let names: string[];
		try {
			names = readdirSync(join(root, folder));
		} catch {
			return [];
		}
		return names
			.filter((name) => name.endsWith('.sse'))
			.map((name) => ({
				name: `${folder}/${name}`,
				bytes: readFileSync(join(root, folder, name)),
			}));
	});
}

/** An ADK event with these parts. */
export function adk(parts: unknown[], rest: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		invocationId: 'e-1',
		author: 'nemo_agent',
		content: { role: 'model', parts },
		actions: { stateDelta: {}, artifactDelta: {} },
		...rest,
	};
}

export function flatText(content: string): Record<string, unknown> {
	return { type: 'text', content };
}
