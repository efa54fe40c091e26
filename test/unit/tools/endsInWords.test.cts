import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** Runs a command with something that it can't use. */
function runWrongly(command: string): string {
	const [script = '', ...args] = command.split(' ');
	const loader = script.endsWith('.cts') ? ['--require', 'tsx/cjs'] : [];
	const { status, stdout, stderr } = spawnSync(process.execPath, [...loader, script, ...args], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	expect(status).toBeGreaterThan(0);
	return `${stdout}${stderr}`;
}

it.each([
	['tools/run.mjs nothing', /^Usage: node tools\/run\.mjs test \|/],
	['simulation/main.mjs --runs many', /^--runs takes a whole number from 1 up, not many$/m],
	['simulation/main.mjs --what', /Unknown option '--what'/],
	['bench/main.cts nothing', /nothing/],
	['test/e2e/main.cts --version old', /--version takes|old/],
	['test/e2e/ui/main.cts --what', /Unknown option '--what'/],
	['tools/mutants/run.mjs nothing', /nothing/],
	['tools/live/main.cts --what', /Unknown option '--what'/],
	['tools/demo/main.cts --what', /Unknown option '--what'/],
])('the command %s ends in words, without a stack trace', (command, words) => {
	const told = runWrongly(command);
	expect(told).toMatch(words);
	expect(told).not.toMatch(/^\s+at .+/m);
});
