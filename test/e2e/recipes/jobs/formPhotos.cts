import assert from 'node:assert/strict';
import { webhookIdOf } from '../../examples.cts';
import type { SavedWorkflow } from '../../api.cts';
import type { Job, Outcome } from '../job.cts';
import type { Stage } from '../stage.cts';
import { PHOTO } from '../standIns/files.cts';
import type { Mail } from '../standIns/mailbox.cts';

const PAGE = Buffer.from('<!DOCTYPE html><html><body>Sign in</body></html>');

interface Customer {
	about: string;
	email: string;
	photo?: Buffer;
}

async function fillIn(
	stage: Stage,
	live: SavedWorkflow,
	{ about, email, photo = PHOTO }: Customer,
): Promise<void> {
	const form = new FormData();
	const file = new Blob([new Uint8Array(photo)], { type: 'image/jpeg' });
	form.append('field-0', file, 'photo.jpg');
	form.append('field-1', about);
	form.append('field-2', email);
	const path = `form/${webhookIdOf(live, 'formTrigger')}`;
	const sent = await stage.world.api.callWebhook(path, { method: 'POST', body: form });
	assert.ok(sent.ok, `The form answered ${sent.status}`);
}

function outcomeOf(mails: readonly Mail[]): Outcome {
	return {
		films: mails.flatMap(({ attachments, to }) =>
			attachments.filter((name) => name.endsWith('.mp4')).map(() => to),
		),
		failures: mails.filter(({ subject }) => subject.startsWith('No film')).map(({ text }) => text),
	};
}

/** The bad row sends a page that is called photo.jpg. */
export const formPhotos: Job = {
	file: 'form-photos-to-mail',
	expires: 'film',
	async run(stage, rows) {
		const { mails } = await stage.mailbox();
		const live = await stage.goLive(stage.workflow());
		for (const { subject, kind } of rows) {
			const email = `${subject.replace(' ', '.')}@example.com`;
			const photo = kind === 'bad' ? PAGE : PHOTO;
			await fillIn(stage, live, { about: subject, email, photo });
		}
		await stage.ended(live, rows.length);
		return outcomeOf(mails);
	},
	/** The mail server doesn't know every second customer. */
	async deliveryFails(stage) {
		const { mails } = await stage.mailbox((address) => address.includes('unknown'));
		const live = await stage.goLive(stage.workflow());
		const names = ['mug', 'unknown.lamp', 'sneaker', 'unknown.backpack'];
		for (const name of names) {
			await fillIn(stage, live, { about: name, email: `${name}@example.com` });
		}
		await stage.ended(live, names.length);
		const outcome = outcomeOf(mails);
		assert.equal(outcome.films.length, 2);
		assert.equal(outcome.failures.length, 2);
		for (const text of outcome.failures) {
			assert.match(text, /Send the Film: .*550 5\.1\.1/);
			assert.match(text, /Customer: unknown\.\w+@example\.com/);
			assert.match(text, /Session: \d{15,}\s+The film is paid for: http/);
		}
		return { ...outcome, credits: 400 };
	},
};
