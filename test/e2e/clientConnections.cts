import { readFile } from 'node:fs/promises';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
/** The kernel's number for a connection that neither end has closed. */
const ESTABLISHED = '01';
const LOOK_MS = 10;

/**
 * Waits until clients on this machine have closed their ends of connections. The kernel tells it at
 * once; the other end reads what is still on its way first, which takes seconds for an upload.
 *
 * @param ports of the clients' ends
 * @param timeoutMs how long to wait, in milliseconds
 * @returns when the last one was closed, in milliseconds since the epoch; undefined where one stayed
 *   open
 */
export async function whenClosed(
	ports: ReadonlySet<number>,
	timeoutMs: number,
): Promise<number | undefined> {
	const deadline = Date.now() + timeoutMs;
	while (Date.now() < deadline) {
		const open = await establishedPorts();
		const now = Date.now();
		if (![...ports].some((port) => open.has(port))) return now;
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
	return undefined;
}

async function establishedPorts(): Promise<Set<number>> {
	const tables = await Promise.all(TABLES.map(async (path) => await readFile(path, 'utf8')));
	const lines = tables.flatMap((table) => table.split('\n').slice(1));
	return new Set(
		lines.flatMap((line) => {
			const [, local = '', , state] = line.trim().split(/\s+/);
			return state === ESTABLISHED ? [parseInt(local.split(':')[1] ?? '', 16)] : [];
		}),
	);
}
