import { BOT_TOKEN, Telegram } from '../../telegram.cts';
import type { Job } from '../job.cts';
import { PHOTO } from '../standIns/files.cts';

/** Every row is a chat of its own. The bad one sends a PDF. */
export const telegramBot: Job = {
	file: 'telegram-bot',
	expires: 'film',
	async run(stage, rows) {
		const telegram = await Telegram.start();
		stage.world.atEnd(async () => await telegram.close());
		const credential = { accessToken: BOT_TOKEN, baseUrl: telegram.url };
		await stage.credential('telegramApi', credential);
		await stage.goLive(stage.workflow());
		const chats = rows.map(async ({ subject, kind }, index) => {
			const chat = 1_000 + index;
			const caption = `Turn this image into a 15-second promo video of the ${subject}`;
			const name = kind === 'bad' ? `documents/${index}.pdf` : `photos/${index}.jpg`;
			const file_id = telegram.addFile(name, kind === 'bad' ? Buffer.from('%PDF-1.7') : PHOTO);
			const file = kind === 'bad' ? { document: { file_id } } : { photo: [{ file_id }] };
			const { text } = await telegram.write(chat, { caption, ...file });
			if (!/Timeline \(\d/.test(text)) return { failure: text };
			const { video } = await telegram.write(chat, { text: 'send me the video' });
			return { film: video && `${chat}.mp4` };
		});
		const all = await Promise.all(chats);
		return {
			films: all.flatMap(({ film }) => film ?? []),
			failures: all.flatMap(({ failure }) => failure ?? []),
		};
	},
};
