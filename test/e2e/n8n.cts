import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nApi } from './api.cts';
import { installPackage, packedTarball } from './communityPackage.cts';
import { n8nEnvironment, type Ports } from './environment.cts';
import { N8nProcess, START_MS } from './n8nProcess.cts';
import { freePort } from './ports.cts';
import { NotHereError, pathOf, programOf, type N8nProgram, type N8nSource } from './source.cts';
import { queryDatabase, type SqlRow, type SqlValue } from './sqlite.cts';

const POLL_MS = 100;

/** The newest 2.x that npm serves whole, unless a suite asks for another one. */
const DEFAULT_VERSION = '2.41.1';

export interface N8nOptions {
	/** A version on npm. */
	version?: string;
	/** Where it comes from, where that isn't npm. */
	source?: Exclude<N8nSource, { url: string }>;
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

interface Place {
	/** N8N_USER_FOLDER. */
	folder: string;
	logFile: string;
	/** Added to n8n's environment. */
	env: Record<string, string>;
	/** Whether the folder goes when n8n does. */
	isTemporary?: boolean;
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
		private readonly program: N8nProgram,
		private readonly ports: Ports,
		private readonly place: Place,
	) {
		this.api = new N8nApi(this.url);
	}

	get version(): string {
		return this.program.version;
	}

	get userFolder(): string {
		return this.place.folder;
	}

	get logFile(): string {
		return this.place.logFile;
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
		this.place.env = { ...this.place.env, ...env };
		await this.start();
	}

	/** Asks n8n's SQLite, or writes to it: only while n8n is stopped. */
	async sql(statement: string, values: readonly SqlValue[] = []): Promise<SqlRow[]> {
		const { local } = this.program;
		if (local === undefined) throw new NotHereError("it reads n8n's database");
		const file = join(this.userFolder, '.n8n', 'database.sqlite');
		return await queryDatabase(local, file, statement, values);
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
		if (this.place.isTemporary === true)
			await rm(this.userFolder, { recursive: true, force: true });
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
			env: n8nEnvironment(pathOf(this.program), folder, ports, { ...this.place.env, ...env }),
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
 * Starts a real n8n, by default of npm and the per-user cache (filled where it is empty), with the
 * packed package installed the way n8n installs it, an owner's account, and logged in.
 *
 * @throws Error with the end of n8n's log when it does not start
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const program = await programOf(options.source ?? { npm: options.version ?? DEFAULT_VERSION });
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'nemovideo-n8n-')));
	await mkdir(userFolder, { recursive: true });
	const tarball = options.tarball === undefined ? await packedTarball() : options.tarball;
	if (tarball !== null) await installPackage(userFolder, tarball);
	const ports = { ...(await freePorts()), ...(options.port && { http: options.port }) };
	const n8n = new N8n(program, ports, {
		folder: userFolder,
		logFile: options.logFile ?? join(userFolder, 'n8n.log'),
		env: { N8N_LOG_LEVEL: options.logLevel ?? 'info', ...options.env },
		isTemporary: options.userFolder === undefined,
	});
	try {
		await n8n.start();
	} catch (error) {
		await n8n.close();
		throw error;
	}
	return n8n;
}
