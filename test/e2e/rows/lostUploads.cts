import assert from 'node:assert/strict';
import { prepareSession } from '../../engine/support/sessions.cts';
import { PHOTO_FOLDER, PHOTOS } from '../../../tools/demo/example.cts';
import { allJson, assertSuccess, at } from '../results.cts';
import type { Scenario } from '../scenario.cts';
import { FIVE_TRIES, readFiles, workflow } from '../workflows.cts';

const PAGE = '<html><body><h1>504 Gateway Time-out</h1></body></html>';

const lateUpload: Scenario = {
	name: 'A gateway gives up on an upload that arrives behind it: the photo is in the session once',
	tags: ['gateway', 'upload', 'twice'],
	issue: 15,
	async run(world) {
		const { emulator, credentialId } = await world.backend();
		const sessionId = await prepareSession(emulator, { generate: false });
		emulator.faults.add({
			kind: 'status',
			endpoint: 'upload',
			status: 504,
			headers: { 'content-type': 'text/html' },
			body: PAGE,
			process: true,
			times: 0,
		});
		const steps = [
			readFiles(`${PHOTO_FOLDER}/${PHOTOS[0]}`),
			{ type: 'nemoVideoUpload', parameters: { sessionId }, ...FIVE_TRIES },
		];
		const execution = await world.run(workflow('Late upload', steps), credentialId);
		assertSuccess(execution);
		const [json] = allJson(execution, 'nemoVideoUpload');
		const { uploads } = emulator.ledger;
		assert.equal(uploads.length, 1, JSON.stringify(uploads));
		assert.equal(at(json, 'files.0.filename'), uploads[0]?.filename);
		return { copies: uploads.length, looks: emulator.requests.all({ endpoint: 'state' }).length };
	},
};

export const area = 'Uploads behind gateways';

export const rows: readonly Scenario[] = [lateUpload];
