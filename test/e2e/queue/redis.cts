import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianProgram } from '../debian.cts';
import { freePort } from '../ports.cts';
import { startService, type Service } from '../service.cts';

/** Starts a Redis that keeps nothing. */
export async function startRedis(): Promise<Service> {
	const program = await debianProgram({ name: 'redis-server', packages: ['redis-server'] });
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-redis-'));
	const port = await freePort();
	const settings = {
		bind: '127.0.0.1',
		port: String(port),
		dir: folder,
		appendonly: 'no',
		save: '',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	const service = await startService(program, args, /Ready to accept connections/i);
	return {
		port,
		async close() {
			await service.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
