import { readdir, readFile, readlink } from 'node:fs/promises';

/** What a process has open; Linux only. */
export interface OpenInProcess {
	/** All of its descriptors. */
	descriptors: number;
	/** Files of n8n's binary store. */
	files: string[];
	/** Ports at the other ends of its connections over TCP, whatever state those are in. */
	remotePorts: number[];
}

const STORE = /\/(?:binary[Dd]ata|storage)\//;
/** Deleted by their name, files live on as long as they are open. */
const HIDDEN = / \(deleted\)$/;

/** Looks through a process's descriptors. */
export async function openInProcess(pid: number): Promise<OpenInProcess> {
	const folder = `/proc/${pid}/fd`;
	const names = await readdir(folder);
	// Some are closed in the meantime.
	const links = await Promise.all(
		names.map(async (name) => await readlink(`${folder}/${name}`).catch(() => '')),
	);
	const open = links.filter((link) => link !== '');
	const sockets = new Set(open.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
	const connections = await Promise.all([remotePorts(pid, 'tcp'), remotePorts(pid, 'tcp6')]);
	return {
		descriptors: open.length,
		files: open.filter((link) => STORE.test(link)).map((link) => link.replace(HIDDEN, '')),
		remotePorts: connections
			.flat()
			.flatMap(({ inode, port }) => (sockets.has(inode) ? [port] : [])),
	};
}

async function remotePorts(
	pid: number,
	table: 'tcp' | 'tcp6',
): Promise<Array<{ inode: string; port: number }>> {
	const text = await readFile(`/proc/${pid}/net/${table}`, 'utf8');
	return text
		.trim()
		.split('\n')
		.slice(1)
		.map((line) => {
			const fields = line.trim().split(/\s+/);
			return { inode: fields[9] ?? '', port: parseInt(fields[2]?.split(':')[1] ?? '', 16) };
		});
}

const LOOK_MS = 50;

/**
 * Waits until a process has nothing of the store and no connection to some ports open.
 *
 * @param timeoutMs how long to wait, in milliseconds
 * @returns what it has open then
 */
export async function whenNothingIsOpen(
	pid: number,
	ports: ReadonlySet<number>,
	timeoutMs: number,
): Promise<OpenInProcess> {
	const until = Date.now() + timeoutMs;
	for (;;) {
		const found = await openInProcess(pid);
		const remote = found.remotePorts.filter((port) => ports.has(port));
		if ((found.files.length === 0 && remote.length === 0) || Date.now() > until) {
			return { ...found, remotePorts: remote };
		}
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
}
