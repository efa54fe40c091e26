import { readdir, readlink } from 'node:fs/promises';

/** How long a file may take to be closed that nobody reads anymore. Milliseconds. */
const PATIENCE_MS = 20_000;

/** Files of n8n's store that this process has open. */
export async function openFiles(): Promise<string[]> {
	const names = await readdir('/proc/self/fd');
	const links = names.map(async (name) => await readlink(`/proc/self/fd/${name}`).catch(() => ''));
	return (await Promise.all(links)).filter(
		(link) => link.includes('binary_data') && !link.endsWith('.metadata'),
	);
}

/** Waits, one turn of the event loop after another, until so many files are open. */
export async function whenOpen(matches: (count: number) => boolean): Promise<string[]> {
	const until = Date.now() + PATIENCE_MS;
	for (;;) {
		const open = await openFiles();
		if (matches(open.length) || Date.now() > until) return open;
		await new Promise((resolve) => setImmediate(resolve));
	}
}
