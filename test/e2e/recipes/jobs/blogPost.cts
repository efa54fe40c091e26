import assert from 'node:assert/strict';
import type { SavedWorkflow, WorkflowFile } from '../../api.cts';
import type { Job, Outcome } from '../job.cts';
import { byId, type Stage } from '../stage.cts';
import { atomOf, feedOf } from '../standIns/files.cts';
import type { Service } from '../standIns/hub.cts';
import { CHANNEL, SlackWorkspace } from '../standIns/slackWorkspace.cts';

interface Blog {
	slack: SlackWorkspace;
	workflow: WorkflowFile;
}

/** @param choices parameters that the user changes, by the end of the node's type */
async function blogOf(
	stage: Stage,
	feed: Service,
	choices: Record<string, Record<string, unknown>> = {},
	slack = new SlackWorkspace(),
): Promise<Blog> {
	stage.serve(slack.service, feed);
	await stage.credential('slackApi', { accessToken: stage.key });
	const workflow = stage.workflow({
		rssFeedRead: { url: `${stage.url}/feed.xml` },
		slack: { channelId: byId(CHANNEL) },
		...choices,
	});
	return { slack, workflow };
}

function outcomeOf({ slack }: Blog): Outcome {
	const links = slack.texts.flatMap((text) => /is ready: <?(http\S+\.mp4)/.exec(text)?.[1] ?? []);
	return { films: links, failures: slack.texts.filter((text) => text.startsWith('No video')) };
}

/** Changes how many posts of the feed it looks at. */
async function withMost(
	{ world }: Stage,
	workflow: SavedWorkflow,
	maxItems: number,
): Promise<SavedWorkflow> {
	const nodes = workflow.nodes.map((node) =>
		node.type.endsWith('.limit') ? { ...node, parameters: { maxItems } } : node,
	);
	return await world.api.saveNodes(workflow, nodes);
}

export const blogPost: Job = {
	file: 'blog-post-to-short',
	async run(stage, rows) {
		const articles = rows.map((row) => ({ title: row.subject, picture: stage.photo(row) }));
		const blog = await blogOf(stage, feedOf(articles), {
			limit: { maxItems: rows.length },
			// A whole feed of new posts costs more than a day's.
			nemoVideoCreateVideo: { options: { includeInputFields: true, maximumCredits: 2_000 } },
		});
		await stage.runOnce(blog.workflow);
		return outcomeOf(blog);
	},
	/** The app isn't in the channel. One post has a podcast, and another a page for a picture. */
	async deliveryFails(stage) {
		const articles = [
			{ title: 'mug', picture: stage.photo({ subject: 'mug', kind: 'good' }) },
			{ title: 'talk', picture: `${stage.url}/photos/talk.mp3`, mimeType: 'audio/mpeg' },
			{ title: 'lamp', picture: stage.photo({ subject: 'lamp', kind: 'bad' }) },
		];
		const slack = new SlackWorkspace(() => 'not_in_channel');
		const { workflow } = await blogOf(stage, feedOf(articles), {}, slack);
		const saved = await stage.save(workflow);
		const first = await stage.runToItsEnd(saved);
		assert.equal(first.status, 'error');
		const said = String(first.data.resultData.error?.message);
		assert.match(said, /not_in_channel/);
		assert.match(said, /"mug" is paid for: http\S+\.mp4.*"talk" is paid for: http\S+\.mp4/);
		assert.match(said, /No video about "lamp": \S/);
		await stage.runOnce(saved);
		const films = said.match(/http\S+\.mp4/g) ?? [];
		return { films, failures: [said], credits: 200 };
	},
	stories: {
		'makes one film of each post of an Atom feed': async (stage) => {
			const titles = ['mug'];
			const blog = await blogOf(stage, atomOf(titles));
			const saved = await stage.save(blog.workflow);
			await stage.runOnce(saved);
			titles.push('lamp');
			await stage.runOnce(saved);
			await stage.runOnce(saved);
			const [first, second] = stage.emulator.ledger.prompts;
			assert.match(first?.text ?? '', /Title: mug\. Text: +All about +mug/);
			assert.match(second?.text ?? '', /Title: lamp\. Text: +All about +lamp/);
			const outcome = outcomeOf(blog);
			assert.equal(outcome.films.length, 2);
			return { ...outcome, credits: 200 };
		},
		'makes one film as its note says, and spares the other posts': async (stage) => {
			const titles = ['mug', 'lamp', 'sneaker'];
			const blog = await blogOf(stage, atomOf(titles));
			const one = await withMost(stage, await stage.save(blog.workflow), 1);
			await stage.runOnce(one);
			assert.equal(outcomeOf(blog).films.length, 1);
			await stage.runOnce(await withMost(stage, one, 5));
			const subjects = blog.slack.texts.map((text) => /"(\w+)"/.exec(text)?.[1]);
			assert.deepEqual(subjects.slice(0, 1), ['sneaker']);
			assert.deepEqual(subjects.slice(1).sort(), ['lamp', 'mug']);
			return { ...outcomeOf(blog), credits: 300 };
		},
	},
};
