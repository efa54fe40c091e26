import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { GoogleDrive } from '../standIns/googleDrive.cts';

const COLUMNS = ['name', 'prompt', 'photos', 'status', 'note'].map(
	(name) => ({ name, type: 'string' }) as const,
);
const FORMATS = 3;

export const threeFormats: Job = {
	file: 'three-formats',
	expected: (rows) => {
		const good = rows.filter(({ kind }) => kind === 'good').length;
		const films = good * FORMATS;
		return { films, failures: rows.length - good, prompts: films, credits: good * 200 };
	},
	async run(stage, rows) {
		const drive = new GoogleDrive(stage.key);
		stage.serve(drive.service);
		await stage.signIn('googleDriveOAuth2Api');
		const table = await stage.table(
			COLUMNS,
			rows.map((row) => ({
				name: row.subject,
				prompt: `Create a 15-second promo video of the ${row.subject}`,
				photos: stage.photo(row),
				status: 'new',
			})),
		);
		const choices = { dataTableId: byId(table.id) };
		await stage.runOnce(
			stage.workflow({ dataTable: choices, googleDrive: { folderId: byId('folder') } }),
		);
		const failed = (await table.rows()).filter(({ status }) => status === 'failed');
		return {
			films: drive.uploaded.filter(({ bytes }) => bytes?.length).map(({ name }) => name),
			failures: failed.map(({ note }) => String(note)),
		};
	},
};
