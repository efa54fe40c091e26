import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { endpointOf, sessionInPath, type Endpoint } from './endpoints.cts';
import type { EventBus } from './eventBus.cts';

export type Origin = 'api' | 'cdn';

/** How an exchange ended: answered in full, closed by the client, or broken by a fault. */
export type Ending = 'answered' | 'clientClosed' | `fault:${string}` | 'closed';

export interface RequestEntry {
	/** Counts from 1, control requests left out. */
	seq: number;
	/** Milliseconds since the epoch. */
	at: number;
	/** Which listener it came to: the API's or the second origin. */
	origin: Origin;
	method: string;
	path: string;
	query: string;
	endpoint: Endpoint;
	/** As received, names in lower case. */
	headers: IncomingHttpHeaders;
	/** Which of the attribution headers came with a value. */
	attribution: { source: boolean; version: boolean; platform: boolean };
	/** The bearer token, if one came. */
	token?: string;
	sessionId?: string;
	/** The number of the connection it came on. */
	socket: number;
	/** Bytes of this request as they came, headers included; final when it has closed. */
	bytesIn: number;
	/** Bytes of the answer on the wire, headers included; final when it has closed. */
	bytesOut: number;
	status?: number;
	fault?: string;
	closedAt?: number;
	ended?: Ending;
}

export interface SocketEntry {
	id: number;
	openedAt: number;
	closedAt?: number;
	origin: Origin;
	/** Carried a request to the control endpoints; not counted among the clients'. */
	control: boolean;
	/** How many requests came on it so far. */
	requests: number;
	/** Requests under way. */
	busy: number;
	/** Of the client's end. */
	clientPort?: number;
	/** Of the emulator's end. */
	serverPort?: number;
	lastPath?: string;
}

interface LiveSocket {
	entry: SocketEntry;
	socket: Socket;
}

function given(value: string | string[] | undefined): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

/** Every request and every connection, in order. */
export class RequestLog {
	private list: RequestEntry[] = [];
	private count = 0;
	private socketCount = 0;
	private readonly live = new Map<Socket, LiveSocket>();
	/** Bytes of the requests that a connection carried before. */
	private readonly counted = new WeakMap<Socket, { bytesIn: number; bytesOut: number }>();
	/** Numbers of the connections that were used or opened since the last clearing. */
	private readonly known = new Set<number>();

	constructor(private readonly hub: EventBus) {}

	all(
		match: Partial<Pick<RequestEntry, 'endpoint' | 'method' | 'sessionId' | 'origin'>> = {},
	): RequestEntry[] {
		return this.list.filter((entry) =>
			Object.entries(match).every(([key, value]) => Reflect.get(entry, key) === value),
		);
	}

	openSocket(socket: Socket, origin: Origin): void {
		this.socketCount += 1;
		const entry: SocketEntry = {
			id: this.socketCount,
			openedAt: Date.now(),
			origin,
			control: false,
			requests: 0,
			busy: 0,
			clientPort: socket.remotePort,
			serverPort: socket.localPort,
		};
		this.live.set(socket, { entry, socket });
		this.counted.set(socket, { bytesIn: 0, bytesOut: 0 });
		this.known.add(entry.id);
		this.hub.record('socket.open', { socket: entry.id, origin });
		socket.on('error', () => undefined);
		socket.once('close', () => {
			entry.closedAt = Date.now();
			this.live.delete(socket);
			if (!entry.control && this.known.delete(entry.id)) {
				this.hub.record('socket.closed', { socket: entry.id, origin, open: this.sockets().length });
			}
		});
	}

	markControl(socket: Socket): void {
		const live = this.live.get(socket);
		if (live && live.entry.requests === 0) live.entry.control = true;
	}

	/** Connections now open, those of control requests left out. */
	sockets(): SocketEntry[] {
		return [...this.live.values()].map((live) => live.entry).filter((entry) => !entry.control);
	}

	/** @param origin only those of one listener */
	destroySockets(origin?: Origin): void {
		for (const { socket, entry } of [...this.live.values()]) {
			if (origin === undefined || entry.origin === origin) socket.destroy();
		}
	}

	/** Breaks what is under way; idle connections may live on. */
	destroyBusy(): void {
		for (const { socket, entry } of [...this.live.values()]) {
			if (entry.busy > 0 && !entry.control) socket.destroy();
		}
	}

	open(request: IncomingMessage, origin: Origin): RequestEntry {
		const live = this.live.get(request.socket);
		const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
		const method = request.method ?? 'GET';
		this.count += 1;
		const sessionId = sessionInPath(path);
		const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '');
		const entry: RequestEntry = {
			seq: this.count,
			at: Date.now(),
			origin,
			method,
			path,
			query,
			endpoint: endpointOf(method, path),
			headers: { ...request.headers },
			attribution: {
				source: given(request.headers['x-skill-source']),
				version: given(request.headers['x-skill-version']),
				platform: given(request.headers['x-skill-platform']),
			},
			...(bearer?.[1] === undefined ? {} : { token: bearer[1] }),
			...(sessionId === undefined ? {} : { sessionId }),
			socket: live?.entry.id ?? 0,
			bytesIn: 0,
			bytesOut: 0,
		};
		this.list.push(entry);
		if (live) {
			live.entry.requests += 1;
			live.entry.busy += 1;
			live.entry.lastPath = path;
			this.known.add(live.entry.id);
		}
		this.hub.record('request', {
			request: entry.seq,
			endpoint: entry.endpoint,
			method,
			path,
			origin,
			sessionId,
		});
		return entry;
	}

	close(entry: RequestEntry, socket: Socket, ended: Ending): void {
		if (entry.closedAt !== undefined) return;
		entry.closedAt = Date.now();
		entry.ended = ended;
		const live = this.live.get(socket);
		if (live) live.entry.busy -= 1;
		const before = this.counted.get(socket) ?? { bytesIn: 0, bytesOut: 0 };
		entry.bytesIn = socket.bytesRead - before.bytesIn;
		entry.bytesOut = socket.bytesWritten - before.bytesOut;
		this.counted.set(socket, { bytesIn: socket.bytesRead, bytesOut: socket.bytesWritten });
		if (this.list[entry.seq - 1] !== entry) return;
		this.hub.record('request.closed', {
			request: entry.seq,
			endpoint: entry.endpoint,
			path: entry.path,
			sessionId: entry.sessionId,
			status: entry.status,
			ended,
		});
	}

	/** Forgets all; what still ends of before is not told any more. */
	clear(): void {
		this.list = [];
		this.count = 0;
		this.known.clear();
	}
}
