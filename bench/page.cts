import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Bench, Comparison } from './bench.cts';
import { summaryOf } from './summary.cts';

const FOLDER = join(__dirname, '..', 'docs');
const PAGE = join(FOLDER, 'benchmarks.md');

const INTRODUCTION = `# Benchmarks

How long, how many, how much memory? The table answers what people ask first; below it is how each
was measured. Waiting for NemoVideo itself, a minute or two for each video, is not in it.

Every figure stands beside a rival that was measured in the same run, on the same machine, against
the same [emulator](../emulator/README.md) of NemoVideo's backend: what counts is the ratio. Written
by \`npm run bench\`; with a name it measures and replaces that part alone.
`;

const HEAD = ['', 'measured', 'ours', 'rival', 'promised', 'result', ''];

function cells({ what, ours, rival, promise, result, passed }: Comparison): string[] {
	return [passed ? 'pass' : 'SHORT', what, ours, rival, promise, result].map((cell) => cell.trim());
}

/** What the terminal shows. */
export function table(comparisons: readonly Comparison[]): string {
	const rows = [HEAD.slice(0, 6), ...comparisons.map(cells)];
	const widths = HEAD.slice(0, 6).map((_, at) =>
		Math.max(...rows.map((row) => (row[at] ?? '').length)),
	);
	return rows
		.map((row) =>
			row
				.map((cell, at) => cell.padEnd(widths[at] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function machine(): string {
	const [first] = cpus();
	const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`;
	// A machine with other work tells less: ratios hold, seconds do not.
	const load = `load ${loadavg()[1]?.toFixed(1) ?? 'unknown'}`;
	return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}) under ${load}, ${memory}, Node ${process.version}`;
}

function section({ name, about }: Bench, comparisons: readonly Comparison[]): string {
	const lines = comparisons.map((comparison) => `| ${cells(comparison).join(' | ')} |`);
	return [
		`## ${name}`,
		'',
		about,
		'',
		`\`npm run bench -- ${name}\`, ${new Date().toISOString().slice(0, 10)}, ${machine()}`,
		'',
		`| ${HEAD.slice(0, 6).join(' | ')} |`,
		`| ${'--- | '.repeat(6).trim()}`,
		...lines,
		'',
	].join('\n');
}

/** Puts a bench's results into the page in docs; the other parts stay. */
export async function writeSection(
	bench: Bench,
	comparisons: readonly Comparison[],
): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	const before = await readFile(PAGE, 'utf8').catch(() => INTRODUCTION);
	const [, ...parts] = before.split(/^## /m);
	const others = parts
		.map((part) => `## ${part.trimEnd()}\n`)
		.filter((part) => !part.startsWith(`## ${bench.name}\n`));
	const all = [...others, section(bench, comparisons)].sort((one, other) =>
		one.localeCompare(other, 'en'),
	);
	await writeFile(PAGE, [INTRODUCTION, summaryOf(all), ...all].join('\n'));
}
