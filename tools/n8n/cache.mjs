import { homedir } from 'node:os';
import { join } from 'node:path';

/** The n8n versions this package is tested in: the newest 1.x and the 2.x of its n8n-core. */
export const N8N_VERSIONS = ['2.41.1', '1.123.81'];

/** @returns {string} the per-user folder that every clone of this repository shares */
export function cacheFolder() {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-nemovideo');
}
