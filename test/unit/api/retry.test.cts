import { Deadline } from '../../../src/api/deadline';
import { NemoVideoError, type FailureDetails, type FailureKind } from '../../../src/api/errors';
import { isTransient, withRetry, type RetryRules } from '../../../src/api/retry';
import { failureOf, Scripted } from '../support/scripted.cts';

const error = (kind: FailureKind, details: FailureDetails = {}): NemoVideoError =>
	new NemoVideoError(kind, kind, details);

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

/** Runs work that meets the failures one after another and then succeeds. */
async function attempts(
	failures: readonly Error[],
	rules: RetryRules = { idempotent: true },
): Promise<{ count: number; waitedMs: number; failure?: unknown }> {
	const begun = nemo.clock.now();
	let ended = begun;
	let count = 0;
	const work = withRetry(nemo.client, rules, async () => {
		const failure = failures[count++];
		ended = nemo.clock.now();
		if (failure) throw failure;
	});
	const failure = await nemo.run(
		work.then(
			() => undefined,
			(thrown: unknown) => thrown,
		),
	);
	return { count, waitedMs: ended - begun, ...(failure === undefined ? {} : { failure }) };
}
const times = (failure: Error, count: number): Error[] => Array<Error>(count).fill(failure);

describe('a reading', () => {
	it.each(['network', 'timeout', 'server'] as const)(
		'tolerates four failures of kind %s',
		async (kind) => {
			expect(await attempts(times(error(kind), 4))).toEqual({ count: 5, waitedMs: 7_500 });
		},
	);

	it('fails with the fifth failure', async () => {
		const last = error('server', { description: 'the last' });
		const { count, failure } = await attempts([...times(error('network'), 4), last]);
		expect(count).toBe(5);
		expect(failure).toMatchObject({ description: 'the last', outcome: 'free' });
	});

	it.each([
		'session',
		'credits',
		'fileType',
		'plan',
		'input',
		'protocol',
		'render',
		'stream',
		'cancelled',
	] as const)('is not repeated after a failure of kind %s', async (kind) => {
		expect((await attempts([error(kind)])).count).toBe(1);
	});

	it('is not repeated after an error that is none of NemoVideo', async () => {
		const bug = new TypeError('x is not a function');
		expect(await attempts([bug])).toMatchObject({ count: 1, failure: bug });
	});

	it('waits as long as a server asks', async () => {
		const busy = error('server', { retryAfterMs: 20_000 });
		expect(await attempts([busy])).toEqual({ count: 2, waitedMs: 20_000 });
	});
});

describe('a rate limit', () => {
	it('is waited out for 30 s where NemoVideo says nothing', async () => {
		const seen = await attempts([error('rateLimit', { outcome: 'refused' })]);
		expect(seen).toMatchObject({ count: 2 });
		expect(seen.waitedMs).toBeGreaterThanOrEqual(30_000);
		expect(seen.waitedMs).toBeLessThan(31_000);
	});

	it('is final the second time', async () => {
		const seen = await attempts(times(error('rateLimit', { retryAfterMs: 1_000 }), 2));
		expect(seen).toMatchObject({ count: 2, failure: { kind: 'rateLimit' } });
	});

	it('beyond the deadline is final at once', async () => {
		const deadline = new Deadline(nemo.clock, 10_000);
		const seen = await attempts([error('rateLimit', { retryAfterMs: 11_000 })], {
			idempotent: true,
			deadline,
		});
		expect(seen).toMatchObject({ count: 1, waitedMs: 0 });
	});

	it('of hours is not waited out by anything', async () => {
		const seen = await attempts([error('rateLimit', { retryAfterMs: 3_600_000 })]);
		expect(seen).toMatchObject({ count: 1, waitedMs: 0 });
	});

	it('of hours that another item met is not waited out either, and says how long', async () => {
		nemo.client.limiter.pause(3_600_000);
		const failure = await failureOf(withRetry(nemo.client, { idempotent: false }, async () => 1));
		expect(failure).toMatchObject({
			kind: 'rateLimit',
			outcome: 'refused',
			retryAfterMs: 3_600_000,
		});
		expect(failure.description).toContain('3600 s');
	});

	it('that another item met is waited out within the deadline only', async () => {
		nemo.client.limiter.pause(5_000);
		const within = { idempotent: true, deadline: new Deadline(nemo.clock, 6_000) } as const;
		const beyond = { idempotent: true, deadline: new Deadline(nemo.clock, 4_000) } as const;
		const late = failureOf(withRetry(nemo.client, beyond, async () => 1));
		expect(await nemo.run(withRetry(nemo.client, within, async () => 1))).toBe(1);
		expect((await late).kind).toBe('rateLimit');
	});

	it('whose second try is given up does not hold the others for ever', async () => {
		const deadline = new Deadline(nemo.clock, 6_000);
		let tries = 0;
		const work = withRetry(nemo.client, { idempotent: true, deadline }, async () => {
			tries++;
			// While this one waits, others are told to wait for long.
			void nemo.clock.wait(3_000).then(() => nemo.client.limiter.pause(60_000));
			throw error('rateLimit', { retryAfterMs: 4_000 });
		});
		const failure = await nemo.run(failureOf(work));
		expect(failure.kind).toBe('rateLimit');
		expect(tries).toBe(1);
		expect(await nemo.run(withRetry(nemo.client, { idempotent: true }, async () => 'passed'))).toBe(
			'passed',
		);
	});
});

describe('a request that costs', () => {
	const costly = { idempotent: false } as const;

	it.each([
		['a connection that was never made', error('network', { outcome: 'refused' })],
		['too many requests', error('rateLimit', { outcome: 'refused', retryAfterMs: 10 })],
	])('is sent again after %s', async (_what, refusal) => {
		expect(await attempts([refusal], costly)).toMatchObject({ count: 2 });
	});

	it.each(['network', 'timeout', 'server', 'rateLimit', 'auth'] as const)(
		'is never sent again after a failure of kind %s that leaves its outcome open',
		async (kind) => {
			nemo.renews = true;
			const seen = await attempts([error(kind, { code: 1001, outcome: 'unknown' })], costly);
			expect(seen).toMatchObject({ count: 1, failure: { kind } });
		},
	);
});

describe('a refused token', () => {
	const refused = (details: FailureDetails) =>
		error('auth', { outcome: 'refused', tokenFingerprint: 'mark', ...details });

	it.each([{ code: 1001 }, { httpStatus: 401 }])('is renewed once and at once: %j', async (how) => {
		nemo.renews = true;
		expect(await attempts([refused(how)], { idempotent: false })).toEqual({
			count: 2,
			waitedMs: 0,
		});
		expect(nemo.renewals).toEqual(['mark']);
	});

	it('that is refused again after its renewal is final', async () => {
		nemo.renews = true;
		expect((await attempts(times(refused({ code: 1001 }), 2))).count).toBe(2);
		expect(nemo.renewals).toHaveLength(1);
	});

	it('that cannot be renewed is final', async () => {
		expect((await attempts([refused({ code: 1001 })])).count).toBe(1);
	});

	it('is not renewed for a permission that is missing', async () => {
		nemo.renews = true;
		expect((await attempts([refused({ httpStatus: 403 })])).count).toBe(1);
		expect(nemo.renewals).toEqual([]);
	});
});

describe('Stop', () => {
	it('ends a pause between tries', async () => {
		const work = withRetry(nemo.client, { idempotent: true }, async () => {
			throw error('server');
		});
		const failure = failureOf(work);
		await nemo.clock.advance(100);
		nemo.stop.abort();
		expect((await failure).kind).toBe('cancelled');
	});

	it('ends the wait for a rate limit that another item met', async () => {
		nemo.client.limiter.pause(30_000);
		const failure = failureOf(withRetry(nemo.client, { idempotent: true }, async () => 1));
		await nemo.clock.advance(100);
		nemo.stop.abort();
		expect((await failure).kind).toBe('cancelled');
	});
});

it('only failures that may pass by themselves are transient', () => {
	const kinds = ['network', 'timeout', 'server', 'rateLimit'] as const;
	for (const kind of kinds) expect(isTransient(error(kind))).toBe(true);
	for (const kind of ['auth', 'cancelled', 'stream', 'protocol'] as const) {
		expect(isTransient(error(kind))).toBe(false);
	}
	expect(isTransient(new Error('network'))).toBe(false);
});
