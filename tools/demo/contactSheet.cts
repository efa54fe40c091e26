import { stat } from 'node:fs/promises';
import type { FilmFacts } from './film.cts';
import { ffmpeg } from './ffmpeg.cts';

const COLUMNS = 5;
const ROWS = 2;
/** Of a frame's longer side, in pixels. */
const SIDE = 360;
const GAP = 8;

/**
 * Frames of a film side by side in one PNG, in reading order.
 *
 * @throws Error with ffmpeg's words where there is no picture
 */
export async function makeContactSheet(
	film: string,
	{ width, height, seconds }: FilmFacts,
	target: string,
): Promise<void> {
	const filter = [
		`fps=${COLUMNS * ROWS}/${seconds}`,
		width > height ? `scale=${SIDE}:-2` : `scale=-2:${SIDE}`,
		`tile=${COLUMNS}x${ROWS}:padding=${GAP}:margin=${GAP}:color=white`,
	].join(',');
	const { words } = await ffmpeg(['-y', '-i', film, '-vf', filter, '-frames:v', '1', target]);
	const picture = await stat(target).catch(() => undefined);
	if (picture === undefined || picture.size === 0) {
		throw new Error(`ffmpeg made no contact sheet:\n${words.slice(-1000)}`);
	}
}
