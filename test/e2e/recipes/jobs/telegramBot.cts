import assert from 'node:assert/strict';
import { BOT_TOKEN, Telegram } from '../../telegram.cts';
import type { Job } from '../job.cts';
import type { Stage } from '../stage.cts';
import { PHOTO } from '../standIns/files.cts';

const ORDER = 'send me the video';
const TOO_LARGE = 55 * 1000 * 1000;

async function botOf(stage: Stage): Promise<Telegram> {
	const telegram = await Telegram.start();
	stage.world.atEnd(async () => await telegram.close());
	const credential = { accessToken: BOT_TOKEN, baseUrl: telegram.url };
	await stage.credential('telegramApi', credential);
	await stage.goLive(stage.workflow());
	return telegram;
}

const captionOf = (subject: string): string =>
	`Turn this image into a 15-second promo video of the ${subject}`;

/** Every row is a chat of its own. The bad one sends a PDF. */
export const telegramBot: Job = {
	file: 'telegram-bot',
	expires: 'film',
	async run(stage, rows) {
		const telegram = await botOf(stage);
		const chats = rows.map(async ({ subject, kind }, index) => {
			const chat = 1_000 + index;
			const caption = captionOf(subject);
			const name = kind === 'bad' ? `documents/${index}.pdf` : `photos/${index}.jpg`;
			const file_id = telegram.addFile(name, kind === 'bad' ? Buffer.from('%PDF-1.7') : PHOTO);
			const file = kind === 'bad' ? { document: { file_id } } : { photo: [{ file_id }] };
			const { text } = await telegram.write(chat, { caption, ...file });
			if (!/Timeline \(\d/.test(text)) return { failure: text };
			const { video } = await telegram.write(chat, { text: ORDER });
			return { film: video && `${chat}.mp4` };
		});
		const all = await Promise.all(chats);
		return {
			films: all.flatMap(({ film }) => film ?? []),
			failures: all.flatMap(({ failure }) => failure ?? []),
		};
	},
	/** One chat's film is too large for Telegram, and it takes no video in the other. */
	async deliveryFails(stage) {
		const telegram = await botOf(stage);
		const make = async (chat: number, subject: string): Promise<void> => {
			const file_id = telegram.addFile(`photos/${chat}.jpg`, PHOTO);
			const { text } = await telegram.write(chat, {
				caption: captionOf(subject),
				photo: [{ file_id }],
			});
			assert.match(text, /Timeline \(\d/);
		};
		const ask = async (chat: number): Promise<string> => {
			const { text, video } = await telegram.write(chat, { text: ORDER });
			assert.equal(video, undefined);
			assert.match(text, /<a href="http[^"]+">Download the video<\/a>/);
			return text;
		};
		await make(1_000, 'mug');
		await make(1_001, 'lamp');
		stage.emulator.options.cannedBytes = TOO_LARGE;
		const links = [await ask(1_000), await ask(1_000)];
		for (const text of links) assert.doesNotMatch(text, /refused/);
		stage.emulator.options.cannedBytes = 64 * 1024;
		telegram.refusal = 'Bad Request: not enough rights to send videos to the chat';
		const failures = [await ask(1_001), await ask(1_001)];
		for (const text of failures) assert.match(text, /^Telegram refused the video: .*not enough/);
		return { films: links, failures, credits: 200 };
	},
};
