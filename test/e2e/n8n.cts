import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nApi } from './api.cts';
import { installPackage, packedTarball } from './communityPackage.cts';
import { n8nEnvironment, type Ports } from './environment.cts';
import { N8nProcess, START_MS } from './n8nProcess.cts';
import { freePort } from './ports.cts';

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

export interface WorkerOptions {
	/** Executions that it takes on at once; n8n's default where left out. */
	concurrency?: number;
	/** Added to the environment that it shares with main. */
	env?: Record<string, string>;
}

async function freePorts(): Promise<Ports> {
	return { http: await freePort(), broker: await freePort(), health: await freePort() };
}

/** A real n8n, driven from outside. */
export class N8n {
	api: N8nApi;
	private main: N8nProcess | undefined;
	/** Queue workers and second main processes. */
	private readonly others: N8nProcess[] = [];

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
		return this.main?.pid;
	}

	/** Starts n8n, waits until it answers and logs in. */
	async start(): Promise<void> {
		const main = this.spawn(['start'], this.ports, this.userFolder);
		this.main = main;
		await main.waitUntilReady(`${this.url}/healthz/readiness`);
		this.api = new N8nApi(this.url);
		await this.logIn(this.api);
	}

	/**
	 * Starts a queue worker with a folder of its own, as in a container of its own, in which the
	 * package is installed as well. The queue itself (EXECUTIONS_MODE, Redis, the database and the
	 * encryption key) comes with the options' `env`.
	 */
	async startWorker({ concurrency, env = {} }: WorkerOptions = {}): Promise<N8nProcess> {
		const ports = await freePorts();
		const folder = join(this.userFolder, `worker-${this.others.length + 1}`);
		const nodes = join('.n8n', 'nodes');
		await cp(join(this.userFolder, nodes), join(folder, nodes), { recursive: true });
		const flags = concurrency === undefined ? [] : [`--concurrency=${concurrency}`];
		const worker = this.spawn(['worker', ...flags], ports, folder, {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			// Else a worker would take its own port for that of the webhooks.
			WEBHOOK_URL: `${this.url}/`,
			...env,
		});
		this.others.push(worker);
		await worker.waitUntilReady(`http://127.0.0.1:${ports.health}/healthz/readiness`);
		return worker;
	}

	/**
	 * Starts a second main process on the same database and folder, as a deployment does that lets
	 * the new one begin before the old one has ended.
	 */
	async startTwin(): Promise<N8nApi> {
		const ports = await freePorts();
		const twin = this.spawn(['start'], ports, this.userFolder);
		this.others.push(twin);
		const url = `http://127.0.0.1:${ports.http}`;
		await twin.waitUntilReady(`${url}/healthz/readiness`);
		const api = new N8nApi(url);
		await this.logIn(api);
		return api;
	}

	/** Sends a signal to n8n's main process and waits for its end. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
		await this.main?.end(signal);
		this.main = undefined;
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

	/** @returns all that n8n's processes have printed since the first start */
	async log(): Promise<string> {
		const files = new Set([this.logFile, ...this.others.map(({ logFile }) => logFile)]);
		const logs = await Promise.all([...files].map(async (file) => await readFile(file, 'utf8')));
		return logs.join('\n');
	}

	/** Ends n8n and its workers, and removes the user folder where it is a temporary one. */
	async close(): Promise<void> {
		await Promise.all(this.others.map(async (other) => await other.end('SIGTERM')));
		await this.kill('SIGTERM');
		if (this.isTemporary) await rm(this.userFolder, { recursive: true, force: true });
	}

	private spawn(
		args: readonly string[],
		ports: Ports,
		folder: string,
		env: Record<string, string> = {},
	): N8nProcess {
		const isOwn = folder !== this.userFolder;
		return new N8nProcess(this.program, args, {
			cwd: folder,
			env: n8nEnvironment(this.program.node, folder, ports, { ...this.env, ...env }),
			logFile: isOwn ? join(folder, 'n8n.log') : this.logFile,
		});
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
	const ports = { ...(await freePorts()), ...(options.port && { http: options.port }) };
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
