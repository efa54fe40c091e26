/**
 * `npm run demo`: a real n8n runs "five product photos and a caption into a 30-second promo" with
 * the packed nodes, against the emulator, and the film is looked at afterwards.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { EMULATOR_TOKEN, startEmulator } from '../../emulator/server.cts';
import type { Execution, N8nApi } from '../../test/e2e/api.cts';
import { startN8n } from '../../test/e2e/n8n.cts';
import { PHOTO_FOLDER, PHOTOS, promoExample } from './example.cts';
import { matchFrames, probe, type FilmFacts } from './film.cts';
import { HELP, readOptions } from './options.cts';
import { findText } from './secrets.cts';
import { stagePrinter } from './stages.cts';

const ROOT = join(__dirname, '..', '..');
const OUTPUT = join(ROOT, 'output', 'demo');
/** The middle of each photo's six seconds. */
const MOMENTS = [3, 9, 15, 21, 27];
const RUN_MS = 240_000;

const films: string[] = [];
const failures: string[] = [];

function check(isRight: boolean, complaint: string): string {
	if (!isRight) failures.push(complaint);
	return isRight ? 'ok' : 'WRONG';
}

/** @returns the execution's MP4 */
async function filmOf(api: N8nApi, execution: Execution): Promise<Buffer> {
	const runs = execution.runData['NemoVideo Export'];
	const file = runs?.[0]?.data?.main?.[0]?.[0]?.binary?.data;
	if (file === undefined) {
		const reason = execution.data.resultData.error?.message ?? 'the last node gave no file';
		throw new Error(`The workflow ended as ${execution.status}: ${reason}`);
	}
	return await api.binary(file);
}

function describeFilm(path: string, facts: FilmFacts): void {
	const isRight =
		facts.videoCodec === 'h264' &&
		facts.audioCodec === 'aac' &&
		[facts.width, facts.height].includes(1080) &&
		Math.abs(facts.seconds - 30) <= 1;
	const { width, height, videoCodec, audioCodec } = facts;
	console.log(`\nFilm: ${path}`);
	console.log(
		`  ${videoCodec} and ${audioCodec}, ${width}x${height}, ${facts.seconds.toFixed(2)} s, ` +
			`${(facts.sizeBytes / 1e6).toFixed(2)} MB  ` +
			check(isRight, `${path} is not a 30 s, 1080 wide or high film of H.264 and AAC`),
	);
}

async function describeFrames(path: string, facts: FilmFacts, order: number[]): Promise<void> {
	const photos = PHOTOS.map((name) => join(PHOTO_FOLDER, name));
	const matches = await matchFrames(path, facts, MOMENTS, photos);
	for (const [at, match] of matches.entries()) {
		const isRight = match.photo + 1 === order[at] && match.nextDistance > 2 * match.distance;
		const distances = `off by ${match.distance.toFixed(1)}, next best ${match.nextDistance.toFixed(1)}`;
		console.log(
			`  at ${String(MOMENTS[at]).padStart(2)} s: ${(PHOTOS[match.photo] ?? '').padEnd(18)} ` +
				`(${distances})  ${check(isRight, `The frame at ${MOMENTS[at]} s is not photo ${order[at]}`)}`,
		);
	}
}

async function makeFilm(api: N8nApi, credentialId: string, order: number[]): Promise<void> {
	const example = promoExample(order);
	// Without it n8n would show nothing of the run before its end.
	const settings = { ...example.settings, saveExecutionProgress: true };
	const workflow = await api.createWorkflow(
		{ ...example, settings },
		{ nemoVideoApi: credentialId },
	);
	console.log(`\nRunning "${workflow.name}" with the photos in the order ${order.join(', ')}`);
	const started = Date.now();
	const id = await api.run(workflow);
	const onUpdate = stagePrinter((line) => console.log(line));
	const execution = await api.waitForExecution(id, { timeoutMs: RUN_MS, onUpdate });
	console.log(`  ${execution.status} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
	const path = join(OUTPUT, `promo-${order.join('')}.mp4`);
	await writeFile(path, await filmOf(api, execution));
	films.push(path);
	const facts = await probe(path);
	describeFilm(path, facts);
	await describeFrames(path, facts, order);
}

/** The workflow's name must be found in the same files, or the search would prove nothing. */
async function searchForToken(folder: string): Promise<void> {
	const control = await findText(folder, promoExample([1, 2, 3, 4, 5]).name);
	const { filesRead, found } = await findText(folder, EMULATOR_TOKEN);
	const isRight = found.length === 0 && control.found.length > 0;
	const where = found.map((file) => relative(folder, file)).join(', ') || 'nowhere';
	console.log(
		`\nThe token in clear in n8n's database, journal, logs and files (${filesRead} read):`,
	);
	console.log(
		`  ${where}  ${check(isRight, 'The token lies in clear in a file of n8n')} ` +
			`(the workflow's name, searched the same way: ${control.found.length} file(s))`,
	);
}

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) return console.log(HELP);
	const options = readOptions(args);
	const folder = join(OUTPUT, 'n8n');
	await rm(OUTPUT, { recursive: true, force: true });
	await mkdir(OUTPUT, { recursive: true });
	const emulator = await startEmulator({ renders: 'composite' });
	console.log(`Emulator of NemoVideo's backend: ${emulator.url}`);
	try {
		const n8n = await startN8n({
			version: options.version,
			userFolder: folder,
			// The most talkative log, so that the search for the token means something.
			logLevel: 'debug',
			env: { N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER },
		});
		console.log(`n8n ${options.version} with the packed nodes: ${n8n.url}`);
		try {
			const credentialId = await n8n.api.createCredential('NemoVideo account', {
				connectWith: 'accessToken',
				token: EMULATOR_TOKEN,
				baseUrl: emulator.url,
			});
			for (const order of options.orders) await makeFilm(n8n.api, credentialId, order);
		} finally {
			await n8n.close();
		}
		await searchForToken(folder);
	} finally {
		await emulator.close();
	}
	console.log(`\nFilms: ${films.join('\n       ')}`);
	console.log(failures.length === 0 ? 'Demo: everything as promised.' : 'Demo: FAILED');
	for (const failure of failures) console.log(`  ${failure}`);
	process.exitCode = failures.length === 0 ? 0 : 1;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
