import { createSession, projectLink } from '../../../src/api/session';
import { answer, failureOf, lost, ok, Scripted } from '../support/scripted.cts';

const CREATE = 'POST /api/tasks/me/with-session/nemo_agent';
const CLAIM = 'POST /api/auth/claim-token';
const SETTINGS = { taskName: 'promo', language: 'de' };
let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));
const create = async () => await nemo.run(createSession(nemo.client, SETTINGS));

describe('a session', () => {
	it.each([
		['inside data', '{"code":0,"data":{"session_id":"5529798706024415232","task_id":"t"}}'],
		['beside data', '{"code":0,"session_id":"5529798706024415232","task_id":"t","data":{}}'],
		['as numbers', '{"code":0,"data":{"session_id":5529798706024415232,"task_id":"t"}}'],
	])('has its ids from %s', async (_where, body) => {
		nemo.on(CREATE, answer(body));
		expect(await create()).toEqual({ sessionId: '5529798706024415232', taskId: 't' });
	});

	it('is asked for with its name and language', async () => {
		nemo.on(CREATE, ok({ session_id: 's', user_id: 'anon_1' }));
		expect(await create()).toEqual({ sessionId: 's', userId: 'anon_1' });
		expect(nemo.requests[0]?.json).toBe('{"task_name":"promo","language":"de"}');
	});

	it('is asked for again when an answer got lost: an unused one costs nothing', async () => {
		nemo.on(CREATE, lost(), answer({}, 503), ok({ session_id: 's' }));
		expect(await create()).toEqual({ sessionId: 's' });
		expect(nemo.requests).toHaveLength(3);
	});

	it('without an id is a failure that names the field', async () => {
		nemo.on(CREATE, ok({ task_id: 't' }));
		expect((await failureOf(create())).message).toMatch(/session_id/);
	});
});

describe('a link to the project', () => {
	const ids = { sessionId: 's/1', taskId: 't 1' };

	it('carries a claim token', async () => {
		nemo.on(CLAIM, ok({ claim_token: 'clm_a/b' }));
		expect(await projectLink(nemo.client, ids)).toBe(
			'https://web.test/workspace/claim?ct=clm_a%2Fb',
		);
		expect(nemo.requests[0]?.json).toBe('{"task_id":"t 1","session_id":"s/1"}');
	});

	it.each([
		['the endpoint is unknown', answer({}, 404)],
		['the answer is odd', ok({})],
		['the connection broke', lost()],
	])('needs none where %s, and is not tried twice', async (_why, given) => {
		nemo.on(CLAIM, given);
		expect(await projectLink(nemo.client, ids)).toBe(
			'https://web.test/workspace/task/t%201?session=s%2F1',
		);
		expect(nemo.requests).toHaveLength(1);
	});

	it('is not there without a task', async () => {
		expect(await projectLink(nemo.client, { sessionId: 's' })).toBeUndefined();
		expect(nemo.requests).toEqual([]);
	});

	it('is not made after Stop', async () => {
		nemo.on(CLAIM, ok({}));
		nemo.stop.abort();
		expect(await failureOf(projectLink(nemo.client, ids))).toMatchObject({ kind: 'cancelled' });
	});
});
