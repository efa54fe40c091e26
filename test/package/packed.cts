import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface PackedPackage {
	/** An empty folder but for the tarball, and `node_modules` with the package and n8n-workflow. */
	home: string;
	/** The unpacked package inside `home`. */
	folder: string;
	tarball: string;
	sizeBytes: number;
	/** Paths inside the package. */
	files: string[];
	manifest: { name: string; n8n: { nodes: string[]; credentials: string[] } };
}

/**
 * Packs the built package and unpacks it where n8n-workflow (with what that one needs itself) is
 * all that can be found beside it, as in an n8n that installed it.
 */
export function unpackAlone(): PackedPackage {
	const home = mkdtempSync(join(tmpdir(), 'nemovideo-package-'));
	const answer = execFileSync(process.execPath, [join(ROOT, 'tools/pack.mjs'), home], {
		encoding: 'utf8',
	});
	const packed: Omit<PackedPackage, 'home' | 'manifest'> = JSON.parse(answer);
	const manifest = JSON.parse(readFileSync(join(packed.folder, 'package.json'), 'utf8'));
	return { ...packed, home, manifest };
}

/**
 * Runs a script in a fresh process whose modules resolve from the package's folder.
 *
 * @returns what it handed to `answer(…)`
 */
export function runInside(packed: PackedPackage, script: string): unknown {
	const source = `
		const require = (await import('node:module')).createRequire(${JSON.stringify(join(packed.folder, 'index.js'))});
		const manifest = require('./package.json');
		const answer = (value) => process.stdout.write(JSON.stringify(value));
		${script}`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
		encoding: 'utf8',
		cwd: packed.home,
		env: { PATH: process.env.PATH },
	});
	return JSON.parse(output);
}
