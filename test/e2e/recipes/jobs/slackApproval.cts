import assert from 'node:assert/strict';
import { webhookIdOf } from '../../examples.cts';
import type { Job } from '../job.cts';
import { byId, withVagueRows } from '../stage.cts';
import { CHANNEL, SlackWorkspace } from '../standIns/slackWorkspace.cts';
import { YouTube } from '../standIns/youTube.cts';

/** The bad row asks for too little, so NemoVideo asks back. */
export const slackApproval: Job = {
	file: 'slack-approval-to-youtube',
	expires: 'film',
	expected: withVagueRows,
	async run(stage, rows) {
		const slack = new SlackWorkspace();
		const youTube = new YouTube(stage.key);
		stage.serve(slack.service, youTube.service);
		await stage.credential('slackApi', { accessToken: stage.key });
		await stage.signIn('youTubeOAuth2Api');
		const live = await stage.goLive(stage.workflow({ slack: { channelId: byId(CHANNEL) } }));
		let isOver = false;
		const pressing = slack.press('Publish', () => isOver);
		try {
			for (const { subject, kind } of rows) {
				const wish =
					kind === 'bad' ? 'Make it better' : `Create a 15-second video of the ${subject}`;
				const form = new FormData();
				[subject, wish].forEach((value, index) => form.append(`field-${index}`, value));
				const path = `form/${webhookIdOf(live, 'formTrigger')}`;
				const sent = await stage.world.api.callWebhook(path, { method: 'POST', body: form });
				assert.ok(sent.ok, `The form answered ${sent.status}`);
			}
			await stage.ended(live, rows.length);
		} finally {
			isOver = true;
			await pressing;
		}
		const said = slack.texts;
		const published = youTube.videos.filter(({ bytes }) => bytes > 0).map(({ id }) => id);
		return {
			films: published.filter((id) => said.some((text) => text.includes(`youtu.be/${id}`))),
			failures: said.filter((text) => text.startsWith('No video')),
		};
	},
};
