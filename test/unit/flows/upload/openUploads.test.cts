import {
	closeUploads,
	findOpenUploads,
	leaveUpload,
} from '../../../../src/flows/upload/openUploads';
import { DEFAULT_RECOVERY } from '../../../../src/flows/generate/recoverTurn';
import type { PendingUpload } from '../../../../src/flows/upload/uploadCheckpoint';
import { testClient } from '../../support/client.cts';
import { Scripted } from '../../support/scripted.cts';

const SESSIONS = 2_000;
const KEYS = new Set(['a']);
const nemo = new Scripted();
/** Another execution of the same process. */
const other = () => testClient(nemo, nemo.clock, { queue: nemo.client.queue });
const pending = (sessionId: string): PendingUpload => ({
	phase: 'sending',
	sessionId,
	ticket: `ticket of ${sessionId}`,
	leftAt: nemo.clock.now(),
	before: [],
	sent: [{ key: 'a', name: 'a.png' }],
	arrived: [],
	mayBeSentAgain: false,
});

it('2,000 executions with lost uploads leave no more than the last hundred in the process', async () => {
	for (let index = 0; index < SESSIONS; index++) {
		await leaveUpload(other(), pending(`session ${index}`), DEFAULT_RECOVERY);
	}
	const known = await Promise.all(
		Array.from({ length: SESSIONS }, async (_, index) =>
			(await findOpenUploads(other(), `session ${index}`, KEYS)).map(({ sessionId }) => sessionId),
		),
	);
	const last = Array.from({ length: 100 }, (_, index) => `session ${SESSIONS - 100 + index}`);
	expect(known.flat()).toEqual(last);
	for (const sessionId of last) await closeUploads(other(), sessionId, KEYS);
	expect(await findOpenUploads(other(), last[0] ?? '', KEYS)).toEqual([]);
});
