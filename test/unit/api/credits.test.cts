import { readCredits, requireCredits } from '../../../src/api/credits';
import { answer, failureOf, ok, Scripted } from '../support/scripted.cts';

const BALANCE = 'GET /api/credits/balance/simple';
let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

describe('the balance', () => {
	it.each([
		[
			{ available: 100, frozen: 40, total: 140 },
			{ available: 100, frozen: 40, total: 140 },
		],
		[
			{ available: '100', frozen: '40' },
			{ available: 100, frozen: 40, total: 140 },
		],
		[{ available: 0 }, { available: 0, frozen: 0, total: 0 }],
		[
			{ available: 7.5, frozen: null, total: null },
			{ available: 7.5, frozen: 0, total: 7.5 },
		],
	])('is read from %j', async (told, credits) => {
		nemo.on(BALANCE, ok(told));
		expect(await readCredits(nemo.client)).toEqual(credits);
	});

	it.each([
		{},
		{ available: 'many' },
		{ available: {} },
		{ available: null },
		{ available: true },
		{ available: '' },
		{ available: ' ' },
		{ available: [] },
		{ available: [7] },
		{ available: 7, frozen: true },
		{ available: 7, total: '' },
	])('is not guessed from %j', async (told) => {
		nemo.on(BALANCE, ok(told));
		expect(await failureOf(readCredits(nemo.client))).toMatchObject({ kind: 'protocol' });
	});
});

describe('a minimum of credits', () => {
	it('asks nothing where it is 0', async () => {
		expect(await requireCredits(nemo.client, 0)).toBeUndefined();
		expect(nemo.requests).toEqual([]);
	});

	it('is met by exactly as many', async () => {
		nemo.on(BALANCE, ok({ available: 100 }));
		expect(await requireCredits(nemo.client, 100)).toMatchObject({ available: 100 });
	});

	it('that is not met fails before anything is spent, and says what to do', async () => {
		nemo.on(BALANCE, answer({ code: 0, data: { available: 99, frozen: 500 } }));
		const error = await failureOf(requireCredits(nemo.client, 100));
		expect(error).toMatchObject({ kind: 'credits', outcome: 'refused' });
		expect(error.message).toMatch(/99.*100.*'Minimum Credits'/);
		expect(error.description).toMatch(/https:\/\/web\.test/);
	});
});
