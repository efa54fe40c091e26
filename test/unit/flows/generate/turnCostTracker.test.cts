import { TurnCostTracker } from '../../../../src/flows/generate/turnCostTracker';

/** An account whose balance is read slowly enough for something to happen meanwhile. */
class Account {
	credits = 1_000;
	readings = 0;
	meanwhile: (() => void) | undefined;
	broken = false;
	readonly all = { begun: 0, active: 0 };

	readonly turns = async () => this.all;

	readonly read = async (): Promise<number> => {
		this.readings += 1;
		const { credits } = this;
		await Promise.resolve();
		this.meanwhile?.();
		if (this.broken) throw new Error('no answer');
		return credits;
	};
}

let account: Account;
let meter: TurnCostTracker;

beforeEach(() => {
	account = new Account();
	meter = new TurnCostTracker(account.read, account.turns, 0);
});

async function turn(cost: number): Promise<number | null> {
	const begun = meter.begin();
	await begun.ready;
	account.credits -= cost;
	return await meter.end(begun, true);
}

describe('turns one after another', () => {
	it('are each told their cost, with one reading more than there are turns', async () => {
		expect(await turn(100)).toBe(100);
		expect(await turn(50)).toBe(50);
		expect(await turn(0)).toBe(0);
		expect(account.readings).toBe(4);
		expect(meter).toMatchObject({ spent: 150, cheapest: 50, dearest: 100, measured: true });
	});

	it('are reported as null when the account was topped up meanwhile', async () => {
		expect(await turn(-500)).toBeNull();
		expect(meter.spent).toBe(0);
	});

	it('are reported as null when the balance cannot be read', async () => {
		account.broken = true;
		expect(await turn(100)).toBeNull();
		expect(meter.measured).toBe(false);
	});

	it('add to what earlier tries have spent', async () => {
		meter = new TurnCostTracker(account.read, account.turns, 300);
		await turn(100);
		expect(meter.spent).toBe(400);
	});
});

describe('turns beside those of other executions', () => {
	const { spent, others } = { spent: 100, others: 350 };

	/** A turn of this run, while others use the account from before it or from its midst. */
	async function beside(when: 'before' | 'meanwhile'): Promise<number | null> {
		account.all.active = when === 'before' ? 1 : 0;
		account.all.begun += when === 'before' ? 1 : 0;
		const own = meter.begin();
		await own.ready;
		account.all.begun += when === 'before' ? 1 : 2;
		account.credits -= spent + others;
		return await meter.end(own, true);
	}

	it.each(['before', 'meanwhile'] as const)(
		'that were running %s are reported as null, and count as what a turn takes',
		async (when) => {
			expect(await beside(when)).toBeNull();
			await meter.close();
			expect(meter).toMatchObject({ spent: 100, cheapest: undefined, dearest: undefined });
		},
	);

	it('are measured again once nobody else works', async () => {
		await beside('meanwhile');
		account.all.begun++;
		expect(await turn(60)).toBe(60);
		expect(meter).toMatchObject({ spent: 160, cheapest: 60, dearest: 60 });
	});
});

describe('turns side by side', () => {
	it('are reported as null each, and measured together', async () => {
		const [one, other] = [meter.begin(), meter.begin()];
		await Promise.all([one.ready, other.ready]);
		account.credits -= 160;
		expect(await meter.end(one, true)).toBeNull();
		expect(await meter.end(other, true)).toBeNull();
		await meter.close();
		expect(meter).toMatchObject({ spent: 160, cheapest: 80, dearest: 80 });
	});

	it('count as one group as long as at least one of them runs', async () => {
		const first = meter.begin();
		await first.ready;
		const second = meter.begin();
		account.credits -= 100;
		await meter.end(first, true);
		const third = meter.begin();
		account.credits -= 200;
		await meter.end(second, true);
		await meter.end(third, true);
		expect(meter.spent).toBe(0);
		expect(await turn(40)).toBe(40);
		expect(meter.spent).toBe(340);
	});

	it('show what they have taken so far once the balance is read', async () => {
		const running = meter.begin();
		await running.ready;
		account.credits -= 70;
		await meter.read();
		expect(meter).toMatchObject({ pending: 70, spent: 0 });
	});

	it('are not mistaken for single ones when one begins while the balance is being read', async () => {
		const first = meter.begin();
		await first.ready;
		account.credits -= 100;
		account.meanwhile = () => {
			account.meanwhile = undefined;
			meter.begin();
		};
		expect(await meter.end(first, true)).toBeNull();
	});
});

it('leaves a failed turn to be measured later, without a reading of its own', async () => {
	const failed = meter.begin();
	await failed.ready;
	account.credits -= 100;
	expect(await meter.end(failed, false)).toBeNull();
	expect(account.readings).toBe(1);
	await meter.close();
	expect(meter.spent).toBe(100);
});
