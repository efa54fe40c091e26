import { stat } from 'node:fs/promises';
import { ffmpeg } from './ffmpeg.cts';
import { tiles, writePicture } from './framePicture.cts';

export interface FilmFacts {
	videoCodec: string;
	audioCodec: string;
	width: number;
	height: number;
	seconds: number;
	sizeBytes: number;
}

/** How well the best photo fits a frame, and by how much the next one misses it. */
export interface Match {
	/** Index of the photo. */
	photo: number;
	/** Mean difference per colour value, 0 to 255. */
	distance: number;
	/** The second-best photo's. */
	nextDistance: number;
}

/** Small enough to forget compression, large enough to tell photos apart. */
const SIDE = 32;

function hit(pattern: RegExp, words: string, what: string): string[] {
	const found = pattern.exec(words);
	if (found === null) throw new Error(`The film has no ${what}. ffmpeg says:\n${words}`);
	return found.slice(1);
}

/** Stills stand three in a row; together they are as wide as README's column on a sharp screen. */
const STILLS_A_ROW = 3;
const STILL_WIDTH = 480;

/**
 * Puts frames of a film into one picture, in rows.
 *
 * @param moments in seconds
 * @param picture path of the JPEG
 */
export async function makeStills(
	film: string,
	moments: readonly number[],
	picture: string,
): Promise<void> {
	const inputs = moments.flatMap((moment) => ['-ss', String(moment), '-i', film]);
	const frames = moments.map(
		(_, at) => `[${at}:v]trim=end_frame=1,scale=${STILL_WIDTH}:-2:flags=lanczos,setsar=1[f${at}];`,
	);
	const all = moments.map((_, at) => `[f${at}]`).join('');
	const rows = Math.ceil(moments.length / STILLS_A_ROW);
	const filter = `${frames.join('')}${all}concat=n=${moments.length},${tiles(STILLS_A_ROW, rows)}`;
	const jpeg = ['-q:v', '4', '-map_metadata', '-1'];
	await writePicture([...inputs, '-filter_complex', filter, ...jpeg], picture);
}

/**
 * Reads a film's facts back from the file itself.
 *
 * @throws Error where it has no video, no audio or no length
 */
export async function probe(path: string): Promise<FilmFacts> {
	const { words } = await ffmpeg(['-i', path]);
	const [hours = '', minutes = '', seconds = ''] = hit(
		/Duration: (\d+):(\d+):([\d.]+)/,
		words,
		'duration',
	);
	const [videoCodec = '', width = '', height = ''] = hit(
		/Video: (\w+).*?, (\d+)x(\d+)/,
		words,
		'video',
	);
	const [audioCodec = ''] = hit(/Audio: (\w+)/, words, 'audio');
	return {
		videoCodec,
		audioCodec,
		width: Number(width),
		height: Number(height),
		seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
		sizeBytes: (await stat(path)).size,
	};
}

/** The part of the frame that a photo of this shape fills when it is shown whole. */
function middle({ width, height }: FilmFacts, aspect: number): string {
	return `crop=${Math.min(width, Math.round(height * aspect))}:${Math.min(height, Math.round(width / aspect))}`;
}

interface Photo {
	/** Width by height. */
	aspect: number;
	colours: Buffer;
}

async function readPhoto(path: string): Promise<Photo> {
	const { words } = await ffmpeg(['-i', path]);
	const [width = '', height = ''] = hit(/Video: .*?, (\d+)x(\d+)/, words, 'picture');
	return { aspect: Number(width) / Number(height), colours: await pixels(['-i', path], 'null') };
}

async function pixels(input: string[], filter: string): Promise<Buffer> {
	const small = `${filter},scale=${SIDE}:${SIDE}:flags=area`;
	const raw = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
	const { output, words } = await ffmpeg([...input, '-vf', small, ...raw]);
	if (output.length !== SIDE * SIDE * 3) throw new Error(`ffmpeg gave no frame:\n${words}`);
	return output;
}

function difference(a: Buffer, b: Buffer): number {
	let sum = 0;
	for (let at = 0; at < a.length; at++) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0));
	return sum / a.length;
}

/**
 * Says which photo a film shows at some moments, by comparing pixels.
 *
 * @param moments seconds from the start
 * @param photos paths of the candidates
 */
export async function* matchFrames(
	film: string,
	facts: FilmFacts,
	moments: number[],
	photos: string[],
): AsyncGenerator<Match> {
	const candidates = await Promise.all(photos.map(readPhoto));
	for (const moment of moments) {
		// Photos of one shape fill the same part of the frame.
		const shown = new Map<string, Buffer>();
		const ranked: Array<Pick<Match, 'photo' | 'distance'>> = [];
		for (const [photo, { aspect, colours }] of candidates.entries()) {
			const part = middle(facts, aspect);
			const seen = shown.get(part) ?? (await pixels(['-ss', String(moment), '-i', film], part));
			shown.set(part, seen);
			ranked.push({ photo, distance: difference(seen, colours) });
		}
		const [best, next] = ranked.sort((a, b) => a.distance - b.distance);
		if (best === undefined || next === undefined) throw new Error('Two photos at least');
		yield { ...best, nextDistance: next.distance };
	}
}
