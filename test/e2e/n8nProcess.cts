import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { N8nProgram } from './source.cts';

/** n8n answers in about 8 s on a quiet machine. Milliseconds. */
export const START_MS = 180_000;
/** n8n itself gives up waiting for running nodes after 30 s. Milliseconds. */
const STOP_MS = 40_000;
const POLL_MS = 100;

const running = new Set<ChildProcess>();

// A test that dies must not leave an n8n behind; the group holds n8n's task runners too.
process.on('exit', () => {
	for (const child of running) killGroup(child, 'SIGKILL');
});

// A signal by itself would end the process without the above.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (process.listenerCount(signal) === 1) process.exit(1);
	});
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// It has ended in the meantime.
	}
}

/** One process of an n8n: its main, a second main, or a worker of its queue. */
export class N8nProcess {
	readonly logFile: string;
	private readonly child: ChildProcess;

	/**
	 * @param args n8n's command and its flags, e.g. `worker --concurrency=5`
	 */
	constructor(
		program: Pick<N8nProgram, 'launch'>,
		args: readonly string[],
		{ cwd, env, logFile }: { cwd: string; env: NodeJS.ProcessEnv; logFile: string },
	) {
		this.logFile = logFile;
		const output = openSync(logFile, 'a');
		const launch = program.launch(args, env, cwd);
		const child = spawn(launch.command, launch.args, {
			cwd,
			env,
			stdio: ['ignore', output, output],
			detached: true,
		});
		closeSync(output);
		running.add(child);
		child.on('exit', () => {
			running.delete(child);
			killGroup(child, 'SIGKILL');
		});
		this.child = child;
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	get hasEnded(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/**
	 * @param address of its health check
	 * @throws Error with the end of its log where it ends or hangs before
	 */
	async waitUntilReady(address: string): Promise<void> {
		const deadline = Date.now() + START_MS;
		for (;;) {
			const response = await fetch(address).catch(() => undefined);
			if (response?.ok === true) return;
			if (this.hasEnded || Date.now() > deadline) {
				const tail = (await readFile(this.logFile, 'utf8')).slice(-3000);
				const what = this.hasEnded ? 'ended while starting' : 'did not get ready in time';
				throw new Error(`n8n ${what}:\n${tail}`);
			}
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	/** Sends a signal and waits for the end; a process that does not listen is killed. */
	async end(signal: NodeJS.Signals): Promise<void> {
		if (this.hasEnded) return;
		const ended = once(this.child, 'exit');
		this.child.kill(signal);
		const last = setTimeout(() => killGroup(this.child, 'SIGKILL'), STOP_MS);
		await ended;
		clearTimeout(last);
	}
}
