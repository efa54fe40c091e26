import { readFile } from 'node:fs/promises';
import type { Emulator } from '../../emulator/server.cts';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
/** The kernel's number for a connection that neither end has closed. */
const ESTABLISHED = '01';
const LOOK_MS = 10;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** When connections were closed: after `open`, by `closed`. Milliseconds since the epoch. */
export interface Closing {
	/** When one of them was last seen open. */
	open: number;
	/** When all were first found closed. */
	closed: number;
}

/**
 * Watches the clients' ends of an emulator's connections. The kernel tells at once when one is closed;
 * the emulator reads what is still on its way first, which takes seconds for an upload.
 *
 * What counts is when a connection was last seen open: on a busy machine the look that finds it
 * closed may come late.
 */
export class ConnectionWatch {
	/** By the emulator's numbers. */
	private readonly seen = new Map<number, Closing>();
	private lastLook = 0;
	private isOver = false;
	private readonly watching = this.watch();

	constructor(private readonly emulator: Emulator) {}

	/**
	 * Waits until connections are closed.
	 *
	 * @param ids the emulator's numbers of them
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns undefined where one stayed open; zeros where none was seen open at all
	 */
	async closing(ids: ReadonlySet<number>, timeoutMs: number): Promise<Closing | undefined> {
		const begun = Date.now();
		const seen = () => [...this.seen].filter(([id]) => ids.has(id)).map(([, closing]) => closing);
		while (this.lastLook <= begun || seen().some(({ closed }) => closed === Infinity)) {
			if (Date.now() - begun > timeoutMs) return undefined;
			await pause(LOOK_MS);
		}
		const latest = (times: number[]) => Math.max(0, ...times);
		return {
			open: latest(seen().map(({ open }) => open)),
			closed: latest(seen().map(({ closed }) => closed)),
		};
	}

	async end(): Promise<void> {
		this.isOver = true;
		await this.watching;
	}

	private async watch(): Promise<void> {
		// What the constructor sets is set first.
		await pause(0);
		while (!this.isOver) {
			const at = Date.now();
			const established = await establishedConnections();
			const now = Date.now();
			const sockets = this.emulator.requests.sockets();
			const open = new Set(
				sockets
					.filter((socket) => established.has(`${socket.clientPort} ${socket.serverPort}`))
					.map(({ id }) => id),
			);
			for (const [id, closing] of this.seen) {
				if (!open.has(id)) closing.closed = Math.min(closing.closed, now);
			}
			for (const id of open) this.seen.set(id, { open: at, closed: Infinity });
			this.lastLook = at;
			await pause(LOOK_MS);
		}
	}
}

/** Pairs of a connection's own port and that of its other end. */
async function establishedConnections(): Promise<Set<string>> {
	const tables = await Promise.all(TABLES.map(async (path) => await readFile(path, 'utf8')));
	const lines = tables.flatMap((table) => table.split('\n').slice(1));
	return new Set(
		lines.flatMap((line) => {
			const [, local = '', remote = '', state] = line.trim().split(/\s+/);
			return state === ESTABLISHED ? [`${portOf(local)} ${portOf(remote)}`] : [];
		}),
	);
}

function portOf(address: string): number {
	return parseInt(address.split(':')[1] ?? '', 16);
}
