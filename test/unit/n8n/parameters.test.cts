import fc from 'fast-check';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NemoVideoError } from '../../../src/api/errors';
import { Parameters, type NumberRule } from '../../../src/n8n/parameters';

/** The parameters of a node whose only parameter has a value, however n8n came to it. */
function holding(value: unknown): Parameters {
	const context: Partial<IExecuteFunctions> = {
		getNodeParameter: ((_name: string, _item: number, fallback: unknown) =>
			value === undefined ? fallback : value) as never,
	};
	return new Parameters(context as IExecuteFunctions, 0);
}

/** What reading gives: a value, or the failure. */
function outcome<T>(read: () => T): T | NemoVideoError {
	try {
		return read();
	} catch (error) {
		if (error instanceof NemoVideoError) return error;
		throw error;
	}
}
function refusal(read: () => unknown): NemoVideoError {
	const found = outcome(read);
	if (found instanceof NemoVideoError) return found;
	throw new Error(`${String(found)} was taken`);
}

const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
const RULE: NumberRule = { name: 'options.n', label: 'Amount', fallback: 5, min: 0.1, max: 60 };

describe('a number', () => {
	it.each([
		[7, 7],
		['7.5', 7.5],
		[' 7 ', 7],
		[0.1, 0.1],
		[60, 60],
		['', 5],
		[null, 5],
		[undefined, 5],
	])('%j is read as %j', (value, number) => expect(holding(value).number(RULE)).toBe(number));

	it.each([0, 60.01, -1, '61', 1e9])('out of range is refused, never changed: %j', (value) => {
		const error = refusal(() => holding(value).number(RULE));
		expect(error).toMatchObject({ kind: 'input', outcome: 'refused' });
		expect(`${error.message} ${error.description}`).toMatch(/'Amount'.*0\.1 to 60/);
	});

	it.each(['seven', NaN, Infinity, {}, [7], true, '0x', '0x10', '1,5,5', '5 km', new Date()])(
		'is asked for instead of %p',
		(value) =>
			expect(refusal(() => holding(value).number(RULE)).message).toMatch(/instead of a number/),
	);

	it('that can be read as two numbers is refused, whatever the sheet meant', () => {
		const { message, description } = refusal(() => holding('1,500').number(RULE));
		expect(message).toBe("'Amount' is '1,500', which can be read as two numbers");
		expect(description).toMatch(/thousands separator/);
	});

	it('that must be whole says so', () => {
		const rule = { ...RULE, min: 1, integer: true };
		expect(holding(3).number(rule)).toBe(3);
		expect(refusal(() => holding(2.5).number(rule)).message).toMatch(/whole number/);
	});

	it('without an upper end says only the lower one', () => {
		const rule = { ...RULE, min: 0, max: Number.MAX_SAFE_INTEGER };
		const { message, description } = refusal(() => holding(-1).number(rule));
		expect(`${message} ${description}`).not.toContain('9007199254740991');
	});

	it('is within its range or refused by name, whatever comes', () => {
		fc.assert(
			fc.property(anything, (value) => {
				const found = outcome(() => holding(value).number(RULE));
				if (found instanceof NemoVideoError) expect(found.message).toContain("'Amount'");
				else expect(found >= RULE.min && found <= RULE.max).toBe(true);
			}),
		);
	});
});

describe('an ID', () => {
	const read = (value: unknown): string => holding(value).id('id', 'Session ID', 'Pass it on.');

	it.each([
		['5529798706024415232', '5529798706024415232'],
		['  session_xxx ', 'session_xxx'],
		[42, '42'],
		['ünïcode-1', 'ünïcode-1'],
		["'5529798706024415232", '5529798706024415232'],
		['"5529798706024415232"', '5529798706024415232'],
		['\u200b5529798706024415232', '5529798706024415232'],
	])('%j is taken', (value, id) => expect(read(value)).toBe(id));

	it.each([0, -1, 1.5, '0', '000', '-5', '1.5'])(
		'that is no ID is not said to have lost anything: %p',
		(value) => {
			const { message, description } = refusal(() => read(value));
			expect(message).toBe(`'Session ID' is ${value}, which is not an ID`);
			expect(description).toMatch(/Pass it on/);
		},
	);

	it.each([
		5529798706024415232,
		2 ** 53,
		1e21,
		'5.529798706024415e+18',
		'5,52979870602442E+18',
		'5.5e18',
		'5529798706024415232.0',
	])('that went through a number is refused: %p', (value) => {
		const { message, description } = refusal(() => read(value));
		expect(message).toMatch(/lost digits/);
		expect(description).toMatch(/text/);
	});

	it.each(['', '  ', undefined, null])('that is missing is asked for: %j', (value) => {
		expect(refusal(() => read(value))).toMatchObject({
			message: "'Session ID' is empty",
			description: 'Pass it on.',
		});
	});

	it.each([
		'a b',
		'a/b',
		'a\\b',
		'..',
		'.',
		'a?b',
		'a#b',
		'a\u0000b',
		'x'.repeat(129),
		true,
		{},
		[],
	])('that is none is refused: %j', (value) =>
		expect(refusal(() => read(value)).kind).toBe('input'),
	);

	it('is one path segment or refused by name, whatever comes', () => {
		fc.assert(
			fc.property(fc.oneof(anything, fc.string({ maxLength: 200 })), (value) => {
				const found = outcome(() => read(value));
				if (found instanceof NemoVideoError) {
					expect(found.message).toContain("'Session ID'");
					return;
				}
				expect(found).toMatch(/^[^\s/\\?#]{1,128}$/u);
				const { pathname } = new URL(`https://x.test/a/${encodeURIComponent(found)}/b`);
				expect(pathname.split('/')).toHaveLength(4);
			}),
		);
	});

	it('of digits comes through unchanged', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[1-9]\d{0,24}$/), (digits) => {
				expect(read(digits)).toBe(digits);
			}),
		);
	});
});

describe('a text', () => {
	it.each([
		['words', 'words'],
		[7, '7'],
		[false, 'false'],
		['', ''],
		[undefined, 'default'],
	])('%j is read as %j', (value, text) => {
		expect(holding(value).text('t', 'Task Name', 'default')).toBe(text);
	});

	it('that is an expression in a fixed field says how to mend it', () => {
		const error = refusal(() => holding('Hello {{ $json.name }}').text('t', 'Prompt'));
		expect(error.message).toMatch(/'Prompt'.*plain text/);
		expect(error.description).toMatch(/Expression/);
		expect(holding('Use {{ curly }} words').text('t', 'Prompt')).toBe('Use {{ curly }} words');
	});

	it.each([[{}], [[]], [['a']]])('is asked for instead of %j', (value) => {
		expect(refusal(() => holding(value).text('t', 'Prompt')).message).toMatch(/instead of text/);
	});

	it.each([
		...['', '   ', '\n', '<p></p>', '<p>&nbsp;</p>', '<br/>', '&#160;', '&nbsp;'],
		...['<@U02ABC123>', '@nemo_bot', '<!channel>', '<#C02ABC123|general>'],
	])('that must say something is asked for: %j', (value) => {
		expect(refusal(() => holding(value).prompt()).message).toBe("'Prompt' is empty");
	});

	it.each([
		...['?', '...', 'undefined', 'null', '#N/A', '[object Object]', 'See [object Object]'],
		...['<@U02ABC123>', '&nbsp;'],
	])('of a person that says nothing is empty, not a failure: %j', (value) => {
		expect(holding(value).message()).toBe('');
	});

	it.each(['1', 'a', 'none', '👍', '<@U02ABC123> export'])('of a person is kept: %j', (value) => {
		expect(holding(value).message()).toBe(value);
	});

	it('of a chat that is an expression in a fixed field, or no text, fails', () => {
		expect(refusal(() => holding('{{ $json.text }}').message()).message).toMatch(/plain text/);
		expect(refusal(() => holding({}).message()).message).toMatch(/instead of text/);
	});

	it('that adds to a prompt is empty where it holds nothing but markup', () => {
		expect(holding('<p>&nbsp;</p>').wish('options.music', 'Music')).toBe('');
	});

	it('that is shown in a message is shown short and on one line', () => {
		const { message } = refusal(() =>
			holding(`{{ $x }}\n${'y'.repeat(5_000)}`).text('t', 'Prompt'),
		);
		expect(message.length).toBeLessThan(200);
		expect(message).not.toContain('\n');
	});
});

describe('a switch', () => {
	const read = (value: unknown) => holding(value).boolean('b', 'Download', true);

	it.each([
		[true, true],
		['true', true],
		['false', false],
		['', true],
		['  ', true],
		[undefined, true],
	])('%j is read as %j', (value, on) => expect(read(value)).toBe(on));

	it.each(['maybe', 2, {}, -1, 'yes and no', ['yes', 'no'], '1/1/2026'])(
		'is asked for instead of %j',
		(value) => expect(refusal(() => read(value)).message).toMatch(/'Download'/),
	);
});

const ON_TIMEOUT: INodeProperties = {
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	options: [
		{ name: 'Continue With Last Status', value: 'continue' },
		{ name: 'Fail', value: 'error' },
	],
	default: 'error',
};

describe('a choice', () => {
	const read = (value: unknown) =>
		holding(value).choice(ON_TIMEOUT, ['error', 'continue'], 'options.onTimeout');

	it('is one of those offered, or says which there are', () => {
		expect([read('continue'), read(''), read(undefined)]).toEqual(['continue', 'error', 'error']);
		for (const value of ['stop', 7, {}, ['error', 'continue'], 'constructor']) {
			expect(refusal(() => read(value)).description).toBe(
				'It takes one of: Continue With Last Status (continue), Fail (error).',
			);
		}
	});

	it.each(['2026-09-16', '09:16:00', '16-Sep', '9/16/2026', '0.39', '46281'])(
		'that a spreadsheet took for a date or a time names that cause: %j',
		(value) =>
			expect(refusal(() => read(value)).description).toMatch(/format the column as plain text/),
	);
});
