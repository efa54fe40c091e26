import { spawn } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';

async function binary(): Promise<string> {
	const { path } = await import('@ffmpeg-installer/ffmpeg');
	const { mode } = await stat(path);
	// Installed without install scripts, the binary may lack its executable bit.
	if ((mode & 0o111) === 0) await chmod(path, mode | 0o755);
	return path;
}

/**
 * Runs ffmpeg.
 *
 * @returns its output and what it said; `code` is not looked at, since `-i` alone always fails
 */
export async function ffmpeg(args: string[]): Promise<{ output: Buffer; words: string }> {
	const child = spawn(await binary(), ['-hide_banner', '-nostdin', ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output: Buffer[] = [];
	let words = '';
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
	await new Promise<void>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', () => resolve());
	});
	return { output: Buffer.concat(output), words };
}
