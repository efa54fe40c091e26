import { stat } from 'node:fs/promises';
import { ffmpeg } from './ffmpeg.cts';

/** Between two frames, in pixels. */
const GAP = 8;

/** ffmpeg's filter that puts frames side by side, on white. */
export function tiles(columns: number, rows: number, margin = 0): string {
	return `tile=${columns}x${rows}:padding=${GAP}:margin=${margin * GAP}:color=white`;
}

/**
 * Writes one picture of a film's frames.
 *
 * @param args ffmpeg's inputs and filter, and how the picture is written
 * @throws Error with ffmpeg's words where there is no picture
 */
export async function writePicture(args: readonly string[], picture: string): Promise<void> {
	const { words } = await ffmpeg(['-v', 'error', '-y', ...args, '-frames:v', '1', picture]);
	const written = await stat(picture).catch(() => undefined);
	if (words !== '' || written === undefined || written.size === 0) {
		throw new Error(`ffmpeg made no picture of the film:\n${words.slice(-1000)}`);
	}
}
