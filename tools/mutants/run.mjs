/**
 * Measures group by group and says at the end what share of the mutants the tests found. Takes
 * names of parts, files, and options of Stryker's such as `--concurrency=1`; results lie under
 * output/mutants, and a further run measures only what has changed.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { endInWords } from '../plainWords.cjs';
import { root, run } from '../process.mjs';
import { CHOICE, chosen } from './parts.mjs';

const { joined, lineOf, LOWEST, scoreOf, sumOf, tableOf } = createRequire(import.meta.url)(
	'./score.cjs',
);
const folder = join(root, 'output', 'mutants');

async function measure({ part, group, files }, options) {
	await run(
		join(root, 'node_modules', '.bin', 'stryker'),
		['run', '--mutate', files.join(','), ...options],
		{ cwd: root, env: { ...process.env, [CHOICE]: group.name } },
	);
	const report = JSON.parse(await readFile(join(folder, `${group.name}.json`), 'utf8'));
	return { name: part, report };
}

async function measureAll() {
	const args = process.argv.slice(2);
	const options = args.filter((arg) => arg.startsWith('--'));
	const groups = chosen(args.filter((arg) => !arg.startsWith('--')));
	await mkdir(folder, { recursive: true });
	const measured = [];
	for (const one of groups) measured.push(await measure(one, options));
	const parts = joined(measured);
	await writeFile(join(folder, 'scores.md'), tableOf(parts));
	const counts = parts.map(({ name, report }) => ({ name, ...sumOf(report) }));
	for (const part of counts) console.log(lineOf(part));
	const whole = scoreOf(counts);
	console.log(whole.line);
	if (whole.percent < LOWEST) {
		console.error(`The tests are to find at least ${LOWEST} % of the mutants`);
		process.exitCode = 1;
	}
}

await endInWords(measureAll);
