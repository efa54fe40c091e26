import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import type { SavedWorkflow } from '../api.cts';
import { allJson } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { SIGNING_SECRET, Slack, SLACK_TOKEN } from '../slack.cts';
import { workflow, type Step } from '../workflows.cts';
import type { TestContext } from '../testContext.cts';

const PROMPT = 'Turn this image into a 15-second promo video with background music';
const CHANNEL = 'C024BE91L';
const ASSISTANT = 'nemoVideoAssistant';
const RUN_MS = 240_000;

const TRIGGER = {
	type: 'n8n-nodes-base.slackTrigger',
	parameters: {
		trigger: ['message', 'file_share'],
		watchWorkspace: true,
		downloadFiles: true,
		options: {},
	},
	credentials: { slackApi: { id: null, name: 'Slack account' } },
};
const STEPS: readonly Step[] = [
	{
		type: 'n8n-nodes-base.filter',
		name: 'Not by a Bot',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'person',
						leftValue: '={{ !$json.bot_id }}',
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		},
	},
	{
		type: ASSISTANT,
		parameters: {
			message: '={{ $json.text }}',
			chatId: '={{ $json.channel }}',
			options: { pollIntervalSeconds: 0.1 },
		},
		onError: 'continueErrorOutput',
	},
];

async function liveBot(world: TestContext, credentialIds: Record<string, string>) {
	const file = workflow('Slack bot', [...STEPS]);
	Object.assign(file.nodes[0] ?? {}, { ...TRIGGER, webhookId: randomUUID() });
	return await world.goLive(file, credentialIds);
}

/** Says something in Slack, and tells what the Assistant gave on its first and its second output. */
function saying(world: TestContext, slack: Slack, bot: SavedWorkflow) {
	let said = 0;
	return async (event: Record<string, unknown>) => {
		await slack.tell(world.api, bot, { type: 'message', channel: CHANNEL, user: 'U1', ...event });
		const [newest] = await world.api.waitForAll(bot, ++said, RUN_MS);
		const execution = await world.api.execution(newest?.id ?? '');
		const given = (output: number) => allJson(execution, ASSISTANT, output);
		return [given(0), given(1)] as const;
	};
}

const bot: Scenario = {
	name: "A Slack bot understands Slack's mentions and links, takes files that the trigger downloads, and never answers itself",
	tags: ['chat', 'slack'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ silentShare: 0 });
		const slack = await Slack.start();
		world.atEnd(async () => await slack.close());
		const slackApi = await world.api.createCredential(
			'Slack account',
			{ accessToken: SLACK_TOKEN, signatureSecret: SIGNING_SECRET },
			'slackApi',
		);
		const live = await liveBot(world, { nemoVideoApi: credentialId, slackApi });
		const say = saying(world, slack, live);

		const [[help]] = await say({ text: '<@U012ABCDEF> help' });
		assert.match(String(help?.text), /^Send images or text/);
		const [[balance]] = await say({ text: '<@U012ABCDEF> credits' });
		assert.match(String(balance?.text), /credits are available/);
		const own = { bot_id: 'B1', text: String(balance?.text) };
		assert.deepEqual(await say(own), [[], []]);
		assert.equal(emulator.ledger.summary().sessions, 0);

		const photo = await readFile(join(PHOTO_FOLDER, PHOTOS[0] ?? ''));
		const shared = slack.addFile('front.jpg', 'image/jpeg', photo);
		const [[made]] = await say({ subtype: 'file_share', text: PROMPT, files: [shared] });
		assert.match(String(made?.text), /Timeline \(\d/);
		assert.deepEqual(Reflect.get(Object(made), 'files')?.[0]?.filename, 'front.jpg');

		const [[exported]] = await say({ text: '<@U012ABCDEF> export please' });
		assert.equal(exported?.action, 'export');
		assert.match(String(exported?.url), /\.mp4/);

		const [[unread]] = await say({ channel: 'C2', text: PROMPT, files: [shared] });
		assert.match(String(unread?.text), /n8n hasn't downloaded/);

		const { sessions, uploads, promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ sessions, uploads, promptsAccepted, renders },
			{ sessions: 1, uploads: 1, promptsAccepted: 1, renders: 1 },
		);
		return { messages: 6, 'prompts sent': promptsAccepted, sessions, uploads };
	},
};

export const area = 'Chats';

export const rows: readonly Scenario[] = [bot];
