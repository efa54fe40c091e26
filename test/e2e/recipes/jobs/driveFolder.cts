import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { GoogleDrive } from '../standIns/googleDrive.cts';

/** The rows are the photos of one film. A PDF is not asked for; a photo may be deleted meanwhile. */
export const driveFolder: Job = {
	file: 'drive-folder-to-film',
	expires: 'download',
	expected: (rows, version) => {
		const gone = rows.filter(({ kind }) => kind === 'expired').length;
		// n8n 1's node drops a download that failed, whatever On Error says.
		const failures = version.startsWith('1.') ? 0 : gone;
		return { films: 1, failures, prompts: 1, credits: 100 };
	},
	async run(stage, rows) {
		const drive = new GoogleDrive(
			stage.key,
			rows.map(({ subject, kind }, index) => ({
				id: `file_${index + 1}`,
				name: kind === 'bad' ? `${subject}.pdf` : `${subject}.jpg`,
				mimeType: kind === 'bad' ? 'application/pdf' : 'image/jpeg',
				isGone: kind === 'expired',
			})),
		);
		stage.serve(drive.service);
		await stage.signIn('googleDriveOAuth2Api');
		const { mails } = await stage.mailbox();
		await stage.runOnce(stage.workflow({ googleDrive: { folderId: byId('folder') } }));
		const { uploads } = stage.emulator.ledger.summary();
		stage.world.note(`${uploads} photos in the film`);
		const films = drive.uploaded.filter(({ bytes }) => (bytes?.length ?? 0) > 0);
		return { films: films.map(({ name }) => name), failures: mails.map(({ text }) => text) };
	},
};
