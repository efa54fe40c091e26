import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** For a server that hangs while it starts; a busy machine is slow. Milliseconds. */
const START_MS = 60_000;
const STOP_MS = 20_000;

const running = new Set<ChildProcess>();

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});

/** A server's process. */
export interface RunningService {
	close(): Promise<void>;
}

/** A server of this run alone, on 127.0.0.1. */
export interface Service extends RunningService {
	readonly port: number;
}

/**
 * Starts a server and waits until it says that it is ready.
 *
 * @param ready what its output holds then
 * @throws Error with its output where it ends or hangs before
 */
export async function startService(
	program: string,
	args: readonly string[],
	ready: RegExp,
	options: Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'> = {},
): Promise<RunningService> {
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	running.add(child);
	const exited = once(child, 'exit').finally(() => running.delete(child));
	let output = '';
	await new Promise<void>((resolve, reject) => {
		const fail = (what: string): void => reject(new Error(`${program} ${what}:\n${output}`));
		const timer = setTimeout(() => fail('did not get ready'), START_MS);
		const look = (chunk: Buffer): void => {
			output = (output + chunk.toString()).slice(-8_000);
			if (!ready.test(output)) return;
			clearTimeout(timer);
			resolve();
		};
		child.stdout?.on('data', look);
		child.stderr?.on('data', look);
		child.on('error', reject);
		exited.then(() => {
			clearTimeout(timer);
			fail('ended while starting');
		}, reject);
	});
	return {
		async close() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill('SIGINT');
			const last = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
			await exited;
			clearTimeout(last);
		},
	};
}
