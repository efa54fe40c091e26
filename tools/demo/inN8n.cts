/** The demo in a real n8n, driven over its REST interface as the editor drives it. */
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { EMULATOR_TOKEN, startEmulator, type Emulator } from '../../emulator/server.cts';
import type { Execution, N8nApi } from '../../test/e2e/api.cts';
import { startN8n } from '../../test/e2e/n8n.cts';
import { checkFilm } from './checkFilm.cts';
import { patientPromoExample, PHOTO_FOLDER, promoExample } from './example.cts';
import type { Demo } from './main.cts';
import { findText } from './secrets.cts';
import { stagePrinter } from './stages.cts';
import type { Verdict } from './verdict.cts';
import { Waiting } from './waiting.cts';

/** For a machine that is slow beyond all reason; the nodes have limits of their own. */
const RUN_MS = 40 * 60_000;

/** An n8n with a credential for the emulator. */
interface Instance {
	api: N8nApi;
	emulator: Emulator;
	credentialId: string;
}

/** @returns the execution's MP4 */
async function filmOf(api: N8nApi, execution: Execution): Promise<Buffer> {
	const runs = execution.runData['NemoVideo Export'];
	const file = runs?.[0]?.data?.main?.[0]?.[0]?.binary?.data;
	if (file === undefined) {
		const reason = execution.data.resultData.error?.message ?? 'the last node gave no file';
		throw new Error(`The workflow ended as ${execution.status}: ${reason}`);
	}
	return await api.binary(file);
}

async function makeFilm(
	{ api, emulator, credentialId }: Instance,
	order: number[],
	path: string,
): Promise<void> {
	const example = patientPromoExample(order);
	// Without it n8n would show nothing of the run before its end.
	const settings = { ...example.settings, saveExecutionProgress: true };
	const workflow = await api.createWorkflow(
		{ ...example, settings },
		{ nemoVideoApi: credentialId },
	);
	console.log(`\nRunning "${workflow.name}" with the photos in the order ${order.join(', ')}`);
	const started = Date.now();
	const id = await api.run(workflow);
	const onUpdate = stagePrinter((line) => console.log(line));
	const waiting = new Waiting(emulator, (line) => console.log(line));
	waiting.begin('The workflow');
	const execution = await api
		.waitForExecution(id, { timeoutMs: RUN_MS, onUpdate })
		.finally(() => waiting.close());
	console.log(`  ${execution.status} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
	await writeFile(path, await filmOf(api, execution));
}

/** The workflow's name must be found in the same files, or the search would prove nothing. */
async function searchForToken(folder: string, verdict: Verdict): Promise<void> {
	const control = await findText(folder, promoExample([1, 2, 3, 4, 5]).name);
	const { filesRead, found } = await findText(folder, EMULATOR_TOKEN);
	const isRight = found.length === 0 && control.found.length > 0;
	const where = found.map((file) => relative(folder, file)).join(', ') || 'nowhere';
	console.log(
		`\nThe token in clear in n8n's database, journal, logs and files (${filesRead} read):`,
	);
	console.log(
		`  ${where}  ${verdict.check(isRight, 'The token lies in clear in a file of n8n')} ` +
			`(the workflow's name, searched the same way: ${control.found.length} file(s))`,
	);
}

export async function runInN8n({
	options,
	output,
	interruption,
	verdict,
}: Demo): Promise<string[]> {
	const folder = join(output, 'n8n');
	const films: string[] = [];
	const { withProgress } = await import('../process.mjs');
	const emulator = await startEmulator({ renders: 'composite' });
	console.log(`Emulator of NemoVideo's backend: ${emulator.url}`);
	// n8n goes with this process, whatever it is doing.
	interruption.closes(emulator.close);
	try {
		const n8n = await withProgress('Starting n8n', () =>
			startN8n({
				version: options.n8n,
				userFolder: folder,
				// The most talkative log, so that the search for the token means something.
				logLevel: 'debug',
				env: { N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER },
			}),
		);
		console.log(`n8n ${n8n.version} with the packed nodes: ${n8n.url}`);
		try {
			const credentialId = await n8n.api.createCredential('NemoVideo account', {
				connectWith: 'accessToken',
				token: EMULATOR_TOKEN,
				baseUrl: emulator.url,
			});
			for (const order of options.orders) {
				const path = join(output, `promo-${order.join('')}.mp4`);
				await makeFilm({ api: n8n.api, emulator, credentialId }, order, path);
				await checkFilm(path, order, verdict);
				films.push(path);
			}
		} finally {
			await n8n.close();
		}
		await searchForToken(folder, verdict);
	} finally {
		await emulator.close();
	}
	return films;
}
