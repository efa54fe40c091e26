import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULE = join(__dirname, '..', '..', '..', 'tools', 'dependencies.mjs');

type Packages = Record<string, { version?: string; optional?: boolean }>;

describe('whether dependencies are installed', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'nemovideo-dependencies-'));
		mkdirSync(join(folder, 'node_modules'));
	});

	afterEach(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	function verdict(wanted: Packages, present: Packages | undefined): boolean {
		const write = (file: string, packages: Packages): void =>
			writeFileSync(join(folder, file), JSON.stringify({ packages }));
		write('package-lock.json', wanted);
		if (present !== undefined) write('node_modules/.package-lock.json', present);
		const script = `
			import { dependenciesAreInstalled } from ${JSON.stringify(MODULE)};
			console.log(await dependenciesAreInstalled(${JSON.stringify(folder)}));`;
		const args = ['--input-type=module', '-e', script];
		return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim() === 'true';
	}

	it('is yes when every package has the version of the lock file', () => {
		const packages = { 'node_modules/a': { version: '1.0.0' } };
		expect(verdict({ '': {}, ...packages }, packages)).toBe(true);
	});

	it('is no when nothing is installed, one is missing or has another version', () => {
		const wanted = { 'node_modules/a': { version: '1.0.0' } };
		expect(verdict(wanted, undefined)).toBe(false);
		expect(verdict(wanted, {})).toBe(false);
		expect(verdict(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
	});

	it('leaves packages for other platforms out of account', () => {
		expect(verdict({ 'node_modules/b': { version: '1.0.0', optional: true } }, {})).toBe(true);
	});
});
