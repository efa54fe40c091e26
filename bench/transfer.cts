import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EMULATOR_TOKEN } from '../emulator/server.cts';
import { measureCpu } from '../test/e2e/processUse.cts';
import type { Step } from '../test/e2e/workflows.cts';
import { inSeconds, median, times, type Bench, type Comparison } from './bench.cts';
import { downloadSteps, nodeMs, OURS, RIVAL, TestBed, uploadSteps } from './testBed.cts';

const MIB = 1024 * 1024;
const LIMIT = 40e6;
const ROUNDS = 5;
/** Each takes a minute and a half. */
const LIMITED_ROUNDS = 3;

/** @returns milliseconds that curl says the whole transfer took */
async function curl(args: string[]): Promise<number> {
	const { stdout } = await promisify(execFile)('curl', [
		...['--silent', '--show-error', '--fail', '--write-out', '\n%{time_total}'],
		...['-H', `Authorization: Bearer ${EMULATOR_TOKEN}`],
		...['-H', 'X-Skill-Source: bench', '-H', 'X-Skill-Version: 1', '-H', 'X-Skill-Platform: bench'],
		...args,
	]);
	return Number(stdout.trim().split('\n').at(-1)) * 1000;
}

async function run(): Promise<Comparison[]> {
	const stand = await TestBed.open({ cannedBytes: 500 * MIB });
	const { emulator } = stand;
	try {
		const render = await stand.render();
		const film = await stand.film('film.mp4');
		const address = `${emulator.url}/api/upload-video/nemo_agent/me/${render.sessionId}`;
		const curlUp = async (): Promise<number> => await curl(['-F', `files=@${film}`, address]);
		const curlDown = async (): Promise<number> =>
			await curl(['-o', join(stand.folder, 'curl.mp4'), render.url]);
		const uploadBy = (by: string): Step[] => uploadSteps(by, film, render.sessionId, emulator.url);

		const found: Record<string, number[]> = {};
		const note = (key: string, ms: number): void => {
			(found[key] ??= []).push(ms);
			console.log(`  ${key}: ${inSeconds(ms)}`);
		};
		const of = (key: string): number => median(found[key] ?? []);
		const node = async (key: string, by: string, steps: Step[]): Promise<void> => {
			const { result, between } = await measureCpu(
				stand.pid,
				async () => await stand.steps(by, ...steps),
			);
			const took = nodeMs(result, by);
			const startedAt = result.runData[by]?.[0]?.startTime ?? Number.NaN;
			note(`${key} ${by}`, took);
			note(`${key} cpu ${by}`, between(startedAt, startedAt + took));
		};
		const round = async (key: string): Promise<void> => {
			for (const by of [OURS, RIVAL]) {
				await node(`${key}upload`, by, uploadBy(by));
				await node(`${key}download`, by, downloadSteps(by, render));
			}
			note(`${key}upload curl`, await curlUp());
			note(`${key}download curl`, await curlDown());
		};
		for (let count = 0; count < ROUNDS; count++) await round('');
		emulator.options.uploadBytesPerSecond = LIMIT;
		emulator.options.downloadBytesPerSecond = LIMIT;
		for (let count = 0; count < LIMITED_ROUNDS; count++) await round('limited ');

		const beside = (what: string, key: string, rival: string, least?: number): Comparison => {
			const [ours, theirs] = [of(`${key} ${OURS}`), of(`${key} ${rival}`)];
			const ratio = theirs / ours;
			return {
				what,
				ours: inSeconds(ours),
				rival: `${rival === RIVAL ? 'HTTP Request' : rival} ${inSeconds(theirs)}`,
				promise: least === undefined ? 'none' : `at least ${least} x as fast`,
				result: times(ratio),
				passed: least === undefined || ratio >= least,
			};
		};
		const processor = (what: string, key: string, most: number): Comparison => {
			const [ours, theirs] = [of(`${key} cpu ${OURS}`), of(`${key} cpu ${RIVAL}`)];
			return {
				what: `${what}, processor time of n8n`,
				ours: inSeconds(ours),
				rival: `HTTP Request ${inSeconds(theirs)}`,
				promise: `at most ${most} x`,
				result: times(ours / theirs),
				passed: ours <= most * theirs,
			};
		};
		const [up, down] = ['upload of 500 MiB', 'download of 500 MiB'];
		return [
			beside(`${up} at 40 MB/s`, 'limited upload', 'curl', 0.95),
			beside(`${down} at 40 MB/s`, 'limited download', 'curl', 0.95),
			processor(`${up} at 40 MB/s`, 'limited upload', 0.5),
			processor(`${down} at 40 MB/s`, 'limited download', 1),
			beside(`${up}, unlimited`, 'upload', RIVAL),
			beside(`${down}, unlimited`, 'download', RIVAL, 1),
			beside(`${up}, unlimited`, 'upload', 'curl'),
			beside(`${down}, unlimited`, 'download', 'curl'),
		];
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'transfer',
	about:
		"500 MiB between n8n 2.41.1's file system store and the emulator on the same machine: curl's own total time, and what n8n says a node took. Unlimited: median of 5, otherwise of 3. Processor time is that of n8n's whole process while the node runs. The emulator hashes what is uploaded, and makes what is downloaded, for all alike.",
	run,
};
