import { spawn } from 'node:child_process';
import { ffmpegPath } from '../../emulator/ffmpegPath.cts';

/**
 * Runs ffmpeg.
 *
 * @returns its output and what it said; `code` is not looked at, since `-i` alone always fails
 */
export async function ffmpeg(args: string[]): Promise<{ output: Buffer; words: string }> {
	const child = spawn(await ffmpegPath(), ['-hide_banner', '-nostdin', ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const kill = (): boolean => child.kill();
	process.once('exit', kill);
	const output: Buffer[] = [];
	let words = '';
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
	await new Promise<void>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', () => resolve());
	});
	process.off('exit', kill);
	return { output: Buffer.concat(output), words };
}
