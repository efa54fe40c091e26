import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Node tells of every socket that a client in this process makes. */
const CHANNEL = 'net.client.socket';

/** Sockets that are still open then are left. Milliseconds. */
const PATIENCE_MS = 10_000;

/** The sockets of the nodes, so that a test can break them as a network does. */
export class ClientSockets {
	private readonly sockets = new Set<Socket>();
	private readonly failing: NetworkError[] = [];

	constructor() {
		subscribe(CHANNEL, this.note);
	}

	stop(): void {
		unsubscribe(CHANNEL, this.note);
	}

	/** Sockets that are not closed. */
	get open(): number {
		return this.sockets.size;
	}

	/** Waits until none is open: a stopped execution's cancel goes on for a moment without it. */
	async whenNone(): Promise<number> {
		const until = Date.now() + PATIENCE_MS;
		while (this.open > 0 && Date.now() < until) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		return this.open;
	}

	/** The next connections fail before they are made, one after another. */
	failNext(...errors: NetworkError[]): void {
		this.failing.push(...errors);
	}

	/**
	 * Breaks the connection that a request came over.
	 *
	 * @param port of the client
	 */
	break(port: number | undefined, error: NetworkError): void {
		const found = [...this.sockets].find(({ localPort }) => localPort === port);
		if (found === undefined) throw new Error(`No client has port ${port}`);
		found.destroy(error);
	}

	private readonly note = (message: unknown): void => {
		const { socket } = message as { socket: Socket };
		this.sockets.add(socket);
		socket.once('close', () => this.sockets.delete(socket));
		const error = this.failing.shift();
		if (error === undefined) return;
		// Not before somebody listens, and before the connection can be made.
		socket.on('newListener', (event) => {
			if (event === 'error') process.nextTick(() => socket.destroy(error));
		});
	};
}

export type NetworkError = Error & { code: string; syscall: string };

/** An error as Node gives it for a system call that failed. */
export function networkError(code: string, syscall: string): NetworkError {
	return Object.assign(new Error(`${syscall} ${code} 127.0.0.1`), { code, syscall });
}
