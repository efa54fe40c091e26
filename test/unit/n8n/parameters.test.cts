import fc from 'fast-check';
import type { IExecuteFunctions, INode, INodeProperties } from 'n8n-workflow';
import { NemoVideoError } from '../../../src/api/errors';
import type { NumberRule } from '../../../src/n8n/values/numbers';
import { Parameters } from '../../../src/n8n/parameters';

/** The parameters of a node whose only parameter has a value, however n8n came to it. */
function holding(value: unknown, type = 'nemoVideoState'): Parameters {
	const context: Partial<IExecuteFunctions> = {
		getNodeParameter: ((_name: string, _item: number, fallback: unknown) =>
			value === undefined ? fallback : value) as never,
		getNode: () => ({ type }) as INode,
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

	const DURATION = { name: 'durationSeconds', label: 'Duration', fallback: 0, min: 1, max: 600 };
	it.each(['', '0', 0, '0 s', null])('may be left out by an empty cell or 0: %j', (value) =>
		expect(holding(value).number({ ...DURATION, orZero: true })).toBe(0),
	);

	it.each([0.5, '0.0003', -1])('below 1 is refused where 0 leaves it out: %j', (value) => {
		const error = refusal(() => holding(value).number({ ...DURATION, orZero: true }));
		expect(error.message).toMatch(/^'Duration' is \S+, outside 1 to 600$/);
		expect(error.description).toMatch(/^Enter a number from 1 to 600, or leave it empty\./);
	});

	it('that may be a part of a day names the sheet, but not to an agent', () => {
		const { description } = refusal(() => holding(0.0003).number(DURATION));
		expect(description).toMatch(/spreadsheet may have read it as a time of day/);
		const ofAgent = refusal(() => holding(0.0003, 'nemoVideoStateTool').number(DURATION));
		expect(ofAgent.description).toBe('Enter a number from 1 to 600.');
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

	it.each([
		'5,529,798,706,024,415,000',
		'5.529.798.706.024.415.000',
		"5'529'798'706'024'415'000",
		'5 529 798 706 024 415 000',
		'5,529,798,706,024,415,000.00',
		'55,29,79,870',
	])('that a sheet has formatted as a number is refused: %j', (value) => {
		const { message, description } = refusal(() => read(value));
		expect(message).toMatch(/lost digits/);
		expect(description).toMatch(/format the column of the sheet as text/);
	});

	it('that lost digits on the way to a tool has nothing to do with sheets', () => {
		const tool = holding('5,529,798,706,024,415,000', 'nemoVideoStateTool');
		const { description } = refusal(() => tool.id('id', 'Session ID', ''));
		expect(description).toBe('Pass it as text, exactly as you received it.');
	});

	it.each([
		...['undefined', 'null', 'NaN', '-', '—', 'n/a', 'N/A', 'none', 'TBD', 'TRUE', 'FALSE', '?'],
		...['#N/A', '#REF!', '#BEZUG!', '[undefined]', 'Loading...', 'Invalid Date'],
	])('that stands for a missing one is refused as such: %j', (value) => {
		for (const reader of [read, (given: unknown) => holding(given).optionalId('id', 'ID', '')]) {
			expect(refusal(() => reader(value)).message).toMatch(
				/^'(Session )?ID' is '.+', which is not an ID$/,
			);
		}
		expect(refusal(() => read(value)).description).toBe('Pass it on.');
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
	])("that isn't one is refused: %j", (value) =>
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
		[' two words ', 'two words'],
		['none', 'none'],
		['true story', 'true story'],
		['#1 of 10', '#1 of 10'],
		['', ''],
		[undefined, 'default'],
	])('%j is read as %j', (value, text) => {
		expect(holding(value).text('t', 'Task Name', 'default')).toBe(text);
	});

	it.each([
		...[true, false, 0, 'TRUE', 'false', 'WAHR', '0', 'undefined', 'null', 'NaN', 'undefined null'],
		...['#N/A', '#REF!', '#VALUE!', '#NAME?', '#WERT!', '#NV', '#N/D', 'Err:502', 'Loading...'],
		...[
			'Invalid Date',
			'Invalid DateTime',
			'[undefined]',
			'[null]',
			'n/a',
			'TBD',
			'tba',
			'nil',
			NaN,
		],
		...[Infinity, '-', '—'],
	])('that a sheet or a missing value left is refused by name, whatever it is for: %j', (value) => {
		const readers: Array<(given: Parameters) => unknown> = [
			(given) => given.text('t', 'Music'),
			(given) => given.requiredText('t', 'Music', "Enter 'high'."),
			(given) => given.wish('t', 'Music'),
		];
		for (const reader of readers) {
			const { message, description = '' } = refusal(() => reader(holding(value)));
			expect(message).toMatch(/^'Music' (?:is '|contains no words)/);
			expect(description).toMatch(/leave 'Music' empty|Enter 'high'/);
			const ofAgent = refusal(() => reader(holding(value, 'nemoVideoCreateVideoTool')));
			expect(ofAgent.description).not.toMatch(/sheet|cell|column|expression/);
		}
	});

	it.each(['...', '?', '***'])('that says nothing is no wish, but may be a name: %j', (value) => {
		expect(refusal(() => holding(value).wish('t', 'Music')).message).toBe(
			"'Music' contains no words",
		);
		expect(holding(value).text('t', 'Field')).toBe(value);
	});

	it.each(['TBD', 'n/a', 'none', '-', 'TRUE', '0'])(
		'that is no prompt is called so: %j',
		(value) => {
			const { message, description } = refusal(() => holding(value).prompt());
			expect(message).toBe(`'Prompt' is '${value}', which is a placeholder and not a prompt`);
			expect(description).toMatch(/Describe what NemoVideo should do/);
		},
	);

	it('of a formula that failed says to fix it', () => {
		const { message, description } = refusal(() => holding('#REF!').prompt());
		expect(message).toBe("'Prompt' is '#REF!', which is the result of a formula without a value");
		expect(description).toMatch(/^Fix the formula in the sheet, then run the row again\./);
	});

	it.each(['true', 'no', '0', 'tbd', 'n/a', '#NVIDIA promo'])('of a chat may answer %j', (value) =>
		expect(holding(value).message()).toBe(value),
	);

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
				'Use one of: Continue With Last Status (continue), Fail (error).',
			);
		}
	});

	it.each(['16:10', '4:3', 'YouTube 16:10', '9:16 or 16:9', '21:9', 'in 2026-09'])(
		'that no spreadsheet took for a date or a time does not speak of one: %j',
		(value) => expect(refusal(() => read(value)).description).not.toMatch(/spreadsheet/),
	);

	it('of an agent has nothing to do with sheets', () => {
		const tool = holding('2026-09-16', 'nemoVideoStateTool');
		const { description } = refusal(() => tool.choice(ON_TIMEOUT, ['error', 'continue']));
		expect(description).not.toMatch(/spreadsheet/);
	});

	it.each(['2026-09-16', '09:16:00', '16-Sep', '9/16/2026', '0.39', '46281'])(
		'that a spreadsheet took for a date or a time names that cause: %j',
		(value) =>
			expect(refusal(() => read(value)).description).toMatch(/format the column as plain text/),
	);
});
