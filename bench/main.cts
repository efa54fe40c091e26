/**
 * `npm run bench [-- names]`: the measurements of this folder, each beside a rival in the same run.
 * Prints pass or short for each and writes docs/benchmarks.md.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainWords } from '../tools/plainWords.cjs';
import type { Bench } from './bench.cts';
import { table, writeSection } from './page.cts';

/** Exit codes. */
const SHORT = 1;
const FAILED = 2;

function allBenches(): Bench[] {
	const modules = readdirSync(__dirname)
		.filter((file) => file.endsWith('.cts') && join(__dirname, file) !== __filename)
		.map((file): { bench?: Bench } => require(join(__dirname, file)));
	return modules.flatMap(({ bench }) => bench ?? []);
}

/** @returns the names of those that came out short */
async function runHere(bench: Bench): Promise<string[]> {
	console.log(`\n${bench.name} …`);
	const comparisons = await bench.run();
	console.log(table(comparisons));
	await writeSection(bench, comparisons);
	return comparisons.every(({ passed }) => passed) ? [] : [bench.name];
}

/** In a process of its own: the emulator runs in it, and is slower with another bench's leavings. */
async function runApart({ name }: Bench): Promise<string[]> {
	const child = fork(__filename, [name]);
	const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
	process.on('SIGTERM', pass).on('SIGINT', pass);
	const [code, signal]: unknown[] = await once(child, 'close');
	process.off('SIGTERM', pass).off('SIGINT', pass);
	if (code === 0) return [];
	if (code === SHORT) return [name];
	throw new Error(`The bench ${name} ended with ${String(signal ?? `exit code ${String(code)}`)}`);
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
	const wanted = benches.filter(({ name }) => names.length === 0 || names.includes(name));
	const short: string[] = [];
	for (const bench of wanted) {
		short.push(...(await (wanted.length === 1 ? runHere(bench) : runApart(bench))));
	}
	const isPart = process.send !== undefined;
	if (!isPart)
		console.log(short.length === 0 ? '\nNothing is short.' : `\nShort: ${short.join(', ')}.`);
	process.exitCode = short.length === 0 ? 0 : SHORT;
	if (isPart) process.disconnect();
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(plainWords(error));
	process.exitCode = FAILED;
});
