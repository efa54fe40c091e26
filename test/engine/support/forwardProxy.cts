import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** How a proxy refuses. */
export interface Refusal {
	/** 0: it closes the connection without a word. */
	status: number;
	/** By default those of a short page of HTML. */
	headers?: Record<string, string>;
	body?: string;
	/** Only what it was asked for so; everything where left out. */
	only?: RegExp;
}

const PAGE = '<!DOCTYPE html>\n<html><body><h1>Use your company account</h1></body></html>\n';

/** A forward proxy as HTTP_PROXY and HTTPS_PROXY name one. */
export class ForwardProxy {
	/** Passes requests on where left out. */
	refusal: Refusal | undefined;
	/** What it was asked for, e.g. `CONNECT 127.0.0.1:443`. */
	readonly asked: string[] = [];
	private readonly sockets = new Set<Duplex>();
	private readonly server = createServer((request, response) => this.pass(request, response));

	private constructor() {
		this.server.on('connection', (socket: Socket) => this.keep(socket));
		this.server.on('connect', (request: IncomingMessage, socket: Duplex) => {
			void this.tunnel(request, socket);
		});
	}

	static async start(): Promise<ForwardProxy> {
		const proxy = new ForwardProxy();
		proxy.server.listen(0, '127.0.0.1');
		await once(proxy.server, 'listening');
		return proxy;
	}

	get host(): string {
		const { port } = this.server.address() as AddressInfo;
		return `127.0.0.1:${port}`;
	}

	async close(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		this.server.close();
		await once(this.server, 'close');
	}

	private keep(socket: Duplex): void {
		this.sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => this.sockets.delete(socket));
	}

	private pass(request: IncomingMessage, response: ServerResponse): void {
		const refusal = this.meet(`${request.method} ${request.url}`);
		if (refusal) {
			const { status, headers = HTML, body = PAGE } = refusal;
			response.writeHead(status, headers).end(body);
			return;
		}
		const { method, headers, url = '' } = request;
		const onward = ask(url, { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		response.on('close', () => onward.destroy());
		request.pipe(onward);
	}

	private meet(request: string): Refusal | undefined {
		this.asked.push(request);
		const { refusal } = this;
		return refusal?.only?.test(request) === false ? undefined : refusal;
	}

	private async tunnel(request: IncomingMessage, socket: Duplex): Promise<void> {
		const refusal = this.meet(`CONNECT ${request.url}`);
		if (refusal?.status === 0) {
			socket.destroy();
			return;
		}
		if (refusal) {
			const { status, headers = HTML, body = PAGE } = refusal;
			const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
			socket.end(`HTTP/1.1 ${status} No\r\n${lines.join('')}connection: close\r\n\r\n${body}`);
			return;
		}
		const [host = '', port = '443'] = (request.url ?? '').split(':');
		const onward = connect(Number(port), host);
		this.keep(onward);
		await once(onward, 'connect');
		socket.write('HTTP/1.1 200 Connected\r\n\r\n');
		onward.pipe(socket).pipe(onward);
	}
}

const HTML = { 'content-type': 'text/html', 'content-length': String(Buffer.byteLength(PAGE)) };
