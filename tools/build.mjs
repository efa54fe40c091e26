import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** All that the published package is made of. */
const SOURCES = [
	...['credentials', 'nodes', 'src'],
	...['package.json', 'package-lock.json', 'tsconfig.json', 'gulpfile.js'],
	...['tools/licenses.mjs', 'tools/shortNames.cjs'],
];
const STAMP = join('output', 'build.json');

/** @returns {Promise<string[]>} the files below a path, or the path itself; none where it is missing */
async function filesAt(path) {
	const entry = await stat(path).catch(() => undefined);
	if (entry === undefined) return [];
	if (!entry.isDirectory()) return [path];
	const names = await readdir(path);
	const lists = await Promise.all(names.sort().map((name) => filesAt(join(path, name))));
	return lists.flat();
}

async function digest(root, paths) {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of await filesAt(join(root, path))) {
			hash.update(`${file.slice(root.length)}\0`).update(await readFile(file));
		}
	}
	return hash.digest('hex');
}

const stampOf = async (root) => ({
	sources: await digest(root, SOURCES),
	dist: await digest(root, ['dist']),
});

/**
 * Builds, unless `dist` is what the last build has made of the same sources.
 *
 * @param {string} root the repository's folder
 * @param {() => Promise<unknown>} build
 */
export async function buildWhereChanged(root, build) {
	const path = join(root, STAMP);
	const last = await readFile(path, 'utf8').catch(() => '');
	if (last === JSON.stringify(await stampOf(root))) return;
	await build();
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, JSON.stringify(await stampOf(root)));
}
