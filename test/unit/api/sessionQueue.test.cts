import { isLastSent, SessionQueue, type SessionLease } from '../../../src/api/sessionQueue';
import { DEFAULT_RECOVERY } from '../../../src/flows/generate/recoverTurn';
import { workInSession } from '../../../src/flows/workInSession';
import { FakeClock, settled } from '../flows/fakeClock.cts';
import { failureOf, Scripted } from '../support/scripted.cts';
import { testClient, TestLedger } from '../support/client.cts';

let queue: SessionQueue;
let order: string[];
beforeEach(() => {
	queue = new SessionQueue();
	order = [];
});

/** Work that goes on until it is told to end. */
function work(name: string): { run(): Promise<string>; end(): void } {
	let end: () => void = () => undefined;
	const over = new Promise<void>((resolve) => (end = resolve));
	return {
		async run() {
			order.push(`${name} begins`);
			await over;
			order.push(`${name} ends`);
			return name;
		},
		end: () => end(),
	};
}

describe('work in one session', () => {
	it('runs one after another, in the order in which it came', async () => {
		const works = ['a', 'b', 'c'].map(work);
		const all = works.map(async ({ run }) => await queue.hold('7', {}, run));
		works.reverse().forEach(({ end }) => end());
		expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
		expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	it('runs beside work in other sessions', async () => {
		const [a, b] = [work('a'), work('b')];
		const both = [queue.hold('7', {}, a.run), queue.hold('8', {}, b.run)];
		await settled();
		expect(order).toEqual(['a begins', 'b begins']);
		a.end();
		b.end();
		await Promise.all(both);
	});

	it('is told that it waits, and only where it does', async () => {
		const a = work('a');
		const waits: string[] = [];
		const first = queue.hold('7', { onWait: () => waits.push('a') }, a.run);
		const second = queue.hold('7', { onWait: () => waits.push('b') }, async () => 'b');
		await settled();
		expect(waits).toEqual(['b']);
		a.end();
		await Promise.all([first, second]);
	});

	it('continues after work that failed', async () => {
		const failing = queue.hold('7', {}, async () => await Promise.reject(new Error('broken')));
		await expect(failing).rejects.toThrow('broken');
		expect(await queue.hold('7', {}, async () => 'next')).toBe('next');
	});

	it('that is stopped while it waits does not let others through before their turn', async () => {
		const a = work('a');
		const stop = new AbortController();
		const first = queue.hold('7', {}, a.run);
		const stopped = failureOf(queue.hold('7', { signal: stop.signal }, work('b').run));
		const third = queue.hold('7', {}, async () => void order.push('c'));
		stop.abort();
		expect(await stopped).toMatchObject({ kind: 'cancelled', outcome: 'refused' });
		await settled();
		expect(order).toEqual(['a begins']);
		a.end();
		await Promise.all([first, third]);
		expect(order).toEqual(['a begins', 'a ends', 'c']);
	});

	it('leaves nothing behind, however often it comes', async () => {
		for (let execution = 0; execution < 20_000; execution++) {
			await queue.hold(`session ${execution}`, {}, async () => undefined);
		}
		await settled();
		expect(queue.busySessions).toBe(0);
	});
});

const workIn = (sessionId: string) => ({
	sessionId,
	recovery: DEFAULT_RECOVERY,
	onWait: () => undefined,
});

describe('what goes to a session', () => {
	const client = () =>
		testClient(new Scripted(), new FakeClock(), { queue, sent: new TestLedger() });
	const send = async (given = client(), session = '7'): Promise<string> =>
		await workInSession(given, workIn(session), async (lease) => {
			await lease.clear();
			const ticket = lease.newTicket();
			lease.sends(ticket);
			return await Promise.resolve(ticket);
		});

	it('makes what went there before unprovable, in every execution', async () => {
		const [one, other] = [client(), client()];
		const first = await send(one);
		expect(await isLastSent(one, '7', first)).toBe(true);
		const second = await send(other);
		expect(await isLastSent(one, '7', first)).toBe(false);
		expect(await isLastSent(other, '7', second)).toBe(true);
	});

	it('says nothing of other sessions', async () => {
		const one = client();
		const first = await send(one);
		await send(one, '8');
		expect(await isLastSent(one, '7', first)).toBe(true);
	});

	it('is known to the execution also where the process is another', async () => {
		const sent = new TestLedger();
		const before = testClient(new Scripted(), new FakeClock(), { sent });
		const first = await send(before);
		const second = await send(before);
		const after = testClient(new Scripted(), new FakeClock(), { sent });
		expect(await isLastSent(after, '7', first)).toBe(false);
		expect(await isLastSent(after, '7', second)).toBe(true);
	});

	it('can go there only while the lease is held', async () => {
		let kept: SessionLease | undefined;
		await workInSession(client(), workIn('7'), async (lease) => {
			kept = lease;
			await lease.clear();
		});
		expect(() => kept?.sends('late')).toThrow('The session lease is over');
	});

	it('can go there only once others were waited for', async () => {
		await workInSession(client(), workIn('7'), async (lease) => {
			expect(() => lease.sends('early')).toThrow('The session was not cleared');
			await lease.clear();
			expect(() => lease.sends('late')).not.toThrow();
		});
	});
});
