import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PACKAGE_NAME = 'n8n-nodes-nemovideo';

let packed: Promise<string> | undefined;

/**
 * Packs the built package once per process.
 *
 * @returns the path of the tarball, in a temporary folder
 */
export function packedTarball(): Promise<string> {
	packed ??= pack();
	return packed;
}

async function pack(): Promise<string> {
	const { packTarball } = await import('../../tools/pack.mjs');
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-pack-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	return (await packTarball(folder)).tarball;
}

async function readJson(path: string): Promise<Record<string, unknown>> {
	return JSON.parse(await readFile(path, 'utf8'));
}

/**
 * Installs the tarball as n8n's own "Install community node" does: unpacked into the user's nodes
 * folder, all dependency lists but `dependencies` taken out, then npm inside the package.
 *
 * @param userFolder n8n's N8N_USER_FOLDER
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const { run } = await import('../../tools/process.mjs');
	const nodes = join(userFolder, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', PACKAGE_NAME);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], { quiet: true });
	const manifest = await readJson(join(target, 'package.json'));
	for (const list of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[list];
	}
	await writeFile(join(target, 'package.json'), JSON.stringify(manifest, null, 2));
	const options = ['audit=false', 'fund=false', 'bin-links=false', 'ignore-scripts=true'];
	const more = ['install-strategy=shallow', 'package-lock=false', 'loglevel=error'];
	const args = ['install', ...[...options, ...more].map((option) => `--${option}`)];
	await run('npm', args, { cwd: target, quiet: true });
	await writeFile(
		join(nodes, 'package.json'),
		JSON.stringify({
			name: 'installed-nodes',
			private: true,
			dependencies: { [PACKAGE_NAME]: manifest.version },
		}),
	);
}
