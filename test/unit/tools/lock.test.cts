import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOCK_MODULE = join(__dirname, '..', '..', '..', 'tools', 'lock.mjs');

describe('the lock that installers share', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'nemovideo-lock-'));
	});

	afterEach(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	/** Starts a process that does `work` while it holds the lock. */
	function holder(work: string): ChildProcess {
		const script = `
			import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
			import { withLock } from ${JSON.stringify(LOCK_MODULE)};
			await withLock('lock', async () => { ${work} });`;
		return spawn(process.execPath, ['--input-type=module', '-e', script], {
			cwd: folder,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
	}

	it('lets one process in at a time', async () => {
		const counter = join(folder, 'counter');
		writeFileSync(counter, '0');
		const work = `
			const before = Number(readFileSync('counter', 'utf8'));
			await new Promise((resolve) => setTimeout(resolve, 30));
			writeFileSync('counter', String(before + 1));`;
		const holders = [1, 2, 3, 4].map(() => holder(work));
		const codes = await Promise.all(holders.map(async (child) => (await once(child, 'exit'))[0]));
		expect(codes).toEqual([0, 0, 0, 0]);
		expect(readFileSync(counter, 'utf8')).toBe('4');
	}, 30_000);

	it('is taken over from a process that was killed', async () => {
		const first = holder(
			"console.log('in'); setInterval(() => {}, 1000); await new Promise(() => {});",
		);
		if (first.stdout === null) throw new Error('No output to read');
		await once(first.stdout, 'data');
		first.kill('SIGKILL');
		await once(first, 'exit');
		const second = holder("writeFileSync('taken', 'over');");
		await once(second, 'exit');
		expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('over');
	}, 30_000);
});
