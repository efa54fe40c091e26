import { randomBytes } from 'node:crypto';
import { startPostgres, type Postgres } from './postgres.cts';
import { startRedis } from './redis.cts';
import type { Service } from '../service.cts';

/** Redis and PostgreSQL, shared by all n8ns of a run; each n8n has a queue and a database there. */
export class Cluster {
	private count = 0;

	private constructor(
		private readonly redis: Service,
		private readonly postgres: Postgres,
	) {}

	static async start(): Promise<Cluster> {
		const redis = await startRedis();
		try {
			return new Cluster(redis, await startPostgres());
		} catch (error) {
			await redis.close();
			throw error;
		}
	}

	/** @returns what an n8n and its workers need in their environment to use a queue of their own */
	async environment(): Promise<Record<string, string>> {
		const name = `n8n${(this.count += 1)}`;
		await this.postgres.createDatabase(name);
		return {
			...this.postgres.environment(name),
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
			QUEUE_BULL_PREFIX: name,
			// A worker that was killed is noticed within seconds instead of a minute and a half.
			QUEUE_WORKER_LOCK_DURATION: '10000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
			// Workers have folders of their own, so n8n 1's own default would lose files between them.
			N8N_AVAILABLE_BINARY_DATA_MODES: 'filesystem,database',
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		};
	}

	async close(): Promise<void> {
		await Promise.all([this.redis.close(), this.postgres.close()]);
	}
}
