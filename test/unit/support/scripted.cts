import { setMaxListeners } from 'node:events';
import { NemoVideoError } from '../../../src/api/errors';
import type { Outcome } from '../../../src/api/outcome';
import type { ApiRequest, ApiResponse, ByteStream, Transport } from '../../../src/api/transport';
import { mediaFile } from '../../mediaFile.cts';
import { FakeClock, settled } from '../flows/fakeClock.cts';
import { testClient } from './client.cts';

/** What a request meets: an answer, a failure on the way, or whatever a function makes of it. */
export type Answer =
	| ApiResponse
	| ByteStream
	| NemoVideoError
	| ((request: ApiRequest) => ApiResponse | ByteStream | NemoVideoError | Promise<ApiResponse>);

/** A JSON answer with HTTP status 200 unless another is given. */
export function answer(
	body: unknown,
	status = 200,
	headers: Readonly<Record<string, string>> = {},
): ApiResponse {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

/** `{code: 0, data}`. */
export const ok = (data: unknown): ApiResponse => answer({ code: 0, data });

/** A connection that broke; `refused` where it was never made. */
export const lost = (outcome: Outcome = 'unknown'): NemoVideoError =>
	new NemoVideoError('network', 'The connection broke', { outcome });

/** A state with a draft, or without one. */
export const state = (draft: unknown, files: object[] = []): ApiResponse =>
	ok({ task_id: 'task', state: { draft, video_infos: files } });

const encoder = new TextEncoder();

/** The beginning of a film, which is all that anybody looks at. */
export const VIDEO = mediaFile('mp4', 'video');

/** An answer that comes in pieces: a piece, or a failure that breaks it off. */
export function pieces(
	parts: ReadonlyArray<string | Uint8Array | Error>,
	status = 200,
	headers: Readonly<Record<string, string>> = {},
): ByteStream {
	let closed = false;
	const bytes = async function* (): AsyncGenerator<Uint8Array> {
		for (const part of parts) {
			if (closed) return;
			if (part instanceof Error) throw part;
			yield typeof part === 'string' ? encoder.encode(part) : part;
		}
	};
	return { status, headers, bytes: bytes(), close: () => (closed = true) };
}

/** An event stream of flat events; a failure among them breaks it off. */
export function events(...given: ReadonlyArray<object | Error>): ByteStream {
	return pieces(
		given.map((event) => (event instanceof Error ? event : `data: ${JSON.stringify(event)}\n\n`)),
		200,
		{ 'content-type': 'text/event-stream' },
	);
}

interface Rule {
	method: string;
	path: RegExp;
	answers: Answer[];
}

/** NemoVideo in memory: every request meets the next answer that was written for it. */
export class Scripted implements Transport {
	readonly clock = new FakeClock();
	readonly stop = new AbortController();
	readonly signal = this.stop.signal;
	readonly requests: ApiRequest[] = [];
	readonly urls: Array<{ url: string; headers: Readonly<Record<string, string>> }> = [];
	readonly renewals: Array<string | undefined> = [];
	renews = false;
	private readonly rules: Rule[] = [];

	constructor() {
		// Every wait of the clock listens, and no clock of a test forgets.
		setMaxListeners(0, this.signal);
	}

	readonly client = testClient(this, this.clock);

	/**
	 * Writes the answers for requests such as `GET /api/state/…`, or `URL https://…`; the last one
	 * is given again and again.
	 *
	 * @param what method and the beginning of the path, `*` standing for one part of it
	 */
	on(what: string, ...answers: Answer[]): this {
		const [method = '', path = ''] = what.split(' ');
		const pattern = path
			.split('*')
			.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
			.join('[^/]+');
		this.rules.unshift({ method, path: new RegExp(`^${pattern}`), answers });
		return this;
	}

	/** Methods and paths of the requests so far. */
	get log(): string[] {
		return this.requests.map(({ method, path }) => `${method} ${path}`);
	}

	count(what: string): number {
		return this.log.filter((entry) => entry.startsWith(what)).length;
	}

	/** Lets time pass until work has come to its end. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const end = (): void => void (done = true);
		work.then(end, end);
		for (let step = 0; !done && step < 2_000; step++) {
			await settled();
			if (!done) await this.clock.advance(this.clock.untilNext() ?? 1_000);
		}
		if (!done) throw new Error('The work is not over after 2,000 waits');
		return await work;
	}

	async send(request: ApiRequest): Promise<ApiResponse> {
		const given = await this.next(request.method, request.path, request);
		if ('body' in given) return given;
		throw new Error(`${request.path} asks for a text and gets a stream`);
	}

	async open(request: ApiRequest): Promise<ByteStream> {
		const given = await this.next(request.method, request.path, request);
		return 'bytes' in given ? given : { ...pieces([given.body], given.status, given.headers) };
	}

	async openUrl(url: string, headers: Readonly<Record<string, string>> = {}): Promise<ByteStream> {
		this.urls.push({ url, headers });
		const given = await this.next('URL', url, { method: 'GET', path: url, headers });
		return 'bytes' in given ? given : pieces([given.body], given.status, given.headers);
	}

	async renew(mark: string | undefined): Promise<boolean> {
		this.renewals.push(mark);
		return this.renews;
	}

	private async next(
		method: string,
		path: string,
		request: ApiRequest,
	): Promise<ApiResponse | ByteStream> {
		if (this.signal.aborted && request.signal === undefined) {
			throw new NemoVideoError('cancelled', 'Stopped', { outcome: 'refused' });
		}
		if (method !== 'URL') this.requests.push(request);
		const rule = this.rules.find((found) => found.method === method && found.path.test(path));
		if (!rule) throw new Error(`No answer was written for ${method} ${path}`);
		const written = rule.answers.length > 1 ? rule.answers.shift() : rule.answers[0];
		const given = typeof written === 'function' ? await written(request) : written;
		if (given === undefined) throw new Error(`No answer was written for ${method} ${path}`);
		if (given instanceof NemoVideoError) throw given;
		return given;
	}
}

/** The failure of work that must fail. */
export async function failureOf(work: Promise<unknown>): Promise<NemoVideoError> {
	const failure = await work.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (failure instanceof NemoVideoError) return failure;
	throw new Error(`Not a NemoVideoError: ${String(failure)}`);
}
