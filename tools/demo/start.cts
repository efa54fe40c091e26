/**
 * `npm start`: the demo's n8n for clicking. Its data stays in output/n8n, so what is made there is
 * found again at the next start.
 */
import { join } from 'node:path';
import { EMULATOR_TOKEN, startEmulator } from '../../emulator/server.cts';
import type { N8nApi, WorkflowFile } from '../../test/e2e/api.cts';
import { startN8n } from '../../test/e2e/n8n.cts';
import { isFree, freePort } from '../../test/e2e/ports.cts';
import { OWNER } from '../../test/e2e/rest.cts';
import { allExamples, PHOTO_FOLDER, promoExample } from './example.cts';

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

function examples(): WorkflowFile[] {
	const all = allExamples();
	all.set('product-photos-to-promo.json', promoExample([1, 2, 3, 4, 5]));
	return [...all.values()];
}

/** Brings in the examples that are not there yet; what was changed by hand stays. */
async function ensureExamples(api: N8nApi, credentialId: string): Promise<number> {
	const known = await api.call<Named[]>('GET', '/workflows');
	const missing = examples().filter(({ name }) => !known.some((other) => other.name === name));
	for (const workflow of missing) {
		await api.createWorkflow(workflow, { nemoVideoApi: credentialId });
	}
	return known.length + missing.length;
}

async function main(): Promise<void> {
	const emulator = await startEmulator({
		port: await portNear(EMULATOR_PORT),
		renders: 'composite',
	});
	console.log('Starting n8n …');
	const n8n = await startN8n({
		userFolder: USER_FOLDER,
		port: await portNear(N8N_PORT),
		env: { N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER },
	});
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
	const count = await ensureExamples(n8n.api, credentialId);
	console.log(`
n8n       ${n8n.url}
log in    ${OWNER.email}
password  ${OWNER.password}

${count} workflows are in place, with a credential for the emulator at ${emulator.url}.
Log: ${n8n.logFile}
Ctrl+C stops both; what you make is kept in output/n8n.`);
}

void main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
