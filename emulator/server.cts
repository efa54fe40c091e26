import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { Backend } from './backend.cts';
import { toWire } from './canonical.cts';
import { registerControl } from './control.cts';
import { RequestPipeline } from './requestPipeline.cts';
import type { EmulatorEvent, EventBus, EventMatch, WaitOptions } from './eventBus.cts';
import type { FaultBook } from './faults.cts';
import type { BillingLog } from './billingLog.cts';
import type { EmulatorOptions } from './options.cts';
import type { RenderStore } from './renders.cts';
import type { Origin, RequestLog } from './requests.cts';
import { registerRoutes } from './routes.cts';
import type { SessionStore } from './sessions.cts';
import type { TokenStore } from './tokens.cts';

export { EMULATOR_TOKEN, type EmulatorOptions } from './options.cts';
export type { EmulatorEvent, EventMatch, WaitOptions } from './eventBus.cts';
export type { Fault, FaultKind } from './faults.cts';

const HOST = '127.0.0.1';
/** All that the second origin answers; everything else is 404 there. */
const SERVED_ELSEWHERE = /^\/(?:uploads|clips|render-result|__emulator)\//;

/** A running emulator. */
export interface Emulator {
	/** `http://127.0.0.1:<port>`, without a slash at the end. */
	readonly url: string;
	readonly port: number;
	/** The second origin, which serves files only. */
	readonly cdnUrl: string;
	/** May be changed at any time; times are read when they are needed. */
	readonly options: EmulatorOptions;
	readonly ledger: BillingLog;
	readonly requests: RequestLog;
	readonly faults: FaultBook;
	readonly tokens: TokenStore;
	readonly sessions: SessionStore;
	readonly renders: RenderStore;
	readonly events: EventBus;
	/** Waits for an event, one that has already happened included. */
	waitFor(match: EventMatch, options?: WaitOptions): Promise<EmulatorEvent>;
	/** Connections now open, control connections left out. */
	openSockets(): number;
	/** Event streams now open, and the most there ever were at once. */
	streams(): { open: number; most: number };
	/**
	 * Closes the API's listener, so that connecting is refused, until `listen` is called.
	 *
	 * @param gently lets the requests under way end
	 */
	refuse(gently?: boolean): Promise<void>;
	/** Listens again, on the same port. */
	listen(): Promise<void>;
	/** Forgets everything and goes back to the options given at the start. */
	reset(): void;
	/** Closes listeners and connections and removes the files. */
	close(): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const address = server.address() as AddressInfo;
	return address.port;
}

async function stop(server: Server): Promise<void> {
	if (!server.listening) return;
	await new Promise<void>((resolve) => server.close(() => resolve()));
}

/**
 * Starts a NemoVideo backend on 127.0.0.1.
 *
 * @param options what differs from the defaults of `options.cts`
 */
export async function startEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-emulator-'));
	const sweep = (): void => rmSync(folder, { recursive: true, force: true });
	process.once('exit', sweep);
	const backend = new Backend(options, folder);
	let route: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
	const app = fastify({
		logger: false,
		bodyLimit: 64 * 1024 * 1024,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 1000 },
		// No route has a schema; without the compilers the start is faster.
		schemaController: {
			compilersFactory: {
				buildValidator: () => () => (() => true) as never,
				buildSerializer: () => () => toWire,
			},
		},
		serverFactory: (handler) => {
			route = handler;
			return createServer();
		},
	});
	registerRoutes(app, backend);
	registerControl(app, backend);
	await app.ready();

	const gate = new RequestPipeline(backend, (request, response, origin) => {
		const elsewhere = origin === 'cdn' && !SERVED_ELSEWHERE.test(request.url ?? '');
		if (elsewhere) request.url = '/elsewhere';
		route(request, response);
	});
	const serve = (origin: Origin): Server => {
		const server = createServer((request, response) => gate.admit(request, response, origin));
		server.keepAliveTimeout = 5000;
		server.requestTimeout = 0;
		server.headersTimeout = 0;
		server.on('connection', (socket) => backend.requests.openSocket(socket, origin));
		return server;
	};
	const api = serve('api');
	const cdn = serve('cdn');
	const [first, second] = await Promise.allSettled([
		listen(api, backend.options.port),
		listen(cdn, backend.options.cdnPort),
	]);
	if (first.status === 'rejected' || second.status === 'rejected') {
		await Promise.all([stop(api), stop(cdn)]);
		sweep();
		throw first.status === 'rejected' ? first.reason : Object(second).reason;
	}
	const port = first.value;
	backend.url = `http://${HOST}:${port}`;
	backend.cdnUrl = `http://${HOST}:${second.value}`;
	backend.refuse = async (gently = false) => {
		if (gently) {
			api.close();
			return;
		}
		const stopped = stop(api);
		backend.requests.destroySockets('api');
		await stopped;
	};
	backend.listen = async () => {
		if (!api.listening) await listen(api, port);
	};

	return {
		url: backend.url,
		port,
		cdnUrl: backend.cdnUrl,
		options: backend.options,
		ledger: backend.ledger,
		requests: backend.requests,
		faults: backend.faults,
		tokens: backend.tokens,
		sessions: backend.sessions,
		renders: backend.renders,
		events: backend.hub,
		waitFor: async (match, wait) => await backend.hub.waitFor(match, wait),
		openSockets: () => backend.requests.sockets().length,
		streams: () => ({ ...backend.turns.streams }),
		refuse: backend.refuse,
		listen: backend.listen,
		reset: () => backend.reset(),
		close: async () => {
			backend.closing = true;
			backend.reset();
			const stopped = Promise.all([stop(api), stop(cdn)]);
			backend.requests.destroySockets();
			await stopped;
			await app.close();
			process.off('exit', sweep);
			sweep();
		},
	};
}
