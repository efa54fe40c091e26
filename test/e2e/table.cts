import type { Figures, Scenario } from './scenario.cts';

export interface Outcome {
	row: Scenario;
	ms: number;
	figures: Figures;
	notes: readonly string[];
	/** What went wrong; absent: passed. */
	failure?: string;
	/** Why it could not be run in this n8n. */
	notHere?: string;
}

function verdictOf({ failure, notHere }: Outcome): string {
	if (notHere !== undefined) return 'not run';
	return failure === undefined ? 'passed' : 'FAILED';
}

function inWords(figures: Figures): string {
	return Object.entries(figures)
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** One row's result, with its notes below. */
export function describe(outcome: Outcome): string {
	const { row, ms, figures, notes, failure, notHere } = outcome;
	const lines = [
		`${verdictOf(outcome)}  ${seconds(ms).padStart(8)}  ${row.name}`,
		...(Object.keys(figures).length === 0 ? [] : [inWords(figures)]),
		...notes,
		...(notHere ?? failure ?? '').split('\n').filter((line) => line !== ''),
	];
	return lines.map((line, at) => (at === 0 ? line : `                  ${line}`)).join('\n');
}

/** All rows of one n8n, in a few words each. */
export function summary(version: string, outcomes: readonly Outcome[]): string {
	const width = Math.max(...outcomes.map(({ row }) => row.name.length));
	const lines = outcomes.map((outcome) => {
		const { row, ms, figures } = outcome;
		const time = seconds(ms).padStart(8);
		return [verdictOf(outcome), time, row.name.padEnd(width), inWords(figures)]
			.join('  ')
			.trimEnd();
	});
	const run = outcomes.filter(({ notHere }) => notHere === undefined);
	const passed = run.filter(({ failure }) => failure === undefined).length;
	return [`n8n ${version}: ${passed} of ${run.length} rows passed`, ...lines].join('\n');
}

/** Figures of the rows that passed, added up. */
export function totals(outcomes: readonly Outcome[], names: readonly string[]): string {
	const passed = outcomes.filter(({ failure, notHere }) => (failure ?? notHere) === undefined);
	const sums = names.map((name) => [
		name,
		passed.reduce((sum, { figures }) => sum + Number(figures[name] ?? 0), 0),
	]);
	return inWords(Object.fromEntries(sums));
}
