import { N8n } from './n8n.cts';
import type { SqlRow } from './sqlite.cts';
import { NotHereError } from './source.cts';

const NO_PROGRAM = {
	version: '',
	launch: (): never => {
		throw new NotHereError('it starts an n8n of its own');
	},
};
const NO_PORTS = { http: 0, broker: 0, health: 0 };

/** An n8n that somebody else has started: rows may use it, and neither end it nor read its files. */
class RunningN8n extends N8n {
	constructor(
		private readonly address: string,
		version: string,
	) {
		super({ ...NO_PROGRAM, version }, NO_PORTS, { folder: '', logFile: '', env: {} });
	}

	override get url(): string {
		return this.address;
	}

	override get userFolder(): string {
		throw new NotHereError("it reads n8n's folder");
	}

	override async kill(): Promise<void> {
		throw new NotHereError('it ends n8n');
	}

	override async log(): Promise<string> {
		throw new NotHereError("it reads n8n's log");
	}

	override async sql(): Promise<SqlRow[]> {
		throw new NotHereError("it reads n8n's database");
	}

	override async close(): Promise<void> {
		// It goes on as it was found.
	}
}

/**
 * Logs in to an n8n that runs already, as the owner that these tests make, or as `N8N_TEST_LOGIN`
 * (`mail:password`) says.
 *
 * @throws Error where it doesn't answer, refuses the login, or lacks the package
 */
export async function useRunningN8n(url: string): Promise<N8n> {
	const address = url.replace(/\/+$/, '');
	const unknown = new RunningN8n(address, '');
	await unknown.api.logIn();
	const { versionCli } = await unknown.api.call<{ versionCli: string }>('GET', '/settings');
	const n8n = new RunningN8n(address, versionCli);
	await n8n.api.logIn();
	return n8n;
}
