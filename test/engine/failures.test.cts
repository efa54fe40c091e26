import type { IDataObject } from 'n8n-workflow';
import { EMULATOR_TOKEN, type Fault } from '../../emulator/server.cts';
import { hurry } from '../situations/support/clocks.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import { PROMPT, prepareSession, QUICK_EXPORT } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	emulator().options.retryAfter = 0;
});

const GENERATE: NodeSpec = {
	type: 'nemoVideoGenerate',
	parameters: {
		prompt: PROMPT,
		options: { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 1 },
	},
};
const EXPORT: NodeSpec = { type: 'nemoVideoExport', parameters: { options: QUICK_EXPORT } };
const STATE: NodeSpec = { type: 'nemoVideoState' };
const CREDITS: NodeSpec = { type: 'nemoVideoCredits' };
const SESSION: NodeSpec = { type: 'nemoVideoCreateSession', parameters: { language: 'en' } };
const UPLOAD: NodeSpec = { type: 'nemoVideoUpload' };
const PICTURE = { fileName: 'photo.png', mimeType: 'image/png', content: 'bytes' };
const UNKNOWN_SESSION = '1234567890123456789';

interface Failing {
	what: string;
	node: NodeSpec;
	faults: Fault[];
	expected: IDataObject;
	says: RegExp;
}

const code = (number: number, message = 'their words'): Partial<Fault> => ({
	kind: 'body',
	process: false,
	times: 0,
	body: JSON.stringify({ code: number, message }),
});
const status = (number: number, body = '{}'): Partial<Fault> => ({
	kind: 'status',
	status: number,
	times: 0,
	body,
});
const on = (endpoint: Fault['endpoint'], fault: Partial<Fault>): Fault[] => [
	{ kind: 'body', ...fault, endpoint },
];

const FAILING: Failing[] = [
	{
		what: 'a refused token (1001)',
		node: CREDITS,
		faults: on('credits', code(1001)),
		expected: { kind: 'auth', code: 1001, retryable: false },
		says: /credential.*(paste|free trial)/is,
	},
	{
		what: 'a refused token (401)',
		node: STATE,
		faults: on('state', status(401)),
		expected: { kind: 'auth', httpStatus: 401, retryable: false },
		says: /credential/i,
	},
	{
		what: 'a missing permission (403)',
		node: EXPORT,
		faults: on('submit', status(403)),
		expected: { kind: 'auth', httpStatus: 403, retryable: false },
		says: /permission|scope/i,
	},
	{
		what: 'a session that is gone (1002)',
		node: STATE,
		faults: on('state', code(1002)),
		expected: { kind: 'session', code: 1002, retryable: false },
		says: /Create Session/,
	},
	{
		what: 'a session that is gone (404)',
		node: GENERATE,
		faults: on('run', status(404, '{"detail":"Session not found"}')),
		expected: { kind: 'session', httpStatus: 404, retryable: false },
		says: /Create Session/,
	},
	{
		what: 'no credits left',
		node: GENERATE,
		faults: on('run', code(2001)),
		expected: { kind: 'credits', code: 2001, retryable: false },
		says: /top up/i,
	},
	{
		what: 'a file type that only NemoVideo refuses',
		node: UPLOAD,
		faults: on('upload', code(4001)),
		expected: { kind: 'fileType', code: 4001, retryable: false },
		says: /MP4.*JPG.*MP3/s,
	},
	{
		what: 'a file that is too large for NemoVideo (4002)',
		node: UPLOAD,
		faults: on('upload', code(4002)),
		expected: { kind: 'fileSize', code: 4002, retryable: false },
		says: /compress|trim/i,
	},
	{
		what: 'a file that is too large for NemoVideo (413)',
		node: UPLOAD,
		faults: on('upload', status(413, '{"detail":"Request Entity Too Large"}')),
		expected: { kind: 'fileSize', httpStatus: 413, retryable: false },
		says: /compress|trim/i,
	},
	{
		what: 'a file that is too large for a gateway (413)',
		node: UPLOAD,
		faults: on('upload', status(413, '<html>413 Request Entity Too Large</html>')),
		expected: { kind: 'network', httpStatus: 413, retryable: false },
		says: /gateway takes less/i,
	},
	{
		what: 'a request that NemoVideo cannot use (400)',
		node: SESSION,
		faults: on('session', status(400, '{"message":"language is odd"}')),
		expected: { kind: 'input', httpStatus: 400, retryable: false },
		says: /language is odd/,
	},
	{
		what: 'a plan without export (402)',
		node: EXPORT,
		faults: on('submit', status(402, '{"code":402,"message":"upgrade"}')),
		expected: { kind: 'plan', httpStatus: 402, retryable: false },
		says: /subscription/i,
	},
	{
		what: 'too many requests (429)',
		node: CREDITS,
		faults: on('credits', { ...status(429), headers: { 'retry-after': '0' } }),
		expected: { kind: 'rateLimit', httpStatus: 429, retryable: true },
		says: /again later|when|parallel/i,
	},
	{
		what: 'an answer that is not JSON',
		node: CREDITS,
		faults: on('credits', { kind: 'body', body: '{"code":', times: 0 }),
		expected: { kind: 'protocol', retryable: false },
		says: /credits\/balance/,
	},
	{
		what: 'a page of a gateway',
		node: CREDITS,
		faults: on('credits', { kind: 'body', body: '<html>Welcome</html>', times: 0 }),
		expected: { kind: 'network', httpStatus: 200, safeToRepeat: true },
		says: /gateway or proxy answered for 127\.0\.0\.1.*HTML page.*\(HTTP 200\)/,
	},
	{
		what: 'an answer that lacks a field',
		node: SESSION,
		faults: on('session', { kind: 'body', body: '{"code":0,"data":{"task_id":"t"}}', times: 0 }),
		expected: { kind: 'protocol', retryable: false },
		says: /session_id/,
	},
	{
		what: 'a stream that stays lost',
		node: GENERATE,
		faults: on('run', { kind: 'dropBefore', times: 0 }),
		expected: { kind: 'stream', retryable: false, safeToRepeat: false },
		says: /won't be sent again/,
	},
];

describe('a failure', () => {
	const rowFor = async (node: NodeSpec): Promise<{ json: IDataObject; files?: object }> => {
		// What a gateway says of an upload is compared with the session.
		if (node === UPLOAD) hurry();
		const sessionId = await prepareSession(emulator(), { generate: node === EXPORT });
		return {
			json: { row: 1, sessionId },
			...(node === UPLOAD ? { files: { data: PICTURE } } : {}),
		};
	};

	it.each(FAILING.map((failing) => [failing.what, failing] as const))(
		'is an item with everything to continue with, on the error branch: %s',
		async (_what, { node, faults, expected, says }) => {
			const row = await rowFor(node);
			for (const fault of faults) emulator().faults.add(fault);
			const result = await engine.runNode([row as never], {
				...node,
				onError: 'continueErrorOutput',
			});
			expect(result.items('Node 1')).toEqual([]);
			const [item] = result.branch('Node 1', 1);
			// n8n adds the row that failed.
			expect(item).toMatchObject({ json: row.json, pairedItem: { item: 0 } });
			expect(item).not.toHaveProperty('error');
			const error = item?.json.error as IDataObject;
			expect(error).toMatchObject(expected);
			if (node !== SESSION && node !== CREDITS) expect(error.sessionId).toBe(row.json.sessionId);
			expect(`${String(error.message)} ${String(error.description)}`).toMatch(says);
			expect(String(error.message)).not.toMatch(/\.$/);
			expect(result.runs('Failures')).toHaveLength(1);
			expect(JSON.stringify(result.run)).not.toContain(EMULATOR_TOKEN);
		},
	);

	it('is an item of the same shape on the regular output', async () => {
		emulator().faults.add({ kind: 'body', endpoint: 'credits', body: '{"code":1001}', times: 0 });
		const result = await engine.runNode([{}], { ...CREDITS, onError: 'continueRegularOutput' });
		const [item] = result.items('Node 1');
		expect(Object.keys(item ?? {}).sort()).toEqual(['json', 'pairedItem']);
		expect(Object.keys(item?.json ?? {})).toEqual(['error']);
		expect(item?.json.error).toMatchObject({ kind: 'auth' });
	});

	it.each(FAILING.map((failing) => [failing.what, failing] as const))(
		'stops the execution with a readable error: %s',
		async (_what, { node, faults, expected, says }) => {
			const row = await rowFor(node);
			for (const fault of faults) emulator().faults.add(fault);
			const result = await engine.runNode([row as never], node);
			expect(result.status).toBe('error');
			const error = result.error as unknown as Record<string, unknown> & {
				context: IDataObject;
			};
			expect(error.name).toBe(expected.kind === 'input' ? 'NodeOperationError' : 'NodeApiError');
			expect(error.context).toMatchObject({ itemIndex: 0, kind: expected.kind });
			expect(`${String(error.message)} ${String(error.description)}`).toMatch(says);
			if (node !== SESSION && node !== CREDITS) {
				expect(error.context.sessionId).toBe(row.json.sessionId);
				expect(String(error.description)).toContain(row.json.sessionId);
			}
			// Errors go into the execution's data and into logs, with all they carry.
			expect(JSON.stringify(result.run)).not.toContain(EMULATOR_TOKEN);
			expect(engine.logs.join('\n')).not.toContain(EMULATOR_TOKEN);
		},
	);

	it.each([
		['2001', { kind: 'credits', code: 2001 }],
		['1002', { kind: 'session', code: 1002 }],
		['json', { retryable: expect.any(Boolean) }],
		['raw', { retryable: expect.any(Boolean) }],
	])(
		'told inside the stream (%s) is one of the right kind, and nothing is sent twice',
		async (marker, expected) => {
			const sessionId = await prepareSession(emulator());
			const prompt = `Add a title "Sale" at the start [[error:${marker}]]`;
			const result = await engine.runNode([{ json: { sessionId } }], {
				...GENERATE,
				parameters: { ...GENERATE.parameters, prompt },
				onError: 'continueErrorOutput',
			});
			const error = result.branch('Node 1', 1)[0]?.json.error as IDataObject;
			expect(error).toMatchObject({ ...expected, sessionId });
			expect(emulator().ledger.prompts.filter(({ text }) => text === prompt)).toHaveLength(1);
		},
	);

	it('of one input stops the workflow before anything is sent for the others', async () => {
		const good = await prepareSession(emulator());
		const result = await engine.runNode(
			[good, 'not an id', good].map((sessionId) => ({ json: { sessionId } })),
			GENERATE,
		);
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			context: { itemIndex: 1, kind: 'input' },
		});
		expect(emulator().requests.all()).toEqual([]);
	});

	it('of one row does not touch the others where the workflow continues', async () => {
		const good = await prepareSession(emulator());
		const result = await engine.runNode(
			[good, UNKNOWN_SESSION, good].map((sessionId) => ({ json: { sessionId } })),
			{ ...STATE, onError: 'continueErrorOutput' },
		);
		expect(result.items('Node 1').map(({ pairedItem }) => pairedItem)).toMatchObject([
			{ item: 0 },
			{ item: 2 },
		]);
		expect(result.branch('Node 1', 1)).toMatchObject([
			{ json: { error: { kind: 'session', sessionId: UNKNOWN_SESSION } }, pairedItem: { item: 1 } },
		]);
	});

	it('names its row, and how many rows were finished, where the workflow stops', async () => {
		const good = await prepareSession(emulator());
		const result = await engine.runNode(
			[good, good, UNKNOWN_SESSION, good].map((sessionId) => ({ json: { sessionId } })),
			{ ...STATE, parameters: { options: { parallel: 1 } } },
		);
		expect(result.error).toMatchObject({ context: { itemIndex: 2, sessionId: UNKNOWN_SESSION } });
		expect(
			String(result.error && 'description' in result.error && result.error.description),
		).toMatch(/2 of 4/);
		// The row after it was not begun.
		expect(emulator().requests.all({ endpoint: 'state' })).toHaveLength(3);
	});

	it('lets rows in progress finish, begins no other, and pays for none again in a retry', async () => {
		const [slow, other] = [await prepareSession(emulator()), await prepareSession(emulator())];
		emulator().options.turnMs = 150;
		const workflow = chain(
			[slow, UNKNOWN_SESSION, other].map((sessionId) => ({ json: { sessionId } })),
			{ ...GENERATE, parameters: { prompt: `${PROMPT} again`, options: { parallel: 2 } } },
		);
		const first = await engine.run(workflow);
		expect(first.status).toBe('error');
		const sent = (): string[] =>
			emulator()
				.ledger.prompts.filter(({ text }) => text.endsWith('again'))
				.map(({ sessionId }) => sessionId);
		expect(sent()).toEqual([slow]);
		await engine.retry(workflow, first);
		expect(sent().filter((id) => id === slow)).toHaveLength(1);
	});

	it('passes through the nodes after it, and nothing is sent for it', async () => {
		emulator().faults.add({ kind: 'body', endpoint: 'session', body: '{"code":2001}', nth: 2 });
		const result = await engine.run(
			chain(
				[{ json: { n: 1 } }, { json: { n: 2 } }],
				{ ...SESSION, onError: 'continueRegularOutput' },
				{ ...GENERATE, onError: 'continueRegularOutput' },
				{ ...EXPORT, onError: 'continueErrorOutput' },
			),
		);
		const [failed] = result.items('Node 1').filter(({ json }) => json.error !== undefined);
		expect(failed?.json.error).toMatchObject({ kind: 'credits' });
		expect(result.branch('Node 3', 1)).toMatchObject([{ json: { error: failed?.json.error } }]);
		expect(result.items('Node 3')).toHaveLength(1);
		expect(emulator().ledger.summary()).toMatchObject({ promptsAccepted: 1, renders: 1 });
	});

	it('offers a trial user the way to register', async () => {
		const trial = await createEngine({
			credential: connectedCredential(emulator(), 'freeTrial', {
				webUrl: 'https://nemovideo.example',
			}),
		});
		emulator().options.anonymousCredits = 10;
		const result = await trial.run(
			chain([{}], SESSION, { ...GENERATE, onError: 'continueErrorOutput' }),
		);
		const userId = String((await trial.credential()).trialUserId);
		expect(result.branch('Node 2', 1)[0]?.json.error).toMatchObject({
			kind: 'credits',
			description: expect.stringContaining(
				`https://nemovideo.example/register?bind=${userId}`,
			) as string,
		});
	});

	it('that passes by itself is got over inside the node', async () => {
		emulator().faults.add({ kind: 'status', endpoint: 'credits', status: 503, times: 1 });
		emulator().faults.add({ kind: 'dropBefore', endpoint: 'credits', nth: 2 });
		const result = await engine.runNode([{}], CREDITS);
		expect(result.items('Node 1')[0]?.json).toMatchObject({ available: 25_000 });
	});

	it('whose session id is a chat says so', async () => {
		const result = await engine.runNode(
			[{ json: { sessionId: '3f0e5a4c0d0b4f5e9c1a8a4b1d2c3e4f' } }],
			{ ...STATE, onError: 'continueErrorOutput' },
		);
		expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({
			kind: 'session',
			description: expect.stringMatching(/chat/i) as string,
		});
	});
});
