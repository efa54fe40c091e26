import { jump } from './support/clocks.cts';
import { film } from './support/drafts.cts';
import {
	createSession,
	credits,
	failure,
	generate,
	inSession,
	state,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import type { Answer } from './support/world.cts';

const { world, engine, asked } = withWorld(jump);
const situation = situations('A10');
const NOTHING = { credits: 0, prompts: 0, uploads: 0, renders: 0 };
const SAFE = { safeToRepeat: true, retryable: true };
/** What one request waits for at most where nothing else limits it. Milliseconds. */
const BUDGET_MS = 300_000;

const busy =
	(retryAfter: string, status = 503, body: object | string = { message: 'overloaded' }): Answer =>
	(exchange) =>
		exchange.answer(status, body, { 'retry-after': retryAfter });
const inTenMinutes = () => new Date(Date.now() + 600_000).toUTCString();
const total = () => asked().reduce((sum, ms) => sum + ms, 0);

const TOO_LONG: ReadonlyArray<[what: string, answer: () => Answer]> = [
	['503 that asks for ten minutes', () => busy('600')],
	['503 page that asks for ten minutes', () => busy('600', 503, '<html>Maintenance</html>')],
	['503 that names a date', () => busy(inTenMinutes())],
	['429 that asks for ten minutes', () => busy('600', 429)],
	['429 page that asks for ten minutes', () => busy('600', 429, '<html>Slow down</html>')],
];
for (const [what, make] of TOO_LONG) {
	situation(`[A10] says when to read again after a ${what}`, async () => {
		const session = world().session(film());
		world().every('state', make());
		const run = await engine().runNode(inSession(session), state());
		expect(failure(run)).toMatchObject({ ...SAFE, sessionId: session.id });
		expect(failure(run).description).toMatch(/wait (?:600|599|601) s/);
		expect(asked()).toEqual([]);
		expect(world().count('state')).toBe(1);
		expect(world().spent()).toEqual(NOTHING);
	});
}

situation('[A10] sends no prompt where the session answers so before it', async () => {
	const session = world().session(film());
	world().every('state', busy('600'));
	const node = generate({ options: { timeoutMinutes: 5 } });
	const run = await engine().runNode(inSession(session), node);
	expect(failure(run)).toMatchObject({ ...SAFE, kind: 'server' });
	expect(failure(run).description).toContain('600 s');
	expect(asked()).toEqual([]);
	expect(world().spent()).toEqual(NOTHING);
});

situation('[A10] waits before a prompt for no longer than the prompt may take', async () => {
	const session = world().session(film());
	world().every('state', busy('600'));
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ ...SAFE, kind: 'server' });
	expect(asked()).toEqual([600_000]);
	expect(world().spent()).toEqual(NOTHING);
});

for (const [name, node, endpoint] of [
	['Create Session', createSession(), 'session'],
	['Credits', credits(), 'credits'],
] as const) {
	situation(`[A10] says in ${name} when to try again`, async () => {
		world().every(endpoint, busy('600'));
		const run = await engine().runNode([{}], node);
		expect(failure(run)).toMatchObject({ ...SAFE, kind: 'server' });
		expect(failure(run).description).toContain('600 s');
		expect(asked()).toEqual([]);
		expect(world().spent()).toEqual(NOTHING);
	});
}

situation('[A10] waits as it is asked to where that is within its time', async () => {
	const session = world().session(film());
	world().next('state', busy('100'), busy('100'));
	const run = await engine().runNode(inSession(session), state());
	expect(success(run).timeline).toMatchObject({ readyToExport: true });
	expect(asked()).toEqual([100_000, 100_000]);
	expect(world().spent()).toEqual(NOTHING);
});

situation('[A10] never waits beyond its time, however often it is asked to', async () => {
	const session = world().session(film());
	world().every('state', busy('100'));
	const run = await engine().runNode(inSession(session), state());
	expect(failure(run)).toMatchObject({ ...SAFE, kind: 'server' });
	expect(total()).toBeLessThanOrEqual(BUDGET_MS);
	expect(world().count('state')).toBeLessThanOrEqual(4);
	expect(world().spent()).toEqual(NOTHING);
});
