import fc from 'fast-check';
import { parseJson } from '../../../src/api/json';
import {
	cancelRender,
	freshRenderId,
	getRender,
	readRender,
	renderIdFor,
	RENDER_STATUSES,
	submitRender,
} from '../../../src/api/render';
import { answer, failureOf, lost, ok, Scripted } from '../support/scripted.cts';

const OUTPUT = { format: 'mp4', quality: 'high' } as const;
const DRAFT = { t: [{ sg: [{ id: 1 }] }], d: 1000 };
const LOOK = 'GET /api/render/proxy/lambda/';
const SUBMIT = 'POST /api/render/proxy/lambda';
const URL_OF_VIDEO = 'https://cdn.test/render-result/r.mp4';

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

describe('the id of a render', () => {
	it('stays what it is from one version of this package to the next', () => {
		expect(renderIdFor('5529798706024415232', DRAFT, OUTPUT, 1)).toBe(
			'render_aa20255e-0682-5dd4-91ed-57fe6ebe738a',
		);
	});

	it('is the same for the same film, whatever the order of its keys', () => {
		const one = parseJson('{"a":{"x":1,"y":5529798706024415232},"b":[1,2]}');
		const other = parseJson('{"b":[1,2],"a":{"y":5529798706024415232,"x":1}}');
		expect(renderIdFor('s', one, OUTPUT, 1)).toBe(renderIdFor('s', other, OUTPUT, 1));
	});

	it('is another one for another session, film, output or attempt', () => {
		const ids = [
			renderIdFor('s', DRAFT, OUTPUT, 1),
			renderIdFor('t', DRAFT, OUTPUT, 1),
			renderIdFor('s', { ...DRAFT, d: 1001 }, OUTPUT, 1),
			renderIdFor('s', DRAFT, { ...OUTPUT, fps: 24 }, 1),
			renderIdFor('s', DRAFT, OUTPUT, 2),
			freshRenderId(),
			freshRenderId(),
		];
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^render_[0-9a-f-]{36}$/);
	});

	it('tells films apart whose ids differ in the last of 19 digits', () => {
		const id = (digits: string) => renderIdFor('s', parseJson(`{"id":${digits}}`), OUTPUT, 1);
		expect(id('5529798706024415232')).not.toBe(id('5529798706024415233'));
	});
});

describe('an answer about a render', () => {
	it.each([
		['nested', { data: { status: 'completed', progress: 100, outputUrl: URL_OF_VIDEO } }],
		['flat', { status: 'completed', output: { url: URL_OF_VIDEO, duration: 30.5, size: 7 } }],
		['snake', { render_id: 'r', status: 'completed', output_url: URL_OF_VIDEO }],
		['with a plain url', { success: true, data: { status: 'completed', url: URL_OF_VIDEO } }],
		['its status inside output', { output: { status: 'completed', outputUrl: URL_OF_VIDEO } }],
		['status and data side by side', { status: 'completed', data: { outputUrl: URL_OF_VIDEO } }],
	])('is read in every published shape: %s', async (_shape, body) => {
		nemo.on(LOOK, answer({ success: true, ...body }));
		expect(await getRender(nemo.client, 'r')).toMatchObject({
			renderId: 'r',
			status: 'completed',
			url: URL_OF_VIDEO,
		});
	});

	it.each([
		['queued', 'pending'],
		['RENDERING', 'processing'],
		['done', 'completed'],
		['canceled', 'cancelled'],
		['error', 'failed'],
		['warming up', 'processing'],
		['constructor', 'processing'],
	])('with the status word %s is %s', (word, status) => {
		expect(readRender({ status: word }, 'r')).toMatchObject({ status, statusWord: word });
	});

	it.each(['file:///etc/passwd', 'ftp://x/y', 'https://u:p@x/y', '//x/y', '', 7, null, {}])(
		'names no address to follow: %j',
		(address) => expect(readRender({ outputUrl: address }, 'r').url).toBeUndefined(),
	);

	it('takes the first address that can be followed', () => {
		const found = readRender({ outputUrl: 'ftp://x/y', output: { url: URL_OF_VIDEO } }, 'r');
		expect(found.url).toBe(URL_OF_VIDEO);
	});

	it('says why a render failed', () => {
		const why = (answered: object) => readRender({ status: 'failed', ...answered }, 'r').reason;
		expect(why({ error: 'no audio' })).toBe('no audio');
		expect(why({ error: { message: 'no audio' }, message: 'ok' })).toBe('no audio');
		expect(why({ message: 'no audio' })).toBe('no audio');
		expect(why({})).toBeUndefined();
		expect(readRender({ status: 'completed', message: 'ok' }, 'r').reason).toBeUndefined();
	});

	it('is read without a failure, whatever is in it', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (given) => {
				const { status, renderId, progress } = readRender(given, 'mine');
				expect(RENDER_STATUSES).toContain(status);
				expect(renderId).toBe('mine');
				expect(progress === undefined || Number.isFinite(progress)).toBe(true);
			}),
		);
	});
});

describe('a look at a render', () => {
	it.each([
		['HTTP 404', answer({ detail: 'Not Found' }, 404)],
		['code 404', answer({ code: 404, message: 'Render job not found' })],
		['words', answer({ success: false, error: 'No such render job' })],
	])('finds none: %s', async (_how, given) => {
		nemo.on(LOOK, given);
		expect(await getRender(nemo.client, 'r')).toBeUndefined();
	});

	it.each([
		['a missing permission', answer({}, 403)],
		['a bad request', answer({}, 400)],
	])('fails for other refusals: %s', async (_how, given) => {
		nemo.on(LOOK, given);
		expect(await failureOf(getRender(nemo.client, 'r'))).toBeDefined();
	});

	it('encodes the id', async () => {
		nemo.on(LOOK, ok({ status: 'pending' }));
		await getRender(nemo.client, 'a/../b');
		expect(nemo.log).toEqual([`${LOOK}a%2F..%2Fb`]);
	});
});

describe('the submission of a render', () => {
	const job = { renderId: 'r', sessionId: '5529798706024415232', draft: DRAFT, output: OUTPUT };
	const submit = async () => await submitRender(nemo.client, job);

	it('sends the draft digit for digit', async () => {
		nemo.on(SUBMIT, ok({ status: 'pending' }));
		const draft = parseJson('{"t":[{"id":5529798706024415232}]}');
		await submitRender(nemo.client, { ...job, draft });
		expect(nemo.requests[0]?.json).toBe(
			'{"id":"r","sessionId":"5529798706024415232","draft":{"t":[{"id":5529798706024415232}]},"output":{"format":"mp4","quality":"high"}}',
		);
	});

	it.each([
		['HTTP 409', answer({ message: 'conflict' }, 409)],
		['HTTP 400 in words', answer({ message: 'Duplicate render id' }, 400)],
		['words', answer({ success: false, error: 'Job r already exists' })],
	])('of an id that is known is told: %s', async (_how, given) => {
		nemo.on(SUBMIT, given);
		expect(await submit()).toBe('duplicate');
	});

	it('is not repeated by itself: whoever asks looks first', async () => {
		nemo.on(SUBMIT, lost());
		expect(await failureOf(submit())).toMatchObject({ kind: 'network' });
		expect(nemo.requests).toHaveLength(1);
	});

	it('refused for the plan is no matter of trying again', async () => {
		nemo.on(SUBMIT, answer({}, 402));
		expect(await failureOf(submit())).toMatchObject({ kind: 'plan', retryable: false });
	});
});

describe('a cancel', () => {
	it('counts as taken where the answer says nothing of a status', async () => {
		nemo.on(`${SUBMIT}/r/cancel`, ok({}));
		expect(await cancelRender(nemo.client, 'r')).toMatchObject({ status: 'cancelled' });
	});

	it('says what the answer says', async () => {
		nemo.on(`${SUBMIT}/r/cancel`, ok({ status: 'completed' }));
		expect(await cancelRender(nemo.client, 'r')).toMatchObject({ status: 'completed' });
	});

	it('after Stop has a signal and a short time of its own', async () => {
		nemo.on(`${SUBMIT}/r/cancel`, ok({}));
		nemo.stop.abort();
		const { signal } = new AbortController();
		await cancelRender(nemo.client, 'r', signal);
		expect(nemo.requests[0]).toMatchObject({ signal, timeoutMs: 5_000 });
	});
});
