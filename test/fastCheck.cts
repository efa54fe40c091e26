/**
 * Stands in for fast-check in tests (see jest.config.cjs): the same library, with its properties
 * and their examples counted for the end of the test run.
 */
import { join } from 'node:path';
import type * as FastCheck from 'fast-check';
import { report } from './report.cts';

// By its path, because its name leads here.
const path = join(__dirname, '..', 'node_modules', 'fast-check', 'lib', 'cjs', 'fast-check.js');
const fc = (require(path) as { default: typeof FastCheck }).default;

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
