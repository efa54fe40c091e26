import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import type { SavedWorkflow, WorkflowFile } from '../api.cts';
import { askByResponseNode, askChat, sendChat, type ChatFile } from '../chat.cts';
import { liveExample } from '../examples.cts';
import { inParallel } from '../pool.cts';
import { assertSuccess, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';

const PROMPT = 'Turn these images into a 30-second promo video with background music';
const PDF = { name: 'invoice.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7') };
const ON_ERROR = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

type Message = Parameters<typeof sendChat>[2];

interface Mode {
	/** What the Chat Trigger calls it. */
	name: string;
	/** A node that answers, behind the Assistant. */
	answers?: Pick<WorkflowFile['nodes'][number], 'type' | 'typeVersion' | 'parameters'>;
	/** Whether the chat is on a page of one's own instead of n8n's. */
	isEmbedded?: boolean;
	ask(world: TestContext, workflow: SavedWorkflow, message: Message): Promise<string>;
}

const LAST_NODE: Mode = {
	name: 'lastNode',
	ask: async ({ api }, ...message) => await askChat(api, ...message),
};
const MODES: readonly Mode[] = [
	{
		name: 'streaming',
		ask: async ({ api }, ...message) => (await sendChat(api, ...message)).text,
	},
	LAST_NODE,
	{
		name: 'responseNode',
		isEmbedded: true,
		answers: {
			type: 'n8n-nodes-base.respondToWebhook',
			typeVersion: 1.1,
			parameters: { respondWith: 'firstIncomingItem', options: {} },
		},
		ask: async ({ api }, ...message) => await askChat(api, ...message),
	},
	{
		name: 'responseNodes',
		answers: {
			type: '@n8n/n8n-nodes-langchain.chat',
			typeVersion: 1,
			parameters: {
				message: '={{ $json.text ?? $json.error.message }}',
				waitUserReply: false,
				options: {},
			},
		},
		ask: async ({ api }, ...message) => await askByResponseNode(api, ...message),
	},
];

/** The example chat in a mode, with these settings of the Assistant. */
async function liveChat(
	world: TestContext,
	nemoVideoApi: string,
	mode: Mode,
	settings: Record<string, unknown> = {},
): Promise<SavedWorkflow> {
	return await liveExample(world, 'chat-to-video', { nemoVideoApi }, (file) => {
		for (const node of file.nodes) {
			const { options } = node.parameters;
			if (node.type.endsWith('.chatTrigger')) {
				node.parameters.options = { ...Object(options), responseMode: mode.name };
				if (mode.isEmbedded) node.parameters.mode = 'webhook';
			}
			if (!node.type.endsWith('.nemoVideoAssistant')) continue;
			const { options: more, ...rest } = settings;
			Object.assign(node, rest);
			node.parameters.options = { ...Object(options), pollIntervalSeconds: 0.1, ...Object(more) };
			if (mode.answers) {
				file.nodes.push({ name: 'Answer', position: [200, 20], ...mode.answers });
				const main = [[{ node: 'Answer', type: 'main', index: 0 }]];
				file.connections = { ...file.connections, [node.name]: { main } };
			}
		}
		return file;
	});
}

async function photos(count: number): Promise<ChatFile[]> {
	const read = async (name: string) => await readFile(join(PHOTO_FOLDER, name));
	const names = PHOTOS.slice(0, count);
	return await Promise.all(
		names.map(async (name) => ({ name, type: 'image/jpeg', bytes: await read(name) })),
	);
}

const refusals: Scenario = {
	name: 'A chat reads why a file or an empty message is refused, in each of its four modes and with each On Error',
	tags: ['chat', 'streaming', 'modes'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const [photo] = await photos(1);
		assert.ok(photo);
		const cells = MODES.flatMap((mode) => ON_ERROR.map((onError) => ({ mode, onError })));
		const told = await inParallel(cells, 4, async ({ mode, onError }) => {
			const workflow = await liveChat(world, credentialId, mode, { onError });
			const sessionId = `${mode.name} ${onError}`;
			const say = async (text: string, files: ChatFile[] = []) =>
				await mode.ask(world, workflow, { sessionId, text, files });
			const refused = await say(PROMPT, [photo, PDF]);
			assert.match(refused, /'invoice\.pdf'.*MP4/, sessionId);
			// Nothing of the message was done, and the good file is named, too.
			assert.ok(refused.includes(photo.name), sessionId);
			assert.match(await say('  '), /^The message is empty/, sessionId);
			assert.match(await say('/help@my_bot'), /^Send images or text/, sessionId);
			return 3;
		});
		const { promptsAccepted, uploads } = emulator.ledger.summary();
		assert.deepEqual({ promptsAccepted, uploads }, { promptsAccepted: 0, uploads: 0 });
		return { modes: MODES.length, answers: told.reduce((sum, one) => sum + one, 0), prompts: 0 };
	},
};

const failures: Scenario = {
	name: 'A chat reads what went wrong: streamed with each On Error, and from a Chat node where the Assistant goes on',
	tags: ['chat', 'streaming', 'modes'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		for (const { account } of emulator.tokens.all()) account.available = 0;
		const cells = MODES.flatMap((mode) => {
			if (mode.name === 'streaming') return ON_ERROR.map((onError) => ({ mode, onError }));
			return mode.name === 'responseNodes' ? [{ mode, onError: 'continueRegularOutput' }] : [];
		});
		const told = await inParallel(cells, 4, async ({ mode, onError }) => {
			const workflow = await liveChat(world, credentialId, mode, { onError });
			const message = { sessionId: `${mode.name} ${onError}`, text: PROMPT };
			return await mode.ask(world, workflow, message);
		});
		for (const words of told) assert.match(words, /Your NemoVideo account is out of credits/);
		assert.equal(emulator.ledger.summary().promptsAccepted, 0);
		return { failures: told.length, prompts: 0 };
	},
};

const files: Scenario = {
	name: 'Files of a chat are in the film, whether they come with the wish, before it, or beside a refused one',
	tags: ['chat', 'files'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ silentShare: 0 });
		const workflow = await liveChat(world, credentialId, LAST_NODE);
		const [one, other, third] = await photos(3);
		assert.ok(one && other && third);
		const say = async (text: string, sent: ChatFile[]) =>
			await askChat(world.api, workflow, { sessionId: 'files', text, files: sent });
		const announced = await say('', [one, other]);
		assert.ok(announced.includes(one.name) && announced.includes(other.name), announced);
		assert.equal(emulator.ledger.summary().promptsAccepted, 0);
		assert.match(await say(PROMPT, [third, PDF]), /'invoice\.pdf'/);
		assert.equal(emulator.ledger.summary().uploads, 2);
		assert.match(await say(PROMPT, [third]), /Timeline \(\d/);
		const { uploads, promptsAccepted, sessions } = emulator.ledger.summary();
		assert.deepEqual(
			{ uploads, promptsAccepted, sessions },
			{ uploads: 3, promptsAccepted: 1, sessions: 1 },
		);
		return { uploads, prompts: promptsAccepted };
	},
};

const download: Scenario = {
	name: 'With Download, "send me the video" in a chat gives the MP4 itself to the next node, and other answers give none',
	tags: ['chat', 'files', 'download'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const workflow = await liveChat(world, credentialId, LAST_NODE, {
			options: { download: true },
		});
		const say = async (text: string) => {
			await askChat(world.api, workflow, { sessionId: 'download', text });
			const [id] = await world.api.executionIds(workflow);
			const execution = await world.api.waitForExecution(String(id));
			assertSuccess(execution);
			const [item] = itemsOf(execution, 'NemoVideo Assistant');
			return item?.binary?.data;
		};
		assert.equal(await say('Create a 15-second video of a quiet lake'), undefined);
		assert.equal(await say('status'), undefined);
		const video = await say('send me the video');
		assert.ok(video, 'No file came');
		assert.equal(video.mimeType, 'video/mp4');
		assert.match(String(video.fileName), /\.mp4$/);
		const bytes = await world.api.binary(video);
		const [render] = emulator.ledger.renders;
		const hash = createHash('sha256').update(bytes).digest('hex');
		assert.equal(hash, await emulator.renders.sha256(render?.id ?? ''));
		assert.equal(emulator.ledger.summary().promptsAccepted, 1);
		return { 'bytes of video': bytes.length, prompts: 1 };
	},
};

export const area = 'Chats';

export const rows: readonly Scenario[] = [refusals, failures, files, download];
