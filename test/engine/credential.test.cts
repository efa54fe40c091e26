import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeType,
} from 'n8n-workflow';
import type { RequestEntry } from '../../emulator/requests.cts';
import { EMULATOR_TOKEN } from '../../emulator/server.cts';
import { testCredential } from './support/credentialTest.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT } from './support/sessions.cts';
import { chain } from './support/workflow.cts';

const emulator = withEmulator();
const CREDITS = { type: 'nemoVideoCredits' };
const HOUR = 3_600_000;

const connect = async (more: ICredentialDataDecryptedObject = {}): Promise<Engine> =>
	await createEngine({ credential: connectedCredential(emulator(), 'accessToken', more) });

const tryOut = async (more: ICredentialDataDecryptedObject = {}): Promise<Engine> =>
	await createEngine({ credential: connectedCredential(emulator(), 'freeTrial', more) });

/** Mints with the emulator as an earlier execution did, and stores it. */
async function withTrialToken(more: ICredentialDataDecryptedObject = {}): Promise<Engine> {
	const engine = await tryOut({ clientId: newClient() });
	expect((await engine.runNode([{}], CREDITS)).error?.message).toBeUndefined();
	const stored = await engine.credential();
	await engine.store.save(engine.store.find('nemoVideoApi') ?? '', 'nemoVideoApi', {
		...stored,
		...more,
	});
	return engine;
}

/** Another one for each test: renewals are remembered for the life of the process. */
const newClient = (): string => `client-${(clients += 1)}`;
let clients = 0;

const minted = (): number => emulator().ledger.summary().mints;
const endpoints = (): string[] =>
	emulator()
		.requests.all()
		.map(({ endpoint }) => endpoint);
const tokens = (entries: RequestEntry[]): Array<string | undefined> =>
	entries.map(({ token }) => token);

describe('the test of the credential form', () => {
	it('accepts a good access token', async () => {
		expect(await testCredential(await connect(), 'nemoVideoApi')).toMatchObject({ status: 'OK' });
	});

	it.each(['code', '401'] as const)(
		'says what to do about a bad token (%s)',
		async (badTokenAs) => {
			emulator().options.badTokenAs = badTokenAs;
			const engine = await connect({ token: 'nmv_usr_wrong' });
			const { status, message } = await testCredential(engine, 'nemoVideoApi');
			expect(status).toBe('Error');
			expect(message).toMatch(/token/i);
			expect(message).toMatch(/paste|free trial/i);
			expect(message).not.toContain('nmv_usr_wrong');
		},
	);

	it('says that no token was given, without asking NemoVideo', async () => {
		const { status, message } = await testCredential(await connect({ token: '' }), 'nemoVideoApi');
		expect(status).toBe('Error');
		expect(message).toMatch(/token/i);
	});

	it('tells an unreachable host in plain words', async () => {
		const engine = await connect({ token: 'nmv_usr_not_tried_before' });
		await emulator().refuse();
		const { status, message } = await testCredential(engine, 'nemoVideoApi');
		await emulator().listen();
		expect(status).toBe('Error');
		expect(message).toMatch(/reach|connect/i);
	});

	it('tells a host that cannot be found in plain words', async () => {
		const engine = await connect({ baseUrl: 'http://nemovideo.invalid' });
		const { status, message } = await testCredential(engine, 'nemoVideoApi');
		expect(status).toBe('Error');
		expect(message).toMatch(/reach|connect|found/i);
		expect(message).toMatch(/base url/i);
	});

	it.each([
		['without a scheme', '127.0.0.1:6400', /complete web address/],
		['with an invisible character', 'http://127.0.0.1:6400\u200B', /invisible/],
		['with a password', 'http://me:hunter2@127.0.0.1:6400', /password/],
		['of another protocol', 'ftp://127.0.0.1', /complete web address/],
	])(
		'refuses a base URL %s, as every node does, and sends nothing',
		async (_what, baseUrl, says) => {
			for (const connected of [connect, tryOut]) {
				const engine = await connected({ baseUrl });
				const { status, message } = await testCredential(engine, 'nemoVideoApi');
				expect({ status, message }).toMatchObject({
					status: 'Error',
					message: expect.stringMatching(says) as string,
				});
				expect(message).toMatch(/'Base URL'/);
				const { error } = await engine.runNode([{}], CREDITS);
				expect(error).toMatchObject({ message: expect.stringMatching(says) as string });
				expect(error?.context).toMatchObject({ kind: 'input', retryable: false });
				expect(`${message} ${error?.message} ${error?.description}`).not.toContain('hunter2');
			}
			expect(emulator().requests.all()).toEqual([]);
		},
	);

	it('names the address that the base URL sends on to, as every node does', async () => {
		const to = 'https://new.test/api?token=hunter2';
		emulator().faults.add({ kind: 'redirect', times: 0, to });
		for (const connected of [connect, tryOut]) {
			emulator().requests.clear();
			const engine = await connected({ token: newClient() });
			const { status, message } = await testCredential(engine, 'nemoVideoApi');
			expect(status).toBe('Error');
			expect(message).toMatch(/'https:\/\/new\.test\/api'.*'Base URL'/s);
			const { error } = await engine.runNode([{}], CREDITS);
			expect(error?.message).toMatch(/https:\/\/new\.test\/api/);
			expect(error?.context).toMatchObject({ kind: 'input', retryable: false });
			expect(`${message} ${error?.message} ${error?.description}`).not.toContain('hunter2');
			// Once by the test, once by the node: nothing is tried again.
			expect(endpoints()).toHaveLength(2);
		}
	});

	it('mints a free trial token once and keeps it', async () => {
		const engine = await tryOut();
		expect(await testCredential(engine, 'nemoVideoApi')).toMatchObject({ status: 'OK' });
		const first = await engine.credential();
		expect(first.trialToken).toMatch(/^nmv_usr_/);
		expect(first.clientId).toMatch(/^[0-9a-f-]{36}$/);
		expect(await testCredential(engine, 'nemoVideoApi')).toMatchObject({ status: 'OK' });
		expect(await engine.credential()).toEqual(first);
		expect(minted()).toBe(1);
	});

	it('says that the free tokens are used up', async () => {
		emulator().options.anonymousPerIp = 0;
		emulator().options.retryAfter = 0;
		const { status, message } = await testCredential(await tryOut(), 'nemoVideoApi');
		expect(status).toBe('Error');
		expect(message).toMatch(/free|trial/i);
	});
});

describe('the free trial', () => {
	it('mints a token at the first request and keeps token and client id for the next', async () => {
		const engine = await tryOut();
		const first = await engine.runNode([{}], CREDITS);
		expect(first.items('Node 1')[0]?.json).toMatchObject({ available: 100 });
		const stored = await engine.credential();
		expect(stored.trialToken).toMatch(/^nmv_usr_/);
		const again = await engine.runNode([{}], CREDITS);
		expect(again.status).toBe('success');
		expect(await engine.credential()).toEqual(stored);
		expect(minted()).toBe(1);
	});

	it('keeps the token encrypted and out of data and logs', async () => {
		const engine = await tryOut();
		const result = await engine.runNode([{}], CREDITS);
		const token = String((await engine.credential()).trialToken);
		const id = engine.store.find('nemoVideoApi') ?? '';
		expect(engine.store.row(id).data).not.toContain(token);
		expect(JSON.stringify(result.run)).not.toContain(token);
		expect(engine.logs.join('\n')).not.toContain(token);
	});

	it('mints one token for all nodes of a workflow, and says whose requests they are', async () => {
		const engine = await tryOut();
		const result = await engine.run(
			chain(
				[{}, {}],
				{ type: 'nemoVideoCreateSession', parameters: { language: 'en' } },
				{ type: 'nemoVideoState' },
				CREDITS,
			),
		);
		expect(result.error?.message).toBeUndefined();
		const { trialToken } = await engine.credential();
		const sent = emulator().requests.all();
		expect(sent.filter(({ endpoint }) => endpoint === 'mint')).toHaveLength(1);
		expect(new Set(tokens(sent.filter(({ endpoint }) => endpoint !== 'mint')))).toEqual(
			new Set([trialToken]),
		);
		expect(emulator().ledger.summary().withoutAttribution).toBe(0);
	});

	it('that ends while a prompt is on its way is renewed, and the prompt is worked on once', async () => {
		const engine = await tryOut();
		emulator().faults.add({ kind: 'delay', endpoint: 'run', ms: 50 });
		const running = engine.start(
			chain(
				[{}],
				{ type: 'nemoVideoCreateSession', parameters: { language: 'en' } },
				{ type: 'nemoVideoGenerate', parameters: { prompt: PROMPT } },
			),
		);
		await emulator().waitFor({ type: 'request', endpoint: 'run' });
		emulator().tokens.expire();
		const result = await running.finished;
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 1, mints: 2 });
	});

	it('uses the client id that was given', async () => {
		const engine = await tryOut({ clientId: 'my-own-client' });
		await engine.runNode([{}], CREDITS);
		expect(emulator().ledger.mints).toMatchObject([{ clientId: 'my-own-client' }]);
	});

	it.each([
		['with a client id', newClient],
		['without a client id', () => ''],
	])('mints one token for many rows at once %s', async (_name, clientId) => {
		emulator().options.mintMs = 30;
		const engine = await tryOut({ clientId: clientId() });
		const rows = Array.from({ length: 10 }, () => ({ json: {} }));
		const result = await engine.runNode(rows, {
			...CREDITS,
			parameters: { options: { parallel: 10 } },
		});
		expect(result.items('Node 1')).toHaveLength(10);
		expect(minted()).toBe(1);
	});

	it.each([
		['with a client id', newClient],
		['without a client id', () => ''],
	])('mints one token for several executions at once %s', async (_name, clientId) => {
		emulator().options.mintMs = 30;
		const engine = await tryOut({ clientId: clientId() });
		const results = await Promise.all(
			[1, 2, 3, 4].map(async () => await engine.runNode([{}], CREDITS)),
		);
		expect(results.map(({ status }) => status)).toEqual(Array(4).fill('success'));
		expect(minted()).toBe(1);
	});

	it.each(['code', '401'] as const)(
		'renews a refused token (%s) once, with the same client id, and continues',
		async (badTokenAs) => {
			const engine = await withTrialToken({ trialToken: 'nmv_usr_expired_meanwhile' });
			emulator().reset();
			emulator().options.badTokenAs = badTokenAs;
			emulator().options.mintMs = 20;
			const rows = Array.from({ length: 6 }, () => ({ json: {} }));
			const result = await engine.runNode(rows, {
				...CREDITS,
				parameters: { options: { parallel: 6 } },
			});
			expect(result.error?.message).toBeUndefined();
			expect(result.items('Node 1')).toHaveLength(6);
			const { clientId } = await engine.credential();
			expect(emulator().ledger.mints).toMatchObject([{ clientId }]);
			expect((await engine.credential()).trialToken).toBe(emulator().ledger.mints[0]?.token);
		},
	);

	it('renews a token whose time is over before anything is sent with it', async () => {
		const engine = await withTrialToken({
			trialExpiresAt: new Date(Date.now() - HOUR).toISOString(),
		});
		const old = (await engine.credential()).trialToken;
		emulator().reset();
		const result = await engine.runNode([{}], CREDITS);
		expect(result.status).toBe('success');
		expect(tokens(emulator().requests.all())).not.toContain(old);
		expect(endpoints()[0]).toBe('mint');
	});

	it('takes the token that another n8n process stored when its own renewal is refused', async () => {
		const engine = await withTrialToken();
		const good = await engine.credential();
		const other = await createEngine({ store: engine.store });
		await engine.store.save('nemoVideoApi-1', 'nemoVideoApi', {
			...good,
			trialToken: 'nmv_usr_stale',
		});
		// While this process waits for its refused mint, another one has stored a good token.
		emulator().faults.add({ kind: 'delay', endpoint: 'mint', ms: 100 });
		emulator().options.retryAfter = 0;
		const running = other.start(chain([{}], CREDITS));
		await emulator().waitFor({ type: 'request', endpoint: 'mint' }, { nth: 2 });
		await engine.store.save('nemoVideoApi-1', 'nemoVideoApi', good);
		const result = await running.finished;
		expect(result.error?.message).toBeUndefined();
		expect(result.status).toBe('success');
	});

	it('fails readably when a renewed token is refused as well', async () => {
		const engine = await withTrialToken();
		emulator().faults.add({ kind: 'body', endpoint: 'credits', body: '{"code":1001}', times: 0 });
		const result = await engine.runNode([{}], CREDITS);
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/token/i);
		expect(endpoints().filter((name) => name === 'mint').length).toBeLessThanOrEqual(2);
	});
});

describe('an access token', () => {
	it.each(['code', '401'] as const)(
		'is never replaced when it is refused (%s)',
		async (badTokenAs) => {
			emulator().options.badTokenAs = badTokenAs;
			const engine = await connect({ token: 'nmv_usr_wrong' });
			const result = await engine.runNode([{}], { ...CREDITS, onError: 'continueErrorOutput' });
			expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({
				kind: 'auth',
				retryable: false,
				description: expect.stringMatching(/credential/) as string,
			});
			expect(endpoints()).not.toContain('mint');
			expect(JSON.stringify(result.run)).not.toContain('nmv_usr_wrong');
		},
	);

	it('may come from the settings of the n8n instance', async () => {
		const engine = await createEngine({
			credential: connectedCredential(emulator(), 'accessToken', { token: '' }),
			overwrites: { nemoVideoApi: { token: EMULATOR_TOKEN } },
		});
		expect((await engine.runNode([{}], CREDITS)).status).toBe('success');
	});

	it('may come from the environment where the administrator allows it', async () => {
		process.env.NEMO_TOKEN = EMULATOR_TOKEN;
		process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE = 'false';
		const engine = await connect({ token: '={{ $env.NEMO_TOKEN }}' });
		const result = await engine.runNode([{}], CREDITS);
		delete process.env.NEMO_TOKEN;
		delete process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE;
		expect(result.error?.message).toBeUndefined();
		expect(result.status).toBe('success');
	});

	it.each([`Bearer ${EMULATOR_TOKEN}`, `"${EMULATOR_TOKEN}",`, `NEMO_TOKEN='${EMULATOR_TOKEN}'`])(
		'may be pasted with what stands around it: %j',
		async (token) => {
			const engine = await connect({ token });
			expect((await engine.runNode([{}], CREDITS)).status).toBe('success');
			expect(await testCredential(engine, 'nemoVideoApi')).toMatchObject({ status: 'OK' });
		},
	);

	it('that cannot be one is refused before anything is sent', async () => {
		const engine = await connect({ token: 'my NemoVideo token' });
		const result = await engine.runNode([{}], { ...CREDITS, onError: 'continueErrorOutput' });
		expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({
			kind: 'auth',
			message: "'Access Token' in the credential contains more than a token",
		});
		expect(endpoints()).toEqual([]);
	});

	it('that is missing is asked for before anything is sent', async () => {
		const engine = await connect({ token: '' });
		const result = await engine.runNode([{}], CREDITS);
		expect(result.error?.message).toMatch(/token/i);
		expect(endpoints()).toEqual([]);
	});
});

/** Gets any address with the credential, as the HTTP Request node can. */
const anyAddress: INodeType = {
	description: {
		name: 'anyAddress',
		displayName: 'Any Address',
		group: ['transform'],
		version: 1,
		description: 'Gets an address',
		defaults: { name: 'Any Address' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
	},
	async execute() {
		const url = this.getNodeParameter('url', 0) as string;
		const json = (await this.helpers.httpRequestWithAuthentication.call(this, 'nemoVideoApi', {
			url,
			json: true,
		})) as IDataObject;
		return [[{ json, pairedItem: 0 }]];
	},
};

describe('what the credential adds to requests', () => {
	const engineFor = async (): Promise<Engine> =>
		await createEngine({
			nodes: { 'test.anyAddress': anyAddress },
			credential: connectedCredential(emulator(), 'accessToken', {
				skillVersion: '2.3.4',
				skillPlatform: 'clawhub',
			}),
		});

	it('is token and attribution, so that any node can call the API with it', async () => {
		const engine = await engineFor();
		const result = await engine.runNode([{}], {
			type: 'test.anyAddress',
			parameters: { url: `${emulator().url}/api/credits/balance/simple` },
		});
		expect(result.items('Node 1')[0]?.json).toMatchObject({ data: { available: 25_000 } });
		expect(emulator().requests.all()[0]?.headers).toMatchObject({
			authorization: `Bearer ${EMULATOR_TOKEN}`,
			'x-skill-source': 'ai-create-video-free',
			'x-skill-version': '2.3.4',
			'x-skill-platform': 'clawhub',
		});
	});

	it('does not follow a redirect to another origin', async () => {
		const engine = await engineFor();
		emulator().faults.add({ kind: 'redirect', endpoint: 'credits', times: 0 });
		const result = await engine.runNode([{}], { ...CREDITS, onError: 'continueErrorOutput' });
		expect(result.branch('Node 1', 1)).toHaveLength(1);
		expect(emulator().requests.all({ origin: 'cdn' })).toEqual([]);
	});

	it('never goes to another origin', async () => {
		const engine = await engineFor();
		await engine.runNode([{}], {
			type: 'test.anyAddress',
			parameters: { url: `${emulator().cdnUrl}/anything` },
		});
		const [sent] = emulator().requests.all({ origin: 'cdn' });
		expect(sent).toBeDefined();
		expect(Object.keys(sent?.headers ?? {}).join()).not.toMatch(/authorization|x-skill/);
	});
});
