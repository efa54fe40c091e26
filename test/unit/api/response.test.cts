import fc from 'fast-check';
import {
	checkShape,
	extractCode,
	idSchema,
	extractMessage,
	unwrapResponse,
	readRetryAfter,
	type Endpoint,
} from '../../../src/api/response';
import { NemoVideoError } from '../../../src/api/errors';
import { parseJson } from '../../../src/api/json';
import { array, looseObject, parseShape, safeParse } from '../../../src/vendor';
import { answer } from '../support/scripted.cts';

const ENDPOINT: Endpoint = { method: 'GET', path: '/api/thing', notFound: 'session' };
const open = (...given: Parameters<typeof answer>) => unwrapResponse(answer(...given), ENDPOINT);
const failure = (...given: Parameters<typeof answer>): NemoVideoError => {
	try {
		open(...given);
	} catch (error) {
		if (error instanceof NemoVideoError) return error;
	}
	throw new Error('It was no failure');
};

describe('an answer', () => {
	it.each([
		['{code,data}', { code: 0, data: { a: 1 } }],
		['{success,data}', { success: true, data: { a: 1 } }],
		['a code in digits', { code: '0', data: { a: 1 } }],
		['nothing around it', { a: 1 }],
	])('is read with %s', (_form, body) => {
		expect(open(body).data).toMatchObject({ a: 1 });
	});

	it('keeps what stands beside its data', () => {
		expect(open({ code: 0, data: { a: 1 }, b: 2 }).body).toMatchObject({ b: 2 });
	});

	it('without a data object is its own data', () => {
		expect(open({ code: 0, data: 'text', a: 1 }).data).toMatchObject({ a: 1 });
		expect(open({ data: { a: 1 } }).data).toEqual({ data: { a: 1 } });
	});

	it('keeps ids of 19 digits', () => {
		const { data } = open('{"code":0,"data":{"session_id":5529798706024415232}}');
		expect(parseShape(idSchema, data.session_id)).toBe('5529798706024415232');
	});

	it('has its data whatever the envelope, and whatever the data', () => {
		const object = fc.dictionary(
			fc.string({ minLength: 1 }).filter((key) => !['code', 'success', 'data'].includes(key)),
			fc.jsonValue(),
		);
		const wrap = fc.constantFrom(
			(data: object) => ({ code: 0, data }),
			(data: object) => ({ success: true, data }),
			(data: object) => data,
		);
		fc.assert(
			fc.property(object, wrap, (data, around) => {
				const text = JSON.stringify(around(data));
				expect(open(text).data).toEqual(parseJson(JSON.stringify(data)));
			}),
		);
	});
});

describe('a refusal', () => {
	it.each([
		['a code on HTTP 200', { code: 2001, message: 'no credits' }, 200, 'credits'],
		['a code on another status', { code: 1001 }, 401, 'auth'],
		['success false', { success: false, error: 'session not found' }, 200, 'protocol'],
		['an HTTP status alone', {}, 503, 'server'],
		['HTTP 404 of a session', { detail: 'Session not found' }, 404, 'session'],
		['code 0 on a failing status', { code: 0, data: {} }, 500, 'server'],
		['a page of a proxy', '<html><b>Bad Gateway</b></html>', 502, 'server'],
		['no body at all', '', 429, 'rateLimit'],
	])('is recognised by %s', (_form, body, status, kind) => {
		expect(failure(body, status)).toMatchObject({ kind });
	});

	it.each([
		['a text', '"the quota is used up"', 500],
		['a list of texts', '["the quota is used up"]', 503],
		['a list of errors', '[{"message":"the quota is used up"}]', 500],
		['an object that was cut off', '{"error":"the quota is used up', 500],
		['an object with quotes in it', '{"error": "the "quota is used up""}', 502],
		['an object of errors', { errors: [{ message: 'the quota is used up' }] }, 500],
		['messages in a list', { message: ['the quota is used up'], error: 'Bad Request' }, 400],
		['an inner error', { code: 503, error: { reason: 'the quota is used up' } }, 503],
	])('is quoted whatever form it has: %s', (_form, body, status) => {
		expect(failure(body, status).description).toContain('quota is used up');
	});

	it.each(['null', 'true', '17', '[]', '[[["deep"]]]', '""'])('quotes nothing of %s', (body) => {
		expect(failure(body, 500).description).not.toContain('says');
	});

	it('names the fields that FastAPI does not take', () => {
		const detail = [
			{ loc: ['body', 'new_message'], msg: 'field required', type: 'value_error.missing' },
			{ loc: ['query', 'limit', 0], msg: 'not a number' },
		];
		expect(failure({ detail }, 422)).toMatchObject({
			kind: 'input',
			description: expect.stringMatching(
				/^Compare the values.*"new_message: field required; query\.limit\.0: not a number"/,
			),
		});
	});

	it('quotes short plain words and no page', () => {
		expect(failure('Slow down', 429).description).toContain('Slow down');
		expect(failure('<html>secret</html>', 502).description).not.toContain('secret');
	});

	it('knows how long NemoVideo asks to wait', () => {
		const error = failure({}, 429, { 'retry-after': '7' });
		expect(error).toMatchObject({ kind: 'rateLimit', retryAfterMs: 7_000 });
		expect(error.description).toContain('wait 7 s');
	});

	it.each(['[1,2]', '"text"', 'null', '7', '', '{"a":'])(
		'for want of an object names the endpoint: %s',
		(body) => {
			const error = failure(body);
			expect(error).toMatchObject({ kind: 'protocol', httpStatus: 200 });
			expect(error.message).toContain('GET /api/thing');
		},
	);

	it('is the only thing that opening any text can throw', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 100, max: 599 }), (body, status) => {
				try {
					open(body, status);
				} catch (error) {
					expect(error).toBeInstanceOf(NemoVideoError);
				}
			}),
		);
	});
});

describe('a code', () => {
	it.each([
		[{ code: 1001 }, 1001],
		[{ code: '1001' }, 1001],
		[{ code: 'ERR' }, undefined],
		[{ code: null }, undefined],
		[{}, undefined],
	])('is read from %j', (body, code) => expect(extractCode(body)).toBe(code));
});

describe("the backend's words", () => {
	it.each([
		[{ message: 'a' }, 'a'],
		[{ msg: 'a' }, 'a'],
		[{ error: { message: 'a' } }, 'a'],
		[{ detail: [{ loc: ['body'], msg: 'a' }] }, 'a'],
		[{ message: '', reason: 'a' }, 'a'],
		[{ message: 7 }, undefined],
		[{ errors: ['a', 'b', 'c', 'd'] }, 'a; b; c'],
		[{ detail: [{ loc: 'x', msg: 'a' }, 7, {}] }, 'a'],
	])('are found in %j', (body, words) => expect(extractMessage(body)).toBe(words));

	it('are not looked for without end', () => {
		let body: Record<string, unknown> = { message: 'deep' };
		for (let depth = 0; depth < 10_000; depth++) body = { error: body };
		expect(extractMessage(body)).toBeUndefined();
	});
});

describe('Retry-After', () => {
	const now = Date.parse('2026-01-01T00:00:00Z');
	it.each([
		['30', 30_000],
		['1.5', 1_500],
		[' 2 ', 2_000],
		['Thu, 01 Jan 2026 00:00:20 GMT', 20_000],
		['Wed, 31 Dec 2025 00:00:00 GMT', 0],
		['soon', undefined],
		[undefined, undefined],
	])('%j is read', (header, ms) => expect(readRetryAfter(header, now)).toBe(ms));

	it('is never negative', () => {
		fc.assert(
			fc.property(fc.string(), (header) => {
				expect(readRetryAfter(header, now) ?? 0).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

describe('a check of the shape', () => {
	const schema = looseObject({ list: array(looseObject({ id: idSchema })) });

	it('names the endpoint and the field that is missing', () => {
		const check = () => checkShape(schema, { list: [{ id: 'a' }, {}] }, ENDPOINT);
		expect(check).toThrow(/GET \/api\/thing.*'list\.1\.id'/);
	});

	it.each([2 ** 53, 1.5, NaN, true, '', null, {}])('takes no id from %p', (value) => {
		expect(safeParse(idSchema, value).success).toBe(false);
	});

	it.each([
		['text', 'text'],
		[7, '7'],
	])('takes the id %j', (value, id) => expect(parseShape(idSchema, value)).toBe(id));
});
