/** `npm run simulate`: see docs/simulation.md. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endInWords } from '../tools/plainWords.cjs';
import { withReports } from '../tools/process.mjs';
import { bundle } from './bundle.mjs';
import { readOptions } from './options.mjs';
import { PLANTED } from './planted/faults.mjs';
import { runSeeds, violates, Worker } from './workers.mjs';

const DAY_MS = 86_400_000;
/** Violations that are told with their stories; the others by their seeds alone. */
const MOST_TOLD = 3;

const number = (value) => value.toLocaleString('en-US');

function print({ words, trace, violations }) {
	for (const line of words) console.log(line);
	console.log();
	for (const line of trace) console.log(line);
	console.log();
	for (const { invariant, words: what } of violations) console.log(`(${invariant}) ${what}`);
}

/** Tells the story of the seed, and the smallest one that goes wrong in the same way. */
async function tell(file, { seed }) {
	const worker = new Worker(file);
	const whole = await worker.ask({ do: 'tell', story: seed, shrinks: false });
	print(whole);
	if (whole.violations.length > 0) {
		console.log('\nShrunk:\n');
		const shrunk = await worker.ask({ do: 'tell', story: seed, shrinks: true });
		print(shrunk);
		console.log(`\n${JSON.stringify(shrunk.story)}`);
	}
	worker.end();
	return whole.violations.length === 0;
}

/** Runs the stories that have found real faults. */
async function tellFound(file) {
	await bundle(file);
	const worker = new Worker(file);
	const stories = join(import.meta.dirname, 'found');
	let isWell = true;
	for (const name of (await readdir(stories)).sort()) {
		const { what, story } = JSON.parse(await readFile(join(stories, name), 'utf8'));
		const told = await worker.ask({ do: 'tell', story, shrinks: false });
		console.log(`${told.violations.length === 0 ? 'holds ' : 'FAILS '} ${what}`);
		if (told.violations.length === 0) continue;
		isWell = false;
		print(told);
	}
	worker.end();
	return isWell;
}

/** What the command line asks for. */
async function work(file, options) {
	if (options.planted) return await plant(file, options);
	if (options.found) return await tellFound(file);
	await bundle(file);
	return await (options.trace ? tell(file, options) : run(file, options));
}

/** Runs a range of seeds, and says how far it has come. */
async function runReporting(what, range) {
	const begun = performance.now();
	const isTerminal = process.stdout.isTTY === true;
	let line;
	const report = (done) => {
		const seconds = Math.round((performance.now() - begun) / 1_000);
		line = `${what}: ${number(done)} of ${number(range.runs)}, ${seconds} s so far`;
		if (isTerminal) process.stdout.write(`\r${line}`);
	};
	report(0);
	try {
		// On a terminal, lines replace each other.
		return await withReports(
			() => (isTerminal ? undefined : line),
			() => runSeeds(range, report),
		);
	} finally {
		if (isTerminal) process.stdout.write(`\r${' '.repeat(line.length)}\r`);
	}
}

async function run(file, { runs, seed, workers, limits }) {
	const begun = performance.now();
	const { total, found, hashes } = await runReporting('Running stories', {
		bundle: file,
		seed,
		runs,
		workers,
		...limits,
	});
	const seconds = (performance.now() - begun) / 1_000;
	const sum = found.reduce((all, { violations }) => all + violations.length, 0);
	console.log(`runs            ${number(total.runs)}`);
	console.log(`events          ${number(total.events)}`);
	console.log(`prompts         ${number(total.prompts)}`);
	console.log(`faults injected ${number(total.faults)}`);
	console.log(`virtual days    ${number(Math.round(total.elapsed / DAY_MS))}`);
	console.log(`violations      ${number(sum)}`);
	console.log(`runs a second   ${number(Math.round(total.runs / seconds))}`);
	console.log(`hash of traces  ${createHash('sha256').update(hashes.join()).digest('hex')}`);
	if (found.length === 0) return true;
	const worker = new Worker(file);
	for (const { seed: failing } of found.slice(0, MOST_TOLD)) {
		console.log(`\n=== seed ${failing}, shrunk\n`);
		print(await worker.ask({ do: 'tell', story: failing, shrinks: true }));
	}
	worker.end();
	const seeds = found.map(({ seed: failing, violations }) => {
		return `${failing} (${[...new Set(violations.map(({ invariant }) => invariant))].join('')})`;
	});
	console.log(`\nFailing seeds: ${seeds.join(', ')}`);
	console.log('Replay one with: npm run simulate -- --seed N --trace');
	return false;
}

/** Within so many runs every planted fault has to be found. */
const MOST_PLANTED_RUNS = 20_000;

/** Puts each planted fault into the source, and tells at which run it was found. */
async function plant(file, { seed, workers, only }) {
	let isWell = true;
	for (const { name, finds, changes } of PLANTED.filter((fault) => fault.name.includes(only))) {
		await bundle(file, changes);
		const range = { bundle: file, seed, runs: MOST_PLANTED_RUNS, workers, finds };
		const { found } = await runReporting(name, range);
		const index = found.findIndex((run) => violates(run, finds));
		if (index < 0) isWell = false;
		const told = found[index]?.violations.find(({ invariant }) => finds.includes(invariant));
		const where = told
			? `run ${number(found[index].seed - seed + 1).padStart(6)} (${told.invariant})`
			: `NOT FOUND in ${number(MOST_PLANTED_RUNS)} runs`;
		console.log(`${where}  ${name}`);
	}
	return isWell;
}

await endInWords(async () => {
	const options = readOptions(process.argv.slice(2));
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-simulation-'));
	try {
		const isWell = await work(join(folder, 'simulation.cjs'), options);
		if (!isWell) process.exitCode = 1;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
