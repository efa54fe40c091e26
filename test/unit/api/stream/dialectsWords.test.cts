import type { AgentEvent } from '../../../../src/api/stream/agentEvent';
import { readAgentEvents } from '../../../../src/api/stream/parseEvents';
import { adk, chunksOf, flatText, readStream } from './reading.cts';

const read = (value: unknown): AgentEvent[] =>
	readAgentEvents(typeof value === 'string' ? value : JSON.stringify(value));
const WORKING = { type: 'keepAlive', working: true };

describe('every word of the flat dialect is understood', () => {
	it.each(['text', 'chunk', 'message', 'TEXT'])('%s is something said', (type) => {
		expect(read({ type, content: 'Hi' })).toEqual([
			{ type: 'text', text: 'Hi', partial: true, flat: true },
		]);
	});

	it.each(['tool_call', 'tool_start', 'toolcall_start', 'function_call', 'Tool_Call'])(
		'%s is a call',
		(type) => {
			expect(read({ type, name: 'edit', id: 'c1' })).toEqual([
				{ type: 'toolCall', name: 'edit', id: 'c1' },
			]);
		},
	);

	it.each(['tool_result', 'tool_end', 'toolcall_end', 'function_response'])(
		'%s is a result',
		(type) => {
			expect(read({ type, name: 'edit' })).toEqual([{ type: 'toolResult', name: 'edit' }]);
		},
	);

	it.each([
		'heartbeat',
		'ping',
		'pong',
		'keepalive',
		'keep-alive',
		'keep_alive',
		'keep alive',
		'done',
		'ok',
		'[done]',
	])('%s is a sign of life, as a type and as a bare word', async (type) => {
		expect(read({ type })).toEqual([{ type: 'keepAlive' }]);
		for (const word of [type, type.toUpperCase(), `"${type}"`, `  ${type}`]) {
			expect((await readStream(chunksOf(`data: ${word}`))).lost).toBeUndefined();
		}
	});

	it.each(['not ok', 'okay', 'pings', `ok${' '.repeat(40)}ok`, '[done', 'heartbeat heartbeat'])(
		'%j is no such word: a stream that ends in it was cut',
		async (word) => {
			expect((await readStream(chunksOf(`data: ${word}`))).lost).toBe('stream');
		},
	);

	it.each(['brokering', 'undone', 'okay'])('the type %s only shows that work continues', (type) => {
		expect(read({ type })).toEqual([WORKING]);
	});

	it('takes the words from wherever they stand', () => {
		expect(read({ type: 'text', content: { a: 1 }, text: 'Hi' })).toMatchObject([{ text: 'Hi' }]);
		expect(read({ type: 'text', content: 'A', text: 'B' })).toMatchObject([{ text: 'A' }]);
	});

	it.each([{ content: '' }, { content: 7 }, { content: '\u0000' }, {}])(
		'a text of %j says nothing',
		(event) => {
			expect(read({ type: 'text', ...event })).toEqual([WORKING]);
		},
	);

	it('counts success codes and no error beside a text as none', () => {
		for (const beside of [{ code: 0 }, { code: 200 }, { error: '' }, { error: null }]) {
			expect(read({ ...flatText('Done.'), ...beside })).toMatchObject([{ text: 'Done.' }]);
		}
	});
});

describe('the name of a tool', () => {
	it.each([
		[{ name: 'a', tool_name: 'b', tool: 'c' }, 'a'],
		[{ tool_name: 'b', tool: 'c' }, 'b'],
		[{ name: 7, tool: 'c' }, 'c'],
		[{ name: 'with\u0007 bell' }, 'with bell'],
		[{ name: 'x'.repeat(200) }, 'x'.repeat(100)],
		[{ name: { a: 1 } }, ''],
	])('of %j is %j', (call, name) => {
		expect(read({ type: 'tool_call', ...call })).toEqual([{ type: 'toolCall', name }]);
	});

	it.each(['id', 'tool_call_id', 'toolCallId', 'call_id', 'callId', 'tool_use_id'])(
		'comes with the id of its call, called %s, as text',
		(key) => {
			expect(read({ type: 'tool_call', name: 'a', [key]: 7 })).toEqual([
				{ type: 'toolCall', name: 'a', id: '7' },
			]);
			expect(read({ type: 'tool_call', name: 'a', [key]: {} })).toEqual([
				{ type: 'toolCall', name: 'a' },
			]);
		},
	);
});

describe('an event of ADK', () => {
	it.each([{ author: 'a' }, { content: {} }, { actions: {} }])(
		'is known by %j, and is no refusal whatever else it holds',
		(mark) => {
			expect(read({ ...mark, success: false, detail: 'x' })).toEqual([WORKING]);
		},
	);

	it('is said with its text alone', () => {
		expect(read({ content: { parts: [{ text: 'A' }] } })).toEqual([
			{ type: 'text', text: 'A', partial: false },
		]);
	});

	it('has an id and a time only where they are such', () => {
		const event = adk([{ text: 'A' }], { id: 7, timestamp: 'now', partial: 'true' });
		expect(read(event)).toEqual([{ type: 'text', text: 'A', partial: false }]);
	});

	it('keeps each call in its place among the words', () => {
		const call = { functionCall: { name: 'edit' } };
		expect(read(adk([call, { text: 'B' }, call])).map(({ type }) => type)).toEqual([
			'toolCall',
			'text',
			'toolCall',
		]);
	});

	it.each([
		['function_response', 'toolResult'],
		['functionResponse', 'toolResult'],
		['functionCall', 'toolCall'],
	])('knows %s', (key, type) => {
		expect(read(adk([{ [key]: { name: 'edit', id: '1' } }]))).toEqual([
			{ type, name: 'edit', id: '1' },
		]);
	});

	it('gives no event for parts that are nothing', () => {
		expect(read(adk([null, 'x', { text: 7 }, { functionCall: 'edit' }, {}]))).toEqual([WORKING]);
		expect(read({ author: 'a', content: { parts: 'x' } })).toEqual([WORKING]);
	});

	it('of the author system that begins with an error keeps what came before it', () => {
		const parts = [{ functionCall: { name: 'edit' } }, { text: 'Error: it broke' }];
		expect(read(adk(parts, { author: 'system' }))).toMatchObject([
			{ type: 'toolCall' },
			{ type: 'failure', error: { message: 'NemoVideo\'s agent failed: "it broke"' } },
		]);
		const [said] = read(adk([{ text: 'An Error: it broke' }], { author: 'system' }));
		expect(said?.type).toBe('text');
	});
});

describe('lines that share one event', () => {
	it('tell a failure that was not escaped, after what came before it', () => {
		const lines = [JSON.stringify(flatText('On it.')), '{"error": "Tool "x" broke"}'];
		expect(read(lines.join('\n'))).toMatchObject([
			{ type: 'text', text: 'On it.' },
			{ type: 'failure' },
		]);
	});

	it('that say nothing are one sign of life', () => {
		expect(read('one\ntwo')).toEqual([{ type: 'keepAlive' }]);
	});

	it('are read with spaces around the JSON', () => {
		expect(read(` ${JSON.stringify(flatText('A'))} `)).toMatchObject([{ text: 'A' }]);
	});
});
