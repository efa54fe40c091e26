import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentGroup } from './tools/mutants/parts.mjs';

const { name, mutate, tests } = currentGroup();
const jest = createRequire(import.meta.url)('./jest.config.cjs');
const output = (file) => join('output', 'mutants', file);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate,
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: {
		projectType: 'custom',
		config: {
			...jest,
			// Stryker has an environment of its own, and the packages are not worth sharing here.
			testEnvironment: 'node',
			runtime: 'jest-runtime',
			roots: ['<rootDir>/test/unit'],
			moduleNameMapper: {
				...jest.moduleNameMapper,
				'^n8n-workflow$': '<rootDir>/test/unit/support/n8nWorkflow.cts',
			},
			// Hundreds of random examples for each of thousands of mutants take hours, and chance
			// would decide the score.
			globals: { examplesAtMost: 40 },
			testMatch: tests.map((pattern) => `<rootDir>/${pattern}`),
		},
	},
	// Each mutant meets the tests that reach it, and no others.
	coverageAnalysis: 'perTest',
	// What was measured before is not measured again while neither it nor its tests have changed.
	incremental: true,
	incrementalFile: output(`${name}.incremental.json`),
	concurrency: 2,
	// Jest keeps some memory of every run, and throws most of it away.
	maxTestRunnerReuse: 100,
	testRunnerNodeArgs: ['--max-semi-space-size=64'],
	// A machine at work is slow; only a mutant that never ends is to be taken for one.
	timeoutMS: 10_000,
	timeoutFactor: 4,
	ignorePatterns: ['dist', 'output', 'docs', 'examples', '*.tgz', 'test/e2e', 'test/package'],
	// tools/mutants/run.mjs judges, by all parts together.
	thresholds: { high: 90, low: 80, break: null },
	reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
	clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
	htmlReporter: { fileName: output(`${name}.html`) },
	jsonReporter: { fileName: output(`${name}.json`) },
	allowConsoleColors: false,
	// Where no lint and no build looks; in node_modules jest would not look either.
	tempDirName: join(tmpdir(), 'nemovideo-mutants'),
};
