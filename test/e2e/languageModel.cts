import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One thing the model does: call a tool, or say something and be done. */
export type Step =
	/** `times`: so many equal calls in one answer; one unless given. */
	{ tool: string; input?: Record<string, unknown>; times?: number } | { say: string };

/** What the tools have answered so far in this conversation, in order. */
export type Answers = readonly string[];

/**
 * Decides what comes next. It sees the tools' answers, as a language model would.
 *
 * @param asked what the user said last
 */
export type Script = (answers: Answers, asked: string) => Step;

export interface LanguageModel {
	/** For the field Base URL of an OpenAI credential. */
	url: string;
	/** Names of the tools that were offered with the last request. */
	offered(): string[];
	/** Everything the tools have answered, in the order in which the model was told. */
	answers(): Answers;
	requests(): number;
	close(): Promise<void>;
}

interface Message {
	role: string;
	content?: unknown;
}

interface Call {
	id: string;
	name: string;
	input: string;
}

/** A language model behind OpenAI's chat completions, with a script instead of a mind. */
export async function startLanguageModel(script: Script): Promise<LanguageModel> {
	let offered: string[] = [];
	let told: Answers = [];
	let requests = 0;
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const body = JSON.parse((await textOf(request)) || '{}');
		if (!request.url?.endsWith('/chat/completions')) {
			response.writeHead(404).end('{}');
			return;
		}
		requests += 1;
		const messages: Message[] = body.messages ?? [];
		offered = (body.tools ?? []).map((tool: { function: { name: string } }) => tool.function.name);
		const lastUser = messages.map(({ role }) => role).lastIndexOf('user');
		told = messages
			.slice(lastUser + 1)
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => contentOf(content));
		const step = script(told, contentOf(messages[lastUser]?.content));
		if (body.stream === true) stream(response, step, requests);
		else send(response, step, requests);
	};
	const server = createServer((request, response) => {
		answer(request, response).catch((error: unknown) => {
			response.writeHead(500).end(JSON.stringify({ error: { message: String(error) } }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		offered: () => offered,
		answers: () => told,
		requests: () => requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const MODEL = { created: 0, model: 'scripted' };
const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

function send(response: ServerResponse, step: Step, request: number): void {
	const calls = callsOf(step, request);
	const message =
		calls.length > 0
			? { role: 'assistant', content: null, tool_calls: calls.map(toolCall) }
			: { role: 'assistant', content: saidBy(step) };
	const choice = { index: 0, message, finish_reason: finishOf(calls) };
	response.writeHead(200, { 'content-type': 'application/json' });
	const id = `chatcmpl-${request}`;
	response.end(
		JSON.stringify({ id, object: 'chat.completion', ...MODEL, choices: [choice], usage: USAGE }),
	);
}

function stream(response: ServerResponse, step: Step, request: number): void {
	const calls = callsOf(step, request);
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	const event = (delta: object, finish: string | null, more: object = {}): void => {
		const choices = [{ index: 0, delta, finish_reason: finish }];
		const id = `chatcmpl-${request}`;
		const data = { id, object: 'chat.completion.chunk', ...MODEL, choices, ...more };
		response.write(`data: ${JSON.stringify(data)}\n\n`);
	};
	for (const [index, call] of calls.entries()) {
		event({ role: 'assistant', tool_calls: [{ index, ...toolCall(call) }] }, null);
	}
	if (calls.length === 0) {
		event({ role: 'assistant', content: '' }, null);
		for (const word of saidBy(step).split(/(?<= )/u)) event({ content: word }, null);
	}
	event({}, finishOf(calls), { usage: USAGE });
	response.end('data: [DONE]\n\n');
}

function callsOf(step: Step, request: number): Call[] {
	if (!('tool' in step)) return [];
	const { tool, input = {}, times = 1 } = step;
	return Array.from({ length: times }, (_, index) => ({
		id: `call_${request}_${index}`,
		name: tool,
		input: JSON.stringify(input),
	}));
}

function finishOf(calls: readonly Call[]): string {
	return calls.length > 0 ? 'tool_calls' : 'stop';
}

function toolCall({ id, name, input }: Call): object {
	return { id, type: 'function', function: { name, arguments: input } };
}

function saidBy(step: Step): string {
	return 'say' in step ? step.say : '';
}

function contentOf(content: unknown): string {
	if (typeof content === 'string') return content;
	return Array.isArray(content) ? content.map((part) => String(part?.text ?? '')).join('') : '';
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}
