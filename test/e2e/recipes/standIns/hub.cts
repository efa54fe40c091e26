import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** A request to one of the services. */
export interface Call {
	/** The host that n8n's node named, such as `api.airtable.com`. */
	host: string;
	method: string;
	/** Without the row's own part. */
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Answer {
	/** 200 where left out. */
	status?: number;
	headers?: Record<string, string>;
	/** Bytes as they are, everything else as JSON. */
	body?: unknown;
}

/** Answers what is meant for it; undefined for what isn't. */
export type Service = (call: Call) => Answer | undefined;

const services = new Map<string, readonly Service[]>();

/** Every row has a key of its own: as its token, or as a part of its addresses. */
function keyOf(path: string, query: URLSearchParams, headers: IncomingHttpHeaders): string {
	const [, inPath] = /^\/at\/([\w-]+)\//.exec(path) ?? [];
	const [, inToken] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
	return inPath ?? query.get('key') ?? inToken ?? '';
}

function send(response: ServerResponse, { status = 200, headers = {}, body = {} }: Answer): void {
	const isBytes = body instanceof Uint8Array || typeof body === 'string';
	const type = isBytes ? {} : { 'content-type': 'application/json' };
	response.writeHead(status, { ...type, ...headers });
	response.end(isBytes ? body : JSON.stringify(body));
}

const server = createServer((request, response) => {
	const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://127.0.0.1');
	const { headers, method = 'GET' } = request;
	const known = services.get(keyOf(pathname, query, headers)) ?? [];
	const path = pathname.replace(/^\/at\/[\w-]+/, '');
	void buffer(request).then((body) => {
		const call = { host: headers.host ?? '', method, path, query, headers, body };
		try {
			const answer = known.reduce<Answer | undefined>(
				(found, one) => found ?? one(call),
				undefined,
			);
			send(
				response,
				answer ?? { status: 404, body: { error: `Nobody answers ${method} ${path}` } },
			);
		} catch (error) {
			send(response, { status: 500, body: { error: String(error) } });
		}
	});
});

/** Where the stand-ins listen; opened at the first call. */
export async function hubUrl(): Promise<string> {
	if (!server.listening) await once(server.listen(0, '127.0.0.1').unref(), 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What an n8n needs in its environment so that its nodes reach the stand-ins. */
export async function redirected(): Promise<Record<string, string>> {
	const { port } = new URL(await hubUrl());
	const preload = join(__dirname, 'redirect.cjs');
	return { NODE_OPTIONS: `--require ${JSON.stringify(preload)}`, STAND_INS_PORT: port };
}

export function register(key: string, ofRow: readonly Service[]): void {
	services.set(key, ofRow);
}

export function forget(key: string): void {
	services.delete(key);
}

export function jsonOf<T = Record<string, unknown>>({ body }: Call): T {
	return JSON.parse(body.toString() || '{}') as T;
}
