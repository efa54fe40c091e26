import { homedir } from 'node:os';
import { startEmulator } from '../../../../emulator/server.cts';
import { ENVIRONMENT, recordedVersions, readRecord } from '../records.cts';
import { STORIES, type Replay, type StoryName } from '../stories.cts';
import type { SqlRow } from '../../sqlite.cts';
import type { Scenario } from '../../scenario.cts';
import type { TestContext } from '../../testContext.cts';

const NAMES = Object.keys(STORIES) as StoryName[];

/** Those that this n8n can have been updated from: its own, and older ones. */
const versionsUpTo = (version: string): string[] =>
	recordedVersions().filter(
		(recorded) => recorded.localeCompare(version, 'en', { numeric: true }) <= 0,
	);

async function insert(world: TestContext, table: string, row: SqlRow): Promise<void> {
	const columns = Object.keys(row);
	const marks = columns.map(() => '?').join(', ');
	const names = columns.map((column) => `"${column}"`).join(', ');
	await world.n8n.sql(`INSERT INTO ${table} (${names}) VALUES (${marks})`, Object.values(row));
}

/** Makes ready what the recorded execution refers to, and says how to put it into the database. */
async function prepare(
	world: TestContext,
	version: string,
	story: StoryName,
): Promise<{
	story: StoryName;
	replay: Omit<Replay, 'executionId'>;
	put(due: string): Promise<string>;
}> {
	const emulator = await startEmulator();
	world.atEnd(async () => await emulator.close());
	const credential = await world.credential(emulator);
	const saved = await world.save(STORIES[story].workflow, credential);
	const names = {
		workflow: saved.id,
		credential,
		emulator: emulator.url,
		folder: world.n8n.userFolder,
		home: homedir(),
	};
	const { execution, data, sessions } = readRecord(version, story, names);
	emulator.sessions.restore(sessions);
	const put = async (due: string): Promise<string> => {
		const { id: _old, waitTill, ...columns } = execution;
		await insert(world, 'execution_entity', {
			...columns,
			waitTill: typeof waitTill === 'string' ? due : null,
		});
		const [row] = await world.n8n.sql('SELECT max(id) AS id FROM execution_entity');
		const id = row?.id ?? null;
		await insert(world, 'execution_data', { ...data, executionId: id });
		return String(id);
	};
	return { story, replay: { api: world.api, emulator, workflow: saved }, put };
}

const goesOn: Scenario = {
	name: 'Saved workflows and executions of earlier versions open, are retried and go on',
	tags: ['history', 'memory', 'retry', 'twice'],
	issue: 19,
	async run(world) {
		const before = Date.now();
		const own = await world.ownN8n(ENVIRONMENT);
		const startMs = Date.now() - before;
		const versions = versionsUpTo(own.version);
		const prepared = [];
		for (const version of versions) {
			for (const story of NAMES) prepared.push(await prepare(own, version, story));
		}
		await own.n8n.kill('SIGTERM');
		// n8n takes what is due while it starts for something that it has crashed in.
		const due = new Date(Date.now() + startMs * 1.3 + 2_000)
			.toISOString()
			.replace(/[TZ]/g, ' ')
			.trim();
		const ids: string[] = [];
		for (const { put } of prepared) ids.push(await put(due));
		await own.n8n.start();
		const { api } = own;
		await Promise.all(
			prepared.map(async ({ story, replay }, index) => {
				await STORIES[story].goOn({ ...replay, api, executionId: ids[index] ?? '' });
			}),
		);
		return { 'recorded by n8n': versions.join(', '), executions: ids.length };
	},
};

export const area = 'Updates of the package';
export const rows: readonly Scenario[] = [goesOn];
