import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram } from '../debian.cts';
import { freePort } from '../ports.cts';
import { startService, type Service } from '../service.cts';

const execute = promisify(execFile);

const USER = 'n8n';

export interface Postgres extends Service {
	/** Makes an empty database. */
	createDatabase(name: string): Promise<void>;
	/** What n8n's environment needs to use one of its databases. */
	environment(database: string): Record<string, string>;
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
async function owner(): Promise<{ uid?: number; gid?: number }> {
	if (process.getuid?.() !== 0) return {};
	const id = async (flag: string): Promise<number> =>
		Number((await execute('id', [flag, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

/** Starts a PostgreSQL with a cluster of its own. */
export async function startPostgres(): Promise<Postgres> {
	const program = await debianProgram({
		name: 'postgres',
		packages: ['postgresql'],
		folders: ['/usr/lib/postgresql/*/bin'],
	});
	const tool = async (name: string): Promise<string> =>
		await debianProgram({
			name,
			packages: ['postgresql'],
			folders: [dirname(program), '/usr/lib/postgresql/*/bin'],
		});
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-postgres-'));
	const as = await owner();
	if (as.uid !== undefined && as.gid !== undefined) await chown(folder, as.uid, as.gid);
	const options = { ...as, cwd: folder };
	const data = join(folder, 'data');
	const init = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '-N'];
	await execute(await tool('initdb'), init, options);
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: '300',
		// The data is thrown away; the disk of a small machine is slow.
		fsync: 'off',
	};
	const service = await startService(
		program,
		[
			...['-D', data, '-p', String(port)],
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		/database system is ready to accept connections/,
		options,
	);
	const psql = await tool('psql');
	return {
		port,
		async createDatabase(name) {
			const where = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', 'postgres'];
			await execute(psql, [...where, '-q', '-c', `CREATE DATABASE "${name}"`], options);
		},
		environment: (database) => ({
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: USER,
			DB_POSTGRESDB_DATABASE: database,
		}),
		async close() {
			await service.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
