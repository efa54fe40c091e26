import assert from 'node:assert/strict';
import { readNodes } from '../../../../tools/descriptions.cts';
import type { Check, Stage } from '../check.cts';
import { Editor, type Theme } from '../editor.cts';
import { workflow } from '../../workflows.cts';

const EMPTY = workflow('Search', []);

async function openSearch({ n8n, browser }: Stage, theme: Theme): Promise<Editor> {
	const saved = await n8n.api.createWorkflow(EMPTY);
	const editor = await Editor.open(browser, n8n.url, { theme, width: 1200, height: 920 });
	await editor.openWorkflow(saved.id);
	await editor.searchNodes('nemo');
	return editor;
}

async function findsEveryNode(stage: Stage, theme: Theme): Promise<void> {
	const editor = await openSearch(stage, theme);
	for (const { description } of readNodes()) {
		const { displayName } = description;
		const entry = editor.page.locator('[data-test-id="item-iterator-item"]').filter({
			has: editor.page.getByText(displayName, { exact: true }),
		});
		// n8n draws a long list bit by bit.
		await entry.first().waitFor();
		assert.equal(await entry.count(), 1, `${displayName} is found once`);
		const words = entry.locator('[data-test-id="node-creator-item-description"]');
		assert.equal(await words.innerText(), description.description);
		const icon = entry.locator('img').first();
		// Ends when it is drawn, and fails where it cannot be.
		await icon.evaluate(async (image: HTMLImageElement) => await image.decode());
		assert.match(
			(await icon.getAttribute('src')) ?? '',
			theme === 'dark' ? /\.dark\.svg$/ : /o[A-Z]\w+\.svg$/,
		);
	}
	await stage.gallery.take(editor, `search-${theme}`);
	await editor.close();
}

async function showsActions(stage: Stage): Promise<void> {
	const editor = await openSearch(stage, 'light');
	await editor.page.getByText('NemoVideo Export', { exact: true }).first().click();
	const panel = editor.nodeCreator;
	await panel.getByText('Actions (4)').waitFor();
	const operation = readNodes()
		.find(({ description }) => description.name === 'nemoVideoExport')
		?.description.properties.find(({ name }) => name === 'operation');
	const actions = (operation?.options ?? []).flatMap((option) =>
		'action' in option && option.action !== undefined ? [option.action] : [],
	);
	assert.equal(actions.length, 4);
	for (const action of actions) await panel.getByText(action, { exact: true }).waitFor();
	await stage.gallery.take(editor, 'actions', panel);
	await editor.close();
}

export const checks: Check[] = [
	{
		name: 'A search for "nemo" shows our nodes with icon and description',
		run: async (stage) => await findsEveryNode(stage, 'light'),
	},
	{
		name: 'The search shows the icons for dark mode in dark mode',
		run: async (stage) => await findsEveryNode(stage, 'dark'),
	},
	{ name: 'Export offers its actions', run: showsActions },
];
