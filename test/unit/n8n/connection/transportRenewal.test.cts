/**
 * The engine's own timers are set here.
 *
 * @jest-environment-options {"ownPackages": true}
 */
import { NemoVideoError } from '../../../../src/api/errors';
import { CredentialFailure } from '../../../../src/n8n/connection/credentialRequests';
import { RENEW_HEADER } from '../../../../src/n8n/connection/renewal';
import { N8nTransport } from '../../../../src/n8n/connection/transport';
import { tokenMark } from '../../../../src/n8n/connection/trialToken';
import { FakeN8n, type HttpCall } from '../../support/n8nContext.cts';
import { over } from '../../support/over.cts';
import { failureOf } from '../../support/scripted.cts';

const BALANCE = 'https://api.test/api/credits/balance/simple';
const LATER = '2999-01-01T00:00:00.000Z';

/** One credential of a free trial, as n8n stores it for all nodes that use it. */
let stored: { connectWith: string; baseUrl: string; trialToken: string; trialExpiresAt: string };
/** What becomes of a renewal: by default the store holds a new token then. */
let renewal: (call: HttpCall) => unknown;
let credentials = 0;

const isRenewal = ({ options }: HttpCall): boolean => RENEW_HEADER in (options.headers ?? {});

/** A node of an execution that uses the credential. */
function node(): FakeN8n {
	const n8n = new FakeN8n(async (call) =>
		isRenewal(call) ? await renewal(call) : { statusCode: 200, headers: {}, body: undefined },
	);
	n8n.credentialId = `trial ${credentials}`;
	jest
		.spyOn(n8n.context, 'getCredentials')
		.mockImplementation(async () => await Promise.resolve({ ...stored } as never));
	return n8n;
}
const transport = ({ context }: FakeN8n): N8nTransport => new N8nTransport(context);
const get = async (n8n: FakeN8n) => await over(transport(n8n).send({ method: 'GET', path: '/x' }));
const renewals = (...nodes: FakeN8n[]): HttpCall[] =>
	nodes.flatMap(({ calls }) => calls.filter(isRenewal));
const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const QUOTA = new NemoVideoError('rateLimit', 'No further token', { code: 429 });
const refuses = (failure: NemoVideoError) => (): never => {
	throw new CredentialFailure(new NemoVideoError(failure.kind, failure.message, failure));
};

beforeEach(() => {
	credentials += 1;
	stored = {
		connectWith: 'freeTrial',
		baseUrl: 'https://api.test',
		trialToken: 'old',
		trialExpiresAt: LATER,
	};
	renewal = () => void (stored.trialToken = 'new');
});
afterEach(() => void jest.restoreAllMocks());

describe('a token of the free trial', () => {
	it('that is stored and has not expired is used as it is', async () => {
		const n8n = node();
		expect((await get(n8n)).tokenFingerprint).toBe(tokenMark('old'));
		expect(renewals(n8n)).toEqual([]);
	});

	it.each([
		['missing', { trialToken: '' }],
		['over', { trialExpiresAt: '2001-01-01T00:00:00.000Z' }],
	])('that is %s is replaced before anything is sent', async (_how, change) => {
		Object.assign(stored, change);
		const { trialToken } = stored;
		renewal = () => Object.assign(stored, { trialToken: 'new', trialExpiresAt: LATER });
		const n8n = node();
		expect((await get(n8n)).tokenFingerprint).toBe(tokenMark('new'));
		expect(n8n.calls.map(({ options }) => options.url)).toEqual([BALANCE, 'https://api.test/x']);
		expect(n8n.calls[0]?.options).toEqual({
			method: 'GET',
			url: BALANCE,
			headers: { Accept: 'application/json', [RENEW_HEADER]: tokenMark(trialToken) },
			encoding: 'text',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			timeout: 2_147_483_647,
		});
	});

	it('is replaced before a stream and a download too', async () => {
		stored.trialToken = '';
		const n8n = node();
		await transport(n8n).open({ method: 'POST', path: '/run_sse' });
		expect(n8n.calls.map(isRenewal)).toEqual([true, false]);
		stored.trialToken = '';
		await transport(n8n).openUrl('https://cdn.test/v');
		expect(n8n.calls.map(isRenewal)).toEqual([true, false, true, false]);
	});
});

describe('a token that NemoVideo refused', () => {
	const refused = tokenMark('old');

	it('is replaced once, and the new one is in place then', async () => {
		const n8n = node();
		expect(await transport(n8n).renew(refused)).toBe(true);
		expect(renewals(n8n)[0]?.options.headers).toMatchObject({ [RENEW_HEADER]: refused });
	});

	it('is not replaced again where another item has done it', async () => {
		stored.trialToken = 'newer';
		const n8n = node();
		expect(await transport(n8n).renew(refused)).toBe(true);
		expect(n8n.calls).toEqual([]);
	});

	it('is replaced where the store holds none', async () => {
		stored.trialToken = '';
		const n8n = node();
		expect(await transport(n8n).renew(refused)).toBe(true);
		expect(renewals(n8n)).toHaveLength(1);
	});

	it('may still be the one that is stored', async () => {
		renewal = () => undefined;
		expect(await transport(node()).renew(refused)).toBe(false);
	});

	it('that a user pasted in cannot be replaced', async () => {
		stored.connectWith = 'accessToken';
		const n8n = node();
		expect(await transport(n8n).renew(refused)).toBe(false);
		expect(n8n.calls).toEqual([]);
	});

	it('of an unknown mark is asked to be replaced without one', async () => {
		stored.trialToken = '';
		const n8n = node();
		await transport(n8n).renew(undefined);
		expect(renewals(n8n)[0]?.options.headers).toMatchObject({ [RENEW_HEADER]: '' });
	});
});

describe('a renewal that many wait for', () => {
	let finish: () => void;

	beforeEach(() => {
		stored.trialToken = '';
		const done = new Promise<void>((resolve) => (finish = resolve));
		renewal = async ({ signal }) => {
			await new Promise<void>((resolve, reject) => {
				void done.then(resolve);
				signal?.addEventListener('abort', () => reject(new Error('aborted')));
			});
			stored.trialToken = 'new';
		};
	});

	it('is made once for all items and nodes of the credential', async () => {
		const [one, other] = [node(), node()];
		const work = Promise.all([get(one), get(one), get(other)]);
		await settled();
		finish();
		const marks = (await work).map(({ tokenFingerprint }) => tokenFingerprint);
		expect(new Set(marks)).toEqual(new Set([tokenMark('new')]));
		expect(renewals(one, other)).toHaveLength(1);
	});

	it('is not shared with another credential', async () => {
		const one = node();
		credentials += 1;
		const other = node();
		const work = Promise.all([get(one), get(other)]);
		await settled();
		finish();
		await work;
		expect(renewals(one, other)).toHaveLength(2);
	});

	it('is shared within a node whose credential has no id', async () => {
		const n8n = node();
		n8n.credentialId = undefined;
		const work = Promise.all([get(n8n), get(n8n)]);
		await settled();
		finish();
		await work;
		expect(renewals(n8n)).toHaveLength(1);
	});

	it('is made again once it is over', async () => {
		const n8n = node();
		finish();
		await get(n8n);
		stored.trialToken = '';
		await get(n8n);
		expect(renewals(n8n)).toHaveLength(2);
	});

	it('is left by whoever is stopped, and continues for the others', async () => {
		const [one, other] = [node(), node()];
		const first = get(one);
		await settled();
		const second = failureOf(get(other));
		await settled();
		other.stop?.abort();
		expect(await second).toMatchObject({ kind: 'cancelled', outcome: 'refused' });
		finish();
		expect((await first).tokenFingerprint).toBe(tokenMark('new'));
		expect(other.calls).toEqual([]);
	});

	it('that Stop ended with the execution that made it is made by another', async () => {
		const [one, other] = [node(), node()];
		const first = failureOf(get(one));
		await settled();
		const second = get(other);
		await settled();
		one.stop?.abort();
		expect((await first).kind).toBe('cancelled');
		finish();
		expect((await second).tokenFingerprint).toBe(tokenMark('new'));
		expect(renewals(other)).toHaveLength(1);
	});

	it('that fails, fails for all of them', async () => {
		renewal = refuses(new NemoVideoError('clientId', 'refused'));
		const n8n = node();
		const failures = await Promise.all([failureOf(get(n8n)), failureOf(get(n8n))]);
		expect(failures.map(({ kind }) => kind)).toEqual(['clientId', 'clientId']);
		expect(renewals(n8n)).toHaveLength(1);
	});

	it('needs no signal', async () => {
		const n8n = node();
		n8n.stop = undefined;
		finish();
		expect((await get(n8n)).tokenFingerprint).toBe(tokenMark('new'));
	});

	it('leaves no listener behind', async () => {
		const n8n = node();
		const removed = jest.spyOn(n8n.stop?.signal ?? AbortSignal.abort(), 'removeEventListener');
		finish();
		await get(n8n);
		expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
	});
});

describe('a renewal that NemoVideo refuses', () => {
	beforeEach(() => {
		stored.trialToken = '';
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
	});
	afterEach(() => void jest.useRealTimers());

	it('succeeds where another process has stored a token meanwhile', async () => {
		renewal = () => {
			stored.trialToken = 'of another process';
			return refuses(new NemoVideoError('server', 'failed'))();
		};
		expect((await get(node())).tokenFingerprint).toBe(tokenMark('of another process'));
	});

	it('for want of quota looks for three seconds whether another process stores one', async () => {
		renewal = refuses(QUOTA);
		const work = get(node());
		await jest.advanceTimersByTimeAsync(2_900);
		stored.trialToken = 'of another process';
		await jest.advanceTimersByTimeAsync(250);
		expect((await work).tokenFingerprint).toBe(tokenMark('of another process'));
	});

	it('for want of quota fails after three seconds', async () => {
		renewal = refuses(QUOTA);
		let failure: NemoVideoError | undefined;
		void failureOf(get(node())).then((error) => (failure = error));
		await jest.advanceTimersByTimeAsync(2_999);
		expect(failure).toBeUndefined();
		await jest.advanceTimersByTimeAsync(1);
		expect(failure).toMatchObject({ kind: 'rateLimit', code: 429 });
	});

	it('while the stored token stays the refused one is a failure', async () => {
		stored.trialToken = 'old';
		renewal = refuses(new NemoVideoError('clientId', 'refused'));
		expect((await failureOf(transport(node()).renew(tokenMark('old')))).kind).toBe('clientId');
	});

	it('for another reason fails immediately', async () => {
		renewal = refuses(new NemoVideoError('clientId', 'refused'));
		expect((await failureOf(get(node()))).kind).toBe('clientId');
	});
});
