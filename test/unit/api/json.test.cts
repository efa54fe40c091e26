import fc from 'fast-check';
import {
	canonicalJson,
	parseJson,
	toJson,
	toNumber,
	toPlainJson,
	toText,
} from '../../../src/api/json';

/** An integer of 17 to 25 digits, such as NemoVideo's ids. */
const longInteger = fc
	.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 16, max: 24 }), fc.nat())
	.map(([negative, first, digits, seed]) => {
		const rest = String(seed).padStart(10, '7').repeat(3).slice(0, digits);
		return `${negative ? '-' : ''}${first}${rest}`;
	});

/** A JSON text in which long integers stand among other values. */
const text = fc
	.tuple(fc.jsonValue({ maxDepth: 3 }), fc.array(longInteger, { minLength: 1, maxLength: 4 }))
	.map(([value, integers]) => `{"value":${JSON.stringify(value)},"ids":[${integers.join(',')}]}`);

const shuffled = (value: unknown, seed: number): unknown => {
	if (Array.isArray(value)) return value.map((entry) => shuffled(entry, seed));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(
		([key, inner]) => [key, shuffled(inner, seed)] as const,
	);
	const at = entries.length === 0 ? 0 : seed % entries.length;
	return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse());
};

describe('JSON', () => {
	it('keeps a session id and a draft of 19-digit numbers as they came', () => {
		const draft = '{"t":[{"id":5529798706024415232,"sg":[{"at":1.50,"big":9007199254740993}]}]}';
		const wire = `{"session_id":5529798706024415232,"draft":${draft}}`;
		const { session_id: id, draft: read } = parseJson(wire) as Record<string, unknown>;
		expect(String(id)).toBe('5529798706024415232');
		expect(toJson({ draft: read })).toBe(`{"draft":${draft.replace('1.50', '1.5')}}`);
	});

	it('that is read and written again says the same, digit for digit', () => {
		fc.assert(
			fc.property(text, (wire) => {
				const once = toJson(parseJson(wire));
				expect(toJson(parseJson(once))).toBe(once);
				expect(once.slice(once.lastIndexOf('"ids":'))).toBe(wire.slice(wire.lastIndexOf('"ids":')));
			}),
		);
	});

	it('without long numbers is what JSON.parse makes of it', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const wire = JSON.stringify(value);
				// Integers that a double may not hold exactly are kept like ids, 1e+100 too.
				fc.pre(!/\d{16}|\de\+/.test(wire));
				expect(toPlainJson(parseJson(wire))).toEqual(JSON.parse(wire));
			}),
		);
	});

	it('for output holds long integers as text', () => {
		fc.assert(
			fc.property(longInteger, (digits) => {
				expect(toPlainJson(parseJson(`{"a":[${digits}]}`))).toEqual({ a: [digits] });
			}),
		);
	});

	it.each(['', '{', 'undefined', '{"a":}', '5529798706024415232 x'])('%j is none', (wire) => {
		expect(() => parseJson(wire)).toThrow(SyntaxError);
	});
});

describe('canonical JSON', () => {
	it('is the same whatever the order of the keys', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.nat(), (value, seed) => {
				expect(canonicalJson(shuffled(value, seed))).toBe(canonicalJson(value));
			}),
		);
	});

	it('differs where the values differ', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
				const same = canonicalJson(one) === canonicalJson(other);
				const read = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
				if (same) expect(read(shuffled(one, 0))).toEqual(read(shuffled(other, 0)));
			}),
		);
	});

	it('tells long integers apart that a double cannot', () => {
		const one = parseJson('{"id":9007199254740993}');
		const other = parseJson('{"id":9007199254740992}');
		expect(canonicalJson(one)).not.toBe(canonicalJson(other));
	});

	it('tells the order of a list apart', () => {
		expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
	});
});

describe('a value of a backend', () => {
	const [long] = parseJson('[12345678901234567890]') as unknown[];

	it.each([
		[7, 7],
		[-0.5, -0.5],
		['7', 7],
		[' 12.50 ', 12.5],
		['1e3', 1000],
		[long, Number('12345678901234567890')],
	])('is the number it says: %j', (value, number) => expect(toNumber(value)).toBe(number));

	it.each([null, undefined, true, false, '', ' ', 'many', '7 apples', '0x10', [], [7], {}, NaN])(
		'is no number where it says none: %j',
		(value) => expect(toNumber(value)).toBeUndefined(),
	);

	it.each([
		['a', 'a'],
		['', ''],
		[7, '7'],
		[long, '12345678901234567890'],
		[{}, undefined],
		[['a'], undefined],
		[null, undefined],
		[true, undefined],
	])('is the text it says: %j', (value, text) => expect(toText(value)).toBe(text));
});
