/**
 * `npm run bench [-- names]`: the measurements of this folder, each beside a rival in the same run.
 * Prints pass or short for each and writes docs/benchmarks.md.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.cts';
import { table, writeSection } from './page.cts';

function allBenches(): Bench[] {
	const modules = readdirSync(__dirname)
		.filter((file) => file.endsWith('.cts') && join(__dirname, file) !== __filename)
		.map((file): { bench?: Bench } => require(join(__dirname, file)));
	return modules.flatMap(({ bench }) => bench ?? []);
}

async function main(names: string[]): Promise<void> {
	// Every emulator and n8n cleans up at the end of the process.
	process.setMaxListeners(0);
	const benches = allBenches();
	const known = benches.map(({ name }) => name);
	const strangers = names.filter((name) => !known.includes(name));
	if (strangers.length > 0) {
		throw new Error(`No bench ${strangers.join(', ')}; there are ${known.join(', ')}`);
	}
	let short = 0;
	for (const bench of benches) {
		if (names.length > 0 && !names.includes(bench.name)) continue;
		console.log(`\n${bench.name} …`);
		const comparisons = await bench.run();
		console.log(table(comparisons));
		await writeSection(bench, comparisons);
		short += comparisons.filter(({ passed }) => !passed).length;
	}
	console.log(short === 0 ? '\nNothing is short.' : `\n${short} short.`);
	process.exitCode = short === 0 ? 0 : 1;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
