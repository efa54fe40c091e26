/** What a tool answered over MCP. */
export interface McpAnswer {
	text: string;
	isError: boolean;
	/** Milliseconds from asking to the answer. */
	tookMs: number;
}

/** A client of an MCP server over streamable HTTP, as far as these tests need one. */
export class McpClient {
	private sessionId: string | undefined;
	private requests = 0;

	private constructor(private readonly url: string) {}

	/** Introduces itself to the server. */
	static async connect(url: string): Promise<McpClient> {
		const client = new McpClient(url);
		await client.call('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'tests', version: '1' },
		});
		await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
		return client;
	}

	/** @returns the names of the server's tools */
	async tools(): Promise<string[]> {
		const { tools } = await this.call<{ tools: Array<{ name: string }> }>('tools/list', {});
		return tools.map(({ name }) => name);
	}

	async use(name: string, input: Record<string, unknown>): Promise<McpAnswer> {
		const started = Date.now();
		const { content, isError = false } = await this.call<{
			content: Array<{ text?: string }>;
			isError?: boolean;
		}>('tools/call', { name, arguments: input });
		const text = content.map((part) => part.text ?? '').join('');
		return { text, isError, tookMs: Date.now() - started };
	}

	private async call<T>(method: string, params: object): Promise<T> {
		const id = ++this.requests;
		const response = await this.post({ jsonrpc: '2.0', id, method, params });
		const text = await response.text();
		if (!response.ok) throw new Error(`MCP answered ${response.status} to ${method}: ${text}`);
		const isStream = response.headers.get('content-type')?.includes('event-stream') === true;
		const payloads = isStream
			? [...text.matchAll(/^data: ?(.+)$/gmu)].map(([, data]) => data)
			: [text];
		const answers = payloads.map((data) => JSON.parse(data ?? 'null'));
		const answer = answers.find((entry) => entry?.id === id);
		if (answer?.result === undefined) throw new Error(`MCP did not answer ${method}: ${text}`);
		return answer.result as T;
	}

	private async post(message: object): Promise<Response> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.sessionId === undefined ? {} : { 'mcp-session-id': this.sessionId }),
			},
			body: JSON.stringify(message),
		});
		this.sessionId = response.headers.get('mcp-session-id') ?? this.sessionId;
		return response;
	}
}
