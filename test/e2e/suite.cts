import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { record, type RowResult, type Suite } from '../../tools/docs/compatibility.cts';
import { missingPrograms } from './debian.cts';
import type { N8n } from './n8n.cts';
import { useRunningN8n } from './runningN8n.cts';
import { HELP, isWanted, readOptions, type Options } from './options.cts';
import { takeChecked } from './outputCheck.cts';
import { inParallel } from './pool.cts';
import {
	areaOf,
	isOfLine,
	type Figures,
	type Scenario,
	type ScenarioFile,
	type When,
} from './scenario.cts';
import { NotHereError, type N8nSource } from './source.cts';
import { describe, summary, totals, type Outcome } from './table.cts';
import { TestContext, type StartOwn } from './testContext.cts';

export type StartedSource = Exclude<N8nSource, { url: string }>;

/** Rows, and the n8n that they run in. */
export interface SuitePlan extends Suite {
	/** Each file in it exports rows as `rows`. */
	folder: string;
	/** How many rows run at once in each part of a run. */
	atOnce: Record<When, number>;
	/** Figures that are added up at the end. */
	totals?: readonly string[];
	/** How an n8n is started, for all rows together or for one. */
	starting(source: StartedSource, options: Options): StartOwn;
}

interface RowOfArea extends Scenario {
	area: string;
}

interface AreaOutcome extends Outcome {
	row: RowOfArea;
}

function rowsIn(folder: string): RowOfArea[] {
	const files = readdirSync(folder).filter((name) => name.endsWith('.cts'));
	return files
		.sort()
		.flatMap((file) => {
			const { rows, area = areaOf(file) }: ScenarioFile = require(join(folder, file));
			return rows.map((row) => ({ ...row, area }));
		})
		.sort((a, b) => a.issue - b.issue || a.name.localeCompare(b.name, 'en'));
}

async function runRow(row: RowOfArea, n8n: N8n, startOwn: StartOwn): Promise<AreaOutcome> {
	const started = Date.now();
	const world = new TestContext(n8n, startOwn);
	let figures: Figures = {};
	let failure: string | undefined;
	let notHere: string | undefined;
	try {
		figures = await row.run(world);
	} catch (error) {
		if (error instanceof NotHereError) notHere = error.message;
		else failure = error instanceof Error ? error.message || error.name : String(error);
	}
	try {
		await world.close();
	} catch (error) {
		failure ??= `It did not end well: ${String(error)}`;
	}
	const outcome = { row, ms: Date.now() - started, figures, notes: world.notes, failure, notHere };
	console.log(describe(outcome));
	return outcome;
}

async function runSource(
	{ atOnce }: SuitePlan,
	rows: readonly RowOfArea[],
	n8n: N8n,
	startOwn: StartOwn,
): Promise<AreaOutcome[]> {
	try {
		const outcomes: AreaOutcome[] = [];
		for (const when of ['together', 'quiet', 'alone', 'last'] as const) {
			const part = rows
				.filter((row) => (row.when ?? 'together') === when)
				.sort((a, b) => Number(b.isLong ?? false) - Number(a.isLong ?? false));
			const results = await inParallel(
				part,
				atOnce[when],
				async (row) => await runRow(row, n8n, startOwn),
			);
			outcomes.push(...results);
		}
		return outcomes;
	} finally {
		await n8n.close();
	}
}

const toResult = ({ row: { area, name }, failure }: AreaOutcome): RowResult => ({
	area,
	name,
	passed: failure === undefined,
});

const isFor = ({ versions }: Scenario, version: string): boolean =>
	versions === undefined || versions.some((one) => isOfLine(one, version));

/** What starts a further n8n for one row. */
function startOwnFrom(plan: SuitePlan, source: N8nSource, options: Options): StartOwn {
	if (!('url' in source)) return plan.starting(source, options);
	return async () => {
		throw new NotHereError('it starts an n8n of its own');
	};
}

/** The rows whose programs cannot be had here, each with what it lacks. */
async function reasonsNotToRun(rows: readonly RowOfArea[]): Promise<Map<RowOfArea, string>> {
	const missing = await missingPrograms(rows.flatMap(({ needs = [] }) => needs));
	const reasons = new Map<RowOfArea, string>();
	for (const row of rows) {
		const [why] = (row.needs ?? []).flatMap(({ name }) => missing.get(name) ?? []);
		if (why !== undefined) reasons.set(row, why);
	}
	return reasons;
}

/**
 * Runs the rows that the arguments name, in the versions that they name, and prints the results.
 *
 * @returns whether all of them passed
 * @throws Error where an argument is none or names no row
 */
async function runRows(plan: SuitePlan, args: string[]): Promise<boolean> {
	const { name, command } = plan;
	const options = readOptions(args);
	if (options.help) {
		console.log(HELP.replace('npm run e2e', command));
		return true;
	}
	const rows = rowsIn(plan.folder).filter((row) => isWanted(row, options.words));
	if (options.list) {
		for (const row of rows) console.log(`${row.issue}  ${row.name} [${row.tags.join(' ')}]`);
		return true;
	}
	if (rows.length === 0) throw new Error(`No row is named after ${options.words.join(' or ')}`);
	const notRun = await reasonsNotToRun(rows);
	if (options.record && notRun.size > 0) throw new Error([...notRun.values()].join('\n'));
	const tables: string[] = [];
	let hasFailed = false;
	for (const source of options.sources) {
		const started = Date.now();
		console.log(`\nStarting n8n ${Object.values(source).join()}, ${name.toLowerCase()} …`);
		const startOwn = startOwnFrom(plan, source, options);
		const n8n = 'url' in source ? await useRunningN8n(source.url) : await startOwn({});
		const { version } = n8n;
		const ofVersion = rows.filter((row) => !notRun.has(row) && isFor(row, version));
		const outcomes = await runSource(plan, ofVersion, n8n, startOwn);
		const took = `${((Date.now() - started) / 1000).toFixed(0)} s in all`;
		tables.push(`${summary(version, outcomes)}\n${took}; ${takeChecked()}`);
		if (plan.totals) tables.push(`In all: ${totals(outcomes, plan.totals)}`);
		if (options.record) record({ name, command }, version, outcomes.map(toResult));
		for (const { row, notHere } of outcomes) if (notHere !== undefined) notRun.set(row, notHere);
		hasFailed ||= outcomes.some(({ failure }) => failure !== undefined);
	}
	console.log(`\n${tables.join('\n\n')}`);
	for (const [{ name: row }, why] of notRun) console.log(`not run: ${row} (${why})`);
	return !hasFailed;
}

/** The whole of a suite's command; its exit code says whether all rows passed. */
export async function runSuite(plan: SuitePlan, args: string[]): Promise<void> {
	// Every emulator cleans up at the end of the process.
	process.setMaxListeners(0);
	try {
		if (!(await runRows(plan, args))) process.exitCode = 1;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}
