/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/jest/environment.cjs',
	runtime: '<rootDir>/test/jest/runtime.cjs',
	// Engine tests mostly wait for sockets, so more than the two cores of a small machine.
	maxWorkers: 4,
	// A limit for what hangs, not for what is slow on a busy machine.
	testTimeout: 60_000,
	roots: [
		'<rootDir>/test/unit',
		'<rootDir>/test/engine',
		'<rootDir>/test/emulator',
		'<rootDir>/test/package',
		'<rootDir>/test/situations',
		'<rootDir>/test/simulation',
	],
	testMatch: ['**/*.test.cts'],
	moduleFileExtensions: ['js', 'cjs', 'ts', 'cts', 'json', 'node'],
	moduleNameMapper: { '^fast-check$': '<rootDir>/test/fastCheck.cts' },
	transform: {
		'^.+\\.(?:c?ts|js)$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// These libraries come as ES modules alone.
	transformIgnorePatterns: [
		'/node_modules/(?!(?:franc-min|trigram-utils|n-gram|collapse-white-space)/)',
		'<rootDir>/dist/',
	],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
