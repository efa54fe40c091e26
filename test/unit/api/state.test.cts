import { toJson } from '../../../src/api/json';
import { readState, sessionPath } from '../../../src/api/state';
import { answer, failureOf, ok, Scripted } from '../support/scripted.cts';

const STATE = 'GET /api/state/nemo_agent/me/';
let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));
const read = async (body: unknown) => {
	nemo.on(STATE, answer(body));
	return await readState(nemo.client, '7');
};

describe('the state of a session', () => {
	it.each([undefined, null, {}, '', '{}', 'null'])(
		'has no timeline where its draft is %j',
		async (draft) =>
			expect((await read({ code: 0, data: { state: { draft } } })).draft).toBeUndefined(),
	);

	it.each([
		['an object', { t: [] }],
		['a JSON text', '{"t":[]}'],
		['a JSON text in a JSON text', '"{\\"t\\":[]}"'],
	])('has its draft from %s', async (_form, draft) => {
		expect((await read({ code: 0, data: { state: { draft } } })).draft).toEqual({ t: [] });
	});

	it('keeps long numbers of a draft, also of one that came as text', async () => {
		const draft = '{"t":[{"id":5529798706024415232}]}';
		const asObject = await read(`{"code":0,"data":{"state":{"draft":${draft}}}}`);
		const asText = await read({ code: 0, data: { state: { draft } } });
		expect(toJson(asObject.draft)).toBe(draft);
		expect(toJson(asText.draft)).toBe(draft);
		expect(asText.fingerprint).toBe(asObject.fingerprint);
	});

	it.each([
		['no data', { code: 0 }],
		['data of null', { code: 0, data: null }],
		['empty data', { code: 0, data: {} }],
		['a list as data', { code: 0, data: [] }],
		['success alone', { success: true }],
		['ids alone', { code: 0, data: { session_id: '7', task_id: 't' } }],
		['a state of null', { code: 0, data: { state: null } }],
		['a state as text', { code: 0, data: { state: '{}' } }],
		['a draft that is no JSON', { code: 0, data: { state: { draft: 'gone' } } }],
		['a draft that was cut', { code: 0, data: { state: { draft: '{"t":[' } } }],
		['nothing at all', {}],
	])('is no empty timeline where the answer has %s', async (_what, body) => {
		const error = await failureOf(read(body));
		expect(error).toMatchObject({ kind: 'protocol', outcome: 'free' });
		expect(error.message).toMatch(/GET \/api\/state.* lacks a usable field 'state/);
	});

	it('is read also without its wrapper', async () => {
		expect((await read({ code: 0, data: { draft: { t: [] }, task_id: 't' } })).draft).toEqual({
			t: [],
		});
	});

	it('tells task and user where it has them', async () => {
		expect(
			await read('{"code":0,"data":{"task_id":5529798706024415232,"state":{"user_id":"anon_1"}}}'),
		).toMatchObject({ sessionId: '7', taskId: '5529798706024415232', userId: 'anon_1' });
	});

	it('has one fingerprint for one content, whatever the order and what is beside it', async () => {
		const one = await read(
			'{"code":0,"data":{"state":{"draft":{"a":1,"t":[{"sg":[{"d":1}]}]},"video_infos":[]}}}',
		);
		const other = await read(
			'{"code":0,"ts":5,"data":{"state":{"video_infos":[],"canvas_config":{"w":1},"draft":{"t":[{"sg":[{"d":1}]}],"a":1}}}}',
		);
		const changed = await read(
			'{"code":0,"data":{"state":{"draft":{"a":1,"t":[{"sg":[{"d":2}]}]}}}}',
		);
		expect(other.fingerprint).toBe(one.fingerprint);
		expect(changed.fingerprint).not.toBe(one.fingerprint);
	});

	const FILM = { t: [{ tt: 0, sg: [{ d: 1 }] }] };
	it.each([
		['an absent draft', {}],
		['a draft of null', { draft: null }],
		['a timeline without a track', { draft: { t: [], d: 0, m: { title: 'project' } } }],
		['a track without a segment', { draft: { t: [{ tt: 0, sg: [] }, { tt: 1 }], d: 0 } }],
		['the same as JSON text', { draft: '{"t":[],"d":0}' }],
		['empty lists of media', { video_infos: [], generated_media: [] }],
		['empty maps of media', { video_infos: {}, generated_media: {} }],
		['media of null', { video_infos: null, generated_media: null }],
		['media that are still being made', { generated_media: [{ id: 1, status: 'running' }] }],
		['a map of such media', { generated_media: { a: { state: 'IN_PROGRESS' } } }],
		['one such medium', { generated_media: { id: 1, status: 'queued' } }],
		['a canvas', { canvas_config: { width: 1080 } }],
	])('shows no result in %s', async (_what, state) => {
		const nothing = await read({ code: 0, data: { state: {} } });
		const { fingerprint, timelineFingerprint } = await read({ code: 0, data: { state } });
		expect({ fingerprint, timelineFingerprint }).toEqual({
			fingerprint: nothing.fingerprint,
			timelineFingerprint: nothing.timelineFingerprint,
		});
	});

	it.each([
		['a segment', { draft: FILM }],
		['a draft of another shape', { draft: { tracks: [{ clips: [1] }] } }],
		['a file', { video_infos: [{ id: 1 }] }],
		['a finished medium', { generated_media: [{ id: 1, status: 'completed' }] }],
		['a finished medium beside one in the making', { generated_media: [{ status: 'running' }, 2] }],
		['a failed medium', { generated_media: { a: { status: 'failed' } } }],
		['media as text', { generated_media: 'https://cdn.test/a.mp4' }],
	])('shows a result in %s', async (_what, state) => {
		const nothing = await read({ code: 0, data: { state: {} } });
		const { fingerprint } = await read({ code: 0, data: { state } });
		expect(fingerprint).not.toBe(nothing.fingerprint);
	});

	const FILE = { filename: 'a.jpg', cdn_url: 'https://cdn.test/a.jpg?sig=1' };
	it.each([
		['a link that is signed anew', { ...FILE, cdn_url: 'https://cdn.test/a.jpg?sig=2' }],
		['what is found out about a file', { ...FILE, duration: 5, analysis: { labels: ['shoe'] } }],
	])('does not change by %s', async (_what, entry) => {
		const before = await read({ code: 0, data: { state: { video_infos: [FILE] } } });
		for (const infos of [[entry], { 0: entry }, { all: [entry] }]) {
			const asBefore = Array.isArray(infos)
				? [FILE]
				: 'all' in infos
					? { all: [FILE] }
					: { 0: FILE };
			const one = await read({ code: 0, data: { state: { video_infos: asBefore } } });
			const other = await read({ code: 0, data: { state: { video_infos: infos } } });
			expect(other.fingerprint).toBe(one.fingerprint);
		}
		const added = await read({ code: 0, data: { state: { video_infos: [FILE, entry] } } });
		expect(added.fingerprint).not.toBe(before.fingerprint);
	});

	it('does not change by a signature of a link in the timeline, and does by its path', async () => {
		const draft = (src: string) => ({ t: [{ tt: 0, sg: [{ d: 1, src }] }] });
		const of = async (src: string) =>
			(await read({ code: 0, data: { state: { draft: draft(src) } } })).timelineFingerprint;
		const one = await of('https://cdn.test/a.mp4?Expires=1&Signature=x');
		expect(await of('https://cdn.test/a.mp4?Expires=2&Signature=y')).toBe(one);
		expect(await of('https://cdn.test/b.mp4?Expires=1&Signature=x')).not.toBe(one);
	});

	it('shows that a timeline was emptied', async () => {
		const film = await read({ code: 0, data: { state: { draft: FILM } } });
		const emptied = await read({ code: 0, data: { state: { draft: { t: [] } } } });
		expect(emptied.timelineFingerprint).not.toBe(film.timelineFingerprint);
	});

	it('of a session that is unknown is a failure that says so', async () => {
		for (const body of [
			answer({ code: 1002 }),
			answer({ code: 404, message: 'gone' }),
			answer({ code: 404 }, 404),
			answer({ detail: 'Session not found' }, 404),
			answer({ error: 'Session not found: 7' }, 404),
		]) {
			nemo.on(STATE, body);
			expect(await failureOf(readState(nemo.client, '7'))).toMatchObject({ kind: 'session' });
		}
	});

	it.each([{ message: 'no Route matched with those values' }, { detail: 'Not Found' }, {}, ''])(
		'is not called gone for a 404 that any gateway sends: %j',
		async (body) => {
			nemo.on(STATE, answer(body, 404));
			const error = await failureOf(readState(nemo.client, '7'));
			expect(error).toMatchObject({ kind: 'protocol', httpStatus: 404, outcome: 'refused' });
			expect(error.message).toContain('GET /api/state');
		},
	);

	it('is asked for by an encoded id', () => {
		expect(sessionPath('/api/state', '../x y', '/latest')).toBe(
			'/api/state/nemo_agent/me/..%2Fx%20y/latest',
		);
	});

	it('is waited for no longer than a deadline allows', async () => {
		const { Deadline } = await import('../../../src/api/deadline');
		nemo.on(STATE, ok({ state: {} }));
		const deadline = new Deadline(nemo.clock, 10_000);
		await readState(nemo.client, '7', { deadline });
		expect(nemo.requests[0]?.timeoutMs).toBe(10_000);
	});
});
