import { generate } from '../../../../src/flows/generate/generate';
import type { GenerateResult, TurnCheckpoint } from '../../../../src/flows/generate/turnCheckpoint';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import {
	answer,
	events,
	failureOf,
	lost,
	ok,
	pieces,
	Scripted,
	state,
	type Answer,
} from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import type { GenerateSettings } from '../../../../src/flows/generate/generateSettings';

const SESSION = '5529798706024415232';
const STATE = 'GET /api/state/';
const RUN = 'POST /run_sse';
const SETTINGS: GenerateSettings = {
	sessionId: SESSION,
	prompt: 'make it',
	timeoutMs: 900_000,
	idleMs: 600_000,
	recovery: { firstWaitMs: 30_000, intervalMs: 60_000, checks: 5 },
	onTimeout: 'error',
	minimumCredits: 0,
};
const draft = (title: string) => ({
	t: [{ tt: 0, sg: [{ m: { title }, s: 0, d: 1000 }] }],
	d: 1000,
});
const OLD = state(draft('old'));
const NEW = state(draft('new'));
const text = (content: string) => ({ type: 'text', content });
const CALL = { type: 'tool_call', name: 'edit_multitrack', args: {} };
const RESULT = { type: 'tool_result', name: 'edit_multitrack', result: {} };

let nemo: Scripted;
let checkpoint: Checkpoint<TurnCheckpoint>;
beforeEach(() => {
	nemo = new Scripted();
	checkpoint = newCheckpoint();
});

/** One try of the same turn; the script says what it meets. */
async function attempt(
	states: Answer[],
	runs: Answer[] = [],
	settings: Partial<GenerateSettings> = {},
): Promise<GenerateResult> {
	nemo.on(STATE, ...states);
	if (runs.length > 0) nemo.on(RUN, ...runs);
	return await nemo.run(
		generate(nemo.client, { ...SETTINGS, ...settings }, checkpoint, new Heard()),
	);
}
const sent = (): number => nemo.count(RUN);

describe('a turn', () => {
	it('gives what was said, done and changed', async () => {
		const result = await attempt([OLD, NEW], [events(CALL, RESULT, text('Your title is new.'))]);
		expect(result).toMatchObject({
			sessionId: SESSION,
			status: 'completed',
			completedBy: 'stream',
			text: 'Your title is new.',
			tools: ['edit_multitrack'],
			timeline: { readyToExport: true },
		});
		expect(result.changes.length).toBeGreaterThan(0);
		expect(nemo.log.map((entry) => entry.split(' ')[0])).toEqual(['GET', 'POST', 'GET']);
	});

	it('that closes without a word tells what has changed', async () => {
		const result = await attempt([OLD, NEW], [events(CALL, RESULT)]);
		expect(result).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(result.text).not.toBe('');
	});

	it('that closes without a word and lags behind is waited for once', async () => {
		const result = await attempt([OLD, OLD, NEW], [events(CALL, RESULT)]);
		expect(result.changes).not.toEqual([]);
	});

	it('that only asks waits for an answer', async () => {
		const result = await attempt([OLD], [events(text('Which style do you want?'))]);
		expect(result).toMatchObject({ status: 'awaitingInput', text: 'Which style do you want?' });
	});

	it('without the credits that are asked for is not sent', async () => {
		nemo.on('GET /api/credits', ok({ available: 10 }));
		const error = await failureOf(attempt([OLD], [events()], { minimumCredits: 11 }));
		expect(error.kind).toBe('credits');
		expect(sent()).toBe(0);
		expect(checkpoint.read()).toBeUndefined();
	});

	it.each([
		['sent', ['POST']],
		['read to its end', ['POST', 'GET']],
	])('is remembered before it is %s', async (_stage, upTo) => {
		const seen: unknown[] = [];
		nemo.on(STATE, OLD, () => (seen.push(checkpoint.read()), NEW as never));
		nemo.on(RUN, () => (seen.push(checkpoint.read()), events(CALL, RESULT, text('Done.'))));
		await nemo.run(generate(nemo.client, SETTINGS, checkpoint, new Heard()));
		expect(seen[upTo.length - 1]).toMatchObject({
			phase: 'sent',
			...(upTo.length > 1 ? { said: { text: 'Done.' }, closed: true } : {}),
		});
		expect(checkpoint.read()).toMatchObject({ phase: 'done' });
	});

	it('that is done is not done again', async () => {
		const first = await attempt([OLD, NEW], [events(CALL, RESULT, text('Done.'))]);
		const requests = nemo.requests.length;
		expect(await attempt([OLD])).toEqual(first);
		expect(nemo.requests).toHaveLength(requests);
	});

	it('is remembered without a draft that is too large to keep', async () => {
		const huge = state({ ...draft('old'), extra: 'x'.repeat(300_000) });
		nemo.on(RUN, lost());
		await failureOf(attempt([huge]));
		expect(JSON.stringify(checkpoint.read()).length).toBeLessThan(10_000);
	});
});

describe('a prompt', () => {
	it.each([
		['a connection that was never made', lost('refused')],
		['too many requests', answer({}, 429, { 'retry-after': '1' })],
	])('is sent again after %s', async (_what, refusal) => {
		const result = await attempt([OLD, NEW], [refusal, events(CALL, RESULT, text('Done.'))]);
		expect(result.status).toBe('completed');
		expect(sent()).toBe(2);
	});

	it.each([
		['a connection that broke', lost()],
		['a failing server', answer({}, 500)],
		['a request that timed out', answer({}, 408)],
		['a stream that breaks at once', events(lost())],
		['a stream that breaks in the middle', events(CALL, RESULT, lost())],
		['a stream without a word', events()],
		['a stream of heartbeats that ends', pieces(['data: heartbeat\n\n', ': \n\n'])],
	])('is never sent again after %s, but found in the state', async (_what, given) => {
		const result = await attempt([OLD, OLD, NEW, NEW], [given]);
		expect(result).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(sent()).toBe(1);
	});

	it('of which nothing is found is a failure, and again one when it is tried again', async () => {
		const error = await failureOf(attempt([OLD], [lost()]));
		expect(error).toMatchObject({ kind: 'stream', handles: { sessionId: SESSION } });
		expect(error.description).toMatch(/won't be sent again/);
		const again = await failureOf(attempt([OLD]));
		expect(again.message).toBe(error.message);
		expect(sent()).toBe(1);
	});

	it('of which nothing was found is found when it is tried again later', async () => {
		await failureOf(attempt([OLD], [lost()]));
		expect(await attempt([NEW])).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(sent()).toBe(1);
	});

	it('whose state could not be read at all is looked for with full patience again', async () => {
		const error = await failureOf(attempt([OLD, lost()], [lost()]));
		expect(error.message).toMatch(/could not be read/);
		expect(await attempt([OLD, OLD, OLD, NEW, NEW])).toMatchObject({ completedBy: 'state' });
	});

	it.each([
		['cannot be reached', lost()],
		['answers 502', answer({}, 502)],
		['answers 403', answer({}, 403)],
		['answers 404', answer({}, 404)],
		['answers with a page', answer('<html></html>')],
		['asks to wait for ten minutes', answer({}, 503, { 'retry-after': '600' })],
	])('whose answer came is done, also where the session %s afterwards', async (_what, after) => {
		const heard = new Heard();
		nemo.on(STATE, OLD, after);
		nemo.on(RUN, events(CALL, RESULT, text('Done.')));
		const result = await nemo.run(generate(nemo.client, SETTINGS, checkpoint, heard));
		expect(result).toMatchObject({
			status: 'completed',
			text: 'Done.',
			completedBy: 'stream',
			timeline: null,
			changes: [],
		});
		expect(heard.hints).toEqual([expect.stringMatching(/Don't send the prompt again/)]);
		expect(await attempt([NEW])).toEqual(result);
		expect(sent()).toBe(1);
	});

	it.each([
		['as HTML', pieces(['<html><body>Log in</body></html>'], 200, { 'content-type': 'text/html' })],
		[
			'as an event stream',
			pieces(['<!DOCTYPE html>\n<html>', '</html>'], 200, { 'content-type': 'text/event-stream' }),
		],
		['as 403', answer('<html>Challenge</html>', 403, { 'content-type': 'text/html' })],
		['as plain text', pieces(['Please log in\n'], 200, { 'content-type': 'text/plain' })],
	])(
		'answered by a gateway %s fails immediately, says so and is not sent again',
		async (_how, page) => {
			const begun = nemo.clock.now();
			const error = await failureOf(attempt([OLD], [page]));
			expect(nemo.clock.now() - begun).toBeLessThan(1_000);
			expect(error).toMatchObject({ outcome: 'unknown', safeToRepeat: false, retryable: false });
			expect(error.message).toMatch(/gateway or proxy.*(?:page|plain text).*HTTP (?:200|403)/);
			expect(error.message).not.toMatch(/token|session/i);
			expect((await failureOf(attempt([OLD]))).message).toBe(error.message);
			expect(sent()).toBe(1);
		},
	);

	it.each([521, 522, 530])(
		'that a gateway could not pass on, as far as it knows (%d), is looked for in the session',
		async (status) => {
			const page = answer('<html>Not reached</html>', status);
			const result = await attempt([OLD, OLD, NEW, NEW], [page]);
			expect(result).toMatchObject({ status: 'completed', completedBy: 'state' });
			expect(sent()).toBe(1);
		},
	);

	it('that was refused may be sent another time', async () => {
		const error = await failureOf(attempt([OLD], [answer({ code: 2001 })]));
		expect(error.kind).toBe('credits');
		expect(checkpoint.read()).toBeUndefined();
		await attempt([OLD, NEW], [events(CALL, RESULT, text('Done.'))]);
		expect(sent()).toBe(2);
	});

	it('that was refused by a number nobody explains is not sent another time', async () => {
		const error = await failureOf(attempt([OLD], [answer({ code: 7777, message: 'odd' })]));
		expect(error).toMatchObject({ kind: 'protocol', code: 7777 });
		expect(error.message).toContain('odd');
		const again = await failureOf(attempt([OLD]));
		expect(again.message).toBe(error.message);
		expect(sent()).toBe(1);
	});

	it('that the agent failed on is not sent another time', async () => {
		const failed = events(CALL, RESULT, { error: 'tool exploded' });
		const error = await failureOf(attempt([OLD], [failed]));
		expect(error.message).toContain('tool exploded');
		expect((await failureOf(attempt([OLD]))).message).toBe(error.message);
		expect(sent()).toBe(1);
	});

	it('that another one followed in its session is not taken for done by the other', async () => {
		await failureOf(attempt([OLD], [lost()], { onTimeout: 'error' }));
		nemo.client.sent.note(SESSION, 'a later prompt');
		expect((await failureOf(attempt([NEW]))).kind).toBe('stream');
	});

	it('that timed out and was followed by another one is not taken for done either', async () => {
		const late = await failureOf(attempt([OLD], [() => hanging()], { timeoutMs: 1_000 }));
		expect(late.kind).toBe('timeout');
		nemo.client.sent.note(SESSION, 'a later prompt');
		const error = await failureOf(attempt([NEW]));
		expect(error).toMatchObject({ kind: 'stream' });
		expect(error.message).toMatch(/something else was sent to the session/);
	});

	it('that Stop kept from being sent may be sent another time', async () => {
		// Another item meets a rate limit while this one reads the state.
		nemo.on(STATE, () => (nemo.client.limiter.pause(10_000), OLD as never));
		const work = failureOf(generate(nemo.client, SETTINGS, checkpoint, new Heard()));
		await nemo.clock.advance(1_000);
		expect(checkpoint.read()).toMatchObject({ phase: 'sent' });
		nemo.stop.abort();
		expect((await work).kind).toBe('cancelled');
		expect(sent()).toBe(0);
		expect(checkpoint.read()).toBeUndefined();
	});
});

describe('a limit of time', () => {
	it('is told to whoever waits for the first byte', async () => {
		const seen: Array<number | undefined> = [];
		nemo.on(RUN, ({ timeoutMs }) => (seen.push(timeoutMs), lost()));
		await failureOf(attempt([OLD], [], { timeoutMs: 45_000 }));
		expect(seen).toEqual([45_000]);
	});

	it('gives the last state seen where the user chose to continue', async () => {
		const result = await attempt([OLD, NEW], [() => hanging()], {
			timeoutMs: 1_000,
			onTimeout: 'continue',
		});
		expect(result).toMatchObject({ status: 'running', timedOut: true, sessionId: SESSION });
		expect(checkpoint.read()).toMatchObject({ phase: 'sent' });
	});
});

/** A stream that never says anything. */
function hanging() {
	let close: () => void = () => undefined;
	const closed = new Promise<void>((resolve) => (close = resolve));
	const next = async () => {
		await closed;
		return { done: true, value: undefined } as const;
	};
	const bytes: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next }) };
	return { status: 200, headers: { 'content-type': 'text/event-stream' }, bytes, close };
}
