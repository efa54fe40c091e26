import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from '../test/e2e/api.cts';
import { itemsOf } from '../test/e2e/results.cts';
import { rows as tableRows } from '../test/e2e/workflows.cts';
import { inSeconds, median, times, type Bench, type Comparison } from './bench.cts';
import { nodeMs, OURS, PACE, TestBed } from './testBed.cts';

const ROWS = 20;
const PARALLEL = 5;
const SINGLES = 3;
const POLL_SECONDS = 1;
const MAX_OF_IDEAL = 1.15;
const LEAST_OF_STOCK = 4;

const prompts = (count: number): Array<{ prompt: string }> =>
	Array.from({ length: count }, (_, at) => ({ prompt: `Create a video of quiet lake ${at + 1}` }));

/** @returns milliseconds that Create Video took for so many rows */
async function createVideos(stand: TestBed, count: number): Promise<number> {
	const execution = await stand.steps(`${count} rows`, ...tableRows(prompts(count)), {
		type: 'nemoVideoCreateVideo',
		name: OURS,
		parameters: {
			prompt: '={{ $json.prompt }}',
			options: { parallel: PARALLEL, pollIntervalSeconds: POLL_SECONDS },
		},
	});
	const made = itemsOf(execution, OURS).filter(({ binary }) => binary?.data !== undefined);
	if (made.length !== count) throw new Error(`${made.length} of ${count} videos were made`);
	return nodeMs(execution, OURS);
}

/** The example workflow of n8n's own nodes, with its settings for this run. */
function stockWorkflow(baseUrl: string): WorkflowFile {
	const path = join(__dirname, 'workflows', 'stock-batch.json');
	const file: WorkflowFile = JSON.parse(readFileSync(path, 'utf8'));
	const settings = file.nodes.find(({ name }) => name === 'Settings');
	if (settings === undefined) throw new Error('The workflow has no node named Settings');
	settings.parameters.jsonOutput = JSON.stringify({ baseUrl, rows: prompts(ROWS) });
	return file;
}

/** @returns milliseconds from the first request to the end of the loop */
async function stockNodes(stand: TestBed): Promise<number> {
	const execution = await stand.run(stockWorkflow(stand.emulator.url));
	const made = (execution.runData.Download ?? []).flatMap((run) => run.data?.main?.[0] ?? []);
	if (made.length !== ROWS) throw new Error(`${made.length} of ${ROWS} videos were made`);
	const from = execution.runData['Loop Over Items']?.[0]?.startTime ?? Number.NaN;
	const last = execution.runData.Done?.[0];
	return (last?.startTime ?? Number.NaN) + (last?.executionTime ?? 0) - from;
}

async function run(): Promise<Comparison[]> {
	const stand = await TestBed.open(PACE);
	try {
		const singles: number[] = [];
		for (let count = 0; count < SINGLES; count++) singles.push(await createVideos(stand, 1));
		const single = median(singles);
		const ideal = (ROWS / PARALLEL) * single;
		const ours = await createVideos(stand, ROWS);
		console.log(`  single ${inSeconds(single)}, ${ROWS} rows ${inSeconds(ours)}`);
		const stock = await stockNodes(stand);
		return [
			{
				what: `${ROWS} rows, ${PARALLEL} in parallel`,
				ours: inSeconds(ours),
				rival: `ideal ${inSeconds(ideal)} (one row ${inSeconds(single)})`,
				promise: `at most ${MAX_OF_IDEAL} x`,
				result: times(ours / ideal),
				passed: ours <= MAX_OF_IDEAL * ideal,
			},
			{
				what: `${ROWS} rows, ${PARALLEL} in parallel`,
				ours: inSeconds(ours),
				rival: `stock nodes ${inSeconds(stock)}`,
				promise: `at least ${LEAST_OF_STOCK} x as fast`,
				result: times(stock / ours),
				passed: stock >= LEAST_OF_STOCK * ours,
			},
		];
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'batch',
	about: `${ROWS} rows through Create Video, ${PARALLEL} in parallel, in n8n 2.41.1: a turn takes 3 s, a render 2 s, and both sides look every second. The ideal is rows / parallel x the median of ${SINGLES} single rows. The stock nodes are [this workflow](../bench/workflows/stock-batch.json) of HTTP Request, Wait, If and Loop Over Items, which takes the rows one by one as Loop Over Items does unless told otherwise.`,
	run,
};
