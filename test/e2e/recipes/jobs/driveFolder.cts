import assert from 'node:assert/strict';
import type { WorkflowFile } from '../../api.cts';
import type { Job, Outcome } from '../job.cts';
import { byId, type Stage } from '../stage.cts';
import { GoogleDrive, type DriveFile } from '../standIns/googleDrive.cts';
import type { Mailbox } from '../standIns/mailbox.cts';

interface Folder {
	drive: GoogleDrive;
	mails: Mailbox['mails'];
	workflow: WorkflowFile;
}

async function folderOf(
	stage: Stage,
	files: readonly DriveFile[],
	refuses?: (name: string) => boolean,
): Promise<Folder> {
	const drive = new GoogleDrive(stage.key, files, refuses);
	stage.serve(drive.service);
	await stage.signIn('googleDriveOAuth2Api');
	const { mails } = await stage.mailbox();
	const workflow = stage.workflow({ googleDrive: { folderId: byId('folder') } });
	return { drive, mails, workflow };
}

function outcomeOf({ drive, mails }: Folder): Outcome {
	const films = drive.uploaded.filter(({ bytes }) => (bytes?.length ?? 0) > 0);
	return { films: films.map(({ name }) => name), failures: mails.map(({ text }) => text) };
}

const photoOf = (name: string): DriveFile => ({ id: name, name, mimeType: 'image/jpeg' });
const HEIC: DriveFile = { id: 'heic', name: 'IMG_0001.HEIC', mimeType: 'image/heif' };
/** n8n 1's node drops a download that failed, whatever On Error says. */
const isDropped = (version: string): boolean => version.startsWith('1.');

/** The rows are the photos of one film. A PDF is not asked for; a photo may be deleted meanwhile. */
export const driveFolder: Job = {
	file: 'drive-folder-to-film',
	expires: 'download',
	expected: (rows, version) => {
		const gone = rows.filter(({ kind }) => kind === 'expired').length;
		return { films: 1, failures: isDropped(version) ? 0 : gone, prompts: 1, credits: 100 };
	},
	async run(stage, rows) {
		const folder = await folderOf(
			stage,
			rows.map(({ subject, kind }, index) => ({
				id: `file_${index + 1}`,
				name: kind === 'bad' ? `${subject}.pdf` : `${subject}.jpg`,
				mimeType: kind === 'bad' ? 'application/pdf' : 'image/jpeg',
				isGone: kind === 'expired',
			})),
		);
		await stage.runOnce(folder.workflow);
		const { uploads } = stage.emulator.ledger.summary();
		stage.world.note(`${uploads} photos in the film`);
		return outcomeOf(folder);
	},
	/** Drive has no room for the film. Run again, the folder would be a film of its own. */
	async deliveryFails(stage) {
		const folder = await folderOf(stage, [photoOf('mug.jpg'), photoOf('lamp.jpg')], () => true);
		await stage.runOnce(folder.workflow);
		const outcome = outcomeOf(folder);
		const [mail] = folder.mails;
		assert.equal(folder.mails.length, 1);
		assert.match(mail?.subject ?? '', /film of the folder was not saved/);
		assert.match(mail?.text ?? '', /Save the Film: \S.*Session: \d{15,}.*paid for: https?:/s);
		return { ...outcome, credits: 100 };
	},
	stories: {
		'leaves out what NemoVideo does not take, and names a photo that is gone': async (stage) => {
			const files = [HEIC, photoOf('mug.jpg'), { ...photoOf('lamp.jpg'), isGone: true }];
			const folder = await folderOf(stage, [...files, photoOf('backpack.jpg')]);
			await stage.runOnce(folder.workflow);
			const outcome = outcomeOf(folder);
			assert.equal(outcome.films.length, 1);
			assert.equal(stage.emulator.ledger.summary().uploads, 2);
			if (isDropped(stage.world.version)) assert.deepEqual(outcome.failures, []);
			else assert.match(outcome.failures.join(), /lamp\.jpg could not be downloaded, .*: \S/s);
			return { ...outcome, credits: 100 };
		},
		'says that a folder has no photos': async (stage) => {
			const folder = await folderOf(stage, [HEIC]);
			const { status, data } = await stage.runToItsEnd(folder.workflow);
			assert.equal(status, 'error');
			const said = String(data.resultData.error?.message);
			assert.match(said, /no JPEG, PNG or WebP photos/);
			return { films: [], failures: [said], credits: 0 };
		},
	},
};
