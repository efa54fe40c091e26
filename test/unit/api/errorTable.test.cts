import { creditsAdvice } from '../../../src/api/account';
import { errorFromCode } from '../../../src/api/errorTable';
import { quoteSanitized } from '../../../src/text/sanitize';
import { FAILURE_KINDS, isStoredFailure, NemoVideoError } from '../../../src/api/errors';
import type { Outcome } from '../../../src/api/outcome';

const endpoint = 'POST /api/thing';

describe('a failure number', () => {
	it.each([
		[1001, 'auth', false],
		[401, 'auth', false],
		[403, 'auth', false],
		[1002, 'session', false],
		[2001, 'credits', false],
		[4001, 'fileType', false],
		[4002, 'fileSize', false],
		[413, 'fileSize', false],
		[402, 'plan', false],
		[429, 'rateLimit', true],
		[400, 'input', false],
		[422, 'input', false],
		[408, 'server', true],
		[500, 'server', true],
		[502, 'server', true],
		[599, 'server', true],
	] as const)('%i is of kind %s, as HTTP status and as body code', (number, kind, retryable) => {
		const asStatus = number < 600 ? [{ httpStatus: number }] : [];
		for (const failure of [{ code: number, httpStatus: 200 }, ...asStatus]) {
			const error = errorFromCode({ endpoint, ...failure });
			expect(error).toMatchObject({ kind, isPassing: retryable, ...failure });
			expect(error.message).toMatch(/\S[^.]$/);
			expect(error.description).toMatch(/\.$/);
		}
	});

	it.each([
		[404, 'refused'],
		[409, 'unknown'],
		[418, 'unknown'],
		[424, 'unknown'],
	])('%i that nobody explains names the endpoint', (number, outcome) => {
		const error = errorFromCode({ endpoint, httpStatus: number, message: 'odd' });
		expect(error).toMatchObject({ kind: 'protocol', outcome });
		expect(error.message).toContain(endpoint);
		expect(error.message).toContain('"odd"');
	});

	it.each([424, 451])('%i advises no newer package beside what NemoVideo says', (httpStatus) => {
		const { description } = errorFromCode({ endpoint, httpStatus, message: 'odd' });
		expect(description).not.toContain('newer');
	});

	it('409 of a session says that the session is busy', () => {
		const busy = {
			endpoint,
			httpStatus: 409,
			notFound: 'session' as const,
			message: 'in progress',
		};
		expect(errorFromCode(busy)).toMatchObject({
			kind: 'protocol',
			outcome: 'unknown',
			message: 'The session is busy',
			description: expect.stringContaining('"in progress"'),
		});
	});

	it('404 stands for a lost session where NemoVideo says so of one that was asked for', () => {
		const gone = { endpoint, notFound: 'session' as const };
		expect(errorFromCode({ ...gone, httpStatus: 404, saysNoSession: true }).kind).toBe('session');
		expect(errorFromCode({ ...gone, httpStatus: 404 }).kind).toBe('protocol');
		expect(errorFromCode({ ...gone, code: 404 }).kind).toBe('session');
		expect(errorFromCode({ endpoint, message: 'Session not found: 7' }).kind).toBe('protocol');
		expect(errorFromCode({ endpoint, httpStatus: 404, saysNoSession: true }).kind).toBe('protocol');
	});

	it.each([
		['a refusal by number', { code: 2001, httpStatus: 200 }, 'refused'],
		['too many requests', { httpStatus: 429 }, 'refused'],
		['an unknown number beside a refusing status', { code: 7777, httpStatus: 422 }, 'refused'],
		['a number that refuses nothing', { code: 418, httpStatus: 418 }, 'unknown'],
		['an unknown number beside success', { code: 7777, httpStatus: 200 }, 'unknown'],
		['an unknown number in a stream', { code: 7777 }, 'unknown'],
		['a server that failed', { httpStatus: 500 }, 'unknown'],
		['a server that gave up waiting', { httpStatus: 408 }, 'unknown'],
	] as const)('tells whether the request may have been acted on: %s', (_what, failure, outcome) => {
		expect(errorFromCode({ endpoint, ...failure }).outcome).toBe(outcome);
	});

	it.each([400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 424, 429, 451, 499, 500, 502, 503])(
		'%i quotes what NemoVideo says, whatever it was an answer to',
		(httpStatus) => {
			for (const notFound of ['session', 'render', undefined] as const) {
				for (const onlyOnce of [true, false]) {
					const failure = { endpoint, httpStatus, notFound, onlyOnce, message: 'the <reason>' };
					const { message, description } = errorFromCode(failure);
					expect(`${message} ${description}`).toContain('"the ‹reason›"');
				}
			}
		},
	);

	it.each([408, 500, 503])(
		'%i of a request that is never repeated advises no try',
		(httpStatus) => {
			const failure = { endpoint, httpStatus, message: 'overloaded', retryAfterMs: 30_000 };
			expect(errorFromCode({ ...failure, onlyOnce: true }).description).toBe(
				'NemoVideo says: "overloaded".',
			);
			expect(errorFromCode(failure).description).toMatch(/Try again.*wait 30 s.*"overloaded"/);
		},
	);

	it('429 of a request that was refused advises to try again', () => {
		const failure = { endpoint, httpStatus: 429, message: 'slow down', onlyOnce: true };
		expect(errorFromCode(failure).description).toMatch(/^Try again later.*"slow down"/);
	});

	it.each([413, 4002])('%i of a prompt speaks of the prompt, and of no file', (number) => {
		const failure = { httpStatus: number === 413 ? 413 : 200, code: number };
		const { message, description } = errorFromCode({ endpoint: 'POST /run_sse', ...failure });
		expect(`${message} ${description}`).toMatch(/prompt is too long/);
		expect(`${message} ${description}`).not.toMatch(/file|500 MB/);
		const ofFile = errorFromCode({
			endpoint: 'POST /api/upload-video/{task}/{session}',
			...failure,
		});
		expect(ofFile.message).toMatch(/file is too large/);
	});

	it('tells when to come again', () => {
		const { description } = errorFromCode({ endpoint, httpStatus: 429, retryAfterMs: 1_500 });
		expect(description).toContain('wait 2 s');
	});
});

describe("the backend's words", () => {
	it('never carry a token, however they are quoted', () => {
		const words = 'bad nmv_usr_abcDEF-123_x and clm_secret';
		expect(quoteSanitized(words)).toBe('"bad (token) and (token)"');
	});

	it.each([
		['a\nb\tc', '"a b c"'],
		['   ', ''],
		['', ''],
		[undefined, ''],
	])('%j become %j', (words, quoted) => expect(quoteSanitized(words)).toBe(quoted));

	it('are cut short', () => {
		expect(quoteSanitized('x'.repeat(5_000)).length).toBeLessThan(400);
	});
});

describe('the way out of used-up credits', () => {
	const web = { baseUrl: 'https://api', webUrl: 'https://web' };
	it('is registration for a trial, bound to its user', () => {
		expect(creditsAdvice({ ...web, trial: true, userId: 'anon_1&2' })).toContain(
			'https://web/register?bind=anon_1%262',
		);
		expect(creditsAdvice({ ...web, trial: true })).toContain('https://web/register ');
	});

	it.each([
		[undefined, /has too few credits left/],
		[0, /is used up/],
		[1, /has 1 credit left/],
		[1_000, /has 1000 credits left/],
	])('says of a trial with %p credits what is true', (left, says) => {
		expect(creditsAdvice({ ...web, trial: true }, left)).toMatch(says);
	});

	it('is a top-up for an account', () => {
		expect(creditsAdvice({ ...web, trial: false, userId: 'anon_1' })).not.toContain('register');
	});
});

describe('a failure', () => {
	it('never changes; a copy keeps the ids it knows and takes over those it does not', () => {
		const error = new NemoVideoError('render', 'x', { handles: { renderId: 'r' }, stage: 'a' });
		const copy = error.with({ handles: { renderId: 'other', sessionId: 's' }, stage: 'b' });
		expect(copy.handles).toEqual({ renderId: 'r', sessionId: 's' });
		expect(copy.stage).toBe('a');
		expect(error.handles).toEqual({ renderId: 'r' });
	});

	it('comes back as it was stored', () => {
		const error = new NemoVideoError('credits', 'none', {
			description: 'Top up.',
			code: 2001,
			httpStatus: 200,
			handles: { sessionId: 's' },
			stage: 'generate',
			outcome: 'refused',
		});
		const stored = JSON.parse(JSON.stringify(error));
		expect(isStoredFailure(stored)).toBe(true);
		expect(NemoVideoError.fromJSON(stored)).toMatchObject({ ...error.toJSON() });
	});

	it('is worth another try only where that cannot cost twice', () => {
		const at = (outcome: Outcome) => new NemoVideoError('network', 'x', { outcome });
		expect(at('unknown')).toMatchObject({ safeToRepeat: false, retryable: false });
		expect(at('free')).toMatchObject({ safeToRepeat: true, retryable: true });
		expect(at('refused')).toMatchObject({ safeToRepeat: true, retryable: true });
		const final = new NemoVideoError('plan', 'x', { outcome: 'refused' });
		expect(final).toMatchObject({ safeToRepeat: true, retryable: false });
	});

	it('leaves open what became of the request unless it is known', () => {
		for (const kind of FAILURE_KINDS) expect(new NemoVideoError(kind, 'x').outcome).toBe('unknown');
	});
});
