import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What tools/pack.mjs prints. */
interface Packed {
	tarball: string;
	sizeBytes: number;
	/** Paths inside the package. */
	files: string[];
}

export interface PackedPackage extends Packed {
	/** An empty folder but for `node_modules` with the package and n8n-workflow. */
	home: string;
	/** The unpacked package inside `home`. */
	folder: string;
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
	const packed: Packed = JSON.parse(answer);
	const folder = join(home, 'node_modules', 'n8n-nodes-nemovideo');
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', packed.tarball, '-C', folder, '--strip-components=1']);
	// Through the link, n8n-workflow finds its own dependencies, but the package does not.
	symlinkSync(join(ROOT, 'node_modules/n8n-workflow'), join(home, 'node_modules/n8n-workflow'));
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return { ...packed, home, folder, manifest };
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
