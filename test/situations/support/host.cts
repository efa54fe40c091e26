import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An HTTP server on 127.0.0.1 that can go away and come back on the same port. */
export class Host {
	/** What clients have asked for, with the credential that they sent along. */
	readonly asked: Array<{ path: string; authorization: string | undefined }> = [];
	/** Connections that are reset as soon as they are made. */
	resets = 0;
	private readonly sockets = new Set<Socket>();
	private server: Server | undefined;
	private port = 0;

	constructor(private readonly handle: Handler) {}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	async open(): Promise<void> {
		const server = createServer((request, response) => {
			const { authorization } = request.headers;
			this.asked.push({ path: request.url ?? '', authorization });
			response.on('error', () => undefined);
			void this.handle(request, response).catch(() => response.destroy());
		});
		server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => this.sockets.delete(socket));
			if (this.resets > 0) {
				this.resets--;
				socket.resetAndDestroy();
			}
		});
		this.server = server;
		await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
		this.port = (server.address() as AddressInfo).port;
	}

	/** Resets every connection and takes no new ones. */
	async shut(): Promise<void> {
		const { server } = this;
		this.server = undefined;
		const closed = new Promise<void>((resolve) => {
			if (server) server.close(() => resolve());
			else resolve();
		});
		for (const socket of this.sockets) socket.destroy();
		await closed;
	}
}
