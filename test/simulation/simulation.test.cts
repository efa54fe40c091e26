import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { report } from '../report.cts';

const root = join(__dirname, '..', '..');

const RUNS = 20_000;
/** Of the processor, so that a busy machine runs as many stories as an idle one. Seconds. */
const PROCESSOR_SECONDS = 60;
/** For a simulation that hangs. Milliseconds. */
const LIMIT_MS = 20 * 60_000;

const simulate = async (...args: string[]): Promise<string> => {
	const script = join(root, 'simulation', 'main.mjs');
	const run = promisify(execFile)(process.execPath, [script, ...args], { cwd: root });
	return await run.then(
		({ stdout }) => stdout,
		({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`,
	);
};

/** A planted fault names source text, which a change to the source can take away. */
test('every planted fault has its one place in the source', async () => {
	const script = `
		import { readFileSync } from 'node:fs';
		import { PLANTED } from './simulation/planted/faults.mjs';
		const places = PLANTED.flatMap(({ name, changes }) => changes.map(({ file, find }) =>
			[name, readFileSync(file, 'utf8').split(find).length - 1]));
		process.stdout.write(JSON.stringify(places));`;
	const args = ['--input-type=module', '-e', script];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
	const places: Array<[name: string, count: number]> = JSON.parse(stdout);
	expect(places.length).toBeGreaterThanOrEqual(20);
	expect(places.filter(([, count]) => count !== 1)).toEqual([]);
});

test(
	'every story that once found a fault goes well',
	async () => {
		const told = await simulate('--found');
		expect(told).toContain('holds');
		expect(told).not.toContain('FAILS');
	},
	LIMIT_MS,
);

test(
	'seeded stories of rows, chats, Stop, Retry, crashes and faults keep what we promise',
	async () => {
		const limits = ['--runs', String(RUNS), '--seconds', String(PROCESSOR_SECONDS)];
		const told = await simulate(...limits, '--workers', '1');
		expect(told).toMatch(/^violations {6}0$/m);
		report('simulation', `${/^runs +(.*)$/m.exec(told)?.[1]} stories, 0 violations`);
	},
	LIMIT_MS,
);
