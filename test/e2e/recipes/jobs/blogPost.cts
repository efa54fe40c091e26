import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { feedOf } from '../standIns/files.cts';
import { CHANNEL, SlackWorkspace } from '../standIns/slackWorkspace.cts';

export const blogPost: Job = {
	file: 'blog-post-to-short',
	async run(stage, rows) {
		const slack = new SlackWorkspace();
		const articles = rows.map((row) => ({ title: row.subject, picture: stage.photo(row) }));
		stage.serve(slack.service, feedOf(articles));
		await stage.credential('slackApi', { accessToken: stage.key });
		await stage.runOnce(
			stage.workflow({
				rssFeedRead: { url: `${stage.url}/feed.xml` },
				slack: { channelId: byId(CHANNEL) },
				// A whole feed of new posts costs more than a day's.
				nemoVideoCreateVideo: { options: { includeInputFields: true, maximumCredits: 2_000 } },
			}),
		);
		const links = slack.texts.flatMap((text) => /is ready: <?(http\S+\.mp4)/.exec(text)?.[1] ?? []);
		return { films: links, failures: slack.texts.filter((text) => text.startsWith('No video')) };
	},
};
