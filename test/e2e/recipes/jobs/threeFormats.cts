import assert from 'node:assert/strict';
import type { DataTable } from '../../dataTables.cts';
import type { Job, Outcome, Row } from '../job.cts';
import { byId, type Stage } from '../stage.cts';
import { GoogleDrive } from '../standIns/googleDrive.cts';

const COLUMNS = ['name', 'prompt', 'photos', 'status', 'note'].map(
	(name) => ({ name, type: 'string' }) as const,
);
const FORMATS = 3;

interface Campaigns {
	drive: GoogleDrive;
	table: DataTable;
	run(): Promise<void>;
}

async function campaignsOf(
	stage: Stage,
	rows: readonly Row[],
	refuses?: (name: string) => boolean,
): Promise<Campaigns> {
	const drive = new GoogleDrive(stage.key, [], refuses);
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
	const workflow = stage.workflow({
		dataTable: choices,
		googleDrive: { folderId: byId('folder') },
	});
	return {
		drive,
		table,
		run: async () => {
			await stage.runOnce(workflow);
		},
	};
}

async function outcomeOf({ drive, table }: Campaigns): Promise<Outcome> {
	const failed = (await table.rows()).filter(({ status }) => status === 'failed');
	return {
		films: drive.uploaded.filter(({ bytes }) => bytes?.length).map(({ name }) => name),
		failures: failed.map(({ note }) => String(note)),
	};
}

export const threeFormats: Job = {
	file: 'three-formats',
	expected: (rows) => {
		const good = rows.filter(({ kind }) => kind === 'good').length;
		const films = good * FORMATS;
		return { films, failures: rows.length - good, prompts: films, credits: good * 200 };
	},
	async run(stage, rows) {
		const campaigns = await campaignsOf(stage, rows);
		await campaigns.run();
		return await outcomeOf(campaigns);
	},
	/** Drive has no room for the first format of two films, and for the last of another. */
	async deliveryFails(stage) {
		const rows = ['mug', 'sneaker', 'lamp', 'backpack'].map((subject): Row => ({
			subject,
			kind: 'good',
		}));
		const campaigns = await campaignsOf(stage, rows, (name) =>
			/^(?:mug|lamp) 9x16|^backpack 16x9/.test(name),
		);
		await campaigns.run();
		await campaigns.run();
		const outcome = await outcomeOf(campaigns);
		assert.deepEqual([...outcome.films].sort(), [
			'backpack 1x1.mp4',
			'backpack 9x16.mp4',
			'sneaker 16x9.mp4',
			'sneaker 1x1.mp4',
			'sneaker 9x16.mp4',
		]);
		const after = await campaigns.table.rows();
		const noteOf = (name: string): string => String(after.find((row) => row.name === name)?.note);
		assert.match(noteOf('mug'), /^TikTok file not saved: .*Session: \d{15,}.*paid for: https?:/);
		assert.match(noteOf('lamp'), /^TikTok file not saved: .*Session: \d{15,}.*paid for: https?:/);
		assert.match(noteOf('backpack'), /^YouTube file not saved: .*Session: \d{15,}/);
		assert.equal(new Set(outcome.failures).size, 3, 'Each row has the session of its own film');
		return { ...outcome, credits: 100 + 200 + 100 + 200 };
	},
};
