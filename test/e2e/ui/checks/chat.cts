import assert from 'node:assert/strict';
import { readExample } from '../../examples.cts';
import type { Check, Stage } from '../check.cts';
import { Editor } from '../editor.cts';

/** A video by chat, in the chat that n8n's editor has. */
async function chats({ n8n, browser, gallery, credentialId }: Stage): Promise<void> {
	const file = readExample('chat-to-video');
	const assistant = file.nodes.find(({ name }) => name === 'NemoVideo Assistant');
	assert.ok(assistant);
	assistant.parameters.options = { pollIntervalSeconds: 0.1 };
	const saved = await n8n.api.createWorkflow(file, { nemoVideoApi: credentialId });
	const editor = await Editor.open(browser, n8n.url, { height: 1000 });
	await editor.openWorkflow(saved.id);
	await editor.openChat();
	await editor.clearButton([assistant.name]);
	await editor.say('Make a 10-second video of a quiet lake at dawn', 'Lake');
	await editor.say('export', '.mp4');
	await gallery.take(editor, 'chat');
	await editor.close();
}

export const checks: Check[] = [
	{ name: 'A chat with the Assistant makes a video and gives its link', run: chats },
];
