import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../descriptions.cts';

/** Written by the end-to-end suites alone: `npm run e2e -- --record`. */
const FILE = join(ROOT, 'docs', 'compatibility.json');

export interface RowResult {
	/** What it is about, in a few words. */
	area: string;
	/** What a user may rely on, as a sentence. */
	name: string;
	passed: boolean;
}

/** One whole run of a suite in one n8n. */
export interface RunResult {
	/** YYYY-MM-DD. */
	date: string;
	rows: RowResult[];
}

export interface Suite {
	/** As a heading, e.g. "Regular mode". */
	name: string;
	/** What runs it, e.g. "npm run e2e". */
	command: string;
}

export interface SuiteResults extends Suite {
	/** By version of n8n. */
	runs: Record<string, RunResult>;
}

export function readResults(): SuiteResults[] {
	return JSON.parse(readFileSync(FILE, 'utf8'));
}

/** Puts a run in the place of the one before, with the same suite and n8n. */
export function withRun(
	all: readonly SuiteResults[],
	suite: Suite,
	version: string,
	run: RunResult,
): SuiteResults[] {
	const old = all.find(({ name }) => name === suite.name);
	const runs = { ...old?.runs, [version]: { ...run, rows: sorted(run.rows) } };
	const fresh = { ...suite, runs };
	return old ? all.map((one) => (one === old ? fresh : one)) : [...all, fresh];
}

/** Keeps a run in the repository. */
export function record(suite: Suite, version: string, rows: RowResult[]): void {
	const run = { date: new Date().toISOString().slice(0, 10), rows };
	const all = withRun(readResults(), suite, version, run);
	writeFileSync(FILE, `${JSON.stringify(all, null, '\t')}\n`);
}

function sorted(rows: readonly RowResult[]): RowResult[] {
	return [...rows].sort(
		(one, other) =>
			one.area.localeCompare(other.area, 'en') || one.name.localeCompare(other.name, 'en'),
	);
}

const versionsOf = ({ runs }: SuiteResults): string[] =>
	Object.keys(runs).sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));

function areasOf({ runs }: SuiteResults): string[] {
	const all = Object.values(runs).flatMap(({ rows }) => rows.map(({ area }) => area));
	return [...new Set(all)].sort((one, other) => one.localeCompare(other, 'en'));
}

const table = (head: string[], lines: string[][]): string =>
	[head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** How many rows passed, by area and n8n; one table for each suite. */
export function compatibilityTables(suites: readonly SuiteResults[]): string {
	return suites
		.map((suite) => {
			const versions = versionsOf(suite);
			const lines = areasOf(suite).map((area) => [
				area,
				...versions.map((version) => share(suite.runs[version]?.rows ?? [], area)),
			]);
			const dates = versions.map((version) => suite.runs[version]?.date ?? '');
			const head = [
				`${suite.name} (\`${suite.command}\`)`,
				...versions.map((version) => `n8n ${version}`),
			];
			return table(head, [...lines, ['Run on', ...dates]]);
		})
		.join('\n\n');
}

function share(rows: readonly RowResult[], area: string): string {
	const own = rows.filter((row) => row.area === area);
	const passed = own.filter((row) => row.passed).length;
	return own.length === 0 ? '' : `${passed} of ${own.length} passed`;
}

/** Every row with its result in each n8n. */
export function compatibilityRows(suites: readonly SuiteResults[]): string {
	return suites.flatMap((suite) => [`## ${suite.name}`, ...sections(suite)]).join('\n\n');
}

function sections(suite: SuiteResults): string[] {
	const versions = versionsOf(suite);
	return areasOf(suite).map((area) => {
		const names = versions.flatMap((version) =>
			(suite.runs[version]?.rows ?? []).filter((row) => row.area === area).map(({ name }) => name),
		);
		const lines = [...new Set(names)].map((name) => [
			name,
			...versions.map((version) => {
				const row = suite.runs[version]?.rows.find((one) => one.name === name);
				return row === undefined ? '' : row.passed ? 'passed' : '**failed**';
			}),
		]);
		return `### ${area}\n\n${table(['What holds', ...versions.map((version) => `n8n ${version}`)], lines)}`;
	});
}
