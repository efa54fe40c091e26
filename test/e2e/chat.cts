import { WebSocket } from 'undici';
import type { N8nApi, SavedWorkflow } from './api.cts';
import { webhookIdOf } from './examples.cts';

/** One thing that n8n's streamed answer said, and when it was read; milliseconds. */
export interface Chunk {
	type: 'begin' | 'item' | 'end' | 'error';
	content?: string;
	/** Which node speaks. */
	node?: string;
	at: number;
}

export interface Reply {
	/** When the message was sent; milliseconds since the epoch. */
	sentAt: number;
	chunks: Chunk[];
	/** All that was said. */
	text: string;
	endedAt: number;
}

export interface ChatFile {
	name: string;
	type: string;
	bytes: Uint8Array;
}

/**
 * Sends a message as n8n's chat widget does, and reads the streamed answer as it comes.
 *
 * @param onChunk told of every chunk when it is read
 */
export async function sendChat(
	api: N8nApi,
	workflow: SavedWorkflow,
	message: { sessionId: string; text: string; files?: ChatFile[] },
	onChunk: (chunk: Chunk) => void = () => undefined,
): Promise<Reply> {
	const sentAt = Date.now();
	const response = await api.callWebhook(`webhook/${webhookIdOf(workflow, 'chatTrigger')}/chat`, {
		method: 'POST',
		...body(message),
	});
	if (!response.ok || response.body === null) {
		throw new Error(`The chat answered ${response.status}: ${await response.text()}`);
	}
	const chunks: Chunk[] = [];
	let rest = '';
	const read = (line: string): void => {
		if (line.trim() === '') return;
		const chunk = { ...readChunk(line), at: Date.now() };
		chunks.push(chunk);
		onChunk(chunk);
	};
	const decoder = new TextDecoder();
	for await (const bytes of response.body) {
		const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(read);
	}
	read(rest);
	const text = chunks
		.filter(({ type }) => type === 'item')
		.map(({ content = '' }) => content)
		.join('');
	return { sentAt, chunks, text, endedAt: Date.now() };
}

/**
 * Sends a message to a chat that answers when its last node has finished.
 *
 * @returns what the chat shows, which is the item's text
 */
export async function askChat(
	api: N8nApi,
	workflow: SavedWorkflow,
	message: Parameters<typeof sendChat>[2],
): Promise<string> {
	const text = await post(api, workflow, message);
	const { output, text: words } = JSON.parse(text) as { output?: string; text?: string };
	return output ?? words ?? text;
}

/** @returns what the chat's address answers */
async function post(
	api: N8nApi,
	workflow: SavedWorkflow,
	message: Parameters<typeof sendChat>[2],
): Promise<string> {
	const path = `webhook/${webhookIdOf(workflow, 'chatTrigger')}/chat`;
	const response = await api.callWebhook(path, { method: 'POST', ...body(message) });
	const text = await response.text();
	if (!response.ok) throw new Error(`The chat answered ${response.status}: ${text}`);
	return text;
}

/** Longest that n8n may take to hand over a message of a Respond to Chat node; it looks every 3 s. */
const HANDED_OVER_MS = 120_000;

/**
 * Sends a message to a chat that answers by Respond to Chat nodes, as n8n's chat page does: the
 * answer comes over a socket of its own.
 *
 * @returns the first message that such a node sends
 */
export async function askByResponseNode(
	api: N8nApi,
	workflow: SavedWorkflow,
	message: Parameters<typeof sendChat>[2],
): Promise<string> {
	const text = await post(api, workflow, message);
	const { executionId, resumeToken: token } = JSON.parse(text) as Record<string, string>;
	const { sessionId } = message;
	const url = new URL(`${api.url.replace(/^http/, 'ws')}/chat`);
	for (const [key, value] of Object.entries({ sessionId, executionId, token, isPublic: 'true' })) {
		if (value !== undefined) url.searchParams.set(key, value);
	}
	const socket = new WebSocket(url.href);
	try {
		return await new Promise((resolve, reject) => {
			const timer = AbortSignal.timeout(HANDED_OVER_MS);
			timer.onabort = () => reject(new Error(`No message came within ${HANDED_OVER_MS} ms`));
			socket.onclose = ({ code }) => reject(new Error(`n8n closed the chat with ${code}`));
			socket.onmessage = ({ data }) => {
				if (data === 'n8n|heartbeat') socket.send('n8n|heartbeat-ack');
				else if (!String(data).startsWith('n8n|')) resolve(String(data));
			};
		});
	} finally {
		socket.close();
	}
}

function body({ sessionId, text, files = [] }: Parameters<typeof sendChat>[2]): RequestInit {
	const fields = { action: 'sendMessage', sessionId, chatInput: text };
	if (files.length === 0) {
		return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
	}
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	for (const { name, type, bytes } of files) {
		form.append('files', new Blob([Buffer.from(bytes)], { type }), name);
	}
	return { body: form };
}

function readChunk(line: string): Omit<Chunk, 'at'> {
	try {
		const { type, content, metadata } = JSON.parse(line);
		return { type, content, node: metadata?.nodeName };
	} catch {
		throw new Error(`Not a chunk: ${line.slice(0, 500)}`);
	}
}
