import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger as N8nLogger } from 'n8n-workflow';

/** n8n's two stores that need no server: files on disk, or base64 inside the item. */
export type BinaryMode = 'filesystem' | 'default';

interface Container {
	get<T>(type: unknown): T;
	set<T>(type: unknown, instance: T): void;
}

/**
 * n8n-core brings its own copy of the dependency container; another copy in the tree would be
 * another, empty, container. So it is resolved from where n8n-core stands.
 */
const fromCore = createRequire(require.resolve('n8n-core'));

/** Everything n8n would have logged, at every level, one line each. */
export const logLines: string[] = [];

type Level = 'error' | 'warn' | 'info' | 'debug';

class CapturingLogger implements N8nLogger {
	scoped(): this {
		return this;
	}

	error = this.line('error');
	warn = this.line('warn');
	info = this.line('info');
	debug = this.line('debug');

	private line(level: Level) {
		return (message: string, metadata?: object): void => {
			logLines.push(`${level} ${message} ${describe(metadata)}`);
		};
	}
}

function describe(metadata: unknown): string {
	if (metadata === undefined) return '';
	try {
		return JSON.stringify(metadata, (_key, value: unknown) =>
			value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
		);
	} catch {
		return String(metadata);
	}
}

interface Platform {
	folder: string;
	useBinaryMode(mode: BinaryMode): Promise<void>;
	dispose(): void;
}

const ENCRYPTION_KEY = 'engine-tests';

let platform: Platform | undefined;

/**
 * Sets n8n's services up as its command line does before the first execution: instance settings
 * with an encryption key in a folder of our own, a logger, and the binary data service.
 *
 * @returns the same platform for every call until `stopPlatform`
 */
export function startPlatform(): Platform {
	platform ??= createPlatform();
	return platform;
}

function createPlatform(): Platform {
	const folder = mkdtempSync(join(tmpdir(), 'nemovideo-engine-'));
	process.env.N8N_USER_FOLDER = folder;
	process.env.N8N_ENCRYPTION_KEY = ENCRYPTION_KEY;
	process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

	const { Container } = fromCore('@n8n/di') as { Container: Container };
	const common = fromCore('@n8n/backend-common') as { Logger: unknown };
	const workflow = require('n8n-workflow') as typeof import('n8n-workflow');
	const logger = new CapturingLogger();
	Container.set(common.Logger, logger);
	workflow.LoggerProxy.init(logger);

	const core = require('n8n-core') as typeof import('n8n-core');
	const config = Container.get<{ mode: BinaryMode; localStoragePath: string }>(
		core.BinaryDataConfig,
	);
	config.localStoragePath = join(folder, 'storage');
	const key = {
		id: 'instance',
		value: Container.get<InstanceType<typeof core.Cipher>>(core.Cipher).encryptDEKWithInstanceKey(
			ENCRYPTION_KEY,
		),
		algorithm: 'aes-256-cbc' as const,
		format: 'no-prefix' as const,
	};
	const give = async () => await Promise.resolve(key);
	Container.get<InstanceType<typeof core.EncryptionKeyProxy>>(core.EncryptionKeyProxy).setProvider({
		getActiveKey: give,
		getKeyById: give,
		getLegacyKey: give,
	});

	return {
		folder,
		async useBinaryMode(mode) {
			config.mode = mode;
			await Container.get<InstanceType<typeof core.BinaryDataService>>(
				core.BinaryDataService,
			).init();
		},
		dispose() {
			rmSync(folder, { recursive: true, force: true });
			platform = undefined;
		},
	};
}

/** Removes what n8n has stored. A later `startPlatform` begins with a folder of its own. */
export function stopPlatform(): void {
	platform?.dispose();
}

/** One of n8n-core's services, e.g. its BinaryDataService. */
export function service<T>(type: abstract new (...args: never[]) => T): T {
	const { Container } = fromCore('@n8n/di') as { Container: Container };
	return Container.get<T>(type);
}
