import { createServer } from 'node:net';
import { ClientSockets, networkError } from './support/clientSockets.cts';
import { film } from './support/drafts.cts';
import {
	createVideo,
	engineIn,
	failure,
	generate,
	inSession,
	photo,
	RETRIED,
	success,
	uploading,
	withWorld,
	UNSURE,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { changeAtReading, send, take } from './support/turnOnWire.cts';
import { HEARTBEAT } from './support/dialects.cts';

const { world, engine } = withWorld();
const situation = situations('D5');
const SAFE = { safeToRepeat: true, retryable: true };
const UNPAID = { credits: 0, prompts: 1, uploads: 0, renders: 0 };
const PAID = { ...UNPAID, credits: 100 };

let sockets: ClientSockets;
beforeEach(() => (sockets = new ClientSockets()));
afterEach(() => sockets.stop());

/** How the connection of a request breaks once it has arrived. */
const BREAKS: ReadonlyArray<[code: string, syscall: string]> = [
	['EHOSTUNREACH', 'read'],
	['ENETUNREACH', 'read'],
	['ECONNREFUSED', 'read'],
	['ETIMEDOUT', 'read'],
	['EPIPE', 'write'],
	['EHOSTUNREACH', 'write'],
];
for (const [code, syscall] of BREAKS) {
	situation(
		`[D5] sends a prompt once where ${syscall} fails with ${code} after it has left`,
		async () => {
			const session = world().session();
			world().every('run', (exchange) =>
				sockets.break(exchange.socket.remotePort, networkError(code, syscall)),
			);
			const run = await engine().runNode(inSession(session), generate({}, RETRIED));
			expect(failure(run)).toMatchObject({ ...UNSURE, kind: 'stream' });
			expect(world().spent()).toEqual(UNPAID);
		},
	);

	situation(`[D5] finds the film of a stream in which ${syscall} fails with ${code}`, async () => {
		const session = world().session();
		world().onPrompt(take, send(HEARTBEAT), changeAtReading(2, film()), (turn) =>
			sockets.break(turn.socket.remotePort, networkError(code, syscall)),
		);
		const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
		expect(success(run)).toMatchObject({ status: 'completed' });
		expect(world().spent()).toEqual({ ...PAID, renders: 1 });
	});
}

situation('[D5] sends files once whose connection becomes unreachable', async () => {
	const session = world().session();
	world().every('upload', (exchange) => {
		session.addFile('a.png');
		sockets.break(exchange.socket.remotePort, networkError('EHOSTUNREACH', 'read'));
	});
	const rows = [{ json: { sessionId: session.id }, files: { data: photo('a.png') } }];
	const run = await engine().runNode(rows, uploading({}, RETRIED));
	expect(success(run).files).toMatchObject([{ filename: 'a.png' }]);
	expect(session.files).toHaveLength(1);
	expect(world().spent()).toEqual({ ...UNPAID, prompts: 0, uploads: 1 });
});

/** How a connection fails before it is made. */
const NEVER_MADE = [
	networkError('EHOSTUNREACH', 'connect'),
	networkError('ENETUNREACH', 'connect'),
	networkError('ECONNREFUSED', 'connect'),
	networkError('EAI_AGAIN', 'getaddrinfo'),
	networkError('EADDRNOTAVAIL', 'bind'),
];
for (const error of NEVER_MADE) {
	situation(
		`[D5] sends a prompt again after ${error.syscall} failed with ${error.code}`,
		async () => {
			const session = world().session();
			// The next connection after the session was read is that of the prompt.
			session.atReading(1, () => sockets.failNext(error, error));
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({ status: 'completed' });
			expect(world().spent()).toEqual(PAID);
		},
	);
}

situation('[D5] calls a prompt safe to repeat whose server did not listen', async () => {
	const session = world().session();
	void world().goAway(2, 'after');
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ ...SAFE, kind: 'network' });
	expect(failure(run).message).toContain('refused the connection');
	expect(world().spent()).toEqual({ ...UNPAID, prompts: 0 });
});

situation('[D5] calls work safe to repeat where no address of a host listens', async () => {
	const port = await unusedPort();
	const nowhere = await engineIn(world(), { baseUrl: `http://localhost:${port}` });
	const run = await nowhere.runNode(inSession(world().session()), generate());
	expect(failure(run)).toMatchObject({ ...SAFE, kind: 'network' });
	expect(failure(run).message).toContain('refused the connection');
	expect(world().spent()).toEqual({ ...UNPAID, prompts: 0 });
});

async function unusedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' && address ? address.port : 0;
}
