import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.cts';
import type { Backend } from './backend.cts';
import { breakAnswer } from './faultyResponses.cts';
import type { Ending, Origin, RequestEntry } from './requests.cts';

export const CONTROL_PREFIX = '/__emulator';

export type Handler = (request: IncomingMessage, response: ServerResponse, origin: Origin) => void;

const entries = new WeakMap<IncomingMessage, RequestEntry>();

/** The log's entry of a request that came through the gate. */
export function entryOf(request: IncomingMessage): RequestEntry | undefined {
	return entries.get(request);
}

function answer(
	response: ServerResponse,
	status: number,
	headers: Record<string, string>,
	body: string,
): void {
	response.writeHead(status, {
		'content-type': 'application/json',
		'content-length': String(Buffer.byteLength(body)),
		...headers,
	});
	response.end(body);
}

function onceRead(request: IncomingMessage, then: () => void): void {
	request.resume();
	if (request.readableEnded) then();
	else request.once('end', then);
}

/** Where every request comes in: it is logged, limited, and hit by the faults that were planned. */
export class RequestPipeline {
	private recent: number[] = [];

	constructor(
		private readonly backend: Backend,
		private readonly handler: Handler,
	) {}

	admit(request: IncomingMessage, response: ServerResponse, origin: Origin): void {
		response.on('error', () => undefined);
		if (request.url?.startsWith(CONTROL_PREFIX)) {
			this.backend.requests.markControl(request.socket);
			this.handler(request, response, origin);
			return;
		}
		const entry = this.backend.requests.open(request, origin);
		entries.set(request, entry);
		const { socket } = request;
		response.once('close', () => {
			if (response.headersSent) entry.status = response.statusCode;
			const ended: Ending =
				entry.fault !== undefined && BREAKING.has(entry.fault)
					? `fault:${entry.fault}`
					: response.writableFinished
						? 'answered'
						: this.backend.closing
							? 'closed'
							: 'clientClosed';
			this.backend.requests.close(entry, socket, ended);
		});
		const business = origin === 'api' && entry.endpoint !== 'file' && entry.endpoint !== 'other';
		if (business && !Object.values(entry.attribution).every(Boolean)) {
			this.backend.ledger.withoutAttribution.push({ request: entry.seq, path: entry.path });
		}
		const fault = this.backend.faults.take(entry);
		if (fault) {
			entry.fault = fault.kind;
			this.backend.hub.record('fault', {
				kind: fault.kind,
				request: entry.seq,
				endpoint: entry.endpoint,
				sessionId: entry.sessionId,
			});
			this.strike(fault, request, response, origin);
			return;
		}
		if (business && this.tooMany()) {
			onceRead(request, () =>
				answer(
					response,
					429,
					this.backend.retryAfter(1),
					'{"code":429,"message":"Too many requests"}',
				),
			);
			return;
		}
		this.handler(request, response, origin);
	}

	private tooMany(): boolean {
		const limit = this.backend.options.requestsPerSecond;
		if (limit <= 0) return false;
		const now = Date.now();
		this.recent = this.recent.filter((at) => now - at < 1000);
		if (this.recent.length >= limit) return true;
		this.recent.push(now);
		return false;
	}

	private strike(
		fault: Fault,
		request: IncomingMessage,
		response: ServerResponse,
		origin: Origin,
	): void {
		const { socket } = request;
		switch (fault.kind) {
			case 'refuse':
				socket.resetAndDestroy();
				return;
			case 'dropBefore':
				onceRead(request, () => socket.destroy());
				return;
			case 'stall':
				request.resume();
				return;
			case 'redirect': {
				const to = fault.to ?? `${this.backend.cdnUrl}${request.url ?? '/'}`;
				onceRead(request, () =>
					answer(response, fault.status ?? 302, { location: to, ...fault.headers }, ''),
				);
				return;
			}
			case 'delay':
				this.backend.timers.sleep(fault.ms ?? 100).then(
					() => this.handler(request, response, origin),
					() => socket.destroy(),
				);
				return;
			case 'status':
			case 'body': {
				const status = fault.status ?? (fault.kind === 'body' ? 200 : 503);
				const body = fault.body ?? `{"code":${status},"message":"Fault on demand"}`;
				const headers = fault.headers ?? {};
				if (fault.process ?? fault.kind === 'body') {
					breakAnswer(response, { replaceBy: () => ({ status, headers, body }) });
					this.handler(request, response, origin);
				} else {
					onceRead(request, () => answer(response, status, headers, body));
				}
				return;
			}
			default:
				breakAnswer(response, {
					...(fault.kind === 'dropAfter' ? { limit: 0, beforeHeaders: true } : {}),
					...(fault.kind === 'truncate' ? { limit: fault.bytes ?? 'half', hang: fault.hang } : {}),
					...(fault.kind === 'stallAfter' ? { swallow: true } : {}),
					...(fault.kind === 'dropAfterAnswer' ? { resetAfter: true } : {}),
					...(fault.kind === 'delayAnswer' ? { holdMs: fault.ms ?? 100 } : {}),
				});
				this.handler(request, response, origin);
		}
	}
}

/** Faults after which the client has not got a whole answer over a sound connection. */
const BREAKING: ReadonlySet<string> = new Set([
	'refuse',
	'dropBefore',
	'dropAfter',
	'truncate',
	'dropAfterAnswer',
	'stall',
	'stallAfter',
]);
