import fc from 'fast-check';

import type { AgentEvent } from '../../../../src/api/stream/agentEvent';
import { readAgentEvents } from '../../../../src/api/stream/parseEvents';
import { adk, flatText } from './reading.cts';

function read(value: unknown): AgentEvent[] {
	return readAgentEvents(typeof value === 'string' ? value : JSON.stringify(value));
}

function failureOf(value: unknown): { kind: string; message: string; said: string } {
	const failure = read(value).find((event) => event.type === 'failure');
	if (failure?.type !== 'failure') throw new Error(`no failure in ${JSON.stringify(value)}`);
	const { kind, message, description } = failure.error;
	return { kind, message, said: `${message} ${description ?? ''}` };
}

describe('the flat dialect', () => {
	it('knows text, tool calls and tool results', () => {
		expect(read(flatText('Done.'))).toMatchObject([{ type: 'text', text: 'Done.' }]);
		expect(read({ type: 'tool_call', name: 'edit_multitrack', args: {} })).toEqual([
			{ type: 'toolCall', name: 'edit_multitrack' },
		]);
		expect(read({ type: 'tool_result', name: 'edit_multitrack', result: {} })).toEqual([
			{ type: 'toolResult', name: 'edit_multitrack' },
		]);
	});

	it("knows the words of NemoVideo's sibling API", () => {
		expect(read({ type: 'chunk', text: 'Hi' })).toMatchObject([{ type: 'text', text: 'Hi' }]);
		expect(read({ type: 'tool_start', tool: 'suno' })).toEqual([
			{ type: 'toolCall', name: 'suno' },
		]);
		expect(read({ type: 'toolcall_end', tool_name: 'suno' })).toEqual([
			{ type: 'toolResult', name: 'suno' },
		]);
	});

	it("leaves a tool's own error to the agent", () => {
		const result = { type: 'tool_result', name: 'x', error: 'no such file', code: 2001 };
		expect(read(result)).toEqual([{ type: 'toolResult', name: 'x', error: 'no such file' }]);
	});

	it.each(['thinking', 'thinking_chunk', 'status', 'session_ready', 'progress'])(
		'shows nothing of %s events',
		(type) => {
			expect(read({ type, content: 'secret', text: 'secret' })).toEqual([
				{ type: 'keepAlive', working: true },
			]);
		},
	);

	it('hides text that is marked as a thought', () => {
		expect(read({ ...flatText('secret'), thought: true })[0]?.type).toBe('keepAlive');
	});

	it('does not take a word about progress for a failure', () => {
		expect(read({ type: 'status', detail: 'Generating' })[0]?.type).toBe('keepAlive');
		expect(read({ ...flatText('Done.'), code: 0, error: null })[0]?.type).toBe('text');
	});
});

describe('signs of life', () => {
	it.each([
		'',
		' ',
		'heartbeat',
		'"heartbeat"',
		'HEARTBEAT',
		'[DONE]',
		'{"type":"heartbeat"}',
		'{"type":"ping"}',
		'null',
		'17',
		'true',
		'[]',
		'[{"type":"text","content":"in a list"}]',
		'{}',
		'garbage',
		'<html>',
		'{"type":"text","content":"cut of',
		'\u0000',
	])('%j is one, and no sign that the agent began', (data) => {
		expect(readAgentEvents(data)).toEqual([{ type: 'keepAlive' }]);
	});

	it.each([
		['an unknown shape', { hello: 'world' }],
		['success without a word', { code: 0, data: {} }],
		['success as HTTP counts it', { code: 200, message: 'ok' }],
		['an ADK event without content', { author: 'nemo_agent', actions: { stateDelta: { a: 1 } } }],
		['an ADK event with null content', { author: 'nemo_agent', content: null }],
		['a thought', adk([{ text: 'secret', thought: true }])],
		['the user’s own words', adk([{ text: 'make a video' }], { author: 'user' })],
		['inline data', adk([{ inlineData: { data: 'AAAA' } }])],
	])('%s is one, and shows that the agent is working', (_name, value) => {
		expect(read(value)).toEqual([{ type: 'keepAlive', working: true }]);
	});
});

describe("Google ADK's dialect", () => {
	it('joins the text parts of one event and leaves thoughts out', () => {
		const event = adk([{ text: 'A' }, { text: 'secret', thought: true }, { text: 'B' }], {
			id: 'x1',
			timestamp: 12.5,
		});
		expect(read(event)).toEqual([{ type: 'text', text: 'AB', partial: false, id: 'x1', at: 12.5 }]);
	});

	it('keeps the order of parts of different kinds', () => {
		const event = adk([
			{ text: 'First' },
			{ functionCall: { id: 'adk-1', name: 'edit_multitrack', args: {} } },
			{ functionResponse: { id: 'adk-1', name: 'edit_multitrack', response: {} } },
			{ text: 'then' },
		]);
		expect(read(event)).toEqual([
			{ type: 'text', text: 'First', partial: false },
			{ type: 'toolCall', name: 'edit_multitrack', id: 'adk-1' },
			{ type: 'toolResult', name: 'edit_multitrack', id: 'adk-1' },
			{ type: 'text', text: 'then', partial: false },
		]);
	});

	it('counts no function call that a partial event only previews', () => {
		const parts = [{ text: 'Let me' }, { functionCall: { name: 'edit_multitrack' } }];
		expect(read(adk(parts, { partial: true }))).toEqual([
			{ type: 'text', text: 'Let me', partial: true },
			{ type: 'breakOff' },
		]);
		expect(read(adk(parts.slice(1), { partial: true }))).toEqual([{ type: 'breakOff' }]);
	});

	it('understands snake case too', () => {
		expect(read(adk([{ function_call: { name: 'suno' } }]))).toEqual([
			{ type: 'toolCall', name: 'suno' },
		]);
		expect(failureOf({ author: 'a', error_code: 'OTHER', error_message: 'no' }).kind).toBe(
			'server',
		);
	});

	it('reads events whose separating blank line was lost', () => {
		const lines = [flatText('one'), 'garbage', flatText('two')].map((line) =>
			typeof line === 'string' ? line : JSON.stringify(line),
		);
		expect(readAgentEvents(lines.join('\n'))).toMatchObject([{ text: 'one' }, { text: 'two' }]);
	});
});

describe('failures inside the stream', () => {
	it.each([
		[1001, 'auth'],
		[1002, 'session'],
		[2001, 'credits'],
		[429, 'rateLimit'],
		[402, 'plan'],
		[500, 'server'],
		[503, 'server'],
		[9999, 'protocol'],
	])('code %d is of kind %s in every place where it may stand', (code, kind) => {
		const message = 'words of the backend';
		for (const value of [
			{ code, message },
			{ code: String(code), message },
			{ error: { code, message } },
			{ type: 'error', code, message },
			{ type: 'error', error: { code, message } },
			{ error: JSON.stringify({ code, message }) },
			{ ...flatText('x'), code, message },
		]) {
			expect(failureOf(value)).toMatchObject({ kind, said: expect.stringContaining(message) });
		}
	});

	it('an ADK error that was not escaped keeps its raw words', () => {
		expect(failureOf('{"error": "Tool "x" raised KeyError: \'draft\'"}').message).toBe(
			'NemoVideo\'s agent failed: "Tool "x" raised KeyError: \'draft\'"',
		);
		expect(failureOf('{"error": "broken off in the mid').message).toContain(
			'broken off in the mid',
		);
		expect(failureOf('{"error": "two\nlines"}').message).toContain('two lines');
		expect(failureOf('{"error": "').kind).toBe('server');
	});

	it('an ADK error event of the author system is a failure, the same words of the agent are not', () => {
		expect(failureOf(adk([{ text: 'Error: it broke' }], { author: 'system' }))).toMatchObject({
			kind: 'server',
			message: 'NemoVideo\'s agent failed: "it broke"',
		});
		expect(read(adk([{ text: 'Error: it broke' }]))[0]?.type).toBe('text');
		expect(read(adk([{ text: 'All well' }], { author: 'system' }))[0]?.type).toBe('text');
	});

	it('an ADK error with valid JSON is a failure', () => {
		expect(failureOf({ error: 'agent said "no"\nand broke' })).toMatchObject({
			kind: 'server',
			message: 'NemoVideo\'s agent failed: "agent said "no" and broke"',
		});
		expect(failureOf({ error: { message: 'broke', status: 'INTERNAL' } }).message).toContain(
			'broke',
		);
		expect(failureOf({ error: { reason: 'why' } }).message).toContain('why');
		expect(failureOf({ error: { odd: 1 } }).message).toContain('{"odd":1}');
		expect(failureOf({ error: true }).message).toBe("NemoVideo's agent failed without a reason");
		expect(failureOf({ success: false, message: 'nope' }).message).toContain('nope');
		expect(failureOf({ detail: [{ loc: ['body'], msg: 'Field required' }] }).message).toContain(
			'Field required',
		);
		expect(failureOf({ type: 'error', content: 'overloaded' }).message).toContain('overloaded');
		expect(failureOf({ type: 'error' }).kind).toBe('server');
	});

	it.each([{ error: null }, { error: '' }, { error: {} }, { error: false }, { error: [] }])(
		'%j is no failure',
		(value) => {
			expect(read(value)).toEqual([{ type: 'keepAlive', working: true }]);
		},
	);

	it.each([
		'Session not found: 5529798706024415232',
		'Session 17 does not exist',
		'unknown session',
	])('%j says nothing of the session: tools fail in the same words', (words) => {
		expect(failureOf({ error: words }).kind).toBe('server');
		expect(failureOf({ detail: words }).kind).toBe('server');
		expect(failureOf(`{"error": "${words} "x""}`).kind).toBe('server');
	});

	it('words about used-up credits are of kind credits', () => {
		expect(failureOf({ error: 'Insufficient credits' }).kind).toBe('credits');
		expect(failureOf({ error: '积分不足' }).kind).toBe('credits');
	});

	it.each(['SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST', 'RECITATION', 'IMAGE_SAFETY'])(
		'a model that refuses the content (%s) asks for another prompt',
		(errorCode) => {
			const failure = failureOf({ author: 'nemo_agent', errorCode, errorMessage: 'blocked' });
			expect(failure).toMatchObject({ kind: 'input', message: expect.stringContaining('blocked') });
			expect(failure.said).toContain("'Prompt'");
		},
	);

	it('a failed ADK event keeps the text it carries', () => {
		const event = adk([{ text: 'Half an answer' }], { errorCode: 'SAFETY' });
		expect(read(event)).toMatchObject([{ type: 'text' }, { type: 'failure' }]);
	});

	it('an ADK event is no failure because its closing words were too long or it merely stopped', () => {
		expect(read(adk([{ text: 'Done.' }], { errorCode: 'MAX_TOKENS' }))).toHaveLength(1);
		expect(read(adk([{ text: 'Done' }], { errorCode: 'STOP' }))).toHaveLength(1);
		expect(failureOf(adk([], { errorCode: 'MAX_TOKENS' })).kind).toBe('server');
	});

	it.each([
		{ errorCode: 'MAX_TOKENS' },
		{ finishReason: 'MAX_TOKENS' },
		{ interrupted: true },
		{ interrupted: true, turnComplete: true },
	])('half a sentence ends nothing, and is kept: %j', (mark) => {
		expect(read(adk([{ text: 'I will add the title and' }], mark))).toEqual([
			{ type: 'text', text: 'I will add the title and', partial: false },
			{ type: 'breakOff' },
		]);
	});

	it('pieces that no whole follows are whole where the server says that the turn is complete', () => {
		const complete = [{ type: 'wholeSoFar' }];
		expect(read(adk([], { turnComplete: true }))).toEqual(complete);
		expect(read(adk([], { finishReason: 'STOP' }))).toEqual(complete);
		const last = adk([{ text: 'Done' }], { partial: true, turnComplete: true });
		expect(read(last)).toMatchObject([{ type: 'text', partial: true }, ...complete]);
	});

	it('numbers of the model behind are not mistaken for those of NemoVideo', () => {
		expect(failureOf({ author: 'a', errorCode: '403', errorMessage: 'denied' }).kind).toBe(
			'server',
		);
		const [limited] = read({ author: 'a', errorCode: '429' });
		expect(limited).toMatchObject({ error: { kind: 'rateLimit', outcome: 'unknown' } });
	});

	it("quotes the backend's words on one line, cut short, without control characters or tokens", () => {
		const words = `a\u0000b\u001b[31m\nnmv_usr_${'x'.repeat(43)} ${'long '.repeat(1000)}`;
		for (const value of [{ error: words }, { code: 2001, message: words }, { errorCode: words }]) {
			const { said } = failureOf(value);
			expect(said).not.toMatch(/[\p{Cc}]|nmv_usr_/u);
			expect(said.length).toBeLessThan(800);
		}
	});
});

describe('text to show', () => {
	it('is stripped of control characters except line feed and tab', () => {
		const [event] = read(flatText('a\u0000b\u001b[1m\r\n\tc\u0085'));
		expect(event).toMatchObject({ text: 'ab[1m\n\tc' });
	});

	it('is left alone otherwise', () => {
		const text = '<b>{{ $json.x }}</b> 👨‍👩‍👧 您';
		expect(read(flatText(text))).toMatchObject([{ text }]);
	});

	it('survives raw control characters in the JSON', () => {
		expect(readAgentEvents('{"type":"text",\u0000"content":"a\u0007b\tc"}')).toMatchObject([
			{ text: 'ab c' },
		]);
	});
});

const RUNS = 300;

describe('whatever comes', () => {
	// Not fast-check's own `binary` strings, which take a second to set up.
	const characters = fc.array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)));
	const keys = fc.constantFrom(
		'type',
		'content',
		'text',
		'parts',
		'error',
		'code',
		'message',
		'author',
		'actions',
		'partial',
		'thought',
		'functionCall',
		'functionResponse',
		'errorCode',
		'errorMessage',
		'detail',
		'name',
		'success',
	);
	const words = fc.oneof(
		fc.constantFrom('text', 'tool_call', 'tool_result', 'error', 'heartbeat', 'system', 'Error: x'),
		fc.string(),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
	);
	const { value: shapes } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small' },
			words,
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
		),
	}));

	it('is read without throwing and gives at least one event', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					characters.map((codes) => String.fromCharCode(...codes)),
					fc.json(),
					shapes.map((value) => JSON.stringify(value)),
					shapes.map((value) => JSON.stringify(value).slice(0, -1)),
				),
				(data) => {
					expect(readAgentEvents(data).length).toBeGreaterThan(0);
				},
			),
			{ numRuns: 10 * RUNS },
		);
	});

	it.each([
		['[', ']'],
		['{"error":', '}'],
		['{"content":', '}'],
	])('is read even when nested 200,000 deep in %s', (open, close) => {
		const nested = `${open.repeat(200_000)}1${close.repeat(200_000)}`;
		expect(readAgentEvents(nested).length).toBeGreaterThan(0);
	});

	it('no thought is ever among what is shown', () => {
		const SECRET = 'SECRET';
		const part = fc.oneof(
			fc.record({ text: fc.string() }),
			fc.record({ text: fc.constant(SECRET), thought: fc.constantFrom(true, 1, 'true', {}) }),
			fc.record({ functionCall: fc.record({ name: fc.string() }) }),
			fc.record({ functionResponse: fc.record({ name: fc.string() }) }),
		);
		fc.assert(
			fc.property(
				fc.array(part),
				fc.record(
					{
						partial: fc.boolean(),
						author: fc.constantFrom('nemo_agent', 'system', 'user'),
						errorCode: fc.constantFrom('SAFETY', 'STOP'),
						id: fc.string(),
					},
					{ requiredKeys: [] },
				),
				(parts, rest) => {
					const clean = parts.map((one) =>
						'thought' in one
							? one
							: { ...one, ...('text' in one && { text: one.text.replaceAll('S', '') }) },
					);
					expect(JSON.stringify(read(adk(clean, rest)))).not.toContain(SECRET);
				},
			),
			{ numRuns: RUNS },
		);
	});
});
