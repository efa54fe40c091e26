import { delimiter } from 'node:path';

export interface Ports {
	/** Editor, REST and webhooks. */
	http: number;
	/** n8n's broker of task runners. */
	broker: number;
	/** The health check of a queue worker. */
	health: number;
}

/** What n8n would otherwise send to, or ask of, the outside world. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
};

/** Settings of the person at the keyboard that must not reach a test's n8n. */
const PERSONAL = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|WEBHOOK_URL$|GENERIC_TIMEZONE$|NODE_)/;

/**
 * @param path what goes first on the path, such as the Node that runs n8n
 * @param overrides win over everything
 * @returns the environment of an n8n that lives in its own folder and calls nobody
 */
export function n8nEnvironment(
	path: readonly string[],
	userFolder: string,
	ports: Ports,
	overrides: Record<string, string>,
): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !PERSONAL.test(name));
	return {
		...Object.fromEntries(inherited),
		...QUIET,
		PATH: [...path, process.env.PATH].join(delimiter),
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(ports.http),
		N8N_RUNNERS_BROKER_PORT: String(ports.broker),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		QUEUE_HEALTH_CHECK_PORT: String(ports.health),
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_OUTPUT: 'console',
		DB_TYPE: 'sqlite',
		// Without a pool, n8n 1 runs transactions of parallel requests over one connection and breaks.
		DB_SQLITE_POOL_SIZE: '3',
		// Else n8n 2 answers 503 for a while where the machine stands still for five seconds.
		DB_PING_TIMEOUT_MS: '60000',
		...overrides,
	};
}
