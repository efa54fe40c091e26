import assert from 'node:assert/strict';
import type { Job, Outcome, Row } from '../job.cts';
import { byId, type Stage } from '../stage.cts';
import { GoogleDrive } from '../standIns/googleDrive.cts';
import { TableJob } from '../tableJob.cts';

const COLUMNS = ['name', 'prompt', 'photos', 'status', 'note'];
const FORMATS = 3;

interface Campaigns {
	drive: GoogleDrive;
	job: TableJob;
}

async function campaignsOf(
	stage: Stage,
	rows: readonly Row[],
	refuses?: (name: string) => boolean,
): Promise<Campaigns> {
	const drive = new GoogleDrive(stage.key, [], refuses);
	stage.serve(drive.service);
	await stage.signIn('googleDriveOAuth2Api');
	const listed = rows.map((row) => ({
		name: row.subject,
		prompt: `Create a 15-second promo video of the ${row.subject}`,
		photos: stage.photo(row),
	}));
	const googleDrive = { folderId: byId('folder') };
	return { drive, job: await TableJob.open(stage, COLUMNS, listed, { googleDrive }) };
}

async function outcomeOf({ drive, job }: Campaigns): Promise<Outcome> {
	return {
		films: drive.uploaded.filter(({ bytes }) => bytes?.length).map(({ name }) => name),
		failures: await job.failures(),
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
		await campaigns.job.run();
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
		await campaigns.job.run();
		await campaigns.job.run();
		const outcome = await outcomeOf(campaigns);
		assert.deepEqual([...outcome.films].sort(), [
			'backpack 1x1.mp4',
			'backpack 9x16.mp4',
			'sneaker 16x9.mp4',
			'sneaker 1x1.mp4',
			'sneaker 9x16.mp4',
		]);
		const { job } = campaigns;
		assert.match(
			await job.noteOf('mug'),
			/^TikTok file not saved: .*Session: \d{15,}.*paid for: https?:/,
		);
		assert.match(
			await job.noteOf('lamp'),
			/^TikTok file not saved: .*Session: \d{15,}.*paid for: https?:/,
		);
		assert.match(await job.noteOf('backpack'), /^YouTube file not saved: .*Session: \d{15,}/);
		assert.equal(new Set(outcome.failures).size, 3, 'Each row has the session of its own film');
		return { ...outcome, credits: 100 + 200 + 100 + 200 };
	},
};
