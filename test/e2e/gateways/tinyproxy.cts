import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianProgram, type DebianProgram } from '../debian.cts';
import { freePort } from '../ports.cts';
import { startService, type RunningService } from '../service.cts';
import type { TestContext } from '../testContext.cts';

export const TINYPROXY: DebianProgram = { name: 'tinyproxy', packages: ['tinyproxy'] };

/** What a proxy does with requests. */
export type ProxyRule =
	| 'open'
	/** Asks for a user name and a password. */
	| 'login'
	/** Lets nobody reach this machine. */
	| 'forbidding';

/** A real forward proxy, with a folder of its own. */
export class Tinyproxy {
	private service: RunningService | undefined;

	/** Use `startTinyproxy`. */
	constructor(
		private readonly program: string,
		private readonly folder: string,
		readonly port: number,
	) {}

	/** As in HTTP_PROXY. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Starts it anew on the same port, by another rule. */
	async follow(rule: ProxyRule): Promise<void> {
		await this.stop();
		const file = join(this.folder, 'tinyproxy.conf');
		const filter = join(this.folder, 'forbidden');
		await writeFile(filter, '^(localhost|127\\.0\\.0\\.1)$\n');
		const rules: Readonly<Record<ProxyRule, readonly string[]>> = {
			open: [],
			login: ['BasicAuth employee unknown-to-n8n'],
			forbidding: [`Filter "${filter}"`, 'FilterExtended Yes'],
		};
		const lines = [
			`Port ${this.port}`,
			'Listen 127.0.0.1',
			'Allow 127.0.0.1',
			'Timeout 600',
			'MaxClients 100',
			'LogLevel Info',
			...rules[rule],
		];
		await writeFile(file, `${lines.join('\n')}\n`);
		this.service = await startService(this.program, ['-d', '-c', file], /Accepting connections/);
	}

	async stop(): Promise<void> {
		await this.service?.close();
		this.service = undefined;
	}

	/** Stops it and removes its folder. */
	async close(): Promise<void> {
		await this.stop();
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** Starts a proxy that ends with the row. */
export async function startTinyproxy(world: TestContext, rule: ProxyRule): Promise<Tinyproxy> {
	const program = await debianProgram(TINYPROXY);
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-tinyproxy-'));
	const proxy = new Tinyproxy(program, folder, await freePort());
	world.atEnd(async () => await proxy.close());
	await proxy.follow(rule);
	return proxy;
}
