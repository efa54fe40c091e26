import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SyntheticVideo } from '../../../emulator/syntheticVideo.cts';

/** How one request for the film is answered; a whole 200 with its length where nothing is said. */
export interface FilmAnswer {
	/** A refusal instead of the film. */
	status?: number;
	/** Instead of video/mp4. */
	type?: string;
	/** Instead of the film. */
	page?: string;
	/** Whether a Range is honoured. */
	ranges?: boolean;
	/** How the end is marked: by the length, by chunks, or only by the connection's end. */
	end?: 'length' | 'chunked' | 'close';
	gzip?: boolean;
	/**
	 * The connection ends after so many bytes of the answer's body; with `end: 'close'` that looks
	 * like a normal end.
	 */
	cutAfter?: number;
	film?: SyntheticVideo;
	etag?: string | null;
	/** What Content-Length claims, while only the film's beginning is sent. */
	claims?: number;
}

export interface FilmRequest {
	path: string;
	range?: string;
	ifRange?: string;
	acceptEncoding?: string;
	authorization?: string;
}

/** Serves one film, each request the way a test says; the last way stays. */
export class FilmServer {
	readonly requests: FilmRequest[] = [];
	answers: FilmAnswer[] = [{}];
	/** The same for one path alone. */
	readonly answersAt = new Map<string, FilmAnswer>();
	film = new SyntheticVideo('film', 3_000_000);
	private readonly server = createServer((request, response) => {
		void this.answer(request, response).catch(() => response.destroy());
	});

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	reset(): void {
		this.requests.length = 0;
		this.answers = [{}];
		this.answersAt.clear();
		this.film = new SyntheticVideo('film', 3_000_000);
	}

	/** The film's address. */
	get url(): string {
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/film.mp4`;
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { headers } = request;
		this.requests.push({
			path: request.url ?? '',
			...(headers.range === undefined ? {} : { range: headers.range }),
			...(headers['if-range'] === undefined ? {} : { ifRange: String(headers['if-range']) }),
			acceptEncoding: String(headers['accept-encoding']),
			authorization: headers.authorization,
		});
		const own = this.answersAt.get(request.url ?? '');
		const how = own ?? (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? {};
		const film = how.film ?? this.film;
		if (how.status !== undefined) {
			response.writeHead(how.status, { 'content-type': 'text/plain' }).end('no');
			return;
		}
		if (how.page !== undefined) {
			response.writeHead(200, { 'content-type': how.type ?? 'video/mp4' }).end(how.page);
			return;
		}
		const { ranges = false, end = 'length', gzip = false, claims } = how;
		const etag = how.etag === undefined ? film.etag : how.etag;
		const asked = /^bytes=(\d+)-$/.exec(headers.range ?? '');
		const matches = headers['if-range'] === undefined || headers['if-range'] === etag;
		const from = ranges && asked !== null && matches ? Number(asked[1]) : 0;
		const head: Record<string, string> = { 'content-type': how.type ?? 'video/mp4' };
		if (etag !== null) head.etag = etag;
		if (from >= film.size) {
			response.writeHead(416, { 'content-range': `bytes */${film.size}` }).end();
			return;
		}
		if (asked !== null && ranges && matches) {
			head['content-range'] = `bytes ${from}-${film.size - 1}/${film.size}`;
		}
		if (claims !== undefined) {
			response.writeHead(200, { ...head, 'content-length': String(claims) });
			for await (const piece of film.read(0, 8_191)) response.write(piece);
			return;
		}
		const pieces: Buffer[] = [];
		for await (const piece of film.read(from, film.size - 1)) pieces.push(piece as Buffer);
		let body = Buffer.concat(pieces);
		if (gzip) {
			head['content-encoding'] = 'gzip';
			body = gzipSync(body, { level: 1 });
		}
		if (end === 'length') head['content-length'] = String(body.length);
		if (end === 'close') {
			response.useChunkedEncodingByDefault = false;
			response.shouldKeepAlive = false;
			head.connection = 'close';
		}
		response.writeHead(head['content-range'] === undefined ? 200 : 206, head);
		const { cutAfter } = how;
		if (cutAfter === undefined || cutAfter >= body.length) {
			response.end(body);
			return;
		}
		response.write(body.subarray(0, cutAfter), () =>
			end === 'close' ? response.socket?.end() : response.socket?.destroySoon(),
		);
	}
}
