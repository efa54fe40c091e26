import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EMULATOR_TOKEN, startEmulator } from '../../../../emulator/server.cts';
import { workflow } from '../../workflows.cts';
import type { Check, Stage } from '../check.cts';
import { Editor } from '../editor.cts';

/** What the dialog says of a credential's test, which n8n makes when the dialog opens. */
const SUCCESS = 'Connection tested successfully';
const FAILURE = 'Couldn’t connect with these settings';

async function showsTest(
	{ n8n, browser, gallery }: Stage,
	picture: string,
	data: Record<string, unknown>,
	words: string[],
): Promise<void> {
	const id = await n8n.api.createCredential(`NemoVideo account ${randomUUID().slice(0, 4)}`, data);
	const editor = await Editor.open(browser, n8n.url, { width: 1200, height: 860 });
	await editor.openCredential(id);
	const dialog = editor.credentialDialog;
	for (const word of words) {
		await dialog.getByText(word).first().waitFor();
		if (word === FAILURE) await dialog.getByText('More details').click();
	}
	await gallery.take(editor, picture);
	await editor.close();
}

async function showsRefusedTrial(stage: Stage): Promise<void> {
	const emulator = await startEmulator({ anonymousPerIp: 0 });
	try {
		await showsTest(
			stage,
			'credential-trial-fails',
			{ connectWith: 'freeTrial', baseUrl: emulator.url },
			[FAILURE, 'register at NemoVideo'],
		);
	} finally {
		await emulator.close();
	}
}

/** From a node's panel, as a person meets it first. */
async function showsNewCredential({ n8n, browser, gallery }: Stage): Promise<void> {
	const saved = await n8n.api.createWorkflow(
		workflow('New credential', [{ type: 'nemoVideoCredits', name: 'NemoVideo Credits' }]),
	);
	const editor = await Editor.open(browser, n8n.url, { width: 1200, height: 860 });
	await editor.openWorkflow(saved.id);
	await editor.openNode('NemoVideo Credits');
	await editor.nodePanel.locator('[data-test-id="node-credentials-select"]').click();
	await editor.page.locator('[data-test-id="node-credentials-select-item-new"]').last().click();
	const dialog = editor.credentialDialog;
	await dialog.waitFor();
	assert.ok(await dialog.locator('[data-test-id="token"]').isVisible());
	await gallery.take(editor, 'credential-new');
	await dialog.locator('[data-test-id="parameter-input-connectWith"]').click();
	await editor.settle();
	await gallery.take(editor, 'credential-ways');
	await editor.page.getByText('Free Trial', { exact: true }).last().click();
	await dialog.locator('[data-test-id="clientId"]').waitFor();
	assert.equal(await dialog.locator('[data-test-id="token"]').count(), 0);
	await gallery.take(editor, 'credential-new-trial');
	await editor.close();
}

export const checks: Check[] = [
	{ name: 'A new credential offers both ways to connect', run: showsNewCredential },
	{
		name: 'The test of an access token passes',
		run: async (stage) =>
			await showsTest(
				stage,
				'credential-token-passes',
				{ connectWith: 'accessToken', token: EMULATOR_TOKEN, baseUrl: stage.emulator.url },
				[SUCCESS],
			),
	},
	{
		name: 'The test of a wrong access token says what to do',
		run: async (stage) =>
			await showsTest(
				stage,
				'credential-token-fails',
				{ connectWith: 'accessToken', token: 'nmv_usr_mistyped', baseUrl: stage.emulator.url },
				[FAILURE, 'paste a new access token'],
			),
	},
	{
		name: 'The test of a free trial gets a token',
		run: async (stage) =>
			await showsTest(
				stage,
				'credential-trial-passes',
				{ connectWith: 'freeTrial', baseUrl: stage.emulator.url },
				[SUCCESS],
			),
	},
	{ name: 'A refused free trial says what to do instead', run: showsRefusedTrial },
];
