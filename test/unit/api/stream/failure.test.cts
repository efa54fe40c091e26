import type { NemoVideoError } from '../../../../src/api/errors';
import { readAgentEvents } from '../../../../src/api/stream/parseEvents';
import { adk, chunksOf, flatText, messagesOf, readStream } from './reading.cts';

function failureOf(value: unknown): NemoVideoError | undefined {
	const data = typeof value === 'string' ? value : JSON.stringify(value);
	const found = readAgentEvents(data).find((event) => event.type === 'failure');
	return found?.type === 'failure' ? found.error : undefined;
}
const event = (errorCode: unknown, errorMessage?: unknown) =>
	failureOf(adk([], { errorCode, errorMessage }));

describe('words that tell what failed', () => {
	it.each([
		'Out of credits',
		'insufficient credit for this',
		'Not enough credits.',
		'积分不足，请充值',
	])('%j is a want of credits', (words) => {
		expect(failureOf({ error: words })).toMatchObject({ kind: 'credits', outcome: 'unknown' });
	});

	it.each([
		'The session was not found',
		'Session 7 of user x does not exist',
		'Unknown session 7',
		'SESSION NOT FOUND',
	])('%j is no session that is gone', (words) => {
		expect(failureOf({ error: words })).toMatchObject({ kind: 'server', outcome: 'unknown' });
	});

	it.each([
		'In the possession of nobody: not found',
		`The session ${'x'.repeat(120)} was not found`,
		'An unknown sessions table',
		'We love creditsystems, insufficient creditsystems',
	])('%j is neither', (words) => {
		expect(failureOf({ error: words })?.kind).toBe('server');
	});

	it('of a failure that is not known say that part of the work may be done', () => {
		const failure = failureOf({ error: 'it broke' });
		expect(failure).toMatchObject({
			kind: 'server',
			message: 'NemoVideo\'s agent failed: "it broke"',
		});
		expect(failure?.description).toMatch(/partly completed/);
	});
});

describe('an error text that is JSON itself', () => {
	it('tells the failure inside', () => {
		expect(failureOf({ error: ' {"code":2001,"message":"none"}' })?.kind).toBe('credits');
		expect(failureOf({ error: '{"error":{"code":1002}}' })?.kind).toBe('session');
	});

	it.each(['{"code":0}', '{broken', '[{"code":2001}]', '{}'])('is words otherwise: %j', (error) => {
		expect(failureOf({ error })).toMatchObject({ kind: 'server' });
	});
});

describe('a code', () => {
	it.each([0, 200, 204, 299])('of %i is no failure', (code) => {
		expect(failureOf({ code, message: 'ok' })).toBeUndefined();
		expect(failureOf({ ...flatText('x'), code })).toBeUndefined();
	});

	it.each([199, 300, -1])('of %i is one', (code) => {
		expect(failureOf({ code, message: 'odd' })?.message).toContain('odd');
	});

	it('counts before words', () => {
		expect(failureOf({ code: 2001, error: 'Session not found' })?.kind).toBe('credits');
	});
});

describe('an error', () => {
	it.each([
		[{ error: ['a'], message: 'why' }, /why/],
		[{ error: true, message: 'why' }, /why/],
		[{ error: ['why'] }, /why/],
		[{ error: [7] }, /without a reason/],
		[{ success: false }, /without a reason/],
		[{ success: false, message: 'why' }, /why/],
		[{ detail: 'why' }, /why/],
		[{ type: 'error', text: 'why' }, /why/],
		[{ type: 'error', content: 'why', text: 'not this' }, /why/],
		[{ type: 'error', message: 'why', content: 'not this' }, /why/],
		[{ type: 'error', content: 7 }, /without a reason/],
	])('told as %j gives its reason', (value, words) => {
		expect(failureOf(value)?.message).toMatch(words);
	});

	it.each([{ error: '  ' }, { success: true }, { success: 'false' }, { error: 7 }])(
		'is not told by %j',
		(value) => {
			expect(failureOf(value)).toBeUndefined();
		},
	);
});

describe('an exception without escaping', () => {
	it.each([
		['{"error": "it broke"}', 'it broke'],
		[' { "error" : "it "broke"" }', 'it "broke"'],
		['{"error":"it {broke}"}', 'it {broke}'],
		['{"error":"cut of', 'cut of'],
		['{"error":"line one\nline "two""}\n', 'line one line "two"'],
	])('%j says what happened', (data, words) => {
		expect(failureOf(data)?.message).toBe(`NemoVideo's agent failed: "${words}"`);
	});

	it('stands at the beginning', () => {
		expect(failureOf('said: {"error": "it "broke""}')).toBeUndefined();
	});

	it('of any length is reported in a few words', () => {
		const failure = failureOf(`{"error": "a "${'b '.repeat(100_000)}`);
		expect(failure?.message.length).toBeLessThan(800);
	});
});

describe("an event with ADK's error code", () => {
	it.each([
		[429, 'rateLimit'],
		['1001', 'auth'],
		[' 1002 ', 'session'],
		[2001, 'credits'],
		['4001', 'fileType'],
		['4002', 'fileSize'],
	])('%j is the code of NemoVideo itself, and the work may have been done', (code, kind) => {
		expect(event(code, 'words')).toMatchObject({ kind, outcome: 'unknown' });
	});

	it.each([
		['PROHIBITED_CONTENT'],
		['BLOCKED'],
		['SPII'],
		['JAILBREAK'],
		['MODEL_ARMOR'],
		['safety'],
	])('%s asks for another prompt', (code) => {
		expect(event(code)).toMatchObject({
			kind: 'input',
			message: `NemoVideo's agent refused the content (${code})`,
		});
		expect(event(code, 'no weapons')?.message).toBe(
			`NemoVideo's agent refused the content (${code}): "no weapons"`,
		);
	});

	it('is reported with its words', () => {
		expect(event('TOOL_ERROR', 'it broke')?.message).toContain('"TOOL_ERROR: it broke"');
		expect(event('TOOL_ERROR')?.message).toContain('"TOOL_ERROR"');
		expect(event(undefined, 'it broke')?.message).toContain('"it broke"');
		expect(failureOf({ author: 'a', error_code: 'X', error_message: 'why' })?.message).toContain(
			'"X: why"',
		);
	});

	it.each([['STOP'], ['0'], [0], [''], [null], [{}]])('%j is no failure', (code) => {
		expect(event(code)).toBeUndefined();
	});

	it('of words that were too long is none where the event speaks', () => {
		expect(failureOf(adk([{ text: 'Done' }], { errorCode: 'MAX_TOKENS' }))).toBeUndefined();
		expect(event('MAX_TOKENS')?.kind).toBe('server');
		expect(failureOf(adk([{ text: 'Done' }], { errorCode: 'OTHER' }))?.kind).toBe('server');
	});
});

it.each([408, 429, 504])('a stream that ends with code %i gives no advice to try again', (code) => {
	const { description } = failureOf({ code, message: 'too late' }) ?? {};
	expect(description).toBe('NemoVideo says: "too late".');
});

describe('an event that is named error', () => {
	const named = async (data: string, ...more: string[]) =>
		await readStream(chunksOf(`event: error\ndata: ${data}\n\n`, ...more));
	const words = async (data: string): Promise<string | undefined> => {
		const [message] = await messagesOf(chunksOf(`event: error\ndata: ${data}\n\n`));
		return message?.kind === 'data' ? failureOf(message.data)?.message : undefined;
	};

	it.each([
		['quota exceeded', '"quota exceeded"'],
		['"quota exceeded"', '"quota exceeded"'],
		['quota\ndata: exceeded', '"quota exceeded"'],
		['{"message":"quota exceeded"}', '"quota exceeded"'],
		['{"type":"overloaded_error","message":"quota exceeded"}', '"quota exceeded"'],
		['{"type":"error","error":{"message":"quota exceeded"}}', '"quota exceeded"'],
		['{"error":"quota exceeded"}', '"quota exceeded"'],
		['{"error": "quota "exceeded""}', '"quota "exceeded""'],
		['{}', 'without a reason'],
	])('tells a failure with its words: %s', async (data, told) => {
		expect(await named(data)).toMatchObject({ failure: 'server', lost: undefined, text: '' });
		expect(await words(data)).toContain(told);
	});

	it('keeps the code of a refusal', async () => {
		expect((await named('{"code":2001}')).failure).toBe('credits');
	});

	it.each([
		'heartbeat',
		'ping',
		'[DONE]',
		'',
		'{"type":"heartbeat"}',
		'{"type":"text","content":"Hi"}',
	])('tells none where it is a sign of life or what the agent says: %s', async (data) => {
		const after = 'data: {"type":"text","content":" there"}\n\n';
		expect((await named(data, after)).failure).toBeUndefined();
	});

	it('tells nothing where the connection closes within it', async () => {
		const cut = await readStream(chunksOf('event: error\ndata: {"message":"quo'));
		expect(cut).toMatchObject({ failure: undefined, lost: 'stream' });
	});
});
