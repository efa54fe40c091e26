/**
 * `npm start`: the demo's n8n for clicking. Its data stays in output/n8n, so what is made there is
 * found again at the next start.
 */
import { join } from 'node:path';
import { EMULATOR_TOKEN, startEmulator } from '../../emulator/server.cts';
import type { N8nApi } from '../../test/e2e/api.cts';
import { startN8n, type N8n } from '../../test/e2e/n8n.cts';
import { isFree, freePort } from '../../test/e2e/ports.cts';
import { OWNER } from '../../test/e2e/rest.cts';
import { plainWords } from '../plainWords.cjs';
import { PHOTO_FOLDER } from './example.cts';
import { ensureExamples, type ReadyExample } from './startExamples.cts';
import { wayInWords } from './startPlan.cts';

const USER_FOLDER = join(__dirname, '..', '..', 'output', 'n8n');
const N8N_PORT = 5678;
const EMULATOR_PORT = 8799;
const CREDENTIAL = { name: 'NemoVideo account', type: 'nemoVideoApi' };

const portNear = async (wanted: number): Promise<number> =>
	(await isFree(wanted)) ? wanted : await freePort();

interface Named {
	id: string;
	name: string;
}

/** @returns the id of the credential, which points to the emulator of this start */
async function ensureCredential(api: N8nApi, baseUrl: string): Promise<string> {
	const data = { connectWith: 'accessToken', token: EMULATOR_TOKEN, baseUrl };
	const known = await api.call<Named[]>('GET', '/credentials');
	const found = known.find(({ name }) => name === CREDENTIAL.name);
	if (found === undefined) return await api.createCredential(CREDENTIAL.name, data);
	await api.call('PATCH', `/credentials/${found.id}`, { ...CREDENTIAL, data });
	return found.id;
}

/** The link to an example's workflow; n8n asks for the login on the way to it. */
const linkTo = (url: string, { id }: ReadyExample): string => `${url}/workflow/${id}`;

function printHelp({ url, logFile }: N8n, examples: readonly ReadyExample[]): void {
	const [first] = examples;
	if (first === undefined) throw new Error('There is no example to begin with');
	const lines = examples.map((example) => {
		const { plan, name } = example;
		return `  ${name}\n    ${wayInWords(plan.way)}: ${linkTo(url, example)}`;
	});
	console.log(`
1. Open    ${linkTo(url, first)}
2. Log in  ${OWNER.email}
           ${OWNER.password}
3. Press "Execute workflow". A film of five photos takes about a minute. Then double-click the last
   node: its output has the MP4.

All examples, with photos, tables and a credential in place, the easiest first:
${lines.join('\n')}

The films are put together on this machine, as a stand-in for NemoVideo: your photos, a title and
music. What NemoVideo itself makes, cuts and voice-over included, needs an account or the free trial.

Log: ${logFile}
Ctrl+C stops everything. What you make is kept in output/n8n.`);
}

async function main(): Promise<void> {
	const emulator = await startEmulator({
		port: await portNear(EMULATOR_PORT),
		renders: 'composite',
	});
	const { withProgress } = await import('../process.mjs');
	const n8n = await withProgress('Starting n8n', async () =>
		startN8n({
			userFolder: USER_FOLDER,
			port: await portNear(N8N_PORT),
			env: { N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER },
		}),
	);
	let leaving = false;
	const leave = (): void => {
		if (leaving) return;
		leaving = true;
		console.log('\nStopping …');
		void Promise.all([n8n.close(), emulator.close()]).then(() => process.exit(0));
	};
	process.on('SIGINT', leave);
	process.on('SIGTERM', leave);
	const credentialId = await ensureCredential(n8n.api, emulator.url);
	printHelp(n8n, await ensureExamples(n8n.api, credentialId, PHOTO_FOLDER));
}

void main().catch((error: unknown) => {
	console.error(plainWords(error));
	process.exit(1);
});
