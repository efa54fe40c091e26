import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { EMULATOR_TOKEN } from '../../emulator/server.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { ForwardProxy, type Refusal } from './support/forwardProxy.cts';
import { PROMPT, prepareSession } from './support/sessions.cts';
import type { NodeSpec } from './support/workflow.cts';

const PASSWORD = 'word-of-the-proxy';
const OF_TOKENS = /token|session|paste|expired/i;
const emulator = withEmulator();
let proxy: ForwardProxy;

beforeAll(async () => {
	proxy = await ForwardProxy.start();
});

beforeEach(() => {
	proxy.refusal = undefined;
	proxy.asked.length = 0;
	sendThrough(proxy.host);
});

afterEach(() => {
	delete process.env.HTTP_PROXY;
	delete process.env.HTTPS_PROXY;
});

afterAll(async () => await proxy.close());

/** What a person sets for n8n. */
function sendThrough(host: string): void {
	process.env.HTTP_PROXY = `http://employee:${PASSWORD}@${host}`;
	process.env.HTTPS_PROXY = process.env.HTTP_PROXY;
}

const hostOf = (scheme: string): string =>
	scheme === 'http' ? new URL(emulator().url).host : 'api.example.com';

async function engineFor(
	scheme: string,
	more: ICredentialDataDecryptedObject = {},
): Promise<Engine> {
	const baseUrl = `${scheme}://${hostOf(scheme)}`;
	const credential = { ...connectedCredential(emulator()), baseUrl, ...more };
	return await createEngine({ credential });
}

/** Its token is at hand and isn't looked at before it is used. */
const STORED_TRIAL = { connectWith: 'freeTrial', trialToken: EMULATOR_TOKEN };

async function outcome(engine: Engine, node: NodeSpec): Promise<IDataObject> {
	const run = await engine.runNode([{ json: {} }], { onError: 'continueRegularOutput', ...node });
	expect(JSON.stringify([run.run, engine.logs])).not.toContain(PASSWORD);
	const [item] = run.items('Node 1');
	return (item?.json.error ?? item?.json ?? {}) as IDataObject;
}

const CREDITS: NodeSpec = { type: 'nemoVideoCredits' };
const CREATE: NodeSpec = { type: 'nemoVideoCreateSession', parameters: { language: 'en' } };
const LABEL = { 'content-type': 'text/html' };
const LOGIN = 'asks for a user name and password';
const PAGE = 'A gateway or proxy answered for';

describe('n8n behind a forward proxy', () => {
	it('reaches NemoVideo through it', async () => {
		expect(await outcome(await engineFor('http'), CREDITS)).toMatchObject({ available: 25_000 });
		expect(proxy.asked[0]).toBe(`GET ${emulator().url}/api/credits/balance/simple`);
	});

	const refusals: ReadonlyArray<[what: string, words: string, refusal: Refusal]> = [
		['that asks for a login', LOGIN, { status: 407 }],
		['that asks for a login, with its page lost', LOGIN, { status: 407, body: '' }],
		['that asks for a login by a status alone', LOGIN, { status: 407, headers: {}, body: '' }],
		['that forbids the host', PAGE, { status: 403 }],
		['that forbids the host, with its page lost', PAGE, { status: 403, body: '' }],
		['that forbids the host by a label alone', PAGE, { status: 403, headers: LABEL, body: '' }],
		['that wants 401, with its page lost', PAGE, { status: 401, body: '' }],
		['that does not find the host, with its page lost', PAGE, { status: 404, body: '' }],
	];
	for (const [what, words, refusal] of refusals) {
		for (const [whose, more] of [
			['an access token', {}],
			['a stored trial', STORED_TRIAL],
		] as const) {
			it(`is told that it was a proxy ${what}, over https with ${whose}`, async () => {
				proxy.refusal = refusal;
				const error = await outcome(await engineFor('https', more), CREATE);
				expect(error).toMatchObject({ kind: 'network', httpStatus: refusal.status });
				expect(error.message).toContain(words);
				expect(error.message).toContain('api.example.com');
				expect(`${String(error.message)} ${String(error.description)}`).not.toMatch(OF_TOKENS);
				expect(error.description).toMatch(/HTTPS_PROXY|proxies/);
				expect(proxy.asked).toEqual(['CONNECT api.example.com:443']);
			});
		}
	}

	it('is told the address of a proxy that does not run, and that nothing was sent', async () => {
		const gone = await ForwardProxy.start();
		const { host } = gone;
		await gone.close();
		sendThrough(host);
		for (const scheme of ['http', 'https']) {
			const error = await outcome(await engineFor(scheme), CREATE);
			expect(error).toMatchObject({ kind: 'network', safeToRepeat: true });
			expect(error.message).toBe(`The proxy ${host} refused the connection`);
		}
	});

	it('is told of a proxy that closes a tunnel without a word, and that nothing was sent', async () => {
		proxy.refusal = { status: 0 };
		const error = await outcome(await engineFor('https'), CREATE);
		expect(error).toMatchObject({ kind: 'network', safeToRepeat: true });
		expect(error.message).toMatch(/^The proxy closed the connection/);
	});

	describe('that refuses a prompt alone', () => {
		const prompt = async (refusal: Refusal): Promise<IDataObject> => {
			delete process.env.HTTP_PROXY;
			const sessionId = await prepareSession(emulator(), { generate: false });
			sendThrough(proxy.host);
			proxy.refusal = { ...refusal, only: /run_sse/ };
			const node = { type: 'nemoVideoGenerate', parameters: { sessionId, prompt: PROMPT } };
			return await outcome(await engineFor('http'), node);
		};

		it('by asking for a login has passed nothing on', async () => {
			const error = await prompt({ status: 407 });
			expect(error).toMatchObject({ kind: 'network', httpStatus: 407, safeToRepeat: true });
			expect(emulator().ledger.prompts).toEqual([]);
		});

		it('by a page leaves open what became of it', async () => {
			const error = await prompt({ status: 403 });
			expect(error).toMatchObject({ httpStatus: 403, safeToRepeat: false, retryable: false });
		});
	});
});
