/**
 * `npm run screenshots`: the README's pictures, taken from a real n8n with the packed nodes and the
 * emulator. They are kept in docs/images, which is not published.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Browser } from 'playwright-core';
import { EMULATOR_TOKEN, startEmulator } from '../../emulator/server.cts';
import { startN8n, type N8n } from '../../test/e2e/n8n.cts';
import { startBrowser } from '../../test/e2e/ui/browser.cts';
import { Editor } from '../../test/e2e/ui/editor.cts';
import { PHOTO_FOLDER, promoExample } from '../demo/example.cts';
import { ROOT } from '../descriptions.cts';

const FOLDER = join(ROOT, 'docs', 'images');

async function picture(editor: Editor, name: string): Promise<void> {
	await editor.settle();
	// The pointer would leave a hint or a highlight behind.
	await editor.page.mouse.move(0, 0);
	const path = join(FOLDER, `${name}.png`);
	await editor.page.screenshot({ path, caret: 'hide' });
	console.log(relative(ROOT, path));
}

async function takeAll(n8n: N8n, browser: Browser, baseUrl: string): Promise<void> {
	const data = { connectWith: 'accessToken', token: EMULATOR_TOKEN, baseUrl };
	const credentialId = await n8n.api.createCredential('NemoVideo account', data);
	const workflow = await n8n.api.createWorkflow(promoExample([1, 2, 3, 4, 5]), {
		nemoVideoApi: credentialId,
	});
	const editor = await Editor.open(browser, n8n.url, { height: 640 });
	await editor.openWorkflow(workflow.id);
	await editor.execute();
	await picture(editor, 'workflow');
	await editor.page.setViewportSize({ width: 1600, height: 900 });
	await editor.openNode('NemoVideo Export');
	await picture(editor, 'export');
	await editor.closeNode();
	await editor.searchNodes('nemo');
	await picture(editor, 'search');
	await editor.close();
}

/** Every example as it stands in the editor after its import. */
async function takeExamples(n8n: N8n, browser: Browser): Promise<void> {
	const editor = await Editor.open(browser, n8n.url, { width: 1600, height: 800 });
	for (const file of readdirSync(join(ROOT, 'examples')).sort()) {
		if (!file.endsWith('.json')) continue;
		const example = JSON.parse(readFileSync(join(ROOT, 'examples', file), 'utf8'));
		const workflow = await n8n.api.createWorkflow(example, {});
		await editor.openWorkflow(workflow.id);
		await picture(editor, join('examples', file.replace(/\.json$/, '')));
	}
	await editor.close();
}

async function main(): Promise<void> {
	await mkdir(join(FOLDER, 'examples'), { recursive: true });
	const browser = await startBrowser();
	const emulator = await startEmulator({ renders: 'canned' });
	const n8n = await startN8n({ env: { N8N_RESTRICT_FILE_ACCESS_TO: PHOTO_FOLDER } });
	try {
		await takeAll(n8n, browser, emulator.url);
		await takeExamples(n8n, browser);
	} finally {
		await Promise.all([n8n.close(), emulator.close(), browser.close()]);
	}
}

void main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
