/** What `npm start` does with each example, and what its user does: the easiest first. */

/** What makes the film of an example. */
export type Way =
	/** "Execute workflow", so often: a table's rows go on by a step with each press. */
	| { by: 'press'; times: number }
	/** The form that opens at "Execute workflow". */
	| { by: 'form' }
	| { by: 'chat'; message: string }
	/** Nothing: without this account or program there is no film. */
	| { by: 'others'; needs: string };

/** The tables of the examples; those that share one name it alike. */
export type TableName = 'Videos' | 'Videos in Steps';

export interface Plan {
	/** The example's file, without its ending. */
	example: string;
	way: Way;
	table?: TableName;
	/** Whether it is published, because it calls its own webhook. */
	isLive?: boolean;
}

const PRESS: Way = { by: 'press', times: 1 };

const JOB_NEEDS: ReadonlyArray<readonly [job: string, needs: string]> = [
	['mcp-server', 'an MCP client'],
	['telegram-bot', 'a Telegram bot and a public address'],
	['form-photos-to-mail', 'a mail server'],
	['shop-product-to-promo', 'a WooCommerce shop and a mail server'],
	['airtable-to-films', 'an Airtable account'],
	['notion-to-films', 'a Notion account'],
	['drive-folder-to-film', 'a Google account and a mail server'],
	['google-sheet-nightly-batch', 'a Google account and a mail server'],
	['three-formats', 'a Google account'],
	['blog-post-to-short', 'a Slack workspace'],
	['topic-to-youtube', 'a language model and a Google account'],
	['film-with-subtitles', 'a language model and a Google account'],
	['slack-approval-to-youtube', 'a Slack workspace and a Google account'],
];

/** Whole jobs bring films to services outside. */
const JOBS = JOB_NEEDS.map(([job, needs]): Plan => ({
	example: `jobs/${job}`,
	way: { by: 'others', needs },
}));

export const PLANS: readonly Plan[] = [
	{ example: 'quick-edit', way: PRESS },
	{ example: 'product-photos-to-promo', way: PRESS },
	{ example: 'form-to-video', way: { by: 'form' } },
	{ example: 'chat-to-video', way: { by: 'chat', message: 'make a 10-second video of a lake' } },
	{ example: 'iterative', way: PRESS },
	{ example: 'batch-style', way: PRESS },
	{ example: 'try-again', way: PRESS },
	{ example: 'error-workflow', way: PRESS },
	{ example: 'csv-to-videos', way: { by: 'form' } },
	{ example: 'scheduled-batch', way: PRESS, table: 'Videos' },
	{ example: 'rows-over-workers', way: PRESS, table: 'Videos in Steps', isLive: true },
	{ example: 'submit-and-collect', way: { by: 'press', times: 3 }, table: 'Videos in Steps' },
	{
		example: 'agent-with-tools',
		way: { by: 'others', needs: 'an OpenAI account, or another language model' },
	},
	{ example: 'mail-summary', way: { by: 'others', needs: 'a mail server' } },
	...JOBS,
];

/** What its user does, in a few words. */
export function wayInWords(way: Way): string {
	switch (way.by) {
		case 'press':
			return way.times === 1
				? 'press "Execute workflow"'
				: `press "Execute workflow" ${way.times} times; each press takes the rows one step on`;
		case 'form':
			return 'press "Execute workflow", then fill in the form';
		case 'chat':
			return `press "Open chat", then say "${way.message}", and "send me the video"`;
		case 'others':
			return `needs ${way.needs}`;
	}
}
