import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const HEARTBEAT_MS = 5_000;
/** Longer than any pause a busy machine puts between two heartbeats. */
const STALE_MS = 60_000;
const POLL_MS = 500;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns {Promise<{ pid: number, host: string } | undefined>} */
async function ownerOf(directory) {
	try {
		return JSON.parse(await readFile(join(directory, 'owner.json'), 'utf8'));
	} catch {
		return undefined;
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

async function isStale(directory) {
	const info = await stat(directory).catch(() => undefined);
	if (info === undefined) return false;
	if (Date.now() - info.mtimeMs > STALE_MS) return true;
	const owner = await ownerOf(directory);
	return owner !== undefined && owner.host === hostname() && !isAlive(owner.pid);
}

async function tryCreate(directory) {
	try {
		await mkdir(directory);
		return true;
	} catch (error) {
		if (error.code === 'EEXIST') return false;
		throw error;
	}
}

/** Removes an abandoned lock. A second lock keeps two finders from removing each other's new one. */
async function removeIfStale(directory) {
	const guard = `${directory}.sweep`;
	if (!(await tryCreate(guard))) {
		const info = await stat(guard).catch(() => undefined);
		if (info !== undefined && Date.now() - info.mtimeMs > STALE_MS) {
			await rm(guard, { recursive: true, force: true });
		}
		return;
	}
	try {
		if (await isStale(directory)) await rm(directory, { recursive: true, force: true });
	} finally {
		await rm(guard, { recursive: true, force: true });
	}
}

/**
 * Runs `work` while no other process holds the same lock. A lock whose owner died, or whose
 * heartbeat stopped for a minute, is taken over.
 *
 * @param {string} directory the lock: a folder that must not exist while the lock is free
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number | undefined) => void }} [options] told once when another holds it
 * @returns {Promise<T>} what `work` gave
 * @template T
 */
export async function withLock(directory, work, options = {}) {
	let waiting = false;
	while (!(await tryCreate(directory))) {
		if (!waiting) options.onWait?.((await ownerOf(directory))?.pid);
		waiting = true;
		if (await isStale(directory)) await removeIfStale(directory);
		else await pause(POLL_MS);
	}
	await writeFile(
		join(directory, 'owner.json'),
		JSON.stringify({ pid: process.pid, host: hostname() }),
	);
	const heartbeat = setInterval(() => {
		const now = new Date();
		utimes(directory, now, now).catch(() => undefined);
	}, HEARTBEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(directory, { recursive: true, force: true });
	}
}
