import assert from 'node:assert/strict';
import { webhookIdOf } from '../../examples.cts';
import type { Job } from '../job.cts';
import { PHOTO } from '../standIns/files.cts';

const PAGE = Buffer.from('<!DOCTYPE html><html><body>Sign in</body></html>');

/** The bad row sends a page that is called photo.jpg. */
export const formPhotos: Job = {
	file: 'form-photos-to-mail',
	expires: 'film',
	async run(stage, rows) {
		const { mails } = await stage.mailbox();
		const live = await stage.goLive(stage.workflow());
		for (const { subject, kind } of rows) {
			const form = new FormData();
			const photo = new Blob([kind === 'bad' ? PAGE : PHOTO], { type: 'image/jpeg' });
			form.append('field-0', photo, 'photo.jpg');
			form.append('field-1', subject);
			form.append('field-2', `${subject.replace(' ', '.')}@example.com`);
			const path = `form/${webhookIdOf(live, 'formTrigger')}`;
			const sent = await stage.world.api.callWebhook(path, { method: 'POST', body: form });
			assert.ok(sent.ok, `The form answered ${sent.status}`);
		}
		await stage.ended(live, rows.length);
		return {
			films: mails.flatMap(({ attachments, to }) =>
				attachments.filter((name) => name.endsWith('.mp4')).map(() => to),
			),
			failures: mails
				.filter(({ subject }) => subject.startsWith('No film'))
				.map(({ text }) => text),
		};
	},
};
