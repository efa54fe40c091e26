import { join } from 'node:path';
import { makeContactSheet } from './contactSheet.cts';
import { PHOTO_FOLDER, PHOTOS } from './example.cts';
import { matchFrames, probe, type FilmFacts } from './film.cts';
import type { Verdict } from './verdict.cts';

/** The middle of each photo's six seconds. */
export const MOMENTS = [3, 9, 15, 21, 27];

function describeFilm(path: string, facts: FilmFacts, verdict: Verdict): void {
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
			verdict.check(isRight, `${path} is not a 30 s, 1080 wide or high film of H.264 and AAC`),
	);
}

async function describeFrames(
	path: string,
	facts: FilmFacts,
	order: number[],
	verdict: Verdict,
): Promise<void> {
	const photos = PHOTOS.map((name) => join(PHOTO_FOLDER, name));
	let at = 0;
	for await (const match of matchFrames(path, facts, MOMENTS, photos)) {
		const isRight = match.photo + 1 === order[at] && match.nextDistance > 2 * match.distance;
		const distances = `off by ${match.distance.toFixed(1)}, next best ${match.nextDistance.toFixed(1)}`;
		console.log(
			`  at ${String(MOMENTS[at]).padStart(2)} s: ${(PHOTOS[match.photo] ?? '').padEnd(18)} ` +
				`(${distances})  ${verdict.check(isRight, `The frame at ${MOMENTS[at]} s is not photo ${order[at]}`)}`,
		);
		at += 1;
	}
}

/**
 * Looks at a film: what it is, which photo is shown when, and a contact sheet beside it.
 *
 * @param order the photos' numbers, from 1, in the order in which they were uploaded
 */
export async function checkFilm(path: string, order: number[], verdict: Verdict): Promise<void> {
	const facts = await probe(path);
	describeFilm(path, facts, verdict);
	await describeFrames(path, facts, order, verdict);
	const sheet = path.replace(/\.mp4$/, '.png');
	await makeContactSheet(path, facts, sheet);
	console.log(`Contact sheet: ${sheet}`);
}
