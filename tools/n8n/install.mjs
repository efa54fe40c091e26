/**
 * Puts a real n8n of one version into the per-user cache folder.
 * Usage: node tools/n8n/install.mjs 2.41.1 [1.123.81 …]
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { withLock } from '../lock.mjs';
import { endInWords } from '../plainWords.cjs';
import { isMain, run, withProgress } from '../process.mjs';
import { cacheFolder } from './cache.mjs';
import { ensureNode24 } from './node24.mjs';

const ATTEMPTS = 3;

/**
 * What npm has to be told per line of n8n: the 1.x line takes xlsx from a host of its own, which
 * many networks do not reach; the npm registry has the same library.
 */
function manifestFor(version) {
	const overrides = version.startsWith('1.') ? { xlsx: '0.18.5' } : {};
	return { private: true, dependencies: { n8n: version }, overrides };
}

/** sqlite3 is compiled here, so its tools must be there; better to say so before minutes pass. */
function requireCompiler() {
	const missing = ['python3', 'make', 'g++'].filter(
		(tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0,
	);
	if (missing.length === 0) return;
	throw new Error(
		`n8n's database driver is compiled on this machine and needs ${missing.join(', ')}. ` +
			'On Debian or Ubuntu: apt-get install -y python3 make g++',
	);
}

/** @returns {NodeJS.ProcessEnv} Node 24 first on the path, and its own headers for compilers */
function environment(node24) {
	return {
		...process.env,
		PATH: [dirname(node24.node), process.env.PATH].join(delimiter),
		npm_config_nodedir: node24.root,
		npm_config_update_notifier: 'false',
		npm_config_loglevel: 'error',
	};
}

async function attempt(times, work) {
	for (let turn = 1; ; turn++) {
		try {
			return await work();
		} catch (error) {
			if (turn === times || error.isInterrupted) throw error;
			console.log(`That did not work (${String(error.message).slice(-600)}). Trying again …`);
		}
	}
}

/** Each step leaves a marker, so a run that was broken off goes on where it stopped. */
async function step(folder, name, work) {
	const marker = join(folder, `.${name}`);
	if (existsSync(marker)) return;
	await work();
	await writeFile(marker, '');
}

/**
 * Into a folder of its own, moved into place at the end: the npm of a run that was killed may still
 * be writing.
 */
async function download(folder, version, env) {
	await removeLeftovers(folder);
	const fresh = `${folder}.new-${process.pid}`;
	await attempt(ATTEMPTS, async () => {
		await rm(fresh, { recursive: true, force: true });
		await mkdir(fresh, { recursive: true });
		await writeFile(join(fresh, 'package.json'), JSON.stringify(manifestFor(version), null, '\t'));
		const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress'];
		await run('npm', args, { cwd: fresh, env, quiet: true });
	});
	await rm(folder, { recursive: true, force: true });
	await rename(fresh, folder);
}

async function removeLeftovers(folder) {
	const leftovers = (await readdir(dirname(folder))).filter((name) =>
		name.startsWith(`${basename(folder)}.new-`),
	);
	const remove = (name) => rm(join(dirname(folder), name), { recursive: true, force: true });
	// What a process is still writing to stays for the next time.
	await Promise.allSettled(leftovers.map(remove));
}

async function compile(folder, env) {
	const args = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
	await attempt(2, () => run('npm', args, { cwd: folder, env, quiet: true }));
	await run('node', ['-e', "require('sqlite3')"], {
		cwd: folder,
		env,
		quiet: true,
	});
}

/**
 * Makes sure that an n8n of this version is in the cache folder. Safe to call again and from
 * several processes at once: one installs, the others wait.
 *
 * @param {string} version e.g. `2.41.1`
 * @returns {Promise<{ version: string, folder: string, node: string, bin: string }>} `node` runs `bin`
 */
export async function ensureN8n(version) {
	const node24 = await ensureNode24();
	const folder = join(cacheFolder(), `n8n-${version}`);
	const found = {
		version,
		folder,
		node: node24.node,
		bin: join(folder, 'node_modules/n8n/bin/n8n'),
	};
	if (existsSync(join(folder, 'ready'))) return found;
	requireCompiler();
	await mkdir(dirname(folder), { recursive: true });
	const onWait = (pid) =>
		console.log(`Process ${pid ?? '?'} is installing n8n ${version}; waiting …`);
	await withLock(
		`${folder}.lock`,
		async () => {
			if (existsSync(join(folder, 'ready'))) return;
			const env = environment(node24);
			await withProgress(
				`Installing n8n ${version} into ${folder} (about 3 GB, once per user)`,
				() => step(folder, 'downloaded', () => download(folder, version, env)),
			);
			await withProgress(`Compiling n8n's database driver`, () =>
				step(folder, 'compiled', () => compile(folder, env)),
			);
			await removeLeftovers(folder);
			await writeFile(join(folder, 'ready'), '');
		},
		{ onWait },
	);
	return found;
}

if (isMain(import.meta.url)) {
	await endInWords(async () => {
		for (const version of process.argv.slice(2)) {
			const { folder } = await ensureN8n(version);
			console.log(`n8n ${version} is in ${folder}`);
		}
	});
}
