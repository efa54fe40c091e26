/** `npm run docs` writes the generated parts of the README; with `--check` it only looks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../descriptions.cts';
import { withParts } from './parts.cts';

const MOST_SHOWN = 20;

function main(args: readonly string[]): void {
	const file = join(ROOT, 'README.md');
	const before = readFileSync(file, 'utf8');
	const after = withParts(before);
	if (after === before) {
		console.log('README.md says what the sources say');
		return;
	}
	if (!args.includes('--check')) {
		writeFileSync(file, after);
		console.log('README.md was brought up to date');
		return;
	}
	const known = new Set(before.split('\n'));
	const drift = after.split('\n').filter((line) => !known.has(line));
	console.error(
		'README.md has drifted from the sources; npm run docs writes it anew. Missing lines:',
	);
	console.error(
		drift
			.slice(0, MOST_SHOWN)
			.map((line) => `  ${line}`)
			.join('\n'),
	);
	process.exitCode = 1;
}

main(process.argv.slice(2));
