/**
 * n8n's community-package scan, offline: over the source and over what `npm pack` would publish.
 * Exits non-zero on a finding.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dependenciesAreInstalled } from '../dependencies.mjs';
import { withLock } from '../lock.mjs';
import { unpackTarball } from '../pack.mjs';
import { endInWords } from '../plainWords.cjs';
import { root, run, withProgress } from '../process.mjs';

const folder = join(root, 'tools', 'scan');

async function installScanner() {
	await mkdir(join(root, 'output'), { recursive: true });
	await withLock(join(root, 'output', 'scan-install.lock'), async () => {
		if (await dependenciesAreInstalled(folder)) return;
		const args = ['ci', '--no-audit', '--no-fund', '--no-progress'];
		await withProgress("Installing n8n's scanner", () =>
			run('npm', args, { cwd: folder, quiet: true }),
		);
	});
}

/** @returns {boolean} whether the scan passed */
function show(name, { passed, message, details }) {
	console.log(`${name}: ${passed ? '0 errors' : 'FAILED'}`);
	if (!passed) console.log(`${message ?? ''}\n${details ?? ''}`);
	return passed;
}

async function scan() {
	await installScanner();
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const { analyzePackage, SOURCE_FILE_PATTERNS } = scanner;
	const target = await mkdtemp(join(tmpdir(), 'nemovideo-scan-'));
	try {
		const source = show('scan of the source', await analyzePackage(root, SOURCE_FILE_PATTERNS));
		const unpacked = await unpackTarball(target);
		const tarball = await analyzePackage(unpacked, ['**/*.js', 'package.json']);
		process.exitCode = show('scan of the packed tarball', tarball) && source ? 0 : 1;
	} finally {
		await rm(target, { recursive: true, force: true });
	}
}

await endInWords(scan);
