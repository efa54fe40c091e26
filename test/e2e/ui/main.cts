/**
 * `npm run e2e:ui`: n8n's editor as a person sees it, with the packed nodes and the emulator. The
 * pictures go to output/ui, to be looked at: most of what is wrong with a panel no check finds. Those
 * that the documents show are taken from there into docs/images with `--record`.
 */
import { readdirSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { EMULATOR_TOKEN, startEmulator } from '../../../emulator/server.cts';
import { PHOTO_FOLDER } from '../../../tools/demo/example.cts';
import { ROOT } from '../../../tools/descriptions.cts';
import { endInWords } from '../../../tools/plainWords.cjs';
import { startN8n } from '../n8n.cts';
import { keep } from './album.cts';
import { startBrowser } from './browser.cts';
import type { Check, Stage } from './check.cts';
import { Gallery } from './gallery.cts';

const HELP = `npm run e2e:ui [-- words] [-- --record]
  words      only checks whose name holds one of them. Pictures: output/ui
  --record   put the pictures that the documents show into docs/images; only after all checks`;

function allChecks(): Check[] {
	const folder = join(__dirname, 'checks');
	return readdirSync(folder)
		.filter((name) => name.endsWith('.cts'))
		.sort()
		.flatMap((file): readonly Check[] => require(join(folder, file)).checks);
}

/** @returns whether it passed */
async function passes(check: Check, stage: Stage): Promise<boolean> {
	const started = Date.now();
	const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
	try {
		await check.run(stage);
		console.log(`ok      ${check.name} (${seconds()})`);
		return true;
	} catch (error) {
		console.log(`FAILED  ${check.name} (${seconds()})`);
		console.log(`        ${error instanceof Error ? error.message : String(error)}`);
		return false;
	} finally {
		// A check that failed leaves its windows open.
		await Promise.all(stage.browser.contexts().map(async (context) => await context.close()));
	}
}

/** @returns whether all passed */
async function runAll(checks: Check[], stage: Stage): Promise<boolean> {
	let passed = 0;
	for (const check of checks) if (await passes(check, stage)) passed++;
	const { folder, pictures } = stage.gallery;
	const files = pictures.map((name) => relative(ROOT, join(folder, `${name}.png`)));
	console.log(`\nPictures:\n  ${files.join('\n  ')}\n`);
	const failed = checks.length - passed;
	console.log(`${passed} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
	return failed === 0;
}

async function main(args: string[]): Promise<void> {
	const { values, positionals: words } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			record: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	if (values.record && words.length > 0) throw new Error('--record takes all checks, so no words');
	const isWanted = ({ name }: Check) =>
		words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()));
	const checks = allChecks().filter(isWanted);
	if (checks.length === 0) throw new Error(`No check is named after ${words.join(' or ')}`);
	const gallery = await Gallery.open(join(ROOT, 'output', 'ui'));
	const photos = await mkdtemp(join(tmpdir(), 'photos-'));
	await cp(PHOTO_FOLDER, photos, { recursive: true });
	const browser = await startBrowser();
	const emulator = await startEmulator({ renders: 'canned' });
	try {
		console.log('Starting n8n …');
		const n8n = await startN8n({ env: { N8N_RESTRICT_FILE_ACCESS_TO: photos } });
		try {
			const data = { connectWith: 'accessToken', token: EMULATOR_TOKEN, baseUrl: emulator.url };
			const credentialId = await n8n.api.createCredential('NemoVideo account', data);
			const stage = { n8n, browser, emulator, gallery, photos, credentialId };
			const passed = await runAll(checks, stage);
			if (passed && values.record) await keep(gallery);
		} finally {
			await n8n.close();
		}
	} finally {
		await Promise.all([emulator.close(), browser.close()]);
		await rm(photos, { recursive: true, force: true });
	}
}

void endInWords(() => main(process.argv.slice(2)));
