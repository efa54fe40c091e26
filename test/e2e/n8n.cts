import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nApi } from './api.cts';
import { installPackage, packedTarball } from './communityPackage.cts';
import { n8nEnvironment, type Ports } from './environment.cts';
import { freePort } from './ports.cts';

/** n8n answers in about 8 s on a quiet machine. */
const START_MS = 180_000;
/** n8n itself gives up waiting for running nodes after 30 s. */
const STOP_MS = 40_000;
const POLL_MS = 100;

export type N8nVersion = '2.41.1' | '1.123.81';

export interface N8nOptions {
	version?: N8nVersion;
	/** Added to n8n's environment; wins over everything. */
	env?: Record<string, string>;
	/** N8N_USER_FOLDER; a temporary one, removed by `close`, where left out. */
	userFolder?: string;
	/** The package to install; packed from `dist` where left out, none for `null`. */
	tarball?: string | null;
	/** A free one where left out. */
	port?: number;
	logLevel?: 'error' | 'warn' | 'info' | 'debug';
	/** Where n8n's output goes; `n8n.log` in the user folder where left out. */
	logFile?: string;
}

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

/** A real n8n, driven from outside. */
export class N8n {
	api: N8nApi;
	private child: ChildProcess | undefined;
	/** Queue workers and second main processes. */
	private readonly workers = new Set<ChildProcess>();

	/** Use `startN8n`. */
	constructor(
		readonly version: N8nVersion,
		private readonly program: { node: string; bin: string },
		readonly userFolder: string,
		readonly logFile: string,
		private readonly ports: Ports,
		private env: Record<string, string>,
		private readonly isTemporary: boolean,
	) {
		this.api = new N8nApi(this.url);
	}

	/** Where the editor, the webhooks and the forms are. */
	get url(): string {
		return `http://127.0.0.1:${this.ports.http}`;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	/** Starts n8n, waits until it answers and logs in. */
	async start(): Promise<void> {
		const child = this.spawn('start', this.ports);
		this.child = child;
		await this.waitUntilReady(child, `${this.url}/healthz/readiness`);
		this.api = new N8nApi(this.url);
		await this.logIn(this.api);
	}

	/**
	 * Starts a queue worker on the same database and folder; the queue itself (EXECUTIONS_MODE and
	 * Redis) comes with the options' `env`.
	 */
	async startWorker(env: Record<string, string> = {}): Promise<ChildProcess> {
		const ports = { http: await freePort(), broker: await freePort(), health: await freePort() };
		const worker = this.spawn('worker', ports, { QUEUE_HEALTH_CHECK_ACTIVE: 'true', ...env });
		this.workers.add(worker);
		await this.waitUntilReady(worker, `http://127.0.0.1:${ports.health}/healthz/readiness`);
		return worker;
	}

	/**
	 * Starts a second main process on the same database and folder, as a deployment does that lets
	 * the new one begin before the old one has ended.
	 */
	async startTwin(): Promise<N8nApi> {
		const ports = { http: await freePort(), broker: await freePort(), health: await freePort() };
		const twin = this.spawn('start', ports);
		this.workers.add(twin);
		const url = `http://127.0.0.1:${ports.http}`;
		await this.waitUntilReady(twin, `${url}/healthz/readiness`);
		const api = new N8nApi(url);
		await this.logIn(api);
		return api;
	}

	/** Sends a signal to n8n's main process and waits for its end. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		const { child } = this;
		if (child === undefined) return;
		await end(child, signal);
		this.child = undefined;
	}

	/**
	 * Stops n8n (SIGTERM unless it is dead already) and starts it again on the same data.
	 *
	 * @param env added to, or changed in, its environment
	 */
	async restart(env: Record<string, string> = {}): Promise<void> {
		await this.kill('SIGTERM');
		this.env = { ...this.env, ...env };
		await this.start();
	}

	/** @returns all that n8n has printed since the first start */
	async log(): Promise<string> {
		return await readFile(this.logFile, 'utf8');
	}

	/** Ends n8n and its workers, and removes the user folder where it is a temporary one. */
	async close(): Promise<void> {
		await Promise.all([...this.workers].map((worker) => end(worker, 'SIGTERM')));
		await this.kill('SIGTERM');
		if (this.isTemporary) await rm(this.userFolder, { recursive: true, force: true });
	}

	private spawn(command: string, ports: Ports, env: Record<string, string> = {}): ChildProcess {
		const output = openSync(this.logFile, 'a');
		const { node, bin } = this.program;
		const child = spawn(node, [bin, command], {
			cwd: this.userFolder,
			env: n8nEnvironment(node, this.userFolder, ports, { ...this.env, ...env }),
			stdio: ['ignore', output, output],
			detached: true,
		});
		closeSync(output);
		running.add(child);
		child.on('exit', () => {
			running.delete(child);
			killGroup(child, 'SIGKILL');
		});
		return child;
	}

	private async waitUntilReady(child: ChildProcess, address: string): Promise<void> {
		const deadline = Date.now() + START_MS;
		for (;;) {
			const response = await fetch(address).catch(() => undefined);
			if (response?.ok === true) return;
			const hasEnded = child.exitCode !== null || child.signalCode !== null;
			if (hasEnded || Date.now() > deadline) {
				const tail = (await this.log()).slice(-3000);
				const what = hasEnded ? 'ended while starting' : 'did not get ready in time';
				throw new Error(`n8n ${this.version} ${what}:\n${tail}`);
			}
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	/** The REST interface can open a moment after n8n calls itself ready. */
	private async logIn(api: N8nApi): Promise<void> {
		const deadline = Date.now() + START_MS;
		for (;;) {
			try {
				return await api.logIn();
			} catch (error) {
				if (Date.now() > deadline) throw error;
				await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			}
		}
	}
}

/** Sends a signal and waits for the end; a process that does not listen is killed. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill(signal);
	const last = setTimeout(() => killGroup(child, 'SIGKILL'), STOP_MS);
	await ended;
	clearTimeout(last);
}

/**
 * Starts a real n8n of a version, from the per-user cache (filled where it is empty), with the
 * packed package installed the way n8n installs it, an owner's account, and logged in.
 *
 * @throws Error with the end of n8n's log when it does not start
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const { ensureN8n } = await import('../../tools/n8n/install.mjs');
	const version = options.version ?? '2.41.1';
	const program = await ensureN8n(version);
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'nemovideo-n8n-')));
	await mkdir(userFolder, { recursive: true });
	const tarball = options.tarball === undefined ? await packedTarball() : options.tarball;
	if (tarball !== null) await installPackage(userFolder, tarball);
	const ports = {
		http: options.port ?? (await freePort()),
		broker: await freePort(),
		health: await freePort(),
	};
	const n8n = new N8n(
		version,
		program,
		userFolder,
		options.logFile ?? join(userFolder, 'n8n.log'),
		ports,
		{ N8N_LOG_LEVEL: options.logLevel ?? 'info', ...options.env },
		options.userFolder === undefined,
	);
	try {
		await n8n.start();
	} catch (error) {
		await n8n.close();
		throw error;
	}
	return n8n;
}
