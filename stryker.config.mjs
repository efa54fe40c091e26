import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chosenParts } from './tools/mutants.mjs';

const parts = chosenParts();
const jest = createRequire(import.meta.url)('./jest.config.cjs');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: parts.flatMap(({ mutate }) => mutate),
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: {
		projectType: 'custom',
		config: {
			...jest,
			roots: ['<rootDir>/test/unit', '<rootDir>/test/engine'],
			testMatch: parts.flatMap(({ tests }) => tests.map((pattern) => `<rootDir>/${pattern}`)),
		},
	},
	// Each mutant meets the tests that reach it, and no others.
	coverageAnalysis: 'perTest',
	concurrency: 2,
	// A machine at work is slow; only a mutant that never ends is to be taken for one.
	timeoutMS: 30_000,
	timeoutFactor: 4,
	ignorePatterns: ['dist', 'output', 'docs', 'examples', '*.tgz', 'test/e2e', 'test/package'],
	thresholds: { high: 90, low: 80, break: 80 },
	reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
	clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
	allowConsoleColors: false,
	// Where no lint and no build looks; in node_modules jest would not look either.
	tempDirName: join(tmpdir(), 'nemovideo-mutants'),
};
