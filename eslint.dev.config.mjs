/** For development code. What is published is held by n8n's own config, eslint.config.mjs. */
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const NODE_GLOBALS = Object.fromEntries(
	[
		'AbortController',
		'AbortSignal',
		'Buffer',
		'URL',
		'clearInterval',
		'clearTimeout',
		'console',
		'fetch',
		'performance',
		'process',
		'setImmediate',
		'setInterval',
		'setTimeout',
	].map((name) => [name, 'readonly']),
);

/** A name that starts with an underscore says that it is left unused on purpose. */
const UNUSED = [
	'error',
	{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
];

export default tseslint.config(
	{ ignores: ['dist', 'output', 'node_modules', 'tools/scan/node_modules', '**/*.ts'] },
	{
		files: ['**/*.{cts,mjs,cjs,js}'],
		extends: [js.configs.recommended],
		languageOptions: { globals: NODE_GLOBALS },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: { 'no-duplicate-imports': 'error', 'no-unused-vars': UNUSED },
	},
	{
		files: ['**/*.{cjs,js}'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: {
				__dirname: 'readonly',
				exports: 'writable',
				module: 'writable',
				require: 'readonly',
			},
		},
	},
	{
		files: ['**/*.cts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'no-unused-vars': 'off',
			'@typescript-eslint/no-unused-vars': UNUSED,
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-require-imports': 'off',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
		},
	},
);
