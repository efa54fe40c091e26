import { chain } from '../engine/support/workflow.cts';
import { realTime } from './support/clocks.cts';
import { film } from './support/drafts.cts';
import {
	engineIn,
	failure,
	generate,
	inSession,
	photo,
	state,
	success,
	uploading,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import type { Answer } from './support/world.cts';

const { world, engine } = withWorld(realTime);
const situation = situations('A12');
const NOTHING = { credits: 0, prompts: 0, uploads: 0, renders: 0 };
/** What servers here ask for, and how early a timer may be. Milliseconds. */
const PAUSE_MS = 1_000;
const EARLY_MS = 30;

const refuse =
	(body: object | string): Answer =>
	(exchange) =>
		exchange.answer(429, body, { 'retry-after': String(PAUSE_MS / 1_000) });
const REFUSALS: ReadonlyArray<[what: string, answer: Answer]> = [
	['a 429 in JSON', refuse({ message: 'slow down' })],
	['a 429 page of a gateway', refuse('<html>Too many requests</html>')],
	[
		'a 503 that asks to wait',
		(exchange) => exchange.answer(503, { message: 'overloaded' }, { 'retry-after': '1' }),
	],
	[
		'code 429 on HTTP 200',
		(exchange) => exchange.answer(200, { code: 429 }, { 'retry-after': '1' }),
	],
];

/** Milliseconds between the first request and the next. */
function firstGap(): number {
	const [first, second] = world().arrivals;
	return (second?.at ?? Infinity) - (first?.at ?? 0);
}

for (const [what, refusal] of REFUSALS) {
	// Before its first request n8n has the token checked by a request of its own.
	situation(
		`[A12] holds the next request back after ${what} to the check of the token`,
		async () => {
			const session = world().session(film());
			world().next('credits', refusal);
			const run = await engine().runNode(inSession(session), state());
			expect(success(run).timeline).toMatchObject({ readyToExport: true });
			expect(firstGap()).toBeGreaterThanOrEqual(PAUSE_MS - EARLY_MS);
			expect(world().spent()).toEqual(NOTHING);
		},
	);

	// A server that is busy says nothing about other requests.
	if (what.includes('503')) continue;

	situation(
		`[A12] holds other executions back after ${what} to the check of the token`,
		async () => {
			const session = world().session(film());
			world().next('credits', refusal);
			const workflow = chain(inSession(session), state());
			const first = engine().start(workflow);
			await world().arrived('credits');
			const second = engine().start(workflow);
			for (const { finished } of [first, second]) success(await finished);
			const [check, ...others] = world().arrivals;
			expect(others.length).toBeGreaterThan(2);
			for (const { at } of others) {
				expect(at - (check?.at ?? 0)).toBeGreaterThanOrEqual(PAUSE_MS - EARLY_MS);
			}
			expect(world().spent()).toEqual(NOTHING);
		},
	);
}

situation('[A12] sends no prompt and no file while the check of the token is refused', async () => {
	const session = world().session();
	world().every('credits', refuse({ message: 'slow down' }));
	for (const node of [generate(), uploading({ binaryPropertyName: 'data' })]) {
		const rows = [{ json: { sessionId: session.id }, files: { data: photo('a.png') } }];
		const run = await engine().runNode(rows, node);
		expect(failure(run)).toMatchObject({ kind: 'rateLimit', safeToRepeat: true, retryable: true });
	}
	expect(world().spent()).toEqual(NOTHING);
});

situation('[A12] holds requests back where the free trial gives no token for now', async () => {
	const session = world().session(film());
	const trial = await engineIn(world(), { connectWith: 'freeTrial', token: '' });
	world().next('mint', refuse({ message: 'slow down' }));
	const run = await trial.runNode(inSession(session), state());
	success(run);
	const order = world().arrivals.map(({ endpoint }) => endpoint);
	expect(order.slice(0, 2)).toEqual(['mint', 'mint']);
	expect(world().count('mint')).toBe(2);
	expect(firstGap()).toBeGreaterThanOrEqual(PAUSE_MS - EARLY_MS);
	expect(world().spent()).toEqual(NOTHING);
});
