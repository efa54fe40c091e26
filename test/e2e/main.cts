/**
 * `npm run e2e`: the packed package in real n8n, against the emulator. Rows live in `rows`; each
 * file there exports them as `rows`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PHOTO_FOLDER } from '../../tools/demo/example.cts';
import { record, type RowResult, type Suite } from '../../tools/docs/compatibility.cts';
import { CONTROL_FOLDER } from './control.cts';
import { READABLE_LOG } from './log.cts';
import { startN8n, type N8n, type N8nVersion } from './n8n.cts';
import { HELP, isWanted, readOptions, type Options } from './options.cts';
import { takeChecked } from './outputCheck.cts';
import { inParallel } from './pool.cts';
import { areaOf, type Figures, type Row, type RowFile, type When } from './row.cts';
import { describe, summary, type Outcome } from './table.cts';
import { World, type StartOwn } from './world.cts';

const SUITE: Suite = { name: 'Regular mode', command: 'npm run e2e' };

/** How many rows run at once in each part of a run. */
const AT_ONCE: Record<When, number> = { together: 4, quiet: 100, alone: 1, last: 1 };

interface RowOfArea extends Row {
	area: string;
}

interface AreaOutcome extends Outcome {
	row: RowOfArea;
}

function allRows(): RowOfArea[] {
	const folder = join(__dirname, 'rows');
	const files = readdirSync(folder).filter((name) => name.endsWith('.cts'));
	return files
		.sort()
		.flatMap((file) => {
			const { rows, area = areaOf(file) }: RowFile = require(join(folder, file));
			return rows.map((row) => ({ ...row, area }));
		})
		.sort((a, b) => a.issue - b.issue || a.name.localeCompare(b.name, 'en'));
}

async function runRow(row: RowOfArea, n8n: N8n, startOwn: StartOwn): Promise<AreaOutcome> {
	const started = Date.now();
	const world = new World(n8n, startOwn);
	let figures: Figures = {};
	let failure: string | undefined;
	try {
		figures = await row.run(world);
	} catch (error) {
		failure = error instanceof Error ? error.message || error.name : String(error);
	}
	try {
		await world.close();
	} catch (error) {
		failure ??= `It did not end well: ${String(error)}`;
	}
	const outcome = { row, ms: Date.now() - started, figures, notes: world.notes, failure };
	console.log(describe(outcome));
	return outcome;
}

const ENVIRONMENT = {
	...READABLE_LOG,
	N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER,
	N8N_CUSTOM_EXTENSIONS: CONTROL_FOLDER,
};

async function runVersion(
	version: N8nVersion,
	rows: RowOfArea[],
	{ tarball }: Options,
): Promise<AreaOutcome[]> {
	console.log(`\nStarting n8n ${version} …`);
	const startOwn: StartOwn = async (more) =>
		await startN8n({ version, tarball, env: { ...ENVIRONMENT, ...more } });
	const n8n = await startOwn({});
	try {
		const outcomes: AreaOutcome[] = [];
		for (const when of ['together', 'quiet', 'alone', 'last'] as const) {
			const part = rows
				.filter((row) => (row.when ?? 'together') === when)
				.sort((a, b) => Number(b.isLong ?? false) - Number(a.isLong ?? false));
			const results = await inParallel(
				part,
				AT_ONCE[when],
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

async function main(args: string[]): Promise<void> {
	// Every emulator cleans up at the end of the process.
	process.setMaxListeners(0);
	const options = readOptions(args);
	if (options.help) return console.log(HELP);
	const rows = allRows().filter((row) => isWanted(row, options.words));
	if (options.list) {
		for (const { issue, tags, name } of rows) console.log(`${issue}  ${name} [${tags.join(' ')}]`);
		return;
	}
	if (rows.length === 0) throw new Error(`No row is named after ${options.words.join(' or ')}`);
	const tables: string[] = [];
	let hasFailed = false;
	for (const version of options.versions) {
		const ofVersion = rows.filter(({ versions }) => versions?.includes(version) ?? true);
		if (ofVersion.length === 0) continue;
		const started = Date.now();
		const outcomes = await runVersion(version, ofVersion, options);
		const took = `${((Date.now() - started) / 1000).toFixed(0)} s in all`;
		tables.push(`${summary(version, outcomes)}\n${took}; ${takeChecked()}`);
		if (options.record) record(SUITE, version, outcomes.map(toResult));
		hasFailed ||= outcomes.some(({ failure }) => failure !== undefined);
	}
	console.log(`\n${tables.join('\n\n')}`);
	process.exitCode = hasFailed ? 1 : 0;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
