import { recoveryWaits } from './support/clocks.cts';
import { DIALECTS, flat } from './support/dialects.cts';
import { film, titled } from './support/drafts.cts';
import {
	assistant,
	createVideo,
	failure,
	generate,
	inSession,
	NODE,
	RETRIED,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import { change, close, cut, send, take } from './support/turnOnWire.cts';
import type { Answer } from './support/world.cts';

const { world, engine, asked } = withWorld();
const situation = situations('A5');
const ONCE = { credits: 100, prompts: 1, uploads: 0, renders: 0 };
const DONE = 'I added the title.';
/** Words that would lead somebody to pay again. */
const AGAIN =
	/try again|(?<!don't )send (?:it|the prompt|them) again|run create session|run this row/i;

const page =
	(status: number, body: string): Answer =>
	(exchange) =>
		exchange.answer(status, body);
const json =
	(status: number, body: object): Answer =>
	(exchange) =>
		exchange.answer(status, body);

const FAULTS: ReadonlyArray<[what: string, answer: Answer]> = [
	['a 502 page', page(502, '<html><h1>502 Bad Gateway</h1></html>')],
	['a 503 in JSON', json(503, { code: 503, message: 'overloaded' })],
	['a 403 in JSON', json(403, { message: 'forbidden' })],
	['a 403 page', page(403, '<html>Access denied</html>')],
	['a 404', json(404, { detail: 'Not Found' })],
	['a 200 page', page(200, '<!DOCTYPE html><title>Welcome</title>')],
	['code 1001', json(200, { code: 1001, message: 'token expired' })],
	['code 1002', json(200, { code: 1002, message: 'session not found' })],
	['an empty object', json(200, {})],
	['no data', json(200, { code: 0, data: null })],
	['success alone', json(200, { success: true })],
	['a state of null', json(200, { code: 0, data: { state: null } })],
	['a draft that is no timeline', json(200, { code: 0, data: { state: { draft: 'gone' } } })],
	['JSON that is cut', page(200, '{"code":0,"data":{"state":')],
	['a reset connection', (exchange) => exchange.reset()],
];

/** The turn goes well; every look at the session afterwards meets the fault. */
function finishThen(fault: Answer, events = flat.text(DONE)): void {
	world().onPrompt(
		take,
		change(titled('Dawn')),
		() => world().every('state', fault),
		send(flat.call('edit_multitrack'), flat.result('edit_multitrack'), events),
		close,
	);
}

for (const [what, fault] of FAULTS) {
	situation(`[A5] keeps a finished turn whose session answers with ${what}`, async () => {
		const session = world().session(film());
		finishThen(fault);
		const run = await engine().runNode(inSession(session), generate({}, RETRIED));
		expect(success(run)).toMatchObject({ status: 'completed', text: DONE, timeline: null });
		const hints = run.hints(NODE).map(({ message }) => message);
		expect(hints.join()).toContain('State node');
		expect(hints.join()).not.toMatch(AGAIN);
		expect(world().spent()).toEqual(ONCE);
	});

	situation(
		`[A5] tells a video's finished turn where its session answers with ${what}`,
		async () => {
			const session = world().session(film());
			finishThen(fault);
			const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
			const { message, description, ...rest } = failure(run);
			expect(rest).toMatchObject({ safeToRepeat: false, retryable: false, sessionId: session.id });
			expect(`${String(message)} ${String(description)}`).toContain(DONE);
			expect(`${String(message)} ${String(description)}`).not.toMatch(AGAIN);
			expect(recoveryWaits(asked())).toEqual([]);
			expect(world().spent()).toEqual(ONCE);
		},
	);
}

for (const { name, text } of DIALECTS) {
	situation(`[A5] renders once the session can be read again, in the ${name} dialect`, async () => {
		const session = world().session(film());
		finishThen(page(502, '<html>Bad Gateway</html>'), text(DONE));
		void world()
			.arrived('state', 9)
			.then(() => world().every('state', undefined));
		const node = createVideo({ sessionId: session.id, options: { recoveryChecks: 20 } });
		const run = await engine().runNode([{}], node);
		expect(success(run)).toMatchObject({ status: 'completed', text: DONE });
		expect([...world().renders.values()].map(({ draft }) => draft)).toEqual([titled('Dawn')]);
		expect(world().spent()).toEqual({ ...ONCE, renders: 1 });
	});

	situation(`[A5] renders when the row is retried, in the ${name} dialect`, async () => {
		const session = world().session(film());
		finishThen(page(504, '<html>Gateway Timeout</html>'), text(DONE));
		const failing = engine().runNode([{}], createVideo({ sessionId: session.id }, RETRIED));
		// Five tries of one reading, three readings of a recovery; the next is the retry's.
		void world()
			.arrived('state', 1 + 5 + 3 + 1)
			.then(() => world().every('state', undefined));
		expect(success(await failing)).toMatchObject({ status: 'completed', text: DONE });
		expect(world().spent()).toEqual({ ...ONCE, renders: 1 });
	});
}

situation('[A5] finds a lost turn behind readings that show no state, never in them', async () => {
	const session = world().session(film());
	let readings = 0;
	world().onPrompt(
		take,
		() =>
			world().every('state', (exchange) => {
				if (++readings === 3) world().every('state', undefined);
				exchange.answer(200, { code: 0, data: null });
			}),
		change(titled('Dawn')),
		cut,
	);
	const node = generate({ options: { recoveryChecks: 5 } });
	const run = await engine().runNode(inSession(session), node);
	expect(success(run)).toMatchObject({ status: 'completed', completedBy: 'state' });
	expect(String(success(run).text)).toContain('Dawn');
	expect(readings).toBe(3);
	expect(world().spent()).toEqual(ONCE);
});

situation('[A5] takes no reading without a state for a change', async () => {
	const session = world().session(film());
	world().onPrompt(take, () => world().every('state', json(200, { code: 0, data: null })), cut);
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ kind: 'stream', safeToRepeat: false });
	expect(failure(run).message).toContain("lacks a usable field 'state'");
	expect(world().spent()).toEqual(ONCE);
});

situation('[A5] answers a chat with what the agent said', async () => {
	const session = world().session(film());
	finishThen(page(502, '<html>Bad Gateway</html>'));
	const parameters = { message: 'add a title', sessionId: session.id };
	const run = await engine().runNode([{}], assistant(parameters));
	expect(success(run)).toMatchObject({ status: 'completed', text: DONE, timeline: null });
	expect(world().spent()).toEqual(ONCE);
});

situation('[A5] tells a chat what the agent said where the export behind it fails', async () => {
	const session = world().session(film());
	finishThen(json(403, { message: 'forbidden' }));
	const parameters = { message: 'add a title and export it', sessionId: session.id };
	const run = await engine().runNode([{}], assistant(parameters));
	const { message, description, ...rest } = failure(run);
	expect(rest).toMatchObject({ safeToRepeat: false, sessionId: session.id });
	expect(`${String(message)} ${String(description)}`).toContain(DONE);
	expect(`${String(message)} ${String(description)}`).not.toMatch(AGAIN);
	expect(world().spent()).toEqual(ONCE);
});

situation('[A5] keeps the words of a question whose session cannot be read', async () => {
	const session = world().session(film());
	world().onPrompt(
		take,
		() => world().every('state', page(502, '<html>Bad Gateway</html>')),
		send(flat.text('Which music do you want?')),
		close,
	);
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({
		status: 'awaitingInput',
		text: 'Which music do you want?',
		timeline: null,
	});
	expect(world().spent()).toEqual(ONCE);
});

situation('[A5] tells the words of a lost turn whose session refuses the token', async () => {
	const session = world().session(film());
	world().onPrompt(
		take,
		() => world().every('state', json(200, { code: 1001, message: 'token expired' })),
		send(flat.text("I'll add it now."), flat.call('edit_multitrack')),
		close,
	);
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ safeToRepeat: false, retryable: false });
	expect(failure(run).description).toContain("I'll add it now.");
	expect(world().spent()).toEqual(ONCE);
});
