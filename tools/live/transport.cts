import { FormData, request, type Dispatcher } from 'undici';
import type { ApiRequest, ApiResponse, ByteStream, Transport } from '../../src/api/transport';
import type { Recorder } from './recorder.cts';
import { source } from './source.cts';

/** Up to the answer's headers, where the request names no limit. Milliseconds. */
const ANSWER_MS = 120_000;
/** No byte for this long ends a stream; heartbeats come every few seconds. Milliseconds. */
const SILENCE_MS = 180_000;
const NEVER_MS = 0;

/** Carries NemoVideo's protocol from plain Node, and shows every answer to a recorder. */
export class NodeTransport implements Transport {
	/** Ctrl+C ends the process; nothing has to be tidied up before. */
	readonly signal = undefined;
	private readonly base: string;

	/**
	 * @param baseUrl of the API
	 * @param token an access token; sent to the API's own origin only
	 */
	constructor(
		baseUrl: string,
		private readonly token: string,
		private readonly recorder: Recorder,
	) {
		this.base = baseUrl.replace(/\/+$/, '');
	}

	async send(request: ApiRequest): Promise<ApiResponse> {
		const answer = await this.call(`${this.base}${request.path}`, request);
		const body = await settled(async () => await answer.body.text());
		const response = { status: answer.statusCode, headers: textHeaders(answer), body };
		this.recorder.answer(request.method, request.path, response);
		return response;
	}

	async open(request: ApiRequest): Promise<ByteStream> {
		const answer = await this.call(`${this.base}${request.path}`, request);
		const headers = textHeaders(answer);
		const stream = { status: answer.statusCode, headers };
		const record = this.recorder.stream(request.method, request.path, stream);
		return { ...stream, bytes: read(answer, record), close: () => void answer.body.destroy() };
	}

	async openUrl(url: string, headers: Readonly<Record<string, string>> = {}): Promise<ByteStream> {
		const target = new URL(url, `${this.base}/`);
		const isApi = target.origin === new URL(this.base).origin;
		const answer = await settled(
			async () =>
				await request(target, {
					headers: { accept: '*/*', ...(isApi ? this.attribution() : {}), ...headers },
					headersTimeout: ANSWER_MS,
				}),
		);
		const stream = { status: answer.statusCode, headers: textHeaders(answer) };
		this.recorder.file(isApi ? "the API's origin" : 'another origin', stream);
		return { ...stream, bytes: read(answer), close: () => void answer.body.destroy() };
	}

	/** An access token is not renewed. */
	async renew(): Promise<boolean> {
		return false;
	}

	private attribution(): Record<string, string> {
		const { attributionHeaders, readCredential } = source;
		return {
			...attributionHeaders(readCredential({})),
			authorization: `Bearer ${this.token}`,
		};
	}

	private async call(url: string, given: ApiRequest): Promise<Dispatcher.ResponseData> {
		const body = given.files === undefined ? given.json : await toForm(given.files);
		return await settled(
			async () =>
				await request(url, {
					method: given.method,
					headers: {
						accept: given.accept ?? 'application/json',
						...(given.json === undefined ? {} : { 'content-type': 'application/json' }),
						...this.attribution(),
						...given.headers,
					},
					body: body ?? null,
					headersTimeout: given.timeoutMs ?? ANSWER_MS,
					bodyTimeout: given.accept === 'text/event-stream' ? SILENCE_MS : NEVER_MS,
					...(given.signal ? { signal: given.signal } : {}),
				}),
		);
	}
}

async function toForm(files: NonNullable<ApiRequest['files']>): Promise<FormData> {
	const form = new FormData();
	for (const { filename, mimeType, open } of files) {
		const chunks: Uint8Array[] = [];
		for await (const chunk of open()) chunks.push(chunk);
		form.append('files', new Blob([Buffer.concat(chunks)], { type: mimeType }), filename);
	}
	return form;
}

async function* read(
	answer: Dispatcher.ResponseData,
	record: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
	try {
		for await (const chunk of answer.body) {
			record(chunk);
			yield chunk;
		}
	} catch (error) {
		throw source.networkFailure(error);
	}
}

/** @throws NemoVideoError for whatever Node says of the connection */
async function settled<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw source.networkFailure(error);
	}
}

function textHeaders({ headers }: Dispatcher.ResponseData): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name.toLowerCase(), [value].flat().join(', ')]],
		),
	);
}
