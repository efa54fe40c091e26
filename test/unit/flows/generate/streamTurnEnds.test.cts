import { NemoVideoError } from '../../../../src/api/errors';
import type { StreamEnd } from '../../../../src/flows/generate/streamTurn';
import {
	answer,
	events,
	failureOf,
	lost,
	pieces,
	Scripted,
	type Answer,
} from '../../support/scripted.cts';
import { over } from '../../support/over.cts';
import { streamTurn } from '../../support/streamTurn.cts';
import { FakeNemoVideo, FakeStream, Heard } from '../fakeNemoVideo.cts';

const RUN = 'POST /run_sse';
const MINUTE = 60_000;
const LIMITS = { timeoutMs: 15 * MINUTE, idleMs: 10 * MINUTE };
const CALL = { type: 'tool_call', name: 'edit_multitrack', args: {} };
const RESULT = { type: 'tool_result', name: 'edit_multitrack', result: {} };
const text = (content: string) => ({ type: 'text', content });

let nemo: Scripted;
let heard: Heard;
beforeEach(() => {
	nemo = new Scripted();
	heard = new Heard();
});

const turn = async (given: Answer, limits = LIMITS): Promise<StreamEnd> => {
	nemo.on(RUN, given);
	const message = { sessionId: '7', prompt: 'make it' };
	return await nemo.run(streamTurn(nemo.client, message, limits, heard));
};

describe('a stream that ends', () => {
	it('well gives what was said and done', async () => {
		expect(await turn(events(CALL, RESULT, text('Done.')))).toEqual({
			how: 'closed',
			begun: true,
			result: {
				text: 'Done.',
				closingText: 'Done.',
				hasAsked: false,
				question: '',
				tools: ['edit_multitrack'],
				toolCalls: 1,
				openCalls: [],
			},
		});
	});

	it('without a word says that the agent had not begun', async () => {
		expect(await turn(events())).toMatchObject({ how: 'closed', begun: false });
	});

	it.each([
		['before', [], false],
		['after', [CALL], true],
	])('by breaking %s the agent began says so, with the reason', async (_when, first, begun) => {
		const reason = lost();
		expect(await turn(events(...first, reason))).toMatchObject({
			how: 'lost',
			begun,
			cause: reason,
		});
	});

	it('without an answer is lost', async () => {
		const reason = lost();
		expect(await turn(reason)).toMatchObject({ how: 'lost', begun: false, cause: reason });
	});

	it('in the middle of an event is lost', async () => {
		expect(await turn(pieces(['data: {"type":"te']))).toMatchObject({
			how: 'lost',
			cause: { kind: 'stream' },
		});
	});

	it('shows what was still held back of the last sentence', async () => {
		await turn(events(text('One. Tw'), text('o')));
		expect(heard.words).toBe('One. Two');
	});
});

describe('a failure that NemoVideo tells', () => {
	const failed = async (...given: object[]): Promise<StreamEnd> => await turn(events(...given));

	it('as the first that comes leaves no doubt that nothing was done', async () => {
		const error = await failureOf(turn(events({ code: 2001 })));
		expect(error).toMatchObject({ kind: 'credits', outcome: 'refused' });
	});

	it.each(
		[{ type: 'heartbeat' }, CALL].flatMap((first) =>
			[1001, 1002, 2001, 429].map((code) => [first.type, code, first] as const),
		),
	)('after a %s leaves open what was done: %i', async (_type, code, first) => {
		expect(await failed(first, { code })).toMatchObject({
			how: 'failed',
			error: { code, outcome: 'unknown' },
		});
		expect(nemo.count(RUN)).toBe(1);
	});

	it.each([
		[{ type: 'error', code: 429 }],
		[{ error: { code: 429, message: 'RESOURCE_EXHAUSTED' } }],
		[{ error: 'Tool generate_video failed: music of session 55 not found in library' }],
		[{ error: 'Session not found' }],
		[{ author: 'agent', errorCode: '1002', errorMessage: 'gone' }],
	])('as an event or in words is never a refusal: %j', async (event) => {
		expect(await failed(event)).toMatchObject({ how: 'failed', error: { outcome: 'unknown' } });
		expect(nemo.count(RUN)).toBe(1);
	});

	it('ends the reading: what comes after it is not shown', async () => {
		const stream = { ...events(text('On it. '), { error: 'it broke' }, text('More.')) };
		let closed = false;
		const end = await turn({ ...stream, close: () => (closed = true) });
		expect(end).toMatchObject({ how: 'failed', result: { text: 'On it.' } });
		expect(heard.words).toBe('On it. ');
		expect(closed).toBe(true);
	});

	it('by the claim of a temporary issue alone is known at the end', async () => {
		expect(await failed(text('I encountered a temporary issue. Please try again.'))).toMatchObject({
			how: 'failed',
			error: { kind: 'server' },
		});
	});

	it('of a token names the token that was refused', async () => {
		const stream = { ...events({ code: 1001 }), tokenFingerprint: 'mark' };
		expect((await failureOf(turn(stream))).tokenFingerprint).toBe('mark');
		expect(nemo.renewals).toEqual(['mark']);
	});

	it.each([
		[answer({ code: 1002 }), 'session'],
		[answer({}, 402), 'plan'],
	] as const)('instead of a stream is the refusal of the turn', async (given, kind) => {
		expect(await failureOf(turn(given))).toMatchObject({ kind, outcome: 'refused' });
	});

	it.each([
		['an unknown code', answer({ code: 7777 })],
		['an unknown code of HTTP', answer({ code: 418 })],
		['a conflict', answer({ detail: 'busy' }, 409)],
		['a dependency that failed', answer('', 424)],
		['somebody who stopped waiting', answer({}, 499)],
		['somebody who stopped waiting, on a page', answer('<html>', 499)],
		['a redirect without an address', answer('<html>', 302)],
	])('by %s instead of a stream leaves open what was done', async (_what, given) => {
		expect(await turn(given)).toMatchObject({ how: 'lost', cause: { outcome: 'unknown' } });
		expect(nemo.count(RUN)).toBe(1);
	});
});

describe('the time of a turn', () => {
	it('that is over before anything is sent sends nothing', async () => {
		const error = await failureOf(turn(events(), { ...LIMITS, timeoutMs: 0 }));
		expect(error).toMatchObject({ kind: 'timeout', outcome: 'refused' });
		expect(error.message).toMatch(/held the prompt back/);
		expect(error.description).toMatch(/Nothing was sent.*'Timeout \(Minutes\)'/);
		expect(nemo.requests).toEqual([]);
	});

	it.each([
		[15 * MINUTE, 2 * MINUTE],
		[45_000, 45_000],
	])('of %i ms waits %i ms at most for the answer to begin', async (timeoutMs, expected) => {
		await turn(events(text('Hi.')), { ...LIMITS, timeoutMs });
		expect(nemo.requests[0]?.timeoutMs).toBe(expected);
	});

	const noAnswer = new NemoVideoError('timeout', 'no answer', { outcome: 'unknown' });

	it.each([
		[0, 'timeout'],
		[19, 'timeout'],
		[20, 'lost'],
		[10_000, 'lost'],
	])('with %i ms left when no answer came ends as %s', async (left, how) => {
		const end = await turn(
			async () => {
				await nemo.clock.wait(60_000 - left);
				throw noAnswer;
			},
			{ ...LIMITS, timeoutMs: 60_000 },
		);
		expect(end).toMatchObject({ how, begun: false });
	});
});

describe('while a stream is open', () => {
	let live: FakeNemoVideo;
	let stream: FakeStream;
	let ended: Promise<StreamEnd>;
	beforeEach(async () => {
		live = new FakeNemoVideo();
		stream = live.stream = new FakeStream();
		ended = over(streamTurn(live.client, { sessionId: '1', prompt: 'make it' }, LIMITS, heard));
		await live.clock.advance(0);
	});
	const every = async (seconds: number, times: number, say: () => void): Promise<void> => {
		for (let time = 0; time < times; time++) {
			say();
			await live.clock.advance(seconds * 1_000);
		}
	};

	it('a byte every now and then is enough for it not to be lost', async () => {
		await every(119, 4, () => stream.say('heartbeat'));
		stream.end();
		expect((await ended).how).toBe('closed');
	});

	it('work puts the idle limit off, and the time for all of it ends it', async () => {
		await every(60, 14, () => stream.say(CALL));
		expect(stream.closed).toBe(false);
		await every(60, 1, () => stream.say(CALL));
		expect(await ended).toMatchObject({ how: 'timeout', begun: true });
		expect(stream.closed).toBe(true);
	});

	it('signs of life alone do not put the idle limit off', async () => {
		await every(60, 10, () => stream.say('heartbeat'));
		expect(await ended).toMatchObject({ how: 'idle', begun: false });
	});

	it('silence closes it, and is the reason that is given', async () => {
		stream.say(CALL);
		await live.clock.advance(2 * MINUTE - 1);
		expect(stream.closed).toBe(false);
		await live.clock.advance(1);
		expect(await ended).toMatchObject({
			how: 'lost',
			begun: true,
			cause: { kind: 'stream', message: 'NemoVideo sent nothing for 120 s' },
		});
	});
});

it('Stop ends a turn with the failure that Stop is', async () => {
	const stop = new NemoVideoError('cancelled', 'Stopped');
	nemo.on(RUN, () => {
		nemo.stop.abort();
		return events(CALL, RESULT, stop);
	});
	const work = streamTurn(nemo.client, { sessionId: '7', prompt: 'x' }, LIMITS, heard);
	expect(await failureOf(nemo.run(work))).toBe(stop);
});
