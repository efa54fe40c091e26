import { NemoVideoError } from '../../../../src/api/errors';
import {
	CreditBudget,
	isBudgetCheckpoint,
	type BudgetLimits,
	type BudgetCheckpoint,
} from '../../../../src/flows/createVideo/creditBudget';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import { answer, failureOf, lost, ok, Scripted } from '../../support/scripted.cts';
import { newCheckpoint } from '../fakeNemoVideo.cts';

const BALANCE = 'GET /api/credits/balance/simple';
/** How NemoVideo refuses a turn that cannot be paid. */
const OUT_OF_CREDITS = new NemoVideoError('credits', 'No credits left', { code: 2001 });
const FREE: BudgetLimits = { minimum: 0, maximum: 0, stopWhenOut: false };
const WATCHFUL: BudgetLimits = { ...FREE, stopWhenOut: true };

/** An account of NemoVideo's, and the run that spends from it. */
let nemo: Scripted;
let available: number;
let checkpoint: Checkpoint<BudgetCheckpoint>;
let budget: CreditBudget;
let limits: BudgetLimits;

const begin = (chosen: BudgetLimits, credits: number, executionId = '1'): void => {
	limits = chosen;
	available = credits;
	nemo.on(BALANCE, () => ok({ available }));
	budget = new CreditBudget(nemo.client, limits, checkpoint, executionId);
};

beforeEach(() => {
	nemo = new Scripted();
	checkpoint = newCheckpoint();
});

const admit = async () => await nemo.run(budget.reserve());
const refusal = async () => await failureOf(nemo.run(budget.reserve()));

/** One turn from its admission to its end. */
async function turn(cost: number, failure?: unknown): Promise<number | null> {
	const ticket = await admit();
	await nemo.run(ticket.begin());
	available -= cost;
	return await nemo.run(ticket.end(failure));
}

/** Whether work has ended, once all that can go on without it has gone on. */
async function isOver(work: Promise<unknown>): Promise<boolean> {
	let over = false;
	const end = (): void => void (over = true);
	work.then(end, end);
	await nemo.clock.advance(60_000);
	return over;
}

describe('a run without limits', () => {
	it('sends every turn, and tells what each took and what all took', async () => {
		begin(FREE, 250);
		expect(await turn(100)).toBe(100);
		expect(await turn(100)).toBe(100);
		expect(await turn(50)).toBe(50);
		expect(await turn(0)).toBe(0);
		expect(await nemo.run(budget.total())).toBe(250);
	});

	it('knows of nothing spent before its first turn', async () => {
		begin(FREE, 250);
		expect(await nemo.run(budget.total())).toBeUndefined();
		expect(nemo.requests).toEqual([]);
	});

	it('continues where the balance cannot be read, without asking for it again', async () => {
		begin(WATCHFUL, 0);
		nemo.on(BALANCE, answer({}, 418));
		expect(await turn(100)).toBeNull();
		expect(await turn(100)).toBeNull();
		expect(await nemo.run(budget.total())).toBeUndefined();
		expect(nemo.count(BALANCE)).toBe(1);
	});

	it('ends with Stop while the balance is read', async () => {
		begin(WATCHFUL, 100);
		nemo.on(BALANCE, () => (nemo.stop.abort(), lost()));
		expect((await refusal()).kind).toBe('cancelled');
	});
});

describe('a run that stops when credits run out', () => {
	it('sends what they pay for, and says of the rest that it was not sent', async () => {
		begin(WATCHFUL, 250);
		await turn(100);
		await turn(100);
		const error = await refusal();
		expect(error).toMatchObject({ kind: 'credits', outcome: 'refused', stage: 'credits' });
		expect(error.message).toBe(
			'Not sent: NemoVideo has 50 credits left, too few for another video',
		);
		expect(error.description).toMatch(/Top up the account at https:\/\/web\.test/);
		available = 5_000;
		expect((await refusal()).message).toBe(error.message);
	});

	it('sends a turn that the last credits pay for exactly', async () => {
		begin(WATCHFUL, 200);
		await turn(100);
		expect(await turn(100)).toBe(100);
		expect((await refusal()).message).toMatch(/has 0 credits left/);
	});

	it('tries with few credits where it has not been measured what a turn costs', async () => {
		begin(WATCHFUL, 7);
		expect(await turn(7)).toBe(7);
		expect((await refusal()).message).toMatch(/has 0 credits left/);
	});

	it('sends nothing at all without a credit', async () => {
		begin(WATCHFUL, 0);
		expect((await refusal()).message).toMatch(/has 0 credits left/);
	});

	it('sends while the cheapest turn can be paid, for the next may be a cheap one', async () => {
		begin(WATCHFUL, 150);
		await turn(10);
		await turn(100);
		expect(await turn(30)).toBe(30);
		expect(await turn(10)).toBe(10);
		expect((await refusal()).message).toMatch(/has 0 credits left/);
	});

	it('looks again before it gives up: the account may have been topped up', async () => {
		begin(WATCHFUL, 100);
		await turn(100);
		available = 100;
		expect(await turn(100)).toBe(100);
	});

	it('knows that they have run out when NemoVideo is the first to say so', async () => {
		begin(WATCHFUL, 5_000);
		await turn(0, OUT_OF_CREDITS);
		expect((await refusal()).message).toMatch(/has 5000 credits left, too few/);
	});

	it('sends on after a turn that failed otherwise', async () => {
		begin(WATCHFUL, 5_000);
		await turn(100, new NemoVideoError('server', 'the agent failed'));
		expect(await turn(100)).toBe(100);
	});

	it('leaves it to NemoVideo where the balance can no longer be read', async () => {
		begin(WATCHFUL, 150);
		await turn(100);
		nemo.on(BALANCE, answer({}, 418));
		await expect(admit()).resolves.toBeDefined();
	});

	it('ends with Stop while it looks again', async () => {
		begin(WATCHFUL, 150);
		await turn(100);
		nemo.on(BALANCE, () => (nemo.stop.abort(), lost()));
		expect((await refusal()).kind).toBe('cancelled');
	});
});

it('where the user chose so, NemoVideo refuses each row itself', async () => {
	begin(FREE, 0);
	await turn(0, OUT_OF_CREDITS);
	await expect(admit()).resolves.toBeDefined();
});

describe('turns side by side', () => {
	it('run while the balance is ample', async () => {
		begin(WATCHFUL, 300);
		const tickets = [await admit(), await admit(), await admit()];
		await Promise.all(tickets.map(async (ticket) => await ticket.begin()));
		expect(tickets).toHaveLength(3);
	});

	it('wait for one another as it gets tight, because what they cost is not known yet', async () => {
		begin(WATCHFUL, 250);
		const first = await admit();
		const second = await admit();
		await Promise.all([first.begin(), second.begin()]);
		const third = budget.reserve();
		expect(await isOver(third)).toBe(false);
		available -= 100;
		await nemo.run(first.end());
		available -= 100;
		await nemo.run(second.end());
		expect(await failureOf(nemo.run(third))).toMatchObject({ kind: 'credits' });
		expect(await nemo.run(budget.total())).toBe(200);
	});

	it('continue as soon as one that ended has left enough', async () => {
		begin(WATCHFUL, 150);
		const first = await admit();
		await first.begin();
		const second = budget.reserve();
		expect(await isOver(second)).toBe(false);
		available -= 10;
		expect(await nemo.run(first.end())).toBe(10);
		const ticket = await nemo.run(second);
		await nemo.run(ticket.begin());
		available -= 10;
		expect(await nemo.run(ticket.end())).toBe(10);
	});

	it('count a turn that was admitted and never begun as free', async () => {
		begin(WATCHFUL, 100);
		const given = await admit();
		const next = budget.reserve();
		expect(await isOver(next)).toBe(false);
		expect(await nemo.run(given.end(new Error('no session')))).toBeNull();
		await expect(nemo.run(next)).resolves.toBeDefined();
	});

	it('report no cost of their own', async () => {
		begin(WATCHFUL, 1_000);
		const [one, other] = [await admit(), await admit()];
		await Promise.all([one.begin(), other.begin()]);
		available -= 200;
		expect(await nemo.run(one.end())).toBeNull();
		expect(await nemo.run(other.end())).toBeNull();
		expect(await nemo.run(budget.total())).toBe(200);
	});

	it('do not both count on the same credits when they ask at the same moment', async () => {
		begin(WATCHFUL, 100);
		const asked = [budget.reserve(), budget.reserve()];
		const first = await nemo.run(Promise.race(asked));
		await nemo.run(first.begin());
		available -= 100;
		await nemo.run(first.end());
		const outcomes = await nemo.run(Promise.allSettled(asked));
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
	});
});

describe('the end of a turn', () => {
	it('counts once, however often it is reported', async () => {
		begin(WATCHFUL, 1_000);
		const ticket = await admit();
		await nemo.run(ticket.begin());
		await nemo.run(ticket.begin());
		available -= 100;
		expect(await nemo.run(ticket.end())).toBe(100);
		available -= 300;
		expect(await nemo.run(ticket.end(new Error('later')))).toBe(100);
		expect(nemo.count(BALANCE)).toBe(2);
	});
});

describe('a cap of credits', () => {
	const cap = (maximum: number): BudgetLimits => ({ ...FREE, maximum });

	it('is never passed, and the refusal says how far the run has come', async () => {
		begin(cap(250), 10_000);
		await turn(100);
		await turn(100);
		const error = await refusal();
		expect(error).toMatchObject({ kind: 'credits', outcome: 'refused', stage: 'credits' });
		expect(error.message).toBe(
			"Not sent: this run has used 200 of the 250 credits that 'Maximum Credits' allows, and another video would take it beyond",
		);
		expect(error.description).toBe(
			"Raise 'Maximum Credits', or run the remaining rows another time.",
		);
	});

	it('may be used up to the last credit', async () => {
		begin(cap(200), 10_000);
		await turn(100);
		expect(await turn(100)).toBe(100);
		expect((await refusal()).message).toMatch(/has used 200 of the 200/);
	});

	it('reckons with the dearest turn, because nobody knows what the next one costs', async () => {
		begin(cap(160), 10_000);
		await turn(10);
		await turn(90);
		expect((await refusal()).message).toMatch(/has used 100 of the 160/);
	});

	it('lets the first turn try where the cap is below what a turn usually costs', async () => {
		begin(cap(20), 10_000);
		expect(await turn(7)).toBe(7);
		expect(await turn(7)).toBe(7);
		expect((await refusal()).message).toMatch(/has used 14 of the 20/);
	});

	it('counts what a turn that failed has taken all the same', async () => {
		begin(cap(150), 10_000);
		await turn(100, new Error('the agent failed'));
		expect((await refusal()).message).toMatch(/has used 100 of the 150/);
	});

	it('counts turns in progress', async () => {
		begin(cap(200), 10_000);
		const tickets = [await admit(), await admit()];
		await Promise.all(tickets.map(async (ticket) => await ticket.begin()));
		const third = budget.reserve();
		expect(await isOver(third)).toBe(false);
		available -= 200;
		for (const ticket of tickets) await nemo.run(ticket.end());
		expect(await failureOf(nemo.run(third))).toMatchObject({ kind: 'credits' });
	});

	it('holds although credits run low: the tighter of the two decides', async () => {
		begin({ ...cap(1_000), stopWhenOut: true }, 150);
		await turn(100);
		expect((await refusal()).message).toMatch(/NemoVideo has 50 credits left/);
	});

	it('sends nothing where the balance cannot be read, for it could not be kept', async () => {
		begin(cap(500), 0);
		nemo.on(BALANCE, answer({}, 418));
		expect((await refusal()).httpStatus).toBe(418);
		expect((await refusal()).httpStatus).toBe(418);
		expect(nemo.count(BALANCE)).toBe(1);
	});

	it('sends nothing more where the balance can no longer be read', async () => {
		begin(cap(150), 10_000);
		await turn(100);
		nemo.on(BALANCE, answer({}, 418));
		expect((await refusal()).httpStatus).toBe(418);
	});

	it('counts what earlier tries of the execution have spent', async () => {
		begin(cap(200), 10_000);
		await turn(100);
		begin(cap(200), 10_000);
		expect(await turn(100)).toBe(100);
		expect((await refusal()).message).toMatch(/has used 200 of the 200/);
	});

	it('may be spent again by another execution', async () => {
		begin(cap(100), 10_000);
		await turn(100);
		begin(cap(100), 10_000, '2');
		expect(await turn(100)).toBe(100);
		expect(checkpoint.read()).toEqual({ executionId: '2', spent: 100 });
	});
});

describe('a minimum of credits', () => {
	const minimum = (credits: number): BudgetLimits => ({ ...WATCHFUL, minimum: credits });

	it('that is not there starts no row, and the balance is asked for once', async () => {
		begin(minimum(300), 250);
		for (const error of [await refusal(), await refusal()]) {
			expect(error).toMatchObject({ kind: 'credits', outcome: 'refused', stage: 'credits' });
			expect(error.message).toMatch(/250 credits left, fewer than the 300/);
			expect(error.description).toMatch(/Top up/);
		}
		expect(nemo.count(BALANCE)).toBe(1);
		expect(checkpoint.read()).toBeUndefined();
	});

	it('is for the run as a whole, not for every row', async () => {
		begin(minimum(300), 300);
		await turn(100);
		expect(await turn(100)).toBe(100);
	});

	it('is not asked for again in a retry, which has spent a part of it', async () => {
		begin(minimum(300), 300);
		await turn(100);
		begin(minimum(300), 200);
		expect(await turn(100)).toBe(100);
	});

	it('that cannot be looked up is a failure of its own', async () => {
		begin(minimum(300), 0);
		nemo.on(BALANCE, answer({}, 418));
		expect(await refusal()).toMatchObject({ httpStatus: 418 });
	});

	it('of zero checks nothing', async () => {
		begin(FREE, 0);
		await admit();
		expect(nemo.count(BALANCE)).toBe(1);
	});
});

it('only a record with what was spent is taken for one', () => {
	const given = [{ executionId: '1', spent: 5 }, { spent: '5' }, {}, null];
	expect(given.map(isBudgetCheckpoint)).toEqual([true, false, false, false]);
});
