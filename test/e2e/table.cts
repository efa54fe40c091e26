import type { Figures, Scenario } from './scenario.cts';

export interface Outcome {
	row: Scenario;
	ms: number;
	figures: Figures;
	notes: readonly string[];
	/** What went wrong; absent: passed. */
	failure?: string;
}

function inWords(figures: Figures): string {
	return Object.entries(figures)
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** One row's result, with its notes below. */
export function describe({ row, ms, figures, notes, failure }: Outcome): string {
	const lines = [
		`${failure === undefined ? 'passed' : 'FAILED'}  ${seconds(ms).padStart(8)}  ${row.name}`,
		...(Object.keys(figures).length === 0 ? [] : [inWords(figures)]),
		...notes,
		...(failure ?? '').split('\n').filter((line) => line !== ''),
	];
	return lines.map((line, at) => (at === 0 ? line : `                  ${line}`)).join('\n');
}

/** All rows of one n8n, in a few words each. */
export function summary(version: string, outcomes: readonly Outcome[]): string {
	const width = Math.max(...outcomes.map(({ row }) => row.name.length));
	const lines = outcomes.map(({ row, ms, figures, failure }) =>
		[
			failure === undefined ? 'passed' : 'FAILED',
			seconds(ms).padStart(8),
			row.name.padEnd(width),
			inWords(figures),
		]
			.join('  ')
			.trimEnd(),
	);
	const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
	return [
		`n8n ${version}: ${outcomes.length - failed} of ${outcomes.length} rows passed`,
		...lines,
	].join('\n');
}
