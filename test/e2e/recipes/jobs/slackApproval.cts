import assert from 'node:assert/strict';
import { webhookIdOf } from '../../examples.cts';
import type { Job, Outcome } from '../job.cts';
import { byId, withVagueRows, type Stage } from '../stage.cts';
import { CHANNEL, SlackWorkspace } from '../standIns/slackWorkspace.cts';
import { YouTube } from '../standIns/youTube.cts';

/** What somebody fills in. */
interface Wish {
	title: string;
	show: string;
}

interface Channel {
	slack: SlackWorkspace;
	youTube: YouTube;
}

/** Sends the forms, presses *Publish* in every question, and waits until all is over. */
async function publish(
	stage: Stage,
	{ slack, youTube }: Channel,
	wishes: readonly Wish[],
): Promise<Outcome> {
	stage.serve(slack.service, youTube.service);
	await stage.credential('slackApi', { accessToken: stage.key });
	await stage.signIn('youTubeOAuth2Api');
	const live = await stage.goLive(stage.workflow({ slack: { channelId: byId(CHANNEL) } }));
	let isOver = false;
	const pressing = slack.press('Publish', () => isOver);
	try {
		for (const { title, show } of wishes) {
			const form = new FormData();
			[title, show].forEach((value, index) => form.append(`field-${index}`, value));
			const path = `form/${webhookIdOf(live, 'formTrigger')}`;
			const sent = await stage.world.api.callWebhook(path, { method: 'POST', body: form });
			assert.ok(sent.ok, `The form answered ${sent.status}`);
		}
		await stage.ended(live, wishes.length);
	} finally {
		isOver = true;
		await pressing;
	}
	const said = slack.texts;
	const published = youTube.videos.filter(({ bytes }) => bytes > 0).map(({ id }) => id);
	return {
		films: published.filter((id) => said.some((text) => text.includes(`youtu.be/${id}`))),
		failures: said.filter((text) => /^No video|refused the question/.test(text)),
	};
}

const wishOf = (subject: string): string => `Create a 15-second video of the ${subject}`;

/** The bad row asks for too little, so NemoVideo asks back. */
export const slackApproval: Job = {
	file: 'slack-approval-to-youtube',
	expires: 'film',
	expected: withVagueRows,
	async run(stage, rows) {
		const channel = { slack: new SlackWorkspace(), youTube: new YouTube(stage.key) };
		const wishes = rows.map(({ subject, kind }) => ({
			title: subject,
			show: kind === 'bad' ? 'Make it better' : wishOf(subject),
		}));
		return await publish(stage, channel, wishes);
	},
	/**
	 * YouTube takes one video a day, and Slack refuses a question. n8n 1 has no error output for that
	 * and continues as if nobody had answered.
	 */
	async deliveryFails(stage) {
		const slack = new SlackWorkspace((question) =>
			question.includes('lamp') ? 'invalid_blocks' : undefined,
		);
		const youTube = new YouTube(stage.key, 1);
		const hardTitle = `${'We <3 lakes -> and mugs'.padEnd(99, '.')}🎬🎬`;
		const long = `${'A story of a mug & its lake. '.repeat(140)}`;
		const first = await publish(stage, { slack, youTube }, [
			{ title: hardTitle, show: `${wishOf('mug')} with the title "${long}"` },
		]);
		assert.equal(first.films.length, 1, first.failures.join());
		assert.match(youTube.videos[0]?.snippet.title ?? '', /^We ‹3 lakes -› and mugs\.+$/);
		const [question = ''] = slack.questions;
		assert.ok(question.length > 1_200, `The question has only ${question.length} characters`);
		assert.match(question, /Look at it: http/);
		const second = await publish(stage, { slack, youTube }, [
			{ title: 'A sneaker', show: wishOf('sneaker') },
			{ title: 'A lamp', show: wishOf('lamp') },
		]);
		const [lamp = '', sneaker = ''] = second.failures.sort();
		assert.match(
			lamp,
			stage.world.version.startsWith('1.')
				? /"A lamp" isn't published: .*Slack refused the question\. .*session is \d{15,}/
				: /"A lamp" on YouTube\. Ask in Slack: .*Session: \d{15,}\. Look at it: http/,
		);
		assert.match(
			sneaker,
			/"A sneaker" on YouTube\. Upload to YouTube: .*Session: \d{15,}.*paid for: http/,
		);
		assert.equal(second.failures.length, 2);
		return { ...second, credits: 300 };
	},
};
