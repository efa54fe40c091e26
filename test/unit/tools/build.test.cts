import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULE = join(__dirname, '..', '..', '..', 'tools', 'build.mjs');

describe('the build of every command', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'nemovideo-build-'));
		mkdirSync(join(folder, 'src'));
		writeFileSync(join(folder, 'src', 'a.ts'), 'a');
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** @returns whether something was built */
	function builds(): boolean {
		const script = `
			import { mkdirSync, writeFileSync } from 'node:fs';
			import { buildWhereChanged } from ${JSON.stringify(MODULE)};
			await buildWhereChanged(process.cwd(), async () => {
				mkdirSync('dist', { recursive: true });
				writeFileSync('dist/a.js', 'a');
				console.log('built');
			});`;
		const args = ['--input-type=module', '-e', script];
		return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }) !== '';
	}

	it('is done once for the same sources', () => {
		expect([builds(), builds()]).toEqual([true, false]);
	});

	it.each([
		['a source changes', 'src/a.ts'],
		['a source is added', 'src/b.ts'],
		['the build itself changes', 'gulpfile.js'],
		['somebody has changed what was built', 'dist/a.js'],
	])('is done again where %s', (_why, file) => {
		builds();
		writeFileSync(join(folder, file), 'b');
		expect([builds(), builds()]).toEqual([true, false]);
	});

	it('is done again where what was built is gone', () => {
		builds();
		rmSync(join(folder, 'dist'), { recursive: true });
		expect(builds()).toBe(true);
	});
});
