import type { ICredentialType, INodeType } from 'n8n-workflow';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { connectedCredential } from './support/emulator.cts';
import { CredentialStore } from './support/credentialStore.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { chain, fullType } from './support/workflow.cts';

// Some of these run several emulators side by side, also on busy machines.
jest.setTimeout(60_000);

const ID = 'nemoVideoApi-1';
const HOUR_MS = 3_600_000;

let emulator: Emulator;
beforeEach(async () => {
	emulator = await startEmulator();
});
afterEach(async () => await emulator.close());

/**
 * An engine whose nodes and credential are loaded anew: what a module keeps in memory is its own,
 * as in another n8n process, while the store of credentials is shared.
 */
async function process(store: CredentialStore): Promise<Engine> {
	const n8nWorkflow = jest.requireActual<object>('n8n-workflow');
	const nodes: Record<string, INodeType> = {};
	const credentialTypes: ICredentialType[] = [];
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		const { NemoVideoCredits } =
			require('../../nodes/NemoVideoCredits/NemoVideoCredits.node') as typeof import('../../nodes/NemoVideoCredits/NemoVideoCredits.node');
		const { NemoVideoApi } =
			require('../../credentials/NemoVideoApi.credentials') as typeof import('../../credentials/NemoVideoApi.credentials');
		nodes[fullType('nemoVideoCredits')] = new NemoVideoCredits();
		credentialTypes.push(new NemoVideoApi());
	});
	jest.dontMock('n8n-workflow');
	return await createEngine({ store, nodes, credentialTypes });
}

const tokenUses = (): Record<string, number> => {
	const uses: Record<string, number> = {};
	for (const { token, endpoint } of emulator.requests.all()) {
		if (token !== undefined && endpoint !== 'mint') uses[token] = (uses[token] ?? 0) + 1;
	}
	return uses;
};
const mints = () => emulator.ledger.mints;
const granted = () => mints().filter(({ token }) => token !== undefined);

describe('a trial token that has expired', () => {
	it.each([
		['as its date says', { trialExpiresAt: new Date(Date.now() - HOUR_MS).toISOString() }],
		['as NemoVideo says', {}],
	])('is minted once for 20 rows at once in 3 nodes, and kept: %s', async (_how, more) => {
		emulator.options.mintMs = 50;
		const engine = await createEngine({
			credential: connectedCredential(emulator, 'freeTrial', {
				clientId: `client-${Object.keys(more).length}`,
				trialToken: 'nmv_usr_of_last_week',
				...more,
			}),
		});
		const parallel = { options: { parallel: 10, includeInputFields: true } };
		const result = await engine.run(
			chain(
				Array.from({ length: 20 }, (_, n) => ({ json: { n } })),
				{
					type: 'nemoVideoCreateSession',
					parameters: { language: 'en', ...parallel },
				},
				{ type: 'nemoVideoState', parameters: parallel },
				{ type: 'nemoVideoCredits', parameters: parallel },
			),
		);
		expect(result.error?.message).toBeUndefined();
		expect(result.items('Node 3')).toHaveLength(20);
		expect(mints()).toHaveLength(1);
		const stored = await engine.credential();
		expect(stored).toMatchObject({
			trialToken: mints()[0]?.token,
			clientId: mints()[0]?.clientId,
			trialUserId: mints()[0]?.userId,
		});
		// 20 rows in three nodes, and the request that stands for the renewal.
		expect(tokenUses()[String(stored.trialToken)]).toBeGreaterThanOrEqual(60);
	});

	it('is minted once for executions that start together', async () => {
		emulator.options.mintMs = 50;
		const engine = await createEngine({
			credential: connectedCredential(emulator, 'freeTrial', {
				clientId: 'client-together',
				trialToken: 'nmv_usr_of_last_week',
				trialExpiresAt: new Date(Date.now() - HOUR_MS).toISOString(),
			}),
		});
		const results = await Promise.all(
			Array.from(
				{ length: 5 },
				async () => await engine.runNode([{}, {}], { type: 'nemoVideoCredits' }),
			),
		);
		expect(results.map(({ status }) => status)).toEqual(Array(5).fill('success'));
		expect(mints()).toHaveLength(1);
	});

	it('is renewed for the others when the execution that renews it is stopped', async () => {
		const engine = await createEngine({
			credential: connectedCredential(emulator, 'freeTrial', {
				clientId: 'client-stopped',
				trialToken: 'nmv_usr_of_last_week',
				trialExpiresAt: new Date(Date.now() - HOUR_MS).toISOString(),
			}),
		});
		emulator.options.mintMs = 200;
		const node = { type: 'nemoVideoCredits' };
		const first = engine.start(chain([{}], node));
		await emulator.waitFor({ type: 'request', endpoint: 'mint' });
		const second = engine.start(chain([{}], node));
		await second.started('Node 1');
		first.stop();
		const [stopped, goesOn] = await Promise.all([first.finished, second.finished]);
		expect(stopped.status).toBe('canceled');
		expect(goesOn.error?.message).toBeUndefined();
		expect(goesOn.items('Node 1')).toHaveLength(1);
		expect(granted()).toHaveLength(1);
		expect((await engine.credential()).trialToken).toBe(granted()[0]?.token);
	});

	it('that NemoVideo refuses is the failure of the others, not the Stop of the one that asked', async () => {
		const engine = await createEngine({
			credential: connectedCredential(emulator, 'freeTrial', { clientId: 'client-after-mint' }),
		});
		const node = { type: 'nemoVideoCredits' };
		await engine.runNode([{}], node);
		emulator.requests.clear();
		// Both are refused; then the token turns out to be good, so there is none to renew. That is
		// found out by the first, while the second waits for it.
		const faults = [
			{ kind: 'body', body: '{"code":1001}', nth: 1 },
			{ kind: 'delay', ms: 3_000, nth: 2 },
			{ kind: 'body', body: '{"code":1001}', nth: 3 },
		] as const;
		for (const fault of faults) emulator.faults.add({ ...fault, endpoint: 'credits' });
		const since = emulator.events.last;
		const request = { type: 'request', endpoint: 'credits' } as const;
		const first = engine.start(chain([{}], node));
		await emulator.waitFor(request, { since, nth: 2, timeoutMs: 30_000 });
		const second = engine.start(chain([{}], node));
		await emulator.waitFor(request, { since, nth: 3, timeoutMs: 30_000 });
		first.stop();
		const executions = [first, second];
		const results = await Promise.all(executions.map(async ({ finished }) => await finished));
		expect(results.map(({ status }) => status)).toEqual(['canceled', 'error']);
		expect(results[1]?.error).toMatchObject({ context: { kind: 'auth' } });
		expect(granted()).toHaveLength(1);
	});
});

describe('two n8n processes on one database', () => {
	const start = async (
		trial: Record<string, string>,
	): Promise<[Engine, Engine, CredentialStore]> => {
		const store = new CredentialStore();
		await store.save(ID, 'nemoVideoApi', connectedCredential(emulator, 'freeTrial', trial));
		return [await process(store), await process(store), store];
	};
	const works = async (store: CredentialStore): Promise<boolean> => {
		const { trialToken } = await store.read(ID);
		const response = await fetch(`${emulator.url}/api/credits/balance/simple`, {
			headers: { authorization: `Bearer ${String(trialToken)}` },
		});
		return ((await response.json()) as { code: number }).code === 0;
	};
	const CREDITS = { type: 'nemoVideoCredits', parameters: { options: { parallel: 10 } } };
	const ROWS = Array.from({ length: 10 }, () => ({ json: {} }));

	it.each([
		['whose token has expired', { clientId: 'shared', trialToken: 'nmv_usr_of_last_week' }],
		['that have no token yet', {}],
	])('%s end with one stored token that works', async (_which, trial) => {
		emulator.options.mintMs = 50;
		const [one, other, store] = await start(trial);
		const results = await Promise.all([one.runNode(ROWS, CREDITS), other.runNode(ROWS, CREDITS)]);
		expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		expect(results.map((result) => result.items('Node 1').length)).toEqual([10, 10]);
		// Each process asked for itself: else they would not be two.
		expect(mints().length).toBe(2);
		expect(await works(store)).toBe(true);
		const before = mints().length;
		await one.runNode(ROWS, CREDITS);
		await other.runNode(ROWS, CREDITS);
		expect(mints()).toHaveLength(before);
	});

	it('of which one is refused a token take the one that the other stores a moment later', async () => {
		const [one, other, store] = await start({
			clientId: 'slow-store',
			trialToken: 'nmv_usr_of_last_week',
		});
		// The database of the first takes its time.
		const { save } = store;
		store.save = async (...given) => {
			await new Promise((resolve) => setTimeout(resolve, 400));
			await save.apply(store, given);
		};
		emulator.options.mintMs = 20;
		const begun = Date.now();
		const results = await Promise.all([one.runNode(ROWS, CREDITS), other.runNode(ROWS, CREDITS)]);
		expect(results.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
		expect(mints().filter(({ refusedWith }) => refusedWith === 429)).toHaveLength(1);
		// Not only after the 30 s that are waited for a rate limit.
		expect(Date.now() - begun).toBeLessThan(10_000);
		expect(await works(store)).toBe(true);
	}, 45_000);
});
