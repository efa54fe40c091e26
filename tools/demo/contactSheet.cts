import type { FilmFacts } from './film.cts';
import { tiles, writePicture } from './framePicture.cts';

const COLUMNS = 5;
const ROWS = 2;
/** Of a frame's longer side, in pixels. */
const SIDE = 360;

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
		tiles(COLUMNS, ROWS, 1),
	].join(',');
	await writePicture(['-i', film, '-vf', filter], target);
}
