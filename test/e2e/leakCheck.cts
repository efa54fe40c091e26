import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Emulator } from '../../emulator/server.cts';
import type { N8n } from './n8n.cts';
import { RestError } from './rest.cts';
import { SecretSearch, type Hit } from './secretSearch.cts';

/** Every token that an emulator of this run knew or gave out. */
const tokens = new Set<string>();
/** What was told to whom: URLs and headers, without the one header that is for the API alone. */
const requests: Array<{ place: string; text: string }> = [];

/** Keeps what a backend gives out and receives, for `lookForSecrets`; also beyond its resets. */
export function remember(emulator: Emulator): void {
	const takeTokens = (): void => {
		for (const { token } of emulator.tokens.all()) tokens.add(token);
	};
	takeTokens();
	emulator.events.on(({ type, request }) => {
		if (type === 'mint') takeTokens();
		if (type !== 'request') return;
		const entry = emulator.requests.all().at(-1);
		if (entry === undefined || entry.seq !== request) return;
		const { origin, method, path, query, headers } = entry;
		const { authorization, ...others } = headers;
		const told = origin === 'api' ? others : { ...others, authorization };
		requests.push({
			place: `${origin === 'api' ? 'URL or header of an API request' : 'request to another origin'}: ${method} ${path}`,
			text: `${method} ${path}?${query} ${JSON.stringify(told)}`,
		});
	});
}

/** @returns every token so far */
export function knownTokens(): ReadonlySet<string> {
	return tokens;
}

/** What was looked through before it was removed: the folders of n8ns that rows had to themselves. */
const earlier = { count: 0, bytes: 0, hits: [] as Hit[] };

/** Looks through an n8n's folder and log that are about to be removed, for the tokens so far. */
export async function lookBeforeRemoval(n8n: N8n): Promise<void> {
	const search = new SecretSearch(tokens);
	await lookThroughFolder(search, n8n.userFolder);
	earlier.count += 1;
	earlier.bytes += search.bytes;
	earlier.hits.push(...search.hitsOf(tokens));
}

/** @returns what `lookBeforeRemoval` came to since the last call */
export function lookedThroughEarlier(): Readonly<typeof earlier> {
	const found = { ...earlier, hits: [...earlier.hits] };
	Object.assign(earlier, { count: 0, bytes: 0, hits: [] });
	return found;
}

export interface Extent {
	executions: number;
	files: number;
	requests: number;
}

/** Looks through all that a run has left: n8n's folder and log, its REST answers, the requests. */
export async function lookForSecrets(search: SecretSearch, n8n: N8n): Promise<Extent> {
	for (const { place, text } of requests) search.look(Buffer.from(text), place);
	const executions = await lookThroughRest(search, n8n);
	// Last, so that the log and the database hold all the above.
	const files = await lookThroughFolder(search, n8n.userFolder);
	return { executions, files, requests: requests.length };
}

async function lookThroughRest(search: SecretSearch, n8n: N8n): Promise<number> {
	const look = async (path: string, place: string): Promise<unknown> => {
		const bytes = await n8n.api.bytes(path);
		search.look(bytes, place);
		return JSON.parse(bytes.toString());
	};
	// Pages work differently in each n8n; the numbers of executions do not.
	const newest = await look('/executions?limit=1', 'REST answer: executions');
	const { results } = Object(Object(newest).data) as { results: Array<{ id: string }> };
	let count = 0;
	for (let id = Number(results[0]?.id ?? 0); id > 0; id--) {
		try {
			await look(`/executions/${id}`, 'REST answer: execution');
			count += 1;
		} catch (error) {
			// Deleted by hand or by n8n's pruning.
			if (!(error instanceof RestError && error.status === 404)) throw error;
		}
	}
	for (const kind of ['workflows', 'credentials']) {
		const list = await look(`/${kind}`, `REST answer: ${kind}`);
		const { data } = Object(list) as { data: Array<{ id: string }> };
		for (const { id } of data) {
			const query = kind === 'credentials' ? '?includeData=true' : '';
			await look(`/${kind}/${id}${query}`, `REST answer: ${kind}`);
		}
	}
	return count;
}

/** What a file in n8n's folder is, by its name. */
function kindOf(path: string): string {
	if (/database\.sqlite/.test(path)) return 'database';
	if (/binary/i.test(path) || /^\.n8n\/storage/.test(path)) return 'binary store';
	if (/\.log$/.test(path)) return 'log';
	return 'other file';
}

async function lookThroughFolder(search: SecretSearch, folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	for (const file of files) {
		const path = join(file.parentPath, file.name);
		const pieces = createReadStream(path, { highWaterMark: 16 * 1024 * 1024 });
		await search.lookThrough(
			pieces,
			`${kindOf(relative(folder, path))}: ${relative(folder, path)}`,
		);
	}
	return files.length;
}
