import assert from 'node:assert/strict';
import type { Job } from '../job.cts';
import { byId, withVagueRows } from '../stage.cts';
import { GoogleDrive } from '../standIns/googleDrive.cts';

const COLUMNS = ['name', 'prompt', 'status', 'note'].map(
	(name) => ({ name, type: 'string' }) as const,
);
const TRANSLATION = '1\n00:00:00,000 --> 00:00:03,000\nHola\n';

/** The bad row asks for too little, so NemoVideo asks back. */
export const subtitles: Job = {
	file: 'film-with-subtitles',
	expires: 'film',
	expected: withVagueRows,
	async run(stage, rows) {
		const drive = new GoogleDrive(stage.key);
		stage.serve(drive.service);
		await stage.signIn('googleDriveOAuth2Api');
		await stage.languageModel((_, asked) => ({
			say: /-->[^]*mug|sneaker|lamp|backpack|headphones/.test(asked) ? TRANSLATION : 'No subtitles',
		}));
		const table = await stage.table(
			COLUMNS,
			rows.map(({ subject, kind }) => ({
				name: subject,
				prompt:
					kind === 'bad'
						? 'Make it better [[vague]]'
						: `Create a 15-second video of the ${subject} with the title "The ${subject}"`,
				status: 'new',
			})),
		);
		const choices = { dataTableId: byId(table.id) };
		await stage.runOnce(
			stage.workflow({ dataTable: choices, googleDrive: { folderId: byId('folder') } }),
		);
		const textOf = (name: string): string =>
			drive.uploaded.find((file) => file.name === name)?.bytes?.toString() ?? '';
		const after = await table.rows();
		const done = after.filter(({ status }) => status === 'done').map(({ name }) => String(name));
		for (const name of done) {
			assert.match(textOf(`${name}.srt`), new RegExp(`-->[^]*The ${name}`));
			assert.match(textOf(`${name}.vtt`), /^WEBVTT/);
			assert.equal(textOf(`${name} es.srt`).trim(), TRANSLATION.trim());
		}
		return {
			films: done.filter((name) => textOf(`${name}.mp4`) !== ''),
			failures: after.filter(({ status }) => status === 'failed').map(({ note }) => String(note)),
		};
	},
};
