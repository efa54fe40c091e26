import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMain, root, run } from './process.mjs';

/**
 * Packs the package as `npm publish` would; dist must have been built.
 *
 * @param {string} folder where the tarball goes; must exist
 * @returns {Promise<{ tarball: string, sizeBytes: number, files: string[] }>}
 */
export async function packTarball(folder) {
	const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination'];
	const answer = JSON.parse(await run('npm', [...args, folder], { cwd: root, quiet: true }));
	// npm 12 gives an object by package name, earlier ones a list.
	const [packed] = Array.isArray(answer) ? answer : Object.values(answer);
	return {
		tarball: join(folder, packed.filename.replace('@', '').replace('/', '-')),
		sizeBytes: packed.size,
		files: packed.files.map(({ path }) => path),
	};
}

/**
 * @param {string} folder where to unpack; must exist
 * @returns {Promise<string>} the folder that holds the package's files
 */
export async function unpackTarball(folder) {
	const { tarball } = await packTarball(folder);
	const target = join(folder, 'package');
	await mkdir(target, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { quiet: true });
	return target;
}

if (isMain(import.meta.url)) {
	console.log(JSON.stringify(await packTarball(process.argv[2] ?? process.cwd())));
}
