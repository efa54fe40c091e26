import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from '../lock.mjs';
import { run, withProgress } from '../process.mjs';
import { cacheFolder } from './cache.mjs';

/** n8n 2.38 and later ask for it, and n8n's isolated-vm brings a ready binary for it. */
const MAJOR = 24;

const hasHeaders = (root) => existsSync(join(root, 'include', 'node', 'node.h'));

/** The running Node, where it is the right one and its headers (to compile sqlite3) are there. */
function ownNode() {
	const root = dirname(dirname(process.execPath));
	const isRight = Number(process.versions.node.split('.')[0]) === MAJOR;
	return isRight && hasHeaders(root) ? { root, node: process.execPath } : undefined;
}

/**
 * Makes sure that a Node 24 with its headers is there: the running one, or the npm package that
 * carries it, in the cache folder.
 *
 * @returns {Promise<{ root: string, node: string }>} `root` holds bin/ and include/
 */
export async function ensureNode24() {
	const own = ownNode();
	if (own !== undefined) return own;
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(cacheFolder(), `node-${MAJOR}`);
	const root = join(folder, 'node_modules', name);
	const found = { root, node: join(root, 'bin', 'node') };
	if (existsSync(join(folder, 'ready'))) return found;
	await mkdir(cacheFolder(), { recursive: true });
	await withLock(`${folder}.lock`, async () => {
		if (existsSync(join(folder, 'ready'))) return;
		await withProgress(`Fetching Node ${MAJOR} (npm package ${name})`, () =>
			fetchNode(folder, name),
		);
	});
	return found;
}

async function fetchNode(folder, name) {
	const fresh = `${folder}.new`;
	await rm(fresh, { recursive: true, force: true });
	await mkdir(fresh, { recursive: true });
	await writeFile(join(fresh, 'package.json'), JSON.stringify({ private: true }));
	const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
	await run('npm', [...args, `${name}@${MAJOR}`], { cwd: fresh, quiet: true });
	if (!hasHeaders(join(fresh, 'node_modules', name))) {
		throw new Error(`The npm package ${name}@${MAJOR} holds no C++ headers`);
	}
	await rm(folder, { recursive: true, force: true });
	await rename(fresh, folder);
	await writeFile(join(folder, 'ready'), '');
}
