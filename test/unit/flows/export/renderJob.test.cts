import {
	ensureRender,
	renderFailure,
	renderTimeout,
	waitForRender,
} from '../../../../src/flows/export/renderJob';
import { answer, failureOf, lost, ok, Scripted, type Answer } from '../../support/scripted.cts';
import { Heard } from '../fakeNemoVideo.cts';

const LOOK = 'GET /api/render/proxy/lambda/';
const SUBMIT = 'POST /api/render/proxy/lambda';
const UNKNOWN = answer({ success: false, error: 'not found' }, 404);
const DUPLICATE = answer({ message: 'duplicate id' }, 409);
const job = {
	renderId: 'r',
	sessionId: 's',
	draft: { t: [] },
	output: { format: 'mp4', quality: 'high' },
} as const;
const render = (status: string, more: object = {}): Answer => ok({ status, ...more });
const done = render('completed', { outputUrl: 'https://cdn.test/r.mp4' });

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));
const ensure = async () => await nemo.run(ensureRender(nemo.client, job));
const submits = (): number => nemo.log.filter((entry) => entry === SUBMIT).length;

describe('a render that is wanted', () => {
	it.each(['pending', 'processing', 'completed', 'failed', 'cancelled'])(
		'is attached to where it is %s already',
		async (status) => {
			nemo.on(LOOK, render(status));
			expect(await ensure()).toMatchObject({ attached: true, render: { status } });
			expect(submits()).toBe(0);
		},
	);

	it('is submitted where NemoVideo does not know it', async () => {
		nemo.on(LOOK, UNKNOWN).on(SUBMIT, render('pending', { progress: 5 }));
		expect(await ensure()).toMatchObject({ attached: false, render: { progress: 5 } });
		expect(submits()).toBe(1);
	});

	it.each([
		['broke', lost()],
		['failed at the server', answer({}, 502)],
	])('is looked up when the answer %s, and found', async (_how, given) => {
		nemo.on(LOOK, UNKNOWN, render('processing')).on(SUBMIT, given);
		expect(await ensure()).toMatchObject({ attached: true });
		expect(submits()).toBe(1);
	});

	it('is submitted again when its submission never arrived', async () => {
		nemo.on(LOOK, UNKNOWN).on(SUBMIT, lost(), lost(), render('pending'));
		expect(await ensure()).toMatchObject({ attached: false });
		expect(submits()).toBe(3);
	});

	it('is found when NemoVideo calls it a duplicate', async () => {
		nemo.on(LOOK, UNKNOWN, render('processing')).on(SUBMIT, DUPLICATE);
		expect(await ensure()).toMatchObject({ attached: true, render: { status: 'processing' } });
	});

	it('that is a duplicate of nothing is a failure with a way out', async () => {
		nemo.on(LOOK, UNKNOWN).on(SUBMIT, DUPLICATE);
		expect((await failureOf(ensure())).description).toMatch(/Render Again/);
	});

	it('whose submission never left is looked for and submitted again', async () => {
		nemo.on(LOOK, UNKNOWN).on(SUBMIT, lost('refused'), render('pending'));
		expect(await ensure()).toMatchObject({ attached: false });
		expect(nemo.log.map((entry) => entry.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'POST']);
	});

	it.each([
		[answer({}, 402), 'plan'],
		[answer({ code: 1002 }), 'session'],
		[answer({}, 400), 'input'],
	] as const)('that is refused is not tried again', async (given, kind) => {
		nemo.on(LOOK, UNKNOWN).on(SUBMIT, given);
		expect((await failureOf(ensure())).kind).toBe(kind);
		expect(submits()).toBe(1);
	});
});

describe('the wait for a render', () => {
	const LIMITS = { intervalMs: 30_000, timeoutMs: 300_000 };
	const FIRST = { renderId: 'r', status: 'pending', statusWord: 'queued' } as const;
	const waitFor = async (answers: Answer[], limits = LIMITS) => {
		nemo.on(LOOK, ...answers);
		const begun = nemo.clock.now();
		let endedAt = 0;
		const work = waitForRender(nemo.client, FIRST, limits, new Heard()).finally(
			() => (endedAt = nemo.clock.now()),
		);
		return { ...(await nemo.run(work)), elapsedMs: endedAt - begun };
	};

	it.each([
		['completed', done],
		['failed', render('failed')],
		['cancelled', render('cancelled')],
	])('ends when it is %s', async (status, ending) => {
		const found = await waitFor([render('processing'), ending]);
		expect(found).toMatchObject({ how: 'ended', render: { status } });
		expect(found.elapsedMs).toBeLessThan(30_000);
	});

	it('tolerates checks that fail for temporary reasons', async () => {
		const found = await waitFor([lost(), answer({}, 503), answer('<html>', 502), done]);
		expect(found).toMatchObject({ how: 'ended' });
	});

	it('ends with its time, by the clock, and knows the last state seen', async () => {
		const found = await waitFor([render('processing', { progress: 40 })]);
		expect(found).toMatchObject({
			how: 'timeout',
			render: { status: 'processing', progress: 40 },
			elapsedMs: 300_000,
		});
		expect(nemo.requests.length).toBeGreaterThan(10);
		expect(nemo.requests.length).toBeLessThanOrEqual(25);
	});

	it('ends with its time where an interval is longer than it', async () => {
		const found = await waitFor([render('processing')], { intervalMs: 30_000, timeoutMs: 1_200 });
		expect(found).toMatchObject({ how: 'timeout', elapsedMs: 1_200 });
	});

	it('does not let a look outlast the time by much', async () => {
		await waitFor([render('processing')], { intervalMs: 30_000, timeoutMs: 31_000 });
		expect(nemo.requests.slice(-2).map(({ timeoutMs }) => timeoutMs)).toEqual([2_000, 2_000]);
	});

	it('gives a finished render a while to name its video', async () => {
		expect(await waitFor([render('completed'), done])).toMatchObject({
			render: { url: 'https://cdn.test/r.mp4' },
		});
		const without = await waitFor([render('completed')]);
		expect(without).toMatchObject({ how: 'ended', render: { status: 'completed' } });
	});

	it('gives NemoVideo a while to know it, and then says that it is lost', async () => {
		expect(await waitFor([UNKNOWN, UNKNOWN, done])).toMatchObject({ how: 'ended' });
		const error = await failureOf(waitFor([UNKNOWN]));
		expect(error).toMatchObject({ kind: 'render', handles: { renderId: 'r' } });
	});

	it('looks for a video that is finished three times more, and no longer', async () => {
		const nameless = render('completed');
		expect(await waitFor([nameless, nameless, nameless, done])).toMatchObject({
			render: { url: 'https://cdn.test/r.mp4' },
		});
		nemo.requests.length = 0;
		expect((await waitFor([nameless])).render).not.toHaveProperty('url');
		expect(nemo.requests).toHaveLength(4);
	});

	it('tolerates three checks in a row in which it is not known', async () => {
		const three = [UNKNOWN, UNKNOWN, UNKNOWN];
		const twice = [...three, render('processing'), ...three, done];
		expect(await waitFor(twice, { ...LIMITS, timeoutMs: 3_600_000 })).toMatchObject({
			how: 'ended',
		});
		nemo.requests.length = 0;
		const error = await failureOf(waitFor([UNKNOWN]));
		expect(error.message).toMatch(/no longer knows this render/);
		expect(error.description).toMatch(/costs no credits/);
		expect(nemo.requests).toHaveLength(4);
	});

	it('tells how far it is', async () => {
		const stages: string[] = [];
		const told = Object.assign(new Heard(), { stage: (name: string) => stages.push(name) });
		nemo.on(LOOK, render('processing', { progress: 39.6 }), done);
		await nemo.run(waitForRender(nemo.client, FIRST, LIMITS, told));
		expect(stages).toEqual(['Rendering', 'Rendering (40%)']);
	});

	it('ends at once for a lasting refusal, and with Stop', async () => {
		expect((await failureOf(waitFor([answer({}, 403)]))).kind).toBe('auth');
		nemo.on(LOOK, render('processing'));
		const work = failureOf(waitForRender(nemo.client, FIRST, LIMITS, new Heard()));
		await nemo.clock.advance(100);
		nemo.stop.abort();
		expect((await work).kind).toBe('cancelled');
	});
});

describe('the failure of a render', () => {
	const failed = { renderId: 'r', status: 'failed', statusWord: 'failed' } as const;

	it('says why, in quotes, and keeps its id', () => {
		const error = renderFailure({ ...failed, reason: 'no audio' }, 2);
		expect(error).toMatchObject({ kind: 'render', handles: { renderId: 'r' } });
		expect(error.description).toContain('"no audio"');
		expect(error.description).toContain("'Render Again'");
	});

	it('says how it ended, and at which attempt', () => {
		const once = renderFailure(failed, 1);
		expect(once.message).toBe('The render did not succeed');
		expect(once.description).toMatch(/^Check the timeline/);
		const cancelled = renderFailure({ ...failed, status: 'cancelled' }, 2);
		expect(cancelled.message).toBe('The render was cancelled, also on the second attempt');
	});

	it('that took too long has the name of its limit, and no progress where none is known', () => {
		const limits = { intervalMs: 1, timeoutMs: 61_000, timeoutLabel: 'Export Timeout' };
		const error = renderTimeout({ ...failed, statusWord: 'queued' }, limits);
		expect(error).toMatchObject({ kind: 'timeout', handles: { renderId: 'r' } });
		expect(error.message).toBe("The render was not ready within 1.02 min ('Export Timeout')");
		expect(error.description).toMatch(/^Last state seen: 'queued'\. The render is still running/);
	});

	it('that took too long names limit, state and id', () => {
		const limits = { intervalMs: 1, timeoutMs: 90_000 };
		const error = renderTimeout({ ...failed, statusWord: 'warming up', progress: 7 }, limits);
		expect(error.message).toContain("1.5 min ('Timeout (Minutes)')");
		expect(error.description).toMatch(/'warming up' at 7%.*render ID r/);
	});
});
