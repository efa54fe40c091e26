import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EMULATOR_TOKEN } from '../emulator/server.cts';
import { inSeconds, median, times, type Bench, type Comparison } from './bench.cts';
import { downloadSteps, nodeMs, OURS, RIVAL, Stand, uploadSteps } from './stand.cts';

const MIB = 1024 * 1024;
const LIMIT = 40e6;
const ROUNDS = 5;

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
	const stand = await Stand.open({ cannedBytes: 500 * MIB });
	const { emulator } = stand;
	try {
		const render = await stand.render();
		const film = await stand.film('film.mp4');
		const address = `${emulator.url}/api/upload-video/nemo_agent/me/${render.sessionId}`;
		const curlUp = async (): Promise<number> => await curl(['-F', `files=@${film}`, address]);
		const curlDown = async (): Promise<number> =>
			await curl(['-o', join(stand.folder, 'curl.mp4'), render.url]);
		const up = async (by: string): Promise<number> =>
			nodeMs(await stand.steps(by, ...uploadSteps(by, film, render.sessionId, emulator.url)), by);
		const down = async (by: string): Promise<number> =>
			nodeMs(await stand.steps(by, ...downloadSteps(by, render)), by);

		const found: Record<string, number[]> = {};
		const note = (key: string, ms: number): void => {
			(found[key] ??= []).push(ms);
			console.log(`  ${key}: ${inSeconds(ms)}`);
		};
		const of = (key: string): number => median(found[key] ?? []);
		for (let round = 0; round < ROUNDS; round++) {
			note('upload ours', await up(OURS));
			note('upload HTTP Request', await up(RIVAL));
			note('upload curl', await curlUp());
			note('download ours', await down(OURS));
			note('download HTTP Request', await down(RIVAL));
			note('download curl', await curlDown());
		}
		emulator.options.uploadBytesPerSecond = LIMIT;
		emulator.options.downloadBytesPerSecond = LIMIT;
		note('limited upload ours', await up(OURS));
		note('limited upload curl', await curlUp());
		note('limited download ours', await down(OURS));
		note('limited download curl', await curlDown());

		const beside = (what: string, key: string, rival: string, least?: number): Comparison => {
			const [ours, theirs] = [of(`${key} ours`), of(`${key} ${rival}`)];
			const ratio = theirs / ours;
			return {
				what,
				ours: inSeconds(ours),
				rival: `${rival} ${inSeconds(theirs)}`,
				promise: least === undefined ? 'none' : `at least ${least} x as fast`,
				result: times(ratio),
				passed: least === undefined || ratio >= least,
			};
		};
		return [
			beside('upload of 500 MiB at 40 MB/s', 'limited upload', 'curl', 0.95),
			beside('download of 500 MiB at 40 MB/s', 'limited download', 'curl', 0.95),
			beside('upload of 500 MiB, unlimited', 'upload', 'HTTP Request', 3),
			beside('download of 500 MiB, unlimited', 'download', 'HTTP Request', 1),
			beside('upload of 500 MiB, unlimited', 'upload', 'curl'),
			beside('download of 500 MiB, unlimited', 'download', 'curl'),
		];
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'transfer',
	about:
		"500 MiB between n8n 2.41.1's file system store and the emulator on the same machine: curl's own total time, and what n8n says a node took. Unlimited: median of 5. The emulator hashes what is uploaded, in a second thread, and makes what is downloaded, for all alike.",
	run,
};
