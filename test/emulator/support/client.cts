import { Agent, FormData, request, type Dispatcher } from 'undici';
import { EMULATOR_TOKEN, type Emulator } from '../../../emulator/server.cts';

export const ATTRIBUTION = {
	'x-skill-source': 'ai-create-video-free',
	'x-skill-version': '1.0.0',
	'x-skill-platform': 'unknown',
};

type Json = Record<string, unknown>;

export interface Answer {
	status: number;
	headers: Dispatcher.ResponseData['headers'];
	text: string;
	/** The parsed body; any shape. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

/** An HTTP client that shares no code with the package. */
export class Client {
	token = EMULATOR_TOKEN;
	headers: Record<string, string> = { ...ATTRIBUTION };
	private readonly agent = new Agent();

	constructor(readonly emulator: Emulator) {}

	async close(): Promise<void> {
		await this.agent.destroy();
	}

	async raw(
		method: 'GET' | 'POST' | 'HEAD' | 'DELETE',
		path: string,
		options: {
			body?: string | FormData;
			headers?: Record<string, string>;
			signal?: AbortSignal;
		} = {},
	): Promise<Dispatcher.ResponseData> {
		const url = path.startsWith('http') ? path : `${this.emulator.url}${path}`;
		return await request(url, {
			method,
			dispatcher: this.agent,
			headers: {
				...this.headers,
				...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }),
				...(typeof options.body === 'string' ? { 'content-type': 'application/json' } : {}),
				...options.headers,
			},
			body: options.body ?? null,
			...(options.signal ? { signal: options.signal } : {}),
		});
	}

	async call(
		method: 'GET' | 'POST',
		path: string,
		body?: Json | FormData,
		headers?: Record<string, string>,
	): Promise<Answer> {
		const payload = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
		const response = await this.raw(method, path, {
			...(payload === undefined ? {} : { body: payload }),
			...(headers ? { headers } : {}),
		});
		const text = await response.body.text();
		let json: unknown;
		try {
			json = JSON.parse(text);
		} catch {
			json = undefined;
		}
		return { status: response.statusCode, headers: response.headers, text, json };
	}

	async session(language = 'en'): Promise<string> {
		const answer = await this.call('POST', '/api/tasks/me/with-session/nemo_agent', {
			task_name: 'project',
			language,
		});
		return answer.json.data?.session_id ?? answer.json.session_id;
	}

	/** Opens a turn's stream. */
	async turn(
		sessionId: string,
		text: string,
		signal?: AbortSignal,
	): Promise<Dispatcher.ResponseData> {
		return await this.raw('POST', '/run_sse', {
			body: JSON.stringify({
				app_name: 'nemo_agent',
				user_id: 'me',
				session_id: sessionId,
				new_message: { parts: [{ text }] },
			}),
			headers: { accept: 'text/event-stream' },
			...(signal ? { signal } : {}),
		});
	}

	/** Runs a turn to its end and returns the stream's text. */
	async say(sessionId: string, text: string): Promise<string> {
		const response = await this.turn(sessionId, text);
		return await response.body.text();
	}

	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	async state(sessionId: string): Promise<any> {
		const answer = await this.call('GET', `/api/state/nemo_agent/me/${sessionId}/latest`);
		return (answer.json.data ?? answer.json).state;
	}

	async credits(): Promise<{ available: number; frozen: number; total: number }> {
		return (await this.call('GET', '/api/credits/balance/simple')).json.data;
	}

	async upload(sessionId: string, files: Array<{ name: string; bytes: Buffer }>): Promise<Answer> {
		const form = new FormData();
		for (const { name, bytes } of files)
			form.append('files', new Blob([new Uint8Array(bytes)]), name);
		return await this.call('POST', `/api/upload-video/nemo_agent/me/${sessionId}`, form);
	}

	async submit(sessionId: string, id: string): Promise<Answer> {
		const { draft } = await this.state(sessionId);
		return await this.call('POST', '/api/render/proxy/lambda', {
			id,
			sessionId,
			draft,
			output: { format: 'mp4', quality: 'high' },
		});
	}
}

/** The JSON events of a stream, heartbeats left out. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function eventsOf(stream: string): any[] {
	return stream
		.split(/\r?\n\r?\n/)
		.map((block) => block.replace(/^data: ?/, ''))
		.filter((data) => data.startsWith('{') && data !== '{"type":"heartbeat"}')
		.map((data) => JSON.parse(data));
}
