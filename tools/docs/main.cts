/** `npm run docs` writes the generated parts of the documents; with `--check` it only looks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../descriptions.cts';
import { DOCUMENTS, withParts } from './parts.cts';

const MAX_SHOWN = 20;

function show(name: string, before: string, after: string): void {
	const known = new Set(before.split('\n'));
	const drift = after.split('\n').filter((line) => !known.has(line));
	const lines = drift.slice(0, MAX_SHOWN).map((line) => `  ${line}`);
	console.error(
		`${name} has drifted from the sources; npm run docs writes it anew. Missing lines:`,
	);
	console.error(lines.join('\n'));
}

function main(args: readonly string[]): void {
	for (const [name, parts] of Object.entries(DOCUMENTS)) {
		const file = join(ROOT, name);
		const before = readFileSync(file, 'utf8');
		const after = withParts(before, parts);
		if (after === before) console.log(`${name} says what the sources say`);
		else if (args.includes('--check')) {
			show(name, before, after);
			process.exitCode = 1;
		} else {
			writeFileSync(file, after);
			console.log(`${name} was brought up to date`);
		}
	}
}

main(process.argv.slice(2));
