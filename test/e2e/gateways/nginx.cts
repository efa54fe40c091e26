import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianProgram, type DebianProgram } from '../debian.cts';
import { freePort } from '../ports.cts';
import { startService, type RunningService } from '../service.cts';
import type { TestContext } from '../testContext.cts';
import type { Certificate } from './certificate.cts';

export const NGINX: DebianProgram = {
	name: 'nginx',
	packages: ['nginx'],
	folders: ['/usr/sbin'],
};

/** Where nginx would else write outside its folder. */
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

export interface NginxSettings {
	/** Directives of the server, e.g. `client_max_body_size 1m`. */
	directives?: readonly string[];
	/** Where requests go, e.g. `http://127.0.0.1:8080`. */
	backend: string;
	/** nginx speaks TLS with it. */
	tls?: Certificate;
}

/** A real nginx in one process, with a folder of its own. */
export class Nginx {
	private service: RunningService | undefined;

	/** Use `startNginx`. */
	constructor(
		private readonly program: string,
		private readonly folder: string,
		readonly port: number,
		private readonly isTls: boolean,
	) {}

	get url(): string {
		return `${this.isTls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
	}

	async start(): Promise<void> {
		const args = ['-p', this.folder, '-c', join(this.folder, 'nginx.conf'), '-e', 'stderr'];
		// It listens before it says how it will wait for events.
		this.service = await startService(this.program, args, /event method/);
	}

	/** Ends at once, with all connections. */
	async stop(): Promise<void> {
		await this.service?.close();
		this.service = undefined;
	}

	/** @returns what it has answered so far, e.g. `POST /run_sse 504 -`; the last is the encoding */
	async answers(): Promise<string[]> {
		const log = await readFile(join(this.folder, 'access.log'), 'utf8');
		return log.split('\n').filter((line) => line !== '');
	}

	/** Stops it and removes its folder. */
	async close(): Promise<void> {
		await this.stop();
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** Starts an nginx that ends with the row. */
export async function startNginx(world: TestContext, settings: NginxSettings): Promise<Nginx> {
	const program = await debianProgram(NGINX);
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-nginx-'));
	const port = await freePort();
	await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, settings));
	const nginx = new Nginx(program, folder, port, settings.tls !== undefined);
	world.atEnd(async () => await nginx.close());
	await nginx.start();
	return nginx;
}

function configuration(
	folder: string,
	port: number,
	{ backend, directives = [], tls }: NginxSettings,
): string {
	const lines = (list: readonly string[]): string => list.map((line) => `${line};`).join('\n');
	const secure = tls
		? [`ssl_certificate ${tls.certificate}`, `ssl_certificate_key ${tls.key}`]
		: [];
	const http = [
		"log_format answers '$request_method $uri $status $sent_http_content_encoding'",
		`access_log ${join(folder, 'access.log')} answers`,
		...TEMPORARY.map((name) => `${name}_temp_path ${join(folder, name)}`),
	];
	return `${lines([
		'daemon off',
		'master_process off',
		`pid ${join(folder, 'nginx.pid')}`,
		'error_log stderr notice',
	])}
events { worker_connections 512; }
http {
${lines(http)}
server {
${lines([`listen 127.0.0.1:${port}${tls ? ' ssl' : ''}`, ...secure, ...directives])}
location / {
${lines([`proxy_pass ${backend}`, 'proxy_http_version 1.1', 'proxy_set_header Host $http_host'])}
}
}
}
`;
}
