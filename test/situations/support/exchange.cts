import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { constants, createGzip, type Gzip } from 'node:zlib';

export interface StreamForm {
	type?: string;
	gzip?: 'never' | 'whereAccepted' | 'always';
}

/** One request and the bytes that answer it. */
export class Exchange {
	private gzip: Gzip | undefined;

	constructor(
		readonly request: IncomingMessage,
		readonly response: ServerResponse,
		/** What the client sent; of uploads, the beginning. */
		readonly body: Buffer,
	) {}

	get json(): Record<string, unknown> {
		try {
			return JSON.parse(this.body.toString()) as Record<string, unknown>;
		} catch {
			return {};
		}
	}

	/** A whole answer; objects go out as JSON. */
	answer(status: number, body: object | string, headers: Record<string, string> = {}): void {
		const isText = typeof body === 'string';
		const type = isText ? 'text/html; charset=utf-8' : 'application/json';
		this.response.writeHead(status, { 'content-type': type, ...headers });
		this.response.end(isText ? body : JSON.stringify(body));
	}

	/**
	 * Begins an event stream.
	 *
	 * @param how.type an empty one leaves the label out
	 * @param how.gzip whether it is compressed: where the client takes that, or whatever it takes
	 */
	begin({ type = 'text/event-stream', gzip: wanted = 'never' }: StreamForm = {}): void {
		if (this.response.headersSent) return;
		const accepted = String(this.request.headers['accept-encoding']).includes('gzip');
		const gzip = wanted === 'always' || (wanted === 'whereAccepted' && accepted);
		this.socket.setNoDelay(true);
		this.response.writeHead(200, {
			...(type === '' ? {} : { 'content-type': type }),
			...(gzip ? { 'content-encoding': 'gzip' } : {}),
		});
		this.response.flushHeaders();
		if (!gzip) return;
		this.gzip = createGzip({ level: 1 });
		this.gzip.on('data', (chunk: Buffer) => this.response.write(chunk));
	}

	/** Sends a chunk; resolves when the operating system has it, or the client is gone. */
	async write(bytes: string | Buffer): Promise<void> {
		this.begin();
		if (this.isOver) return;
		await new Promise<void>((resolve) => {
			const done = () => resolve();
			this.response.once('close', done);
			const sent = () => {
				this.response.off('close', done);
				resolve();
			};
			const { gzip } = this;
			if (gzip === undefined) this.response.write(bytes, sent);
			else gzip.write(bytes, () => gzip.flush(constants.Z_SYNC_FLUSH, sent));
		});
	}

	/** Ends the answer as HTTP wants it, with the last chunk. */
	async end(): Promise<void> {
		this.begin();
		const { gzip, response } = this;
		if (gzip) await new Promise<void>((resolve) => gzip.once('end', resolve).end());
		await new Promise<void>((resolve) => {
			if (this.isOver) resolve();
			else response.end(resolve);
		});
	}

	/** Ends the connection without the last chunk, once all that was written has left. */
	cut(): void {
		this.socket.destroySoon();
	}

	/** Resets the connection. */
	reset(): void {
		this.socket.resetAndDestroy();
	}

	/** Whether nothing can be sent anymore. */
	get isOver(): boolean {
		return this.response.destroyed || this.response.writableEnded || this.socket.destroyed;
	}

	/** Resolves when the client has gone or the answer is over. */
	async closed(): Promise<void> {
		if (this.isOver) return;
		await new Promise<void>((resolve) => this.response.once('close', resolve));
	}

	get socket(): Socket {
		return this.request.socket;
	}
}
