import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ensureExamples, type ReadyExample } from '../../../../tools/demo/startExamples.cts';
import type { Way } from '../../../../tools/demo/startPlan.cts';
import { OWNER } from '../../rest.cts';
import type { Check, Stage } from '../check.cts';
import { Editor } from '../editor.cts';

const CSV = 'prompt,photos\nCreate a 10-second video of a lake,\n';
const FILM_MS = 60_000;

/** The link that `npm start` prints, opened by somebody who is not logged in. */
async function leadsThroughLogin(stage: Stage): Promise<void> {
	const { n8n, browser } = stage;
	const [first] = await examplesOf(stage);
	assert.ok(first);
	const page = await (await browser.newContext()).newPage();
	await page.goto(`${n8n.url}/workflow/${first.id}`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
	await page.locator('input[name="password"]').fill(OWNER.password);
	await page.keyboard.press('Enter');
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	assert.ok(page.url().includes(first.id), `The login led to ${page.url()}`);
}

const examplesOf = async ({ n8n, credentialId, photos }: Stage): Promise<ReadyExample[]> =>
	await ensureExamples(n8n.api, credentialId, photos);

/** All of it by the mouse, in the order in which `npm start` lists the examples. */
async function makesFilms(stage: Stage): Promise<void> {
	const failures: string[] = [];
	for (const example of await examplesOf(stage)) {
		if (example.plan.way.by === 'others') continue;
		const editor = await Editor.open(stage.browser, stage.n8n.url);
		try {
			await makesFilm(stage, editor, example);
			console.log(`        ${example.name}: its film is there`);
		} catch (error) {
			failures.push(`${example.name}: ${error instanceof Error ? error.message : error}`);
		} finally {
			await editor.close();
		}
	}
	assert.deepEqual(failures, []);
}

async function makesFilm(stage: Stage, editor: Editor, example: ReadyExample): Promise<void> {
	const { ledger } = stage.emulator;
	const films = ledger.renders.length;
	await editor.openWorkflow(example.id);
	await goThrough(editor, example.plan.way, stage.photos);
	// Its rows are sent by executions of their own; the next example on the table renders them.
	if (example.plan.isLive === true) return await waitFor(() => ledger.prompts.length > films);
	await waitFor(() => ledger.renders.length > films);
}

async function goThrough(editor: Editor, way: Way, photos: string): Promise<void> {
	switch (way.by) {
		case 'press':
			for (let time = 1; time <= way.times; time++) await editor.execute();
			return;
		case 'form':
			return await fillInForm(editor, photos);
		case 'chat':
			await editor.openChat();
			await editor.say(way.message, 'video');
			return await editor.say('send me the video', '.mp4');
		case 'others':
			throw new Error(`It needs ${way.needs}`);
	}
}

async function fillInForm(editor: Editor, photos: string): Promise<void> {
	const form = await editor.executeToForm();
	const file = form.locator('input[type="file"]').first();
	const takesRows = (await file.getAttribute('accept'))?.includes('.csv') === true;
	const rows = { name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
	await file.setInputFiles(
		takesRows ? rows : [join(photos, '1-mug.jpg'), join(photos, '3-lamp.jpg')],
	);
	if (!takesRows) {
		await form.locator('textarea').fill('Turn these images into a 10-second promo video');
		await form.locator('select').selectOption('9:16');
	}
	await form.locator('#submit-btn').click();
	if (!takesRows) await form.getByText('Your video is ready').waitFor({ timeout: FILM_MS });
}

async function waitFor(isThere: () => boolean): Promise<void> {
	const deadline = Date.now() + FILM_MS;
	while (!isThere()) {
		assert.ok(Date.now() < deadline, `no film after ${FILM_MS / 1000} s`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

export const checks: Check[] = [
	{
		name: 'The first link of npm start leads through the login to an example',
		run: leadsThroughLogin,
	},
	{ name: 'Every example of npm start makes its film by clicking', run: makesFilms },
];
