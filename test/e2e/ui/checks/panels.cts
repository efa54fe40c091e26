import assert from 'node:assert/strict';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { readNodes } from '../../../../tools/descriptions.cts';
import type { Check, Stage } from '../check.cts';
import { Editor, type Theme } from '../editor.cts';
import { tour } from '../tour.cts';

const nodes = (): INodeTypeDescription[] => readNodes().map(({ description }) => description);

async function openTour({ n8n, browser, credentialId }: Stage, theme: Theme): Promise<Editor> {
	const saved = await n8n.api.createWorkflow(tour(nodes()), { nemoVideoApi: credentialId });
	const editor = await Editor.open(browser, n8n.url, { theme, width: 1900, height: 1060 });
	await editor.openWorkflow(saved.id);
	return editor;
}

/** Those that every use of the node shows. */
const alwaysShown = ({ properties }: INodeTypeDescription): INodeProperties[] =>
	properties.filter(
		({ type, displayOptions }) => type !== 'hidden' && displayOptions === undefined,
	);

async function showsPanel(editor: Editor, node: INodeTypeDescription): Promise<void> {
	await editor.openNode(node.displayName);
	const panel = editor.nodePanel.locator('[data-test-id="node-parameters"]');
	for (const { displayName } of alwaysShown(node)) {
		const label = panel.getByText(displayName, { exact: true }).first();
		assert.ok(await label.isVisible(), `${node.displayName} shows ${displayName}`);
	}
	const cut = await panel
		.locator('[data-test-id="input-label"]')
		.evaluateAll((labels) =>
			labels
				.filter((label) => label.scrollWidth > label.clientWidth + 1)
				.map((label) => label.textContent),
		);
	assert.deepEqual(cut, [], `${node.displayName} cuts no label`);
	const issues = await panel.locator('[data-test-id="parameter-issues"]').count();
	assert.equal(issues, 0, `${node.displayName} has nothing to complain of`);
}

async function showsPanels(stage: Stage, theme: Theme): Promise<void> {
	const editor = await openTour(stage, theme);
	await stage.gallery.take(editor, `canvas-${theme}`);
	for (const node of nodes()) {
		await showsPanel(editor, node);
		await stage.gallery.take(editor, `panel-${node.name}-${theme}`, editor.nodePanel);
		await editor.closeNode();
	}
	await editor.close();
}

const CREATE_VIDEO = 'NemoVideo Create Video';

/** Every option of Create Video with its default, as if all had been added. */
function allOptions(): Record<string, unknown> {
	const node = nodes().find(({ displayName }) => displayName === CREATE_VIDEO);
	const collection = node?.properties.find(({ name }) => name === 'options');
	const options = (collection?.options ?? []).flatMap((option) =>
		'default' in option ? [[option.name, option.default] as const] : [],
	);
	assert.ok(options.length > 10);
	return Object.fromEntries(options);
}

async function showsOptions({ n8n, browser, credentialId, gallery }: Stage): Promise<void> {
	const file = tour(nodes());
	const createVideo = file.nodes.find(({ name }) => name === CREATE_VIDEO);
	assert.ok(createVideo);
	createVideo.parameters.options = allOptions();
	const saved = await n8n.api.createWorkflow(file, { nemoVideoApi: credentialId });
	const editor = await Editor.open(browser, n8n.url, { width: 1900, height: 2500 });
	await editor.openWorkflow(saved.id);
	await editor.openNode(CREATE_VIDEO);
	const panel = editor.nodePanel.locator('[data-test-id="node-parameters"]');
	await panel.getByText('Stop When Out of Credits', { exact: true }).waitFor();
	const timeout = panel.locator('[data-test-id="parameter-input-exportTimeoutMinutes"] input');
	assert.equal(await timeout.inputValue(), '5', 'a whole number is shown without zeros');
	await timeout.fill('0.25');
	await timeout.press('Tab');
	assert.equal(await timeout.inputValue(), '0.25', 'a fraction is taken');
	await gallery.take(editor, 'panel-all-options', panel);
	await editor.close();
}

export const checks: Check[] = [
	{
		name: "Each node's panel shows its fields, uncut and without complaint",
		run: async (stage) => await showsPanels(stage, 'light'),
	},
	{
		name: "Each node's panel does so in dark mode",
		run: async (stage) => await showsPanels(stage, 'dark'),
	},
	{ name: 'All options of Create Video fit into its panel and take fractions', run: showsOptions },
];
