import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import { liveExample } from '../examples.cts';
import type { Scenario } from '../scenario.cts';
import { BOT_TOKEN, Telegram } from '../telegram.cts';

const PROMPT = 'Turn this image into a 15-second promo video with background music';
const GROUP = -1_001_234_567_890;
const OTHER = 42;

const bot: Scenario = {
	name: 'Example: a Telegram bot knows its commands and chats, takes photos and documents, and sends the MP4',
	tags: ['example', 'chat', 'telegram'],
	issue: 16,
	async run(world) {
		const { emulator, credentialId } = await world.backend({ silentShare: 0 });
		const telegram = await Telegram.start();
		world.atEnd(async () => await telegram.close());
		const telegramApi = await world.api.createCredential(
			'Telegram account',
			{ accessToken: BOT_TOKEN, baseUrl: telegram.url },
			'telegramApi',
		);
		const credentials = { nemoVideoApi: credentialId, telegramApi };
		await liveExample(world, 'jobs/telegram-bot', credentials, (file) => {
			for (const { type, parameters } of file.nodes) {
				if (!type.endsWith('.nemoVideoAssistant')) continue;
				parameters.options = { ...Object(parameters.options), pollIntervalSeconds: 0.1 };
			}
			return file;
		});
		const say = async (text: string, chat = GROUP) => await telegram.write(chat, { text });

		for (const command of ['/start', '/help', '/help@my_bot']) {
			const { chatId, text } = await say(command);
			assert.equal(chatId, String(GROUP));
			assert.match(text, /^Send images or text/);
		}
		assert.match((await say('/credits@my_bot')).text, /credits are available/);
		const { promptsAccepted: free, sessions: none } = emulator.ledger.summary();
		assert.deepEqual({ free, none }, { free: 0, none: 0 });

		const photo = await readFile(join(PHOTO_FOLDER, PHOTOS[0] ?? ''));
		const file_id = telegram.addFile('photos/file_0.jpg', photo);
		const made = await telegram.write(GROUP, { caption: PROMPT, photo: [{ file_id }] });
		assert.match(made.text, /Timeline \(\d/);
		assert.match((await say('/status@my_bot')).text, /Timeline \(\d/);
		assert.match((await say('/status', OTHER)).text, /no video in this chat yet/);

		const sent = await say('send me the video');
		assert.ok(sent.video, `No file came with: ${sent.text}`);
		const [render] = emulator.ledger.renders;
		const hash = createHash('sha256').update(sent.video).digest('hex');
		assert.equal(hash, await emulator.renders.sha256(render?.id ?? ''));
		assert.match(sent.text, /<a href="http[^"]+\.mp4">Download the video<\/a>/);

		const pdf = telegram.addFile('documents/invoice.pdf', Buffer.from('%PDF-1.7'));
		const refused = await telegram.write(GROUP, { document: { file_id: pdf }, caption: PROMPT });
		assert.match(refused.text, /'invoice\.pdf'.*MP4/);

		for (const { account } of emulator.tokens.all()) account.available = 0;
		assert.match((await say('Add the title "Sale"')).text, /out of credits/);
		const { sessions, uploads, promptsAccepted, renders } = emulator.ledger.summary();
		assert.deepEqual(
			{ sessions, uploads, promptsAccepted, renders },
			{ sessions: 1, uploads: 1, promptsAccepted: 1, renders: 1 },
		);
		return {
			messages: telegram.told.length,
			'prompts sent': promptsAccepted,
			sessions,
			'bytes of video': sent.video.length,
		};
	},
};

export const area = 'Chats';

export const rows: readonly Scenario[] = [bot];
