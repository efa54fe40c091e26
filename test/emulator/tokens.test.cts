import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { ATTRIBUTION, Client } from './support/client.cts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
	emulator = await startEmulator();
});

beforeEach(() => {
	emulator.reset();
	client = new Client(emulator);
});

afterEach(async () => await client.close());

afterAll(async () => await emulator.close());

async function mint(clientId?: string): Promise<Awaited<ReturnType<Client['call']>>> {
	client.token = '';
	const headers: Record<string, string> = clientId === undefined ? {} : { 'x-client-id': clientId };
	return await client.call('POST', '/api/auth/anonymous-token', undefined, headers);
}

it('gives an anonymous token with 100 credits, once per client', async () => {
	const first = await mint('client-a');
	expect(first.json).toMatchObject({
		code: 0,
		data: { token: expect.stringMatching(/^nmv_usr_.{43}$/), credits: 100 },
	});
	expect((await mint('client-a')).status).toBe(429);
	client.token = first.json.data.token;
	expect(await client.credits()).toEqual({ available: 100, frozen: 0, total: 100 });
});

it('renews an expired token for the same user, whose sessions live on', async () => {
	client.token = (await mint('client-a')).json.data.token;
	const session = await client.session();
	emulator.tokens.expire();
	const refused = await client.call('GET', '/api/credits/balance/simple');
	expect(refused).toMatchObject({ status: 200, json: { code: 1001 } });
	client.token = (await mint('client-a')).json.data.token;
	expect(await client.state(session)).toBeDefined();
});

it('gives ten tokens to one address, and says when to come back if asked to', async () => {
	emulator.options.retryAfter = 'date';
	for (let index = 0; index < 10; index++) {
		expect((await mint(`client-${index}`)).status).toBe(200);
	}
	const refused = await mint('client-10');
	expect(refused.status).toBe(429);
	expect(Date.parse(String(refused.headers['retry-after']))).toBeGreaterThan(Date.now());
});

it('wants a client id', async () => {
	expect((await mint()).status).toBe(400);
	expect(emulator.ledger.mints).toMatchObject([{ refusedWith: 400 }]);
});

it('refuses a bad token with HTTP 401 when asked to', async () => {
	emulator.options.badTokenAs = '401';
	client.token = 'nmv_usr_wrong';
	expect((await client.call('GET', '/api/credits/balance/simple')).status).toBe(401);
});

it('refuses what a token has no scope for', async () => {
	emulator.tokens.add(client.token, { scopes: ['read'] });
	const answer = await client.call('POST', '/api/tasks/me/with-session/nemo_agent', {
		task_name: 'project',
	});
	expect(answer.status).toBe(403);
});

it('does not show one user the sessions of another', async () => {
	const session = await client.session();
	emulator.tokens.add('nmv_usr_other', { userId: 'user_other' });
	client.token = 'nmv_usr_other';
	const answer = await client.call('GET', `/api/state/nemo_agent/me/${session}/latest`);
	expect(answer.json).toMatchObject({ code: 1002 });
});

it.each(Object.keys(ATTRIBUTION))('refuses an export without %s, and notes it', async (name) => {
	const session = await client.session();
	await client.say(session, 'create a video of a lake');
	const { draft } = await client.state(session);
	delete client.headers[name];
	const answer = await client.call('POST', '/api/render/proxy/lambda', {
		id: 'render_a',
		sessionId: session,
		draft,
	});
	expect(answer.status).toBe(402);
	expect(emulator.ledger.withoutAttribution).toMatchObject([{ path: '/api/render/proxy/lambda' }]);
});

it('blocks exports of anonymous users when the plan says so', async () => {
	emulator.options.exportPlan = 'registered';
	client.token = (await mint('client-a')).json.data.token;
	const session = await client.session();
	await client.say(session, 'create a video of a lake');
	expect((await client.submit(session, 'render_a')).status).toBe(402);
});

it('gives a claim token for a session', async () => {
	const session = await client.session();
	const [{ taskId } = { taskId: '' }] = emulator.ledger.sessions;
	const answer = await client.call('POST', '/api/auth/claim-token', {
		task_id: taskId,
		session_id: session,
	});
	expect(answer.json.data).toEqual({
		claim_token: expect.stringMatching(/^clm_/),
		expires_in: 604_800,
	});
});
