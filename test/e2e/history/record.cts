/**
 * `npm run history`: keeps what this version of the package leaves in an n8n's database: workflows,
 * and executions that finished, failed and wait. Later versions must go on with them (the rows of
 * `npm run e2e -- history`).
 */
import { homedir } from 'node:os';
import { EMULATOR_TOKEN, startEmulator } from '../../../emulator/server.cts';
import { endInWords } from '../../../tools/plainWords.cjs';
import { startN8n, type N8n } from '../n8n.cts';
import { VERSIONS } from '../options.cts';
import { ENVIRONMENT, writeRecord, type HistoryRecord } from './records.cts';
import { STORIES, type StoryName } from './stories.cts';

async function recordStory(n8n: N8n, story: StoryName): Promise<string> {
	const { workflow, status, credits } = STORIES[story];
	const emulator = await startEmulator();
	try {
		emulator.tokens.add(EMULATOR_TOKEN, { credits });
		const data = { connectWith: 'accessToken', token: EMULATOR_TOKEN, baseUrl: emulator.url };
		const credential = await n8n.api.createCredential(story, data);
		const saved = await n8n.api.createWorkflow(workflow, { nemoVideoApi: credential });
		const id = await n8n.api.run(saved);
		if (status === 'waiting') await n8n.api.waitForStatus(id, status);
		else await n8n.api.waitForExecution(id);
		const sessions = emulator.sessions.save();
		const names = {
			workflow: saved.id,
			credential,
			emulator: emulator.url,
			folder: n8n.userFolder,
			home: homedir(),
		};
		await n8n.kill('SIGTERM');
		const record = { ...(await readExecution(n8n, id)), sessions };
		if (record.execution.status !== status) {
			throw new Error(`The execution to be ${status} was ${record.execution.status}`);
		}
		const file = writeRecord(n8n.version, story, record, names);
		await n8n.start();
		return file;
	} finally {
		await emulator.close();
	}
}

async function readExecution(n8n: N8n, id: string): Promise<Omit<HistoryRecord, 'sessions'>> {
	const [execution] = await n8n.sql('SELECT * FROM execution_entity WHERE id = ?', [id]);
	const [data] = await n8n.sql('SELECT * FROM execution_data WHERE executionId = ?', [id]);
	if (execution === undefined || data === undefined) throw new Error(`n8n kept no execution ${id}`);
	return { execution, data };
}

async function recordVersion(version: string): Promise<void> {
	console.log(`Starting n8n ${version} …`);
	const n8n = await startN8n({ version, env: ENVIRONMENT });
	try {
		for (const story of Object.keys(STORIES) as StoryName[]) {
			console.log(`recorded ${await recordStory(n8n, story)}`);
		}
	} finally {
		await n8n.close();
	}
}

async function main(): Promise<void> {
	for (const version of VERSIONS) await recordVersion(version);
}

void endInWords(main)
	.finally(() => process.exit());
