/**
 * Stands in for fast-check in tests (see jest.config.cjs): the same library, with its properties
 * and their examples counted for the end of the test run. Where mutants are measured, the examples
 * are few and the same in every run (see stryker.config.mjs).
 */
import { join } from 'node:path';
import type * as FastCheck from 'fast-check';
import { report } from './report.cts';

// By its path, because its name leads here.
const path = join(__dirname, '..', 'node_modules', 'fast-check', 'lib', 'cjs', 'fast-check.js');
const fc = { ...(require(path) as { default: typeof FastCheck }).default };

const { examplesAtMost } = globalThis as { examplesAtMost?: number };
if (examplesAtMost !== undefined) {
	const { assert } = fc;
	fc.assert = ((property: never, { numRuns = examplesAtMost } = {}) =>
		assert(property, {
			numRuns: Math.min(numRuns, examplesAtMost),
			seed: 1,
		})) as typeof fc.assert;
}

let properties = 0;
let examples = 0;

fc.configureGlobal({
	reporter: (run) => {
		properties += 1;
		examples += run.numRuns;
		const failure = fc.defaultReportMessage(run);
		if (failure !== undefined) throw new Error(failure, { cause: run.errorInstance });
	},
});

afterAll(() => report('properties', `${properties} held over ${examples} examples`));

export default fc;
