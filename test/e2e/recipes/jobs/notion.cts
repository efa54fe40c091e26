import assert from 'node:assert/strict';
import type { Job } from '../job.cts';
import { byId } from '../stage.cts';
import { DATABASE, NotionDatabase } from '../standIns/notion.cts';

/** Where to look at what failed. */
const SESSION = /Session: \d{17,}/;
const SIGNATURE = 'X-Amz-Expires=3600&X-Amz-Signature=0a1b2c3d';

export const notion: Job = {
	file: 'notion-to-films',
	async run(stage, rows) {
		const database = new NotionDatabase(
			rows.map((row) => ({
				prompt: `Create a 15-second promo video of the ${row.subject}`,
				photo: row.kind === 'bad' ? stage.photo(row) : `${stage.photo(row)}?${SIGNATURE}`,
			})),
		);
		stage.serve(database.service);
		await stage.credential('notionApi', { apiKey: stage.key });
		await stage.runOnce(stage.workflow({ notion: { databaseId: byId(DATABASE) } }));
		const told = (status: string, name: string): string[] =>
			database.pages
				.filter((page) => NotionDatabase.valueOf(page, 'Status') === status)
				.map((page) => NotionDatabase.valueOf(page, name));
		const failures = told('Failed', 'Note');
		assert.doesNotMatch(failures.join(' '), /Signature/, 'A failure holds what opens a file');
		for (const note of failures.filter((one) => /expired/.test(one))) assert.match(note, SESSION);
		return { films: told('Done', 'Film'), failures };
	},
};
