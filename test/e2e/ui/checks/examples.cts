import assert from 'node:assert/strict';
import { allExamples } from '../../../../tools/demo/example.cts';
import { setUp } from '../../batchExamples.cts';
import { readExample } from '../../examples.cts';
import type { Check, Stage } from '../check.cts';
import { Editor } from '../editor.cts';

/** As they stand in the editor after an import. */
async function showsExamples({ n8n, browser, gallery }: Stage): Promise<void> {
	const editor = await Editor.open(browser, n8n.url, { height: 800 });
	for (const [file, example] of allExamples()) {
		const saved = await n8n.api.createWorkflow(example);
		await editor.openWorkflow(saved.id);
		const names = example.nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map(({ name }) => name);
		for (const name of names) {
			assert.ok(await editor.node(name).isVisible(), `${file} shows ${name}`);
		}
		await editor.clearButton(names);
		await gallery.take(editor, `examples/${file.replace(/\.json$/, '')}`);
	}
	await editor.close();
}

async function runsPromo({ n8n, browser, gallery, photos, credentialId }: Stage): Promise<void> {
	const file = setUp(readExample('product-photos-to-promo'), { photos });
	const saved = await n8n.api.createWorkflow(file, { nemoVideoApi: credentialId });
	const editor = await Editor.open(browser, n8n.url, { height: 640 });
	await editor.openWorkflow(saved.id);
	await editor.execute();
	await gallery.take(editor, 'promo');
	await editor.page.setViewportSize({ width: 1600, height: 900 });
	await editor.openNode('NemoVideo Export');
	await editor.output.getByText('video/mp4').waitFor();
	await gallery.take(editor, 'promo-export', editor.nodePanel);
	await editor.close();
}

const CREATE_VIDEO = 'NemoVideo Create Video';

/** One node with photos: its data in every view, the film, and the hint of what the run came to. */
async function runsQuickEdit(stage: Stage): Promise<void> {
	const { n8n, browser, gallery, photos, credentialId } = stage;
	const file = setUp(readExample('quick-edit'), { photos });
	const saved = await n8n.api.createWorkflow(file, { nemoVideoApi: credentialId });
	const editor = await Editor.open(browser, n8n.url);
	await editor.openWorkflow(saved.id);
	await editor.execute();
	await gallery.take(editor, 'quick-edit');
	await editor.openNode(CREATE_VIDEO);
	await editor.output.getByText('1 row finished').waitFor();
	for (const view of ['schema', 'table', 'json', 'binary']) {
		await editor.output.locator(`[data-test-id="radio-button-${view}"]`).click();
		await gallery.take(editor, `quick-edit-${view}`, editor.nodePanel);
	}
	await editor.output.getByText('video/mp4').waitFor();
	await editor.close();
}

export const checks: Check[] = [
	{ name: 'Every example shows its nodes after an import', run: showsExamples },
	{ name: 'The promo example runs in the editor and shows its film', run: runsPromo },
	{
		name: 'A run of Create Video shows data, film and the hint of what it came to',
		run: runsQuickEdit,
	},
];
