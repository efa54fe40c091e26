import assert from 'node:assert/strict';
import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { AirtableTable, BASE, TABLE } from '../standIns/airtable.cts';

/** Where to look at what failed. */
const SESSION = /Session: \d{17,}/;

export const airtable: Job = {
	file: 'airtable-to-films',
	async run(stage, rows) {
		const table = new AirtableTable(
			rows.map((row) => ({
				Prompt: `Create a 15-second promo video of the ${row.subject}`,
				Photos: [{ id: 'att1', url: stage.photo(row), filename: 'photo.jpg', type: 'image/jpeg' }],
				Status: 'New',
			})),
		);
		stage.serve(table.service);
		await stage.credential('airtableTokenApi', { accessToken: stage.key });
		await stage.runOnce(stage.workflow({ airtable: { base: byId(BASE), table: byId(TABLE) } }));
		const fields = table.records.map((record) => record.fields);
		for (const { Status, Note } of fields) {
			if (Status === 'Failed' && /expired/.test(String(Note))) assert.match(String(Note), SESSION);
		}
		return {
			films: fields.filter(({ Status }) => Status === 'Done').map(({ Film }) => String(Film)),
			failures: fields.filter(({ Status }) => Status === 'Failed').map(({ Note }) => String(Note)),
		};
	},
};
