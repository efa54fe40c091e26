import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { YouTube } from '../standIns/youTube.cts';

const COLUMNS = ['topic', 'status', 'videoId', 'note'].map(
	(name) => ({ name, type: 'string' }) as const,
);

const scriptOf = (topic: string): string =>
	JSON.stringify({
		output: {
			title: `All about the ${topic}`,
			description: `What you should know about the ${topic}. In 20 seconds.`,
			instruction: `Show the ${topic} from all sides, with upbeat music.`,
		},
	});

/** The bad row is one for which the model doesn't give what it was asked for. */
export const topicToYouTube: Job = {
	file: 'topic-to-youtube',
	expires: 'film',
	async run(stage, rows) {
		const youTube = new YouTube(stage.key);
		stage.serve(youTube.service);
		await stage.signIn('youTubeOAuth2Api');
		await stage.languageModel((_, asked) => {
			const row = rows.find(({ subject }) => asked.includes(`Topic: ${subject}\n`));
			const isGood = row !== undefined && row.kind !== 'bad';
			return { say: isGood ? scriptOf(row.subject) : 'Sorry, I have no idea.' };
		});
		const table = await stage.table(
			COLUMNS,
			rows.map(({ subject }) => ({ topic: subject, status: 'new' })),
		);
		await stage.runOnce(stage.workflow({ dataTable: { dataTableId: byId(table.id) } }));
		const after = await table.rows();
		const done = after.filter(({ status }) => status === 'done');
		const whole = youTube.videos.filter(({ bytes }) => bytes > 0).map(({ id }) => id);
		return {
			films: done.map(({ videoId }) => String(videoId)).filter((id) => whole.includes(id)),
			failures: after.filter(({ status }) => status === 'failed').map(({ note }) => String(note)),
		};
	},
};
