import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { optionsFrom } from '../../emulator/commandLine.cts';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { Client } from './support/client.cts';

describe('over HTTP', () => {
	let emulator: Emulator;
	let client: Client;
	let remote: Client;

	beforeAll(async () => {
		emulator = await startEmulator();
	});

	beforeEach(() => {
		emulator.reset();
		client = new Client(emulator);
		remote = new Client(emulator);
		remote.token = '';
	});

	afterEach(async () => await Promise.all([client.close(), remote.close()]));

	afterAll(async () => await emulator.close());

	it('ledger and requests tell what happened; control requests are not among it', async () => {
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		const { json: ledger } = await remote.call('GET', '/__emulator/ledger');
		expect(ledger.summary).toMatchObject({ promptsAccepted: 1, creditsCharged: 100, sessions: 1 });
		expect(ledger.prompts).toMatchObject([
			{ sessionId: session, text: 'create a video of a lake' },
		]);
		const { json: requests } = await remote.call('GET', '/__emulator/requests');
		expect(requests).toMatchObject([
			{ seq: 1, endpoint: 'session', sessionId: session, status: 200, ended: 'answered' },
			{
				seq: 2,
				endpoint: 'run',
				sessionId: session,
				attribution: { source: true, version: true, platform: true },
			},
		]);
		expect((await remote.call('GET', '/__emulator/requests?since=1')).json).toHaveLength(1);
	});

	it('sockets counts the clients and not the control connections', async () => {
		const session = await client.session();
		const { body } = await client.turn(session, 'create a video of a lake [[slow:60000]]');
		body.on('error', () => undefined);
		const during = (await remote.call('GET', '/__emulator/sockets')).json;
		const busy = during.sockets.filter((socket: { busy: number }) => socket.busy > 0);
		expect(busy).toMatchObject([{ lastPath: '/run_sse' }]);
		expect(JSON.stringify(during)).not.toContain('__emulator');
		body.destroy();
		await remote.call('GET', `/__emulator/wait?event=socket.closed&socket=${busy[0].id}`);
		expect((await remote.call('GET', '/__emulator/sockets')).json.busy).toBe(0);
	});

	it('wait answers when the event comes, and 408 when it does not', async () => {
		const waiting = remote.call('GET', '/__emulator/wait?event=turn.done&status=done&nth=2');
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		await client.say(session, "add the title 'Lake'");
		expect((await waiting).json).toMatchObject({ type: 'turn.done', sessionId: session });
		expect((await remote.call('GET', '/__emulator/wait?event=mint&timeoutMs=5')).status).toBe(408);
		expect((await remote.call('GET', '/__emulator/wait?event=nonsense')).status).toBe(400);
	});

	it('faults are planned and cleared', async () => {
		const plan = { kind: 'status', endpoint: 'credits', status: 503, times: 0 };
		await remote.call('POST', '/__emulator/faults', plan);
		const failing = await client.call('GET', '/api/credits/balance/simple');
		const { json } = await remote.call('GET', '/__emulator/faults');
		await (await remote.raw('DELETE', '/__emulator/faults')).body.dump();
		const working = await client.call('GET', '/api/credits/balance/simple');
		expect([failing.status, working.status]).toEqual([503, 200]);
		expect(json).toMatchObject([{ kind: 'status', hits: 1 }]);
		const wrong = await remote.call('POST', '/__emulator/faults', { kind: 'nonsense' });
		expect(wrong.status).toBe(400);
	});

	it('options change what happens next; a wrong name is refused', async () => {
		await remote.call('POST', '/__emulator/options', { costs: { generation: 7 } });
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		expect(emulator.ledger.summary().creditsCharged).toBe(7);
		expect(emulator.options.costs.edit).toBe(50);
		expect((await remote.call('POST', '/__emulator/options', { turnMS: 1 })).status).toBe(400);
	});

	it('tokens are made and expired, sessions forgotten', async () => {
		const made = await remote.call('POST', '/__emulator/tokens', { credits: 5 });
		client.token = made.json.token;
		expect(await client.credits()).toMatchObject({ available: 5 });
		const session = await client.session();
		await remote.call('POST', '/__emulator/expire', { session });
		const lost = await client.call('GET', `/api/state/nemo_agent/me/${session}/latest`);
		await remote.call('POST', '/__emulator/expire', { token: client.token });
		const refused = await client.call('GET', '/api/credits/balance/simple');
		expect([lost.json.code, refused.json.code]).toEqual([1002, 1001]);
	});

	it('the API can refuse connections while the second origin stays reachable', async () => {
		const refused = await remote.call('POST', `${emulator.cdnUrl}/__emulator/refuse`);
		await expect(client.session()).rejects.toThrow();
		await remote.call('POST', `${emulator.cdnUrl}/__emulator/listen`);
		expect(refused.status).toBe(200);
		expect(await client.session()).toMatch(/^\d+$/);
	});
});

describe('on the command line', () => {
	const MAIN = join(__dirname, '../../emulator/main.cts');
	const TSX = join(__dirname, '../../node_modules/tsx/dist/cli.mjs');

	function start(...args: string[]): { child: ChildProcess; output: () => string } {
		const child = spawn(process.execPath, [TSX, MAIN, ...args], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let text = '';
		child.stdout?.on('data', (chunk) => (text += String(chunk)));
		child.stderr?.on('data', (chunk) => (text += String(chunk)));
		return { child, output: () => text };
	}

	it('prints its URL, takes options, and leaves on SIGTERM', async () => {
		const args = ['--port', '0', '--shapes', 'seed', '--dialect', 'adk', '--turn-ms=5', '--done'];
		const { child, output } = start(...args);
		while (!output().includes('Token:')) await once(child.stdout ?? child, 'data');
		const url = /emulator: (http:\S+)/.exec(output())?.[1] ?? '';
		const response = await fetch(`${url}/__emulator/options`);
		expect(await response.json()).toMatchObject({
			shapes: 'seed',
			dialect: 'adk',
			turnMs: 5,
			done: true,
		});
		child.kill('SIGTERM');
		const [code] = await once(child, 'exit');
		expect(code).toBe(0);
	}, 20_000);

	it('leaves with 1 when it cannot start', async () => {
		const { child, output } = start('--colour', 'blue');
		const [code] = await once(child, 'close');
		expect(code).toBe(1);
		expect(output()).toContain('No such option: colour');
	}, 20_000);

	it.each([
		[['--dialect', 'morse'], 'Option dialect is one of flat, adk, mixed'],
		[['--shapes', 'render=cubic'], 'Shape render is not cubic'],
		[['--shapes', 'cubic'], 'No such shapes: cubic'],
		[['--port', 'many'], '--port takes a number'],
		[['8799'], 'Not an option: 8799'],
	])('refuses %j readably', (args, complaint) => {
		expect(() => optionsFrom(args)).toThrow(complaint);
	});

	it('reads lists and objects as JSON', () => {
		const options = optionsFrom(['--costs', '{"edit":1}', '--nextTurns=["[[drop]]"]', '--crlf']);
		expect(options.costs).toEqual({ generation: 100, edit: 1, question: 0 });
		expect(options).toMatchObject({ nextTurns: ['[[drop]]'], crlf: true });
	});
});
