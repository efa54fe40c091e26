import { measureGrowth, residentBytes } from '../test/e2e/processUse.cts';
import { inMib, median, times, type Bench, type Comparison } from './bench.cts';
import { downloadSteps, OURS, RIVAL, TestBed, uploadSteps } from './testBed.cts';
import type { Step } from '../test/e2e/workflows.cts';

const ROUNDS = 3;
const MIB = 1024 * 1024;
/** What a process may change by and still be idle. */
const STEADY = 2 * MIB;
const LOOK_MS = 500;
const MAX_LOOK = 60;

/** Waits until the process keeps its size for two seconds. */
async function untilIdle(pid: number): Promise<void> {
	let last = 0;
	let steady = 0;
	for (let look = 0; look < MAX_LOOK && steady < 4; look++) {
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
		const now = await residentBytes(pid);
		steady = Math.abs(now - last) <= STEADY ? steady + 1 : 0;
		last = now;
	}
}

/** @returns by how many bytes a fresh n8n grew, once it had done the same with a small file */
async function growthOf(
	stand: TestBed,
	warmUp: () => Promise<void>,
	steps: () => Step[],
): Promise<number> {
	await stand.n8n.restart();
	await warmUp();
	await untilIdle(stand.pid);
	const { growth } = await measureGrowth(
		stand.pid,
		async () => await stand.steps('Measured', ...steps()),
	);
	return growth;
}

async function run(): Promise<Comparison[]> {
	const stand = await TestBed.open({ cannedBytes: 1 * MIB });
	const { emulator } = stand;
	try {
		const small = await stand.render();
		const [film, clip] = [await stand.film('film.mp4'), await stand.film('clip.mp4', MIB)];
		emulator.options.cannedBytes = 500 * MIB;
		const large = await stand.render();
		const found: Record<string, number[]> = {};
		const note = (key: string, growth: number): void => {
			(found[key] ??= []).push(growth);
			console.log(`  ${key}: ${inMib(growth)}`);
		};
		for (let round = 0; round < ROUNDS; round++) {
			for (const by of [OURS, RIVAL]) {
				const upload = (file: string): Step[] =>
					uploadSteps(by, file, small.sessionId, emulator.url);
				// Reading the film from disk into n8n's store is not what is measured.
				const read = upload(film).slice(0, 1);
				const uploaded = await growthOf(
					stand,
					async () => {
						await stand.steps('Warm up', ...upload(clip));
						await stand.steps('Read', ...read);
					},
					() => upload(film),
				);
				note(`upload ${by}`, uploaded);
				const downloaded = await growthOf(
					stand,
					async () => {
						await stand.steps('Warm up', ...downloadSteps(by, small));
					},
					() => downloadSteps(by, large),
				);
				note(`download ${by}`, downloaded);
			}
		}
		const of = (key: string): number => median(found[key] ?? []);
		const [up, stockUp] = [of(`upload ${OURS}`), of(`upload ${RIVAL}`)];
		const [down, stockDown] = [of(`download ${OURS}`), of(`download ${RIVAL}`)];
		return [
			{
				what: 'upload of 500 MiB',
				ours: `+${inMib(up)}`,
				rival: `HTTP Request +${inMib(stockUp)}`,
				promise: 'at most 0.5 x',
				result: times(up / stockUp),
				passed: up <= stockUp / 2,
			},
			{
				what: 'upload of 500 MiB',
				ours: `+${inMib(up)}`,
				rival: '',
				promise: 'under 150 MB',
				result: `+${inMib(up)}`,
				passed: up < 150e6,
			},
			{
				what: 'download of 500 MiB',
				ours: `+${inMib(down)}`,
				rival: `HTTP Request +${inMib(stockDown)}`,
				promise: 'at most 20 MB more',
				result: `${((down - stockDown) / 1e6).toFixed(0)} MB more`,
				passed: down <= stockDown + 20e6,
			},
		];
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'memory',
	about:
		"Growth of n8n 2.41.1's resident memory (its peak, looked at 40 times a second) over a freshly started n8n that has moved a small file the same way and is idle; files in the file system store. The rival is n8n's own HTTP Request node in the same n8n. Median of 3.",
	run,
};
