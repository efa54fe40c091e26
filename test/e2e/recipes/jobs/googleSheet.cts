import assert from 'node:assert/strict';
import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { DOCUMENT, GoogleSheet } from '../standIns/googleSheet.cts';

const COLUMNS = ['prompt', 'photos', 'status', 'url', 'sessionId', 'note'];

export const googleSheet: Job = {
	file: 'google-sheet-nightly-batch',
	async run(stage, rows) {
		const sheet = new GoogleSheet(
			COLUMNS,
			rows.map((row) => ({
				prompt: `Create a 15-second promo video of the ${row.subject}`,
				photos: stage.photo(row),
				status: 'new',
			})),
		);
		stage.serve(sheet.service);
		await stage.signIn('googleSheetsOAuth2Api');
		const { mails } = await stage.mailbox();
		await stage.runOnce(
			stage.workflow({
				googleSheets: {
					documentId: byId(DOCUMENT),
					sheetName: { __rl: true, mode: 'name', value: 'Sheet1' },
				},
			}),
		);
		const after = sheet.rows();
		const films = after.filter(({ status }) => status === 'done').map(({ url = '' }) => url);
		const failed = after.filter(({ status }) => status === 'failed');
		const [summary] = mails;
		assert.equal(mails.length, 1, 'One mail sums the night up');
		assert.match(summary?.subject ?? '', new RegExp(`${films.length} of ${rows.length} films`));
		return { films, failures: failed.map(({ note = '' }) => note) };
	},
};
