const { mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** @returns the lines that tests handed to `report` (test/report.cts), in order of their names */
function reportedLines(folder) {
	const entries = readdirSync(folder).flatMap((file) =>
		readFileSync(join(folder, file), 'utf8')
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => JSON.parse(line)),
	);
	entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
	return addUp(entries).map(({ name, text }) => `${name}: ${text}`);
}

const NUMBER = /\d+/g;

/** Makes one of the lines of a name that differ in nothing but whole numbers: their sums. */
function addUp(entries) {
	const sums = new Map();
	for (const { name, text } of entries) {
		const key = JSON.stringify([name, text.replace(NUMBER, '#')]);
		const numbers = (text.match(NUMBER) ?? []).map(Number);
		const before = sums.get(key)?.numbers;
		sums.set(key, { name, text, numbers: numbers.map((n, at) => n + (before?.[at] ?? 0)) });
	}
	return [...sums.values()].map(({ name, text, numbers }) => {
		const rest = [...numbers];
		return { name, text: text.replace(NUMBER, () => String(rest.shift())) };
	});
}

/**
 * Closes a test run with what tests reported and, as its very last line, `N passed, N failed`.
 * A test file that could not run at all counts as a failure.
 */
module.exports = class JestSummary {
	constructor() {
		this.folder = mkdtempSync(join(tmpdir(), 'nemovideo-test-report-'));
		// The workers that run the tests inherit it.
		process.env.NEMOVIDEO_TEST_REPORT = this.folder;
		this.closing = ['0 passed, 1 failed'];
		// Jest adds its own summary after every other reporter, so ours waits for the end.
		process.on('exit', () => {
			writeSync(1, `${this.closing.join('\n')}\n`);
			rmSync(this.folder, { recursive: true, force: true });
		});
	}

	onRunComplete(_contexts, results) {
		const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
		const idle = results.numPendingTests + results.numTodoTests;
		this.closing = [
			'',
			...reportedLines(this.folder),
			...(idle > 0 ? [`${idle} not run (skipped or to do)`] : []),
			`${results.numPassedTests} passed, ${failed} failed`,
		];
	}
};
