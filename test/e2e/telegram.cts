import { EventEmitter, on, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export const BOT_TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

/** What a bot has sent into a chat. */
export interface Told {
	chatId: string;
	/** The text, or a file's caption. */
	text: string;
	video?: Buffer;
}

interface TelegramFile {
	path: string;
	bytes: Uint8Array;
}

/** The largest file that Telegram takes from a bot, in bytes. */
const MAX_SENT = 50 * 1024 * 1024;

/** Ends the wait for a bot that hangs, in milliseconds; how fast it answers is measured elsewhere. */
const ANSWER_MS = 300_000;

/**
 * Telegram as far as n8n's nodes for it go: takes the address of a bot's webhook, hands out files,
 * and keeps what the bot sends.
 */
export class Telegram {
	readonly told: Told[] = [];
	/** Why it takes no videos, if it doesn't. */
	refusal: string | undefined;
	private readonly files = new Map<string, TelegramFile>();
	private readonly news = new EventEmitter().setMaxListeners(0);
	private webhook: { url: string; secret_token?: string } | undefined;
	private updates = 0;

	private constructor(private readonly server: Server) {}

	static async start(): Promise<Telegram> {
		const server = createServer();
		const telegram = new Telegram(server);
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			telegram.answer(request, response).catch((error: unknown) => {
				response.writeHead(500).end(JSON.stringify({ ok: false, description: String(error) }));
			});
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return telegram;
	}

	/** For the field Base URL of a Telegram credential. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** @returns the file's ID, to be named in a message */
	addFile(path: string, bytes: Uint8Array): string {
		const id = `file_${this.files.size + 1}`;
		this.files.set(id, { path, bytes });
		return id;
	}

	/**
	 * Writes to the bot.
	 *
	 * @param message as in Telegram's update, without the chat
	 * @returns the bot's answer
	 * @throws Error when none comes in time
	 */
	async write(chatId: number, message: Record<string, unknown>): Promise<Told> {
		if (this.webhook === undefined) throw new Error('The bot has set no webhook');
		const answered = this.nextIn(chatId);
		const update = {
			update_id: ++this.updates,
			message: { message_id: this.updates, chat: { id: chatId, type: 'private' }, ...message },
		};
		const { url, secret_token = '' } = this.webhook;
		const response = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-telegram-bot-api-secret-token': secret_token,
			},
			body: JSON.stringify(update),
		});
		if (!response.ok) throw new Error(`The bot answered ${response.status} to an update`);
		return await answered;
	}

	private async nextIn(chatId: number): Promise<Told> {
		const signal = AbortSignal.timeout(ANSWER_MS);
		for await (const [told] of on(this.news, 'told', { signal })) {
			if (told.chatId === String(chatId)) return told;
		}
		throw new Error('Telegram is closed');
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? '', this.url);
		const body = await buffer(request);
		const file = /^\/file\/bot[^/]+\/(.+)$/.exec(pathname);
		if (file) {
			const found = [...this.files.values()].find(({ path }) => path === file[1]);
			response.writeHead(found ? 200 : 404).end(found?.bytes);
			return;
		}
		const method = pathname.split('/').pop() ?? '';
		const fields = await fieldsOf(request, body);
		response.setHeader('content-type', 'application/json');
		if (method === 'sendVideo' && (body.length > MAX_SENT || this.refusal !== undefined)) {
			const error_code = body.length > MAX_SENT ? 413 : 400;
			const description = body.length > MAX_SENT ? 'Request Entity Too Large' : this.refusal;
			response.writeHead(error_code).end(JSON.stringify({ ok: false, error_code, description }));
			return;
		}
		const result = await this.call(method, fields, searchParams);
		response.end(JSON.stringify({ ok: true, result }));
	}

	private async call(
		method: string,
		fields: Map<string, string | Blob>,
		query: URLSearchParams,
	): Promise<unknown> {
		switch (method) {
			case 'setWebhook': {
				const secret = fields.get('secret_token');
				this.webhook = {
					url: String(fields.get('url')),
					...(typeof secret === 'string' ? { secret_token: secret } : {}),
				};
				return true;
			}
			case 'getWebhookInfo':
				return { url: this.webhook?.url ?? '' };
			case 'getFile': {
				const id = query.get('file_id') ?? '';
				return { file_id: id, file_path: this.files.get(id)?.path };
			}
			case 'sendMessage':
			case 'sendVideo':
				return await this.keep(fields);
			default:
				return true;
		}
	}

	private async keep(fields: Map<string, string | Blob>): Promise<unknown> {
		const video = fields.get('video');
		const told: Told = {
			chatId: String(fields.get('chat_id')),
			text: String(fields.get('text') ?? fields.get('caption') ?? ''),
			...(video instanceof Blob ? { video: Buffer.from(await video.arrayBuffer()) } : {}),
		};
		this.told.push(told);
		this.news.emit('told', told);
		return { message_id: 1_000 + this.told.length };
	}
}

/** The fields of a call, which come as JSON or, with a file, as a form. */
async function fieldsOf(
	request: IncomingMessage,
	body: Buffer,
): Promise<Map<string, string | Blob>> {
	const type = request.headers['content-type'] ?? '';
	if (type.startsWith('multipart/')) {
		const headers = { 'content-type': type };
		const form = await new Response(new Uint8Array(body), { headers }).formData();
		const parts = new Map<string, string | Blob>();
		form.forEach((value, name) => parts.set(name, value));
		return parts;
	}
	const fields: Record<string, unknown> = JSON.parse(body.toString() || '{}');
	return new Map(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}
