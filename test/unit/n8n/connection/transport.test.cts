import { getEventListeners } from 'node:events';
import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { NemoVideoError } from '../../../../src/api/errors';
import { checkAccessToken } from '../../../../src/n8n/connection/accessToken';
import { readCredential } from '../../../../src/n8n/connection/credential';
import { N8nTransport } from '../../../../src/n8n/connection/transport';
import { FakeN8n, type HttpCall } from '../../support/n8nContext.cts';
import { over } from '../../support/over.cts';
import * as scripted from '../../support/scripted.cts';

const encoder = new TextEncoder();

/** A full response as n8n's helpers give it for `encoding: 'stream'`. */
function response(
	status: number,
	parts: ReadonlyArray<string | Error> = [],
	headers: Record<string, unknown> = {},
): unknown {
	async function* body(): AsyncGenerator<Uint8Array> {
		for (const part of parts) {
			if (part instanceof Error) throw await Promise.resolve(part);
			yield encoder.encode(part);
		}
	}
	return { statusCode: status, headers, body: body() };
}

/** Time limits that pass only when a test says so. */
let limits: Array<{ ms: number; end: AbortController }>;
let n8n: FakeN8n;
let answers: Array<(call: HttpCall) => unknown>;

beforeEach(() => {
	limits = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		const end = new AbortController();
		limits.push({ ms, end });
		return end.signal;
	});
	answers = [];
	n8n = new FakeN8n(async (call) => {
		const answer = answers.length > 1 ? answers.shift() : answers[0];
		return await answer?.(call);
	});
	n8n.credential.baseUrl = 'https://api.test/';
});
afterEach(() => void jest.restoreAllMocks());

const transport = (): N8nTransport => new N8nTransport(n8n.context);
const answered = (...given: unknown[]): void => {
	answers = given.map((answer) => () => {
		if (answer instanceof Error) throw answer;
		return answer;
	});
};
const get = async () => await over(transport().send({ method: 'GET', path: '/api/x' }));
const failureOf = async (work: Promise<unknown>) => await scripted.failureOf(over(work));
const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
	const chunks: Uint8Array[] = [];
	const read = async () => {
		for await (const chunk of bytes) chunks.push(chunk);
	};
	await over(read());
	return Buffer.concat(chunks).toString();
};
/** Waits as a request does that only its signal ends. */
const pending = async ({ signal }: HttpCall): Promise<never> =>
	await new Promise((_resolve, reject) => {
		const abort = () => reject(new Error('aborted'));
		if (signal?.aborted) abort();
		signal?.addEventListener('abort', abort);
	});
const readWhole = async (url: string): Promise<void> => {
	await textOf((await over(transport().openUrl(url))).bytes);
};
const failing = async (work: () => Promise<unknown>): Promise<void> => {
	answered(new Error('reset'));
	await failureOf(work());
};
const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a request', () => {
	it.each([
		['is asked for as text', async () => await transport().send({ method: 'GET', path: '/api/x' })],
		['is opened', async () => await transport().open({ method: 'POST', path: '/run_sse' })],
	])('that %s and sent on to another address is a failure that names it', async (_how, send) => {
		answered(response(301, ['Moved'], { location: 'https://new.test/api' }));
		expect(await failureOf(send())).toMatchObject({
			kind: 'input',
			message: expect.stringContaining('https://new.test/api') as string,
			httpStatus: 301,
			outcome: 'unknown',
		});
		expect(n8n.calls[0]?.signal?.aborted).toBe(true);
	});

	it('may be told where to continue where that was asked for', async () => {
		answered(response(302, [], { location: '/elsewhere' }));
		const opened = await over(transport().open({ method: 'GET', path: '/x', mayRedirect: true }));
		expect(opened).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
	});

	it('is not sent where the credential has no usable address', async () => {
		n8n.credential.baseUrl = 'api.test';
		expect(await failureOf(get())).toMatchObject({ kind: 'input', outcome: 'refused' });
		expect(n8n.calls).toEqual([]);
	});

	it('goes to the API with the credential, and takes any answer as one', async () => {
		answered(response(503, ['{"a":', '1}'], { 'Retry-After': '7', odd: 5, 'Set-Cookie': ['a'] }));
		const answer = await get();
		expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' }, body: '{"a":1}' });
		expect(Object.keys(answer.headers)).toEqual(['retry-after']);
		expect(n8n.calls).toHaveLength(1);
		expect(n8n.calls[0]?.authenticated).toBe(true);
		expect(n8n.calls[0]?.options).toEqual({
			method: 'GET',
			url: 'https://api.test/api/x',
			headers: { Accept: 'application/json' },
			encoding: 'stream',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			timeout: 2_147_483_647,
		});
	});

	it('carries JSON as it was written, digits and all', async () => {
		answered(response(200));
		const json = '{"id":5529798706024415232}';
		await transport().send({
			method: 'POST',
			path: '/run_sse',
			json,
			accept: 'text/event-stream',
			headers: { Range: 'bytes=0-' },
		});
		expect(n8n.calls[0]?.options).toMatchObject({
			method: 'POST',
			body: json,
			headers: {
				Accept: 'text/event-stream',
				'Content-Type': 'application/json',
				Range: 'bytes=0-',
			},
		});
	});

	it('takes a time limit with fractions, as what is left of a deadline has', async () => {
		answered(response(200));
		const sent = transport().send({ method: 'GET', path: '/', timeoutMs: 4_600.25 });
		await expect(sent).resolves.toMatchObject({ status: 200 });
	});

	it('carries files as a form that is read while it is sent', async () => {
		answered(response(200));
		const part = (filename: string) => ({
			filename,
			mimeType: 'image/png',
			sizeBytes: 5,
			contentId: filename,
			async *open() {
				yield await Promise.resolve(encoder.encode('12345'));
			},
		});
		await transport().send({ method: 'POST', path: '/u', files: [part('a.png'), part('b.png')] });
		const { body, headers } = n8n.calls[0]?.options ?? {};
		const fields = [...(body as unknown as Iterable<[string, { name: string; size: number }]>)];
		expect(fields.map(([field, { name, size }]) => [field, name, size])).toEqual([
			['files', 'a.png', 5],
			['files', 'b.png', 5],
		]);
		expect(headers).not.toHaveProperty('Content-Type');
	});

	it('marks its answer with the token it went out with, without telling the token', async () => {
		answered(response(200));
		const first = await get();
		n8n.credential = { ...n8n.credential, token: 'nmv_usr_2' };
		const second = await get();
		expect(first.tokenFingerprint).toMatch(/^[0-9a-f]{32}$/);
		expect(second.tokenFingerprint).not.toBe(first.tokenFingerprint);
	});

	it.each([
		['nothing', undefined],
		['a text', 'ok'],
		['null', null],
		['an answer without a body', { statusCode: 200 }],
		['an answer without a status', { body: 'x' }],
	])('that n8n answers with %s has no status', async (_what, given) => {
		answered(given);
		expect(await get()).toMatchObject({ status: 0, headers: {}, body: '' });
	});

	it('whose body is no stream is empty', async () => {
		answered({ statusCode: 204, headers: {}, body: undefined });
		expect(await get()).toMatchObject({ status: 204, body: '' });
	});
});

describe('a token that NemoVideo has just taken', () => {
	/** How often the credential itself asks whether its token is taken. */
	const checks = async (status: number): Promise<number> => {
		n8n.credential.token = `nmv_usr_${status}`;
		answered(response(status));
		await get();
		const httpRequest = jest.fn(async () => await Promise.resolve(response(200, ['{"code":0}'])));
		const helpers = { httpRequest } as unknown as IHttpRequestHelper['helpers'];
		await checkAccessToken({ helpers }, readCredential(n8n.credential));
		return httpRequest.mock.calls.length;
	};

	it('is not checked before the next request, and one it did not take is', async () => {
		expect(await checks(200)).toBe(0);
		expect(await checks(503)).toBe(1);
	});
});

describe('time', () => {
	it('is two minutes unless the request says otherwise', async () => {
		answered(response(200));
		await get();
		await transport().send({ method: 'GET', path: '/', timeoutMs: 5_000 });
		expect(limits.map(({ ms }) => ms)).toEqual([120_000, 5_000]);
	});

	it('that is over ends a request that has no answer, and says how long it was', async () => {
		answers = [pending];
		const failure = failureOf(transport().send({ method: 'GET', path: '/', timeoutMs: 4_600 }));
		await settled();
		limits[0]?.end.abort();
		expect(await failure).toMatchObject({
			kind: 'timeout',
			message: 'NemoVideo did not answer within 5 s',
			description: expect.stringContaining('Try again later'),
			outcome: 'unknown',
		});
	});

	it('that is over ends an answer in text that does not come to its end', async () => {
		answers = [
			({ signal }) => ({
				statusCode: 200,
				headers: {},
				body: (async function* () {
					yield encoder.encode('{');
					await pending({ signal } as HttpCall);
				})(),
			}),
		];
		const failure = failureOf(get());
		await settled();
		limits[0]?.end.abort();
		expect((await failure).kind).toBe('timeout');
	});

	it('that is over does not end a stream that has begun', async () => {
		let signal: AbortSignal | undefined;
		answers = [(call) => ((signal = call.signal), response(200, ['data']))];
		const stream = await transport().open({ method: 'POST', path: '/run_sse' });
		limits[0]?.end.abort();
		expect(signal?.aborted).toBe(false);
		expect(await textOf(stream.bytes)).toBe('data');
	});

	it('that is over after the answer is not what a stream broke by', async () => {
		answered(response(200, ['data', new Error('reset')]));
		const stream = await transport().open({ method: 'POST', path: '/run_sse' });
		limits[0]?.end.abort();
		expect((await failureOf(textOf(stream.bytes))).kind).toBe('network');
	});
});

describe('a stream', () => {
	it('comes with status, headers and mark, and can be closed', async () => {
		let signal: AbortSignal | undefined;
		answers = [(call) => ((signal = call.signal), response(200, ['a', 'b'], { ETag: '"1"' }))];
		const stream = await transport().open({ method: 'POST', path: '/run_sse', json: '{}' });
		expect(stream).toMatchObject({ status: 200, headers: { etag: '"1"' } });
		expect(stream.tokenFingerprint).toMatch(/^[0-9a-f]{32}$/);
		expect(n8n.calls[0]?.options).toMatchObject({ encoding: 'stream', body: '{}' });
		expect(await textOf(stream.bytes)).toBe('ab');
		expect(signal?.aborted).toBe(false);
		stream.close();
		expect(signal?.aborted).toBe(true);
	});

	it('that cannot be opened is a failure of the network', async () => {
		answered(Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }));
		const failure = failureOf(transport().open({ method: 'POST', path: '/run_sse' }));
		expect(await failure).toMatchObject({ kind: 'network', outcome: 'refused' });
	});
});

describe('Stop', () => {
	it('before a request sends nothing', async () => {
		n8n.stop?.abort();
		expect(await failureOf(get())).toMatchObject({ kind: 'cancelled', outcome: 'refused' });
		expect(n8n.calls).toEqual([]);
	});

	it.each(['send', 'open'] as const)('ends what is in progress (%s)', async (how) => {
		answers = [pending];
		const failure = failureOf(transport()[how]({ method: 'GET', path: '/' }));
		await settled();
		n8n.stop?.abort();
		expect(await failure).toMatchObject({ kind: 'cancelled', outcome: 'unknown' });
	});

	it('does not end the one request that has a signal of its own', async () => {
		n8n.stop?.abort();
		answered(response(200));
		const { signal } = new AbortController();
		expect(await transport().send({ method: 'POST', path: '/cancel', signal })).toMatchObject({
			status: 200,
		});
	});

	it('ends a stream while it is read', async () => {
		answers = [
			({ signal }) => ({
				statusCode: 200,
				headers: {},
				body: (async function* () {
					yield encoder.encode('a');
					await pending({ signal } as HttpCall);
				})(),
			}),
		];
		const stream = await transport().open({ method: 'POST', path: '/run_sse' });
		const failure = failureOf(textOf(stream.bytes));
		await settled();
		n8n.stop?.abort();
		expect((await failure).kind).toBe('cancelled');
	});

	it.each([
		['that was answered', async () => await get()],
		[
			'that was opened, read and closed',
			async () => {
				const stream = await over(transport().open({ method: 'POST', path: '/run_sse' }));
				await textOf(stream.bytes);
				stream.close();
			},
		],
		[
			'that was closed unread',
			async () => {
				(await over(transport().open({ method: 'POST', path: '/run_sse' }))).close();
			},
		],
		['for a file elsewhere', async () => await readWhole('https://films.test/a.mp4')],
		['that failed', async () => await failing(async () => await get())],
	])('has no listener anymore after a request %s, nor has its time limit', async (_how, work) => {
		n8n.stop = new AbortController();
		answered(response(200, ['{}']));
		await work();
		const signals = [n8n.stop.signal, ...limits.map(({ end }) => end.signal)];
		expect(signals.length).toBeGreaterThan(1);
		expect(signals.flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([]);
	});

	it('is not waited for where n8n has no signal', async () => {
		n8n.stop = undefined;
		answered(response(200, ['ok']));
		expect(await get()).toMatchObject({ body: 'ok' });
	});
});

describe('a failure that the credential told', () => {
	const told = new NemoVideoError('auth', 'The token was refused', { code: 1001 });
	const wrapped = (error: unknown, times: number): Error => {
		let current: unknown = error;
		for (let depth = 0; depth < times; depth++) current = new Error('n8n', { cause: current });
		return current as Error;
	};

	it.each([0, 1, 5])('is found inside %i errors of n8n', async (times) => {
		answered(wrapped(told, times));
		expect(await failureOf(get())).toBe(told);
	});

	it('is found in the error that holds it', async () => {
		answered(wrapped(Object.assign(new Error('x'), { failure: told }), 2));
		expect(await failureOf(get())).toBe(told);
	});

	it('is not looked for without end', async () => {
		answered(wrapped(told, 6));
		expect((await failureOf(get())).kind).toBe('network');
	});

	it.each([
		['another failure', Object.assign(new Error('x'), { failure: 'text' })],
		['a cause that is no error', new Error('x', { cause: 'text' })],
	])('is not %s', async (_what, error) => {
		answered(error);
		expect((await failureOf(get())).kind).toBe('network');
	});
});

describe('the account', () => {
	it('is told of with its addresses', async () => {
		n8n.credential.webUrl = 'https://web.test/';
		expect(await transport().account()).toEqual({
			trial: false,
			baseUrl: 'https://api.test',
			webUrl: 'https://web.test',
			attribution: { source: 'ai-create-video-free', version: '1.0.0', platform: 'unknown' },
		});
	});

	it('of a trial has the user id that registers it, once there is one', async () => {
		const trial: IDataObject = { connectWith: 'freeTrial', trialUserId: 'anon_1' };
		n8n.credential = trial as typeof n8n.credential;
		expect(await transport().account()).toMatchObject({ trial: true, userId: 'anon_1' });
		n8n.credential = { connectWith: 'freeTrial' };
		expect(await transport().account()).not.toHaveProperty('userId');
		n8n.credential = { connectWith: 'accessToken', trialUserId: 'anon_1' };
		expect(await transport().account()).not.toHaveProperty('userId');
	});
});

describe('a file that NemoVideo names by its address', () => {
	const film = () => response(200, ['film']);
	const redirect = (location: string, status = 302) => response(status, [], { location });
	const urls = (): unknown[] => n8n.calls.map(({ options }) => options.url);

	it('is asked for unpacked, without the credential, from wherever it lies', async () => {
		answered(film());
		const stream = await transport().openUrl('https://cdn.test/v.mp4', { range: 'bytes=4-' });
		expect(await textOf(stream.bytes)).toBe('film');
		expect(n8n.calls[0]).toMatchObject({
			authenticated: false,
			options: {
				method: 'GET',
				url: 'https://cdn.test/v.mp4',
				headers: { Accept: '*/*', 'Accept-Encoding': 'identity', range: 'bytes=4-' },
				encoding: 'stream',
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
			},
		});
		expect(n8n.calls[0]?.options.headers).not.toHaveProperty('authorization');
	});

	it('gets the credential where it lies with the API itself', async () => {
		answered(film());
		await transport().openUrl('https://api.test/v.mp4');
		expect(n8n.calls[0]?.authenticated).toBe(true);
	});

	it('is followed through redirects, each closed, and never with the credential elsewhere', async () => {
		const signals: Array<AbortSignal | undefined> = [];
		const steps = [redirect('https://cdn.test/a'), redirect('/b?c', 307), film()];
		answers = steps.map((step) => (call) => (signals.push(call.signal), step));
		expect(await textOf((await transport().openUrl('https://api.test/v')).bytes)).toBe('film');
		expect(urls()).toEqual(['https://api.test/v', 'https://cdn.test/a', 'https://cdn.test/b?c']);
		expect(n8n.calls.map(({ authenticated }) => authenticated)).toEqual([true, false, false]);
		expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, false]);
	});

	it('may be five redirects away, and no more', async () => {
		const away = (hops: number) => {
			n8n.calls.length = 0;
			answered(...Array.from({ length: hops }, () => redirect('https://cdn.test/')), film());
		};
		away(5);
		expect(await transport().openUrl('https://cdn.test/')).toMatchObject({ status: 200 });
		away(6);
		const error = await failureOf(transport().openUrl('https://cdn.test/'));
		expect(error).toMatchObject({ kind: 'protocol' });
		expect(error.message).toMatch(/redirects too many times/);
		expect(n8n.calls).toHaveLength(6);
	});

	it.each([
		['a redirect to nowhere', response(304)],
		['a success with an address', response(201, [], { location: 'https://cdn.test/x' })],
		['a refusal with an address', response(400, [], { location: 'https://cdn.test/x' })],
	])('is not followed by %s', async (_what, answer) => {
		answered(answer);
		await transport().openUrl('https://cdn.test/v');
		expect(urls()).toEqual(['https://cdn.test/v']);
	});

	it.each(['file:///etc/passwd', 'javascript:alert(1)', 'https://user:word@cdn.test/', 'v.mp4'])(
		'is not opened at %s, also where a redirect leads there',
		async (url) => {
			expect(await failureOf(transport().openUrl(url))).toMatchObject({ kind: 'protocol' });
			expect(n8n.calls).toEqual([]);
			if (url === 'v.mp4') return;
			answered(redirect(url));
			const error = await failureOf(transport().openUrl('https://cdn.test/v'));
			expect(error.message).toMatch(/isn't a plain http or https address/);
			expect(n8n.calls).toHaveLength(1);
		},
	);

	it('ends with Stop, and has two minutes to answer but as long as it takes to come', async () => {
		answers = [pending];
		const failure = failureOf(transport().openUrl('https://cdn.test/v'));
		await settled();
		expect(limits.map(({ ms }) => ms)).toEqual([120_000]);
		n8n.stop?.abort();
		expect((await failure).kind).toBe('cancelled');

		n8n.retry();
		let signal: AbortSignal | undefined;
		answers = [(call) => ((signal = call.signal), film())];
		await transport().openUrl('https://cdn.test/v');
		limits[1]?.end.abort();
		expect(signal?.aborted).toBe(false);
	});
});
