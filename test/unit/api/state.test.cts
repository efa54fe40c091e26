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
	it.each([undefined, null, {}, '', '{}', 'null', 'no json'])(
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
			'{"code":0,"data":{"state":{"draft":{"a":1,"t":[2]},"video_infos":[]}}}',
		);
		const other = await read(
			'{"code":0,"ts":5,"data":{"state":{"video_infos":[],"canvas_config":{"w":1},"draft":{"t":[2],"a":1}}}}',
		);
		const changed = await read('{"code":0,"data":{"state":{"draft":{"a":1,"t":[3]}}}}');
		expect(other.fingerprint).toBe(one.fingerprint);
		expect(changed.fingerprint).not.toBe(one.fingerprint);
	});

	it('of a session that is unknown is a failure that says so', async () => {
		for (const body of [answer({ code: 1002 }), answer({ detail: 'Not Found' }, 404)]) {
			nemo.on(STATE, body);
			expect(await failureOf(readState(nemo.client, '7'))).toMatchObject({ kind: 'session' });
		}
	});

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
