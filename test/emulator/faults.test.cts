import { createServer } from 'node:net';
import type { FaultKind } from '../../emulator/faults.cts';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { Client } from './support/client.cts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
	emulator = await startEmulator();
});

beforeEach(async () => {
	emulator.reset();
	await emulator.listen();
	client = new Client(emulator);
});

afterEach(async () => await client.close());

afterAll(async () => await emulator.close());

const CREATE = '/api/tasks/me/with-session/nemo_agent';

describe('a connection that breaks', () => {
	const cases: Array<[kind: FaultKind, sessionsMade: number]> = [
		['refuse', 0],
		['dropBefore', 0],
		['dropAfter', 1],
		['truncate', 1],
	];

	it.each(cases)(
		'%s leaves %i sessions behind and fails the client',
		async (kind, sessionsMade) => {
			emulator.faults.add({ kind, endpoint: 'session' });
			await expect(client.session()).rejects.toThrow();
			const closed = await emulator.waitFor({ type: 'request.closed', endpoint: 'session' });
			expect(closed.ended).toBe(`fault:${kind}`);
			expect(emulator.ledger.summary().sessions).toBe(sessionsMade);
			await client.session();
			expect(emulator.ledger.summary().sessions).toBe(sessionsMade + 1);
		},
	);

	it('after the full answer, the client has the answer', async () => {
		emulator.faults.add({ kind: 'dropAfterAnswer', endpoint: 'session' });
		expect(await client.session()).toMatch(/^\d{19}$/);
		await emulator.waitFor('socket.closed');
	});

	it('is answered by nobody when the listener is closed', async () => {
		await emulator.refuse();
		const fresh = new Client(emulator);
		await expect(fresh.session()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		await emulator.listen();
		expect(await fresh.session()).toMatch(/^\d{19}$/);
		await fresh.close();
	});
});

describe('a stream that breaks', () => {
	it.each(['drop:accepted', 'drop', 'drop:raw', 'drop:end'])(
		'[[%s]]: the turn is paid for, the work continues, the client notices',
		async (marker) => {
			const session = await client.session();
			const turn = client.say(session, `create a video of a lake [[${marker}]]`);
			await expect(turn).rejects.toThrow();
			await emulator.waitFor({ type: 'turn.done', status: 'done' });
			expect((await client.state(session)).draft.t.length).toBeGreaterThan(1);
			expect(emulator.ledger.summary()).toMatchObject({ promptsAccepted: 1, creditsCharged: 100 });
		},
	);

	it('truncate cuts it after the wanted number of bytes', async () => {
		emulator.faults.add({ kind: 'truncate', endpoint: 'run', bytes: 40 });
		const session = await client.session();
		const { body } = await client.turn(session, 'create a video of a lake');
		let bytes = 0;
		await expect(
			(async () => {
				for await (const chunk of body) bytes += chunk.length;
			})(),
		).rejects.toThrow();
		expect(bytes).toBe(40);
	});

	it.each(['stall:accepted', 'stall', 'stall:raw'])(
		'[[%s]]: silence on an open connection while the work is done',
		async (marker) => {
			const session = await client.session();
			const { body } = await client.turn(session, `create a video of a lake [[${marker}]]`);
			body.on('error', () => undefined);
			await emulator.waitFor({ type: 'turn.done', status: 'done' });
			expect(emulator.streams().open).toBe(1);
			body.destroy();
			await emulator.waitFor({ type: 'stream.closed', whole: false });
			expect(emulator.streams()).toMatchObject({ open: 0, most: 1 });
		},
	);

	it('[[hang]] sends heartbeats forever and never a timeline', async () => {
		emulator.options.heartbeatMs = 5;
		const session = await client.session();
		const { body } = await client.turn(session, 'create a video of a lake [[hang]]');
		let seen = '';
		for await (const chunk of body) {
			seen += String(chunk);
			if (seen.length > 200) break;
		}
		expect(seen).not.toMatch(/tool_call|text/);
		expect((await client.state(session)).draft).toBeNull();
	});
});

describe('an answer on demand', () => {
	it('status answers without processing, with headers', async () => {
		emulator.faults.add({
			kind: 'status',
			path: CREATE,
			status: 429,
			headers: { 'retry-after': '7' },
		});
		const answer = await client.call('POST', CREATE, { task_name: 'project' });
		expect(answer.status).toBe(429);
		expect(answer.headers['retry-after']).toBe('7');
		expect(emulator.ledger.summary().sessions).toBe(0);
	});

	it('body answers anything after processing', async () => {
		emulator.faults.add({ kind: 'body', endpoint: 'session', body: '<html>Bad gateway</html>' });
		const answer = await client.call('POST', CREATE, { task_name: 'project' });
		expect(answer).toMatchObject({ status: 200, text: '<html>Bad gateway</html>' });
		expect(emulator.ledger.summary().sessions).toBe(1);
	});

	it('redirect sends the client to the second origin, which sees what it brings along', async () => {
		emulator.faults.add({ kind: 'redirect', endpoint: 'credits' });
		const answer = await client.call('GET', '/api/credits/balance/simple');
		expect(answer.status).toBe(302);
		expect(answer.headers.location).toBe(`${emulator.cdnUrl}/api/credits/balance/simple`);
		await client.call('GET', String(answer.headers.location));
		expect(emulator.requests.all({ origin: 'cdn' })).toMatchObject([
			{ path: '/api/credits/balance/simple', token: client.token, status: 404 },
		]);
	});

	it('delay holds the request back', async () => {
		emulator.faults.add({ kind: 'delay', endpoint: 'session', ms: 60 });
		const startedAt = Date.now();
		await client.session();
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(55);
	});

	it('stall never answers', async () => {
		emulator.faults.add({ kind: 'stall', endpoint: 'credits' });
		const stop = new AbortController();
		const call = client.raw('GET', '/api/credits/balance/simple', { signal: stop.signal });
		await emulator.waitFor({ type: 'fault', kind: 'stall' });
		stop.abort();
		await expect(call).rejects.toThrow();
		await emulator.waitFor({ type: 'request.closed', endpoint: 'credits' });
	});
});

it('hits the nth match, so many times', async () => {
	emulator.faults.add({ kind: 'status', endpoint: 'session', status: 503, nth: 2, times: 2 });
	const seen: number[] = [];
	for (let index = 0; index < 4; index++) {
		seen.push((await client.call('POST', CREATE, { task_name: 'project' })).status);
	}
	expect(seen).toEqual([200, 503, 503, 200]);
});

it('limits requests per second when asked to', async () => {
	emulator.options.requestsPerSecond = 2;
	emulator.options.retryAfter = 3;
	const path = '/api/credits/balance/simple';
	const answers = await Promise.all([1, 2, 3, 4].map(async () => await client.call('GET', path)));
	const refused = answers.filter((answer) => answer.status === 429);
	expect(refused).toHaveLength(2);
	expect(refused[0]?.headers['retry-after']).toBe('3');
});

it('reset ends what is in progress and forgets it', async () => {
	const session = await client.session();
	const turn = client.say(session, 'create a video of a lake [[slow:60000]]');
	await emulator.waitFor('turn.accepted');
	emulator.reset();
	await expect(turn).rejects.toThrow();
	expect(emulator.ledger.summary().promptsAccepted).toBe(0);
	expect(emulator.events.all()).toEqual([]);
});

it('fails a start on a port that is taken', async () => {
	const taken = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => taken.once('listening', resolve));
	const address = taken.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	await expect(startEmulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	taken.close();
});
