import { chmod, stat } from 'node:fs/promises';

/**
 * @returns where the installed ffmpeg lies
 * @throws Error where there is none for this machine
 */
export async function ffmpegPath(): Promise<string> {
	const { path } = await import('@ffmpeg-installer/ffmpeg');
	const { mode } = await stat(path);
	// Installed without install scripts, the binary may lack its executable bit.
	if ((mode & 0o111) === 0) await chmod(path, mode | 0o755);
	return path;
}
