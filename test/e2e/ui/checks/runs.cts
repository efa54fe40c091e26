import { prepareSession } from '../../../engine/support/sessions.cts';
import { rows, workflow, type Step } from '../../workflows.cts';
import type { Check, Stage } from '../check.cts';
import { Editor } from '../editor.cts';

const PROMPT = 'turn these images into a 30-second promo video with background music';
const FAST = { pollIntervalSeconds: 0.1 };

async function open(stage: Stage, name: string, steps: Step[]): Promise<Editor> {
	const { n8n, browser, credentialId } = stage;
	const saved = await n8n.api.createWorkflow(workflow(name, steps), {
		nemoVideoApi: credentialId,
	});
	const editor = await Editor.open(browser, n8n.url);
	await editor.openWorkflow(saved.id);
	return editor;
}

async function showsData(stage: Stage): Promise<void> {
	const editor = await open(stage, 'Create a video', [
		{
			type: 'nemoVideoCreateVideo',
			name: 'NemoVideo Create Video',
			parameters: { prompt: PROMPT, options: FAST },
		},
	]);
	await editor.execute();
	await stage.gallery.take(editor, 'run-canvas');
	await editor.openNode('NemoVideo Create Video');
	await editor.output.getByText('1 row finished').waitFor();
	await stage.gallery.take(editor, 'run-hint');
	for (const view of ['schema', 'json', 'binary']) {
		await editor.output.locator(`[data-test-id="radio-button-${view}"]`).click();
		await stage.gallery.take(editor, `run-${view}`);
	}
	await editor.output.getByText('video/mp4').waitFor();
	await editor.close();
}

async function showsFailure(stage: Stage): Promise<void> {
	const editor = await open(stage, 'Edit a video', [
		{
			type: 'nemoVideoGenerate',
			name: 'NemoVideo Generate',
			parameters: { sessionId: '1234567890123456789', prompt: 'add a title' },
		},
	]);
	await editor.executeToFailure();
	await stage.gallery.take(editor, 'failure-canvas');
	await editor.openNode('NemoVideo Generate');
	await editor.output.getByText('session').first().waitFor();
	await stage.gallery.take(editor, 'failure');
	await editor.close();
}

async function showsFailureInBatch(stage: Stage): Promise<void> {
	const good = await prepareSession(stage.emulator);
	const editor = await open(stage, 'Two rows', [
		...rows([
			{ prompt: 'add a title', sessionId: good },
			{ prompt: ' ', sessionId: good },
		]),
		{
			type: 'nemoVideoCreateVideo',
			name: 'NemoVideo Create Video',
			onError: 'continueRegularOutput',
			parameters: {
				prompt: '={{ $json.prompt }}',
				sessionId: '={{ $json.sessionId }}',
				options: FAST,
			},
		},
	]);
	await editor.execute();
	await editor.openNode('NemoVideo Create Video');
	await editor.output.getByText('1 of 2 rows finished').waitFor();
	await stage.gallery.take(editor, 'batch-hint');
	await editor.close();
}

export const checks: Check[] = [
	{ name: 'A run shows its data, its film and the hint of what it came to', run: showsData },
	{ name: 'A failure says what happened and what to do', run: showsFailure },
	{ name: 'The hint of a batch counts what failed', run: showsFailureInBatch },
];
