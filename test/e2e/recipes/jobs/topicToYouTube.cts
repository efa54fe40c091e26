import assert from 'node:assert/strict';
import type { Job, Outcome } from '../job.cts';
import type { Stage } from '../stage.cts';
import { YouTube } from '../standIns/youTube.cts';
import { TableJob } from '../tableJob.cts';

const COLUMNS = ['topic', 'status', 'videoId', 'note'];
/** What a model writes although YouTube takes no angle brackets, and 100 characters at most. */
const hardTitle = (topic: string): string =>
	`${`${topic} Before -> after: why CPUs < GPUs`.padEnd(99, '.')}🎬🎬`;

const scriptOf = (topic: string): object => ({
	title: topic.includes('lamp') ? hardTitle(topic) : `All about the ${topic}`,
	description: `What you should know about the ${topic}. Before -> after.`,
	instruction: `Show the ${topic} from all sides, with upbeat music.`,
});

interface Channel {
	youTube: YouTube;
	job: TableJob;
}

async function channelOf(
	stage: Stage,
	topics: readonly string[],
	say: (topic: string) => string,
	quota?: number,
): Promise<Channel> {
	const youTube = new YouTube(stage.key, quota);
	stage.serve(youTube.service);
	await stage.signIn('youTubeOAuth2Api');
	await stage.languageModel((_, asked) => {
		const topic = topics.find((one) => asked.includes(`Topic: ${one}\n`)) ?? '';
		return { say: say(topic) };
	});
	const rows = topics.map((topic) => ({ topic }));
	return { youTube, job: await TableJob.open(stage, COLUMNS, rows) };
}

async function outcomeOf({ youTube, job }: Channel): Promise<Outcome> {
	const done = await job.rowsThatAre('done');
	const whole = youTube.videos.filter(({ bytes }) => bytes > 0).map(({ id }) => id);
	return {
		films: done.map(({ videoId }) => String(videoId)).filter((id) => whole.includes(id)),
		failures: await job.failures(),
	};
}

/** The bad row is one for which the model doesn't give what it was asked for. */
export const topicToYouTube: Job = {
	file: 'topic-to-youtube',
	expires: 'film',
	async run(stage, rows) {
		const channel = await channelOf(
			stage,
			rows.map(({ subject }) => subject),
			(topic) => {
				const isBad = rows.some(({ subject, kind }) => subject === topic && kind === 'bad');
				return isBad ? 'Sorry, I have no idea.' : JSON.stringify({ output: scriptOf(topic) });
			},
		);
		await channel.job.run();
		return await outcomeOf(channel);
	},
	/** YouTube takes two videos a day, and one script lacks the wrapper that was asked for. */
	async deliveryFails(stage) {
		const topics = ['mug', 'lamp', 'bare', 'sneaker', 'backpack'];
		const channel = await channelOf(
			stage,
			topics,
			(topic) => JSON.stringify(topic === 'bare' ? scriptOf(topic) : { output: scriptOf(topic) }),
			2,
		);
		await channel.job.run();
		await channel.job.run();
		const outcome = await outcomeOf(channel);
		const titles = channel.youTube.videos.map(({ snippet }) => snippet.title);
		assert.match(titles.join(), /lamp Before -› after: why CPUs ‹ GPUs/);
		assert.equal(outcome.films.length, 2);
		const [bare = '', ...refused] = outcome.failures;
		assert.match(bare, /chat model gave no title/);
		assert.equal(refused.length, 2);
		for (const note of refused)
			assert.match(note, /^Upload to YouTube: .*Session: \d{15,}.*paid for: https?:/);
		return { ...outcome, credits: 400 };
	},
};
