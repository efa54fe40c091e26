import assert from 'node:assert/strict';
import type { WorkflowFile } from '../../api.cts';
import type { Job, Row } from '../job.cts';
import { byId, type Stage } from '../stage.cts';
import { DOCUMENT, GoogleSheet } from '../standIns/googleSheet.cts';
import type { Mailbox } from '../standIns/mailbox.cts';

const COLUMNS = ['prompt', 'photos', 'status', 'url', 'sessionId', 'note'];

interface Night {
	sheet: GoogleSheet;
	mails: Mailbox['mails'];
	workflow: WorkflowFile;
}

async function nightOf(
	stage: Stage,
	rows: readonly Row[],
	refuses?: (value: string) => boolean,
): Promise<Night> {
	const sheet = new GoogleSheet(
		COLUMNS,
		rows.map((row) => ({
			prompt: `Create a 15-second promo video of the ${row.subject}`,
			photos: stage.photo(row),
			status: 'new',
		})),
		refuses,
	);
	stage.serve(sheet.service);
	await stage.signIn('googleSheetsOAuth2Api');
	const { mails } = await stage.mailbox();
	const workflow = stage.workflow({
		googleSheets: {
			documentId: byId(DOCUMENT),
			sheetName: { __rl: true, mode: 'name', value: 'Sheet1' },
		},
	});
	return { sheet, mails, workflow };
}

export const googleSheet: Job = {
	file: 'google-sheet-nightly-batch',
	async run(stage, rows) {
		const { sheet, mails, workflow } = await nightOf(stage, rows);
		await stage.runOnce(workflow);
		const after = sheet.rows();
		const done = after.filter(({ status }) => status === 'done');
		const films = done.map(({ url = '' }) => url);
		const failed = after.filter(({ status }) => status === 'failed');
		const [summary] = mails;
		assert.equal(mails.length, 1, 'One mail sums the night up');
		assert.match(summary?.subject ?? '', new RegExp(`${films.length} of ${rows.length} films`));
		// A number in a sheet keeps 15 digits.
		for (const { sessionId = '' } of done) assert.match(sessionId, /^\d{17,}$/);
		for (const { note = '', sessionId = '' } of failed) {
			if (/expired/.test(note)) assert.match(sessionId, /^\d{17,}$/);
		}
		const failures = failed.map(({ note = '' }) => note);
		const cut = failures.filter((note) => /^[^']*\w'(?!\w)/.test(note));
		assert.deepEqual(cut, [], 'A sheet takes an apostrophe at the beginning for a sign to itself');
		return { films, failures };
	},
	/** The sheet is gone when the links are written: the rows are taken, and Retry finishes them. */
	async deliveryFails(stage) {
		const rows = ['mug', 'lamp'].map((subject): Row => ({ subject, kind: 'good' }));
		let isGone = true;
		const { sheet, mails, workflow } = await nightOf(
			stage,
			rows,
			(value) => isGone && value === 'done',
		);
		const first = await stage.runToItsEnd(workflow);
		assert.equal(first.status, 'error');
		await stage.runOnce(workflow);
		assert.deepEqual(
			sheet.rows().map(({ status }) => status),
			['working', 'working'],
		);
		assert.deepEqual(mails, [], 'Nothing is reported that is not done');
		isGone = false;
		const retry = await stage.world.api.retry(first.id);
		assert.equal(retry.status, 'success');
		const films = sheet.rows().map(({ url = '' }) => url);
		assert.ok(sheet.rows().every(({ status }) => status === 'done'));
		assert.equal(mails.length, 1);
		return { films, failures: ['n8n lists the run as failed'], credits: 200 };
	},
};
