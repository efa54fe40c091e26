import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import type { SavedWorkflow } from '../api.cts';
import { sendChat, type ChatFile, type Chunk } from '../chat.cts';
import { liveExample, readExample } from '../examples.cts';
import { submitForm } from '../form.cts';
import { assertSuccess, at, itemsOf } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import type { TestContext } from '../testContext.cts';

const PROMPT = 'Turn these images into a 30-second promo video with background music';
const QUICK = { pollIntervalSeconds: 0.1 };

async function photos(count: number): Promise<ChatFile[]> {
	const names = PHOTOS.slice(0, count);
	return await Promise.all(
		names.map(async (name) => ({
			name,
			type: 'image/jpeg',
			bytes: await readFile(join(PHOTO_FOLDER, name)),
		})),
	);
}

/** Looks at a render ten times a second, which a user would not do. */
const quick = <W extends { nodes: Array<{ type: string; parameters: Record<string, unknown> }> }>(
	workflow: W,
): W => {
	for (const node of workflow.nodes) {
		if (!/nemoVideo(CreateVideo|Assistant|Export)(Tool)?$/.test(node.type)) continue;
		node.parameters.options = { ...Object(node.parameters.options), ...QUICK };
	}
	return workflow;
};

/** The executions of a workflow, the oldest first. */
async function executionsOf(world: TestContext, workflow: SavedWorkflow) {
	const ids = (await world.api.executionIds(workflow)).map(Number).sort((a, b) => a - b);
	return await Promise.all(ids.map(async (id) => await world.api.waitForExecution(String(id))));
}

/** Fetches a video that was named by address. */
async function download(url: string): Promise<string> {
	const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
	return createHash('sha256').update(bytes).digest('hex');
}

const formToVideo: Scenario = {
	name: 'Example: a form with photos becomes a page with the link to the video',
	tags: ['example', 'form'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const workflow = await liveExample(
			world,
			'form-to-video',
			{ nemoVideoApi: credentialId },
			quick,
		);
		const page = await submitForm(world.api, workflow, [await photos(3), PROMPT, '9:16']);
		const url = /href="(http[^"]+\.mp4)"/.exec(page)?.[1];
		assert.ok(url, `No link in the page: ${page.slice(0, 2000)}`);
		assert.match(page, /Your video is ready/);
		const [render] = emulator.ledger.renders;
		assert.equal(await download(url), await emulator.renders.sha256(render?.id ?? ''));
		const { uploads, promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ uploads, promptsAccepted, renders },
			{ uploads: 3, promptsAccepted: 1, renders: 1 },
		);
		assert.match(emulator.ledger.prompts[0]?.text ?? '', /9:16/);

		for (const { account } of emulator.tokens.all()) account.available = 0;
		const failure = await submitForm(world.api, workflow, [await photos(1), PROMPT, '1:1']);
		assert.match(failure, /The video could not be made/);
		assert.match(failure, /credits/i);
		return { photos: uploads, link: new URL(url).pathname.split('/').pop() ?? '' };
	},
};

const chatToVideo: Scenario = {
	name: 'Example: a streaming chat speaks while NemoVideo works',
	tags: ['example', 'chat', 'streaming'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend({
			turnMs: 600,
			stageGapMs: 400,
			heartbeatMs: 100,
			silentShare: 0,
		});
		const workflow = await liveExample(
			world,
			'chat-to-video',
			{ nemoVideoApi: credentialId },
			quick,
		);
		const sessionId = 'chat-of-the-streaming-row';
		const say = async (text: string, files: ChatFile[] = []) =>
			await sendChat(world.api, workflow, { sessionId, text, files });

		const film = await say(PROMPT, await photos(2));
		const turnEnded = emulator.events.all().find(({ type }) => type === 'turn.done');
		const since = (moment: number) => moment - film.sentAt;
		const items = film.chunks.filter(({ type }) => type === 'item');
		const [first] = items;
		assert.ok(first, 'No chunk came');
		world.note(
			`chunks at ${items.map((chunk: Chunk) => `${since(chunk.at)} ms`).join(', ')}; turn ended at ${since(turnEnded?.at ?? 0)} ms; answer ended at ${since(film.endedAt)} ms`,
		);
		world.note(`first: ${first.content?.trim()}`);
		world.note(`last: ${items.at(-1)?.content?.trim().slice(0, 160)}`);
		assert.ok(turnEnded && first.at < turnEnded.at, 'No chunk came before the turn ended');
		assert.match(film.text, /Timeline \(\d/);
		assert.equal(film.chunks[0]?.type, 'begin');

		const edit = await say('Add the title "Summer Sale" [[silent]]');
		assert.match(edit.text, /Summer Sale/);
		const changed = await say('Change the title to "Winter Sale" [[silent]]');
		assert.match(changed.text, /Summer Sale.* -> .*Winter Sale/);
		const exported = await say('导出');
		const url = /https?:\/\/\S+\.mp4/.exec(exported.text)?.[0];
		assert.ok(url, `No link in: ${exported.text}`);
		assert.match((await say('credits')).text, /credits are available/);

		const other = await sendChat(world.api, workflow, { sessionId: 'another', text: 'status' });
		assert.match(other.text, /no video in this chat yet/);
		const { sessions, uploads, promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ sessions, uploads, promptsAccepted, renders },
			{ sessions: 1, uploads: 2, promptsAccepted: 3, renders: 1 },
		);
		const { staticData } = await world.api.call<{ staticData: unknown }>(
			'GET',
			`/workflows/${workflow.id}`,
		);
		const kept = JSON.stringify(staticData);
		assert.ok(kept.includes(String(emulator.ledger.sessions[0]?.sessionId)), `Kept: ${kept}`);
		return {
			'first chunk after ms': since(first.at),
			'turn ended after ms': since(turnEnded?.at ?? 0),
			'answer ended after ms': since(film.endedAt),
			messages: 6,
			sessions,
		};
	},
};

const chatFails: Scenario = {
	name: 'Example: a streaming chat tells what went wrong',
	tags: ['example', 'chat', 'streaming'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		for (const { account } of emulator.tokens.all()) account.available = 0;
		const workflow = await liveExample(world, 'chat-to-video', { nemoVideoApi: credentialId });
		const reply = await sendChat(world.api, workflow, {
			sessionId: 'chat-of-the-failing-row',
			text: PROMPT,
		});
		const said = reply.chunks.map(({ content = '' }) => content).join(' ');
		world.note(JSON.stringify(reply.chunks.map(({ type, content }) => ({ type, content }))));
		assert.match(said, /credits/i);
		return { chunks: reply.chunks.length };
	},
};

const errorWorkflow: Scenario = {
	name: 'Example: a failed execution starts the error workflow, which reads session and kind',
	tags: ['example', 'error'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend({
			renderOutcomes: ['failed', 'failed'],
		});
		const workflow = await liveExample(
			world,
			'error-workflow',
			{ nemoVideoApi: credentialId },
			quick,
		);
		const sent = await world.api.callWebhook('webhook/nemovideo-order', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ prompt: PROMPT }),
		});
		assert.equal(sent.status, 200);
		const deadline = Date.now() + 60_000;
		let executions = await executionsOf(world, workflow);
		while (executions.length < 2 && Date.now() < deadline) {
			await new Promise((resolve) => setTimeout(resolve, 200));
			executions = await executionsOf(world, workflow);
		}
		const [failed, told] = executions;
		assert.ok(failed && told, 'The error workflow did not start');
		assert.equal(failed.status, 'error');
		assertSuccess(told);
		const [item] = itemsOf(told, 'What Failed');
		world.note(JSON.stringify(item?.json));
		assert.equal(item?.json.kind, 'render');
		assert.equal(item.json.sessionId, emulator.ledger.sessions[0]?.sessionId);
		assert.equal(item.json.renderId, emulator.ledger.renders.at(-1)?.id);
		assert.equal(item.json.node, 'Stop at a Failure');
		assert.match(String(item.json.advice), /export again/);
		return { kind: String(item.json.kind), session: 'in hand', render: 'in hand' };
	},
};

const errorOutput: Scenario = {
	name: 'Example: the error output has each failed row with its handles',
	tags: ['example', 'error'],
	issue: 7,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const workflow = await world.save(quick(readExample('error-workflow')), credentialId);
		const id = await world.api.run(workflow, 'When clicking ‘Execute workflow’');
		const execution = await world.api.waitForExecution(id);
		assertSuccess(execution);
		const [video] = itemsOf(execution, 'Video');
		const [failed] = itemsOf(execution, 'Failed Row');
		assert.match(String(video?.json.url), /\.mp4/);
		assert.equal(video?.json.sku, 'A-1');
		assert.deepEqual(
			{ sku: at(failed?.json, 'sku'), kind: at(failed?.json, 'kind') },
			{ sku: 'A-2', kind: 'input' },
		);
		assert.equal(emulator.ledger.summary().promptsAccepted, 1);
		return { videos: 1, failed: String(failed?.json.message) };
	},
};

export const area = 'Example workflows';

export const rows: readonly Scenario[] = [
	formToVideo,
	chatToVideo,
	chatFails,
	errorWorkflow,
	errorOutput,
];
