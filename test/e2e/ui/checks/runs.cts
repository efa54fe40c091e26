import { prepareSession } from '../../../engine/support/sessions.cts';
import { rows, workflow, type Step } from '../../workflows.cts';
import type { Check, Stage } from '../check.cts';
import { Editor } from '../editor.cts';

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
	await stage.gallery.take(editor, 'failure', editor.nodePanel);
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
	await stage.gallery.take(editor, 'batch-hint', editor.nodePanel);
	await editor.close();
}

export const checks: Check[] = [
	{ name: 'A failure says what happened and what to do', run: showsFailure },
	{ name: 'The hint of a batch counts what failed', run: showsFailureInBatch },
];
