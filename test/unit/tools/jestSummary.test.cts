import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** What a test run prints that ends with these results, after `prelude` has run in it. */
function summaryOf(results: object, prelude = ''): string[] {
	const complete = {
		numPassedTests: 0,
		numFailedTests: 0,
		numRuntimeErrorTestSuites: 0,
		numPendingTests: 0,
		numTodoTests: 0,
		...results,
	};
	const script = `
		const JestSummary = require('./tools/jestSummary.cjs');
		const summary = new JestSummary();
		const add = (name, text) => require('node:fs').appendFileSync(
			process.env.NEMOVIDEO_TEST_REPORT + '/1.jsonl', JSON.stringify({ name, text }) + '\\n');
		${prelude}
		summary.onRunComplete(new Set(), ${JSON.stringify(complete)});
		console.log('what jest prints after every reporter');`;
	const output = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
	return output.trimEnd().split('\n');
}

describe('the end of a test run', () => {
	it('is one line with the numbers of passed and failed tests', () => {
		expect(summaryOf({ numPassedTests: 12 }).at(-1)).toBe('12 passed, 0 failed');
		expect(summaryOf({ numPassedTests: 3, numFailedTests: 2 }).at(-1)).toBe('3 passed, 2 failed');
	});

	it('counts a test file that could not run as a failure', () => {
		const lines = summaryOf({ numPassedTests: 3, numRuntimeErrorTestSuites: 1 });
		expect(lines.at(-1)).toBe('3 passed, 1 failed');
	});

	it('adds up what several test files report in the same words', () => {
		const lines = summaryOf(
			{ numPassedTests: 3 },
			"add('properties', '2 held over 200 examples'); add('properties', '3 held over 50 examples'); add('other', '2 of 3');",
		);
		expect(lines.slice(-3)).toEqual([
			'other: 2 of 3',
			'properties: 5 held over 250 examples',
			'3 passed, 0 failed',
		]);
	});

	it('says before it what was skipped, and what tests reported, by name', () => {
		const lines = summaryOf(
			{ numPassedTests: 3, numPendingTests: 1 },
			"add('faults', '200 runs'); add('cost', '0 twice');",
		);
		expect(lines.slice(-4)).toEqual([
			'cost: 0 twice',
			'faults: 200 runs',
			'1 not run (skipped or to do)',
			'3 passed, 0 failed',
		]);
	});
});
