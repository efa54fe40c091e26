import { recoverTurn, type RecoveryLimits } from '../../../../src/flows/generate/recoverTurn';
import { readState } from '../../../../src/api/state';
import { answer, failureOf, lost, Scripted, state, type Answer } from '../../support/scripted.cts';

const STATE = 'GET /api/state/';
const LIMITS: RecoveryLimits = { firstWaitMs: 30_000, intervalMs: 60_000, checks: 5 };
const BEFORE = state({ v: 0 });
const version = (v: number): Answer => state({ v });

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

/** Recovers a turn that began in the state BEFORE. */
async function recover(answers: Answer[], limits = LIMITS) {
	nemo.on(STATE, BEFORE);
	const { fingerprint } = await readState(nemo.client, '7');
	nemo.requests.length = 0;
	nemo.on(STATE, ...answers);
	const begun = nemo.clock.now();
	const found = await nemo.run(recoverTurn(nemo.client, '7', fingerprint, limits));
	return { ...found, readings: nemo.requests.length, elapsedMs: nemo.clock.now() - begun };
}

describe('a turn whose stream was lost', () => {
	it('is done when its change is read twice alike', async () => {
		expect(await recover([BEFORE, version(1), version(1)])).toMatchObject({
			how: 'settled',
			state: { draft: { v: 1 } },
			readings: 3,
		});
	});

	it('is not done with the raw clip: the second stage is waited for', async () => {
		const found = await recover([version(1), version(2), version(2)]);
		expect(found).toMatchObject({ how: 'settled', state: { draft: { v: 2 } }, readings: 3 });
	});

	it('is given up after five readings without a change: 30 s, then every 60 s', async () => {
		const found = await recover([BEFORE]);
		expect(found).toMatchObject({ how: 'unchanged', readings: 5 });
		expect(found.elapsedMs).toBeGreaterThanOrEqual(30_000 + 4 * 60_000);
		expect(found.elapsedMs).toBeLessThan(30_000 + 5 * 60_000);
	});

	it('that keeps moving is not waited for without end', async () => {
		const moving = Array.from({ length: 20 }, (_, v) => version(v + 1));
		expect(await recover(moving)).toMatchObject({ how: 'moving', readings: 6 });
	});

	it('is not called unchanged because a reading failed once', async () => {
		const limits = { ...LIMITS, checks: 3 };
		const found = await recover([lost(), version(0), lost(), version(1), version(1)], limits);
		expect(found).toMatchObject({ how: 'settled' });
	});

	it('whose state cannot be read at all is reported with the reason', async () => {
		const found = await recover([lost()], { ...LIMITS, checks: 1 });
		expect(found).toMatchObject({ how: 'unreadable', reason: { kind: 'network' } });
	});

	it('whose change was seen before the readings failed is not called unchanged', async () => {
		const found = await recover([version(1), lost()], { ...LIMITS, checks: 2 });
		expect(found).toMatchObject({ how: 'moving', state: { draft: { v: 1 } } });
	});

	it('whose state cannot be read is looked for as often as one that is unchanged', async () => {
		const found = await recover([lost()], { ...LIMITS, checks: 3 });
		expect(found).toMatchObject({ how: 'unreadable', readings: 3 });
		expect(found.elapsedMs).toBeGreaterThanOrEqual(30_000 + 2 * 60_000);
	});

	it('of a session that is gone is looked for once', async () => {
		const found = await recover([answer({ code: 1002 })]);
		expect(found).toMatchObject({ how: 'unreadable', reason: { kind: 'session' }, readings: 1 });
	});

	it('is no longer waited for after Stop', async () => {
		nemo.on(STATE, BEFORE);
		const work = failureOf(recoverTurn(nemo.client, '7', 'before', LIMITS));
		await nemo.clock.advance(1_000);
		nemo.stop.abort();
		expect((await work).kind).toBe('cancelled');
		expect(nemo.requests).toEqual([]);
	});
});
