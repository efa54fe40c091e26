import { mkdir, readFile, symlink } from 'node:fs/promises';
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

async function unpack(tarball, target) {
	await mkdir(target, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { quiet: true });
}

/**
 * @param {string} folder where to unpack; must exist
 * @returns {Promise<string>} the folder that holds the package's files
 */
export async function unpackTarball(folder) {
	const { tarball } = await packTarball(folder);
	const target = join(folder, 'package');
	await unpack(tarball, target);
	return target;
}

/**
 * Packs the package and unpacks it where n8n-workflow (with what that one needs itself) is all that
 * can be found beside it, as in an n8n that installed it.
 *
 * @param {string} home where its `node_modules` goes; must exist
 * @returns {Promise<{ tarball: string, sizeBytes: number, files: string[], folder: string }>} `folder`
 *   holds the package's files
 */
export async function installTarball(home) {
	const packed = await packTarball(home);
	const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	const modules = join(home, 'node_modules');
	const folder = join(modules, name);
	await unpack(packed.tarball, folder);
	// Through the link, n8n-workflow finds its own dependencies, but the package does not.
	const workflow = join(root, 'node_modules', 'n8n-workflow');
	await symlink(workflow, join(modules, 'n8n-workflow'), 'junction');
	return { ...packed, folder };
}

if (isMain(import.meta.url)) {
	const [, , home] = process.argv;
	if (home === undefined) throw new Error('Usage: node tools/pack.mjs <empty folder>');
	console.log(JSON.stringify(await installTarball(home)));
}
