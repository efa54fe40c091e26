/** A backend that is broken into, or somebody else's: what it sends must stay data. */
import type { IDataObject, INodeType } from 'n8n-workflow';
import { EMULATOR_TOKEN } from '../../emulator/server.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession, PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import { chain, type NodeSpec } from './support/workflow.cts';

const emulator = withEmulator({ retryAfter: 0 });
let engine: Engine;

beforeEach(async () => {
	engine = await createEngine({
		credential: connectedCredential(emulator()),
		nodes: { 'test.echo': echo, 'test.request': request },
	});
});

/** Puts its parameters out as n8n has resolved them. */
const echo: INodeType = {
	description: {
		name: 'echo',
		displayName: 'Echo',
		group: ['transform'],
		version: 1,
		description: 'Echo (only for tests)',
		defaults: { name: 'Echo' },
		inputs: ['main'],
		outputs: ['main'],
		properties: ['value', 'within'].map((name) => ({
			displayName: name,
			name,
			type: 'string' as const,
			default: '',
		})),
	},
	async execute() {
		const read = (name: string) => this.getNodeParameter(name, 0) as string;
		return await Promise.resolve([[{ json: { value: read('value'), within: read('within') } }]]);
	},
};

const EXPORT: NodeSpec = { type: 'nemoVideoExport', parameters: { options: QUICK_EXPORT } };
const STATE: NodeSpec = { type: 'nemoVideoState' };
const CREDITS: NodeSpec = { type: 'nemoVideoCredits' };
const UPLOAD: NodeSpec = { type: 'nemoVideoUpload' };
const SESSION: NodeSpec = { type: 'nemoVideoCreateSession', parameters: { language: 'en' } };
const GENERATE: NodeSpec = {
	type: 'nemoVideoGenerate',
	parameters: {
		prompt: PROMPT,
		options: { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 1 },
	},
};

const elsewhere = () => emulator().requests.all({ origin: 'cdn' });

/** The render is ready; its address is whatever the backend says. */
function nameAddress(address: string): void {
	emulator().faults.add({
		kind: 'body',
		endpoint: 'poll',
		nth: 2,
		times: 0,
		body: JSON.stringify({
			success: true,
			data: { status: 'completed', progress: 100, outputUrl: address, output: { url: address } },
		}),
	});
}

describe('the address of a video', () => {
	it.each([
		'file:///etc/passwd',
		'data:video/mp4;base64,AAAA',
		'javascript:alert(document.cookie)',
		'ftp://cdn.example/film.mp4',
		'blob:https://cdn.example/1b4a',
		'//cdn.example/film.mp4',
		'/film.mp4',
		'http://user:secret@127.0.0.1/film.mp4',
		'http://:secret@127.0.0.1/film.mp4',
		'http://',
		'film.mp4',
	])('that is no plain http or https is neither opened nor shown: %s', async (address) => {
		const sessionId = await prepareSession(emulator());
		nameAddress(address);
		const result = await engine.runNode([{ json: { sessionId } }], EXPORT);
		const [item] = result.items('Node 1');
		// NemoVideo's own download endpoint is the way that is left.
		expect(item?.json.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/render\/proxy\/.*\/download$/);
		expect(item?.binary?.data?.bytes).toBe(emulator().options.cannedBytes);
		expect(Object.values(item?.json ?? {})).not.toContain(address);
		expect(emulator().requests.all({ endpoint: 'download' })).toHaveLength(1);
	});

	it('may be another host, which sees neither the token nor who asks', async () => {
		emulator().options.cdn = 'other';
		const sessionId = await prepareSession(emulator());
		const result = await engine.runNode([{ json: { sessionId } }], EXPORT);
		expect(result.items('Node 1')[0]?.binary?.data).toBeDefined();
		expect(elsewhere()).toHaveLength(1);
		const [request] = elsewhere();
		expect(request?.headers).not.toHaveProperty('authorization');
		expect(JSON.stringify(request)).not.toMatch(/nmv_usr_|x-skill/i);
	});

	it('may lead on to another host, which sees no token either', async () => {
		const sessionId = await prepareSession(emulator());
		emulator().faults.add({ kind: 'redirect', endpoint: 'file', origin: 'api', times: 0 });
		const result = await engine.runNode([{ json: { sessionId } }], EXPORT);
		expect(result.items('Node 1')[0]?.binary?.data).toBeDefined();
		expect(emulator().requests.all({ endpoint: 'file', origin: 'api' })[0]?.token).toBe(
			EMULATOR_TOKEN,
		);
		expect(elsewhere()).toHaveLength(1);
		expect(JSON.stringify(elsewhere())).not.toContain(EMULATOR_TOKEN);
	});

	it.each([
		'file:///etc/passwd',
		'javascript:alert(1)',
		'ftp://127.0.0.1/film.mp4',
		'http://user:secret@127.0.0.1/film.mp4',
		'http://[',
	])('is not followed to %s', async (to) => {
		const sessionId = await prepareSession(emulator());
		emulator().faults.add({ kind: 'redirect', endpoint: 'file', times: 0, to });
		const result = await engine.runNode([{ json: { sessionId } }], EXPORT);
		expect(result.status).toBe('success');
		expect(emulator().requests.all({ endpoint: 'file' })).toHaveLength(1);
		expect(emulator().requests.all({ endpoint: 'download' })).toHaveLength(1);
	});

	it('that leads in a circle is given up', async () => {
		const sessionId = await prepareSession(emulator());
		const to = `${emulator().url}/render-result/again.mp4`;
		emulator().faults.add({ kind: 'redirect', endpoint: 'file', times: 0, to });
		const result = await engine.runNode([{ json: { sessionId } }], EXPORT);
		expect(result.status).toBe('success');
		expect(emulator().requests.all({ endpoint: 'file' })).toHaveLength(6);
	});

	it('of an uploaded file is shown only where it is a plain one', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const files = [{ filename: 'a.png', file_type: 'image', cdn_url: 'javascript:alert(1)' }];
		emulator().faults.add({
			kind: 'body',
			endpoint: 'upload',
			body: JSON.stringify({ code: 0, data: { files } }),
		});
		const photo = { fileName: 'a.png', mimeType: 'image/png', content: 'bytes' };
		const result = await engine.runNode([{ json: { sessionId }, files: { data: photo } }], UPLOAD);
		expect(result.items('Node 1')[0]?.json.files).toMatchObject([{ cdnUrl: '' }]);
	});
});

/** Sends a request with the credential, as n8n's own HTTP Request node or newer nodes do. */
const request: INodeType = {
	description: {
		...echo.description,
		name: 'request',
		displayName: 'Request',
		credentials: [{ name: 'nemoVideoApi', required: true }],
		properties: [
			{ displayName: 'Old', name: 'old', type: 'boolean', default: false },
			{ displayName: 'Base', name: 'base', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		],
	},
	async execute() {
		const read = (name: string): string => this.getNodeParameter(name, 0) as string;
		const { httpRequestWithAuthentication, requestWithAuthentication } = this.helpers;
		const base = read('base') === '' ? {} : { baseURL: read('base') };
		const url = read('url');
		const json: unknown = this.getNodeParameter('old', 0)
			? await requestWithAuthentication.call(this, 'nemoVideoApi', {
					...base,
					uri: url,
					json: true,
				})
			: await httpRequestWithAuthentication.call(this, 'nemoVideoApi', {
					...base,
					url,
					json: true,
				});
		return [[{ json: Object(json) as IDataObject }]];
	},
};

describe('the credential in any node', () => {
	const BALANCE = '/api/credits/balance/simple';
	const send = async (old: boolean, base: string, url: string): Promise<RunResult> =>
		await engine.runNode([{}], { type: 'test.request', parameters: { old, base, url } });

	it.each([true, false])('gives the token to the API (old client: %s)', async (old) => {
		const { url } = emulator();
		for (const [base, address] of [
			['', `${url}${BALANCE}`],
			[url, BALANCE],
			[`${url}/`, BALANCE.slice(1)],
		] as const) {
			const result = await send(old, base, address);
			expect(result.items('Node 1')[0]?.json).toMatchObject({ code: 0 });
		}
	});

	it.each([true, false])('gives it to no other origin (old client: %s)', async (old) => {
		const { url, cdnUrl } = emulator();
		await send(old, '', `${cdnUrl}/uploads/a`);
		await send(old, cdnUrl, '/uploads/b');
		await send(old, url, `${cdnUrl}/uploads/c`);
		await send(old, url, `${cdnUrl.replace('http:', '')}/uploads/d`);
		await send(old, '', `${url.replace('://', '://x@')}.example/uploads/e`);
		expect(elsewhere().length).toBeGreaterThanOrEqual(3);
		expect(JSON.stringify(elsewhere())).not.toMatch(/nmv_usr_|x-skill/i);
	});

	it.each([true, false])('is not passed on by redirects (old client: %s)', async (old) => {
		emulator().faults.add({ kind: 'redirect', endpoint: 'credits', origin: 'api', times: 0 });
		await send(old, '', `${emulator().url}${BALANCE}`);
		expect(elsewhere()).toHaveLength(1);
		expect(JSON.stringify(elsewhere())).not.toContain(EMULATOR_TOKEN);
	});
});

describe('a request to the API that is sent elsewhere', () => {
	it.each([
		['credits', CREDITS],
		['session', SESSION],
		['state', STATE],
		['run', GENERATE],
		['submit', EXPORT],
	] as const)('goes nowhere: %s', async (endpoint, node) => {
		const sessionId = await prepareSession(emulator());
		emulator().faults.add({ kind: 'redirect', endpoint, times: 0 });
		const result = await engine.runNode([{ json: { sessionId } }], {
			...node,
			onError: 'continueErrorOutput',
		});
		expect(elsewhere()).toEqual([]);
		expect(result.branch('Node 1', 1)[0]?.json.error).toMatchObject({ kind: 'input' });
	});
});

/** A turn whose answer is these words. */
async function turnSaying(text: string, ...after: NodeSpec[]): Promise<RunResult> {
	const sessionId = await prepareSession(emulator());
	emulator().faults.add({
		kind: 'body',
		endpoint: 'run',
		headers: { 'content-type': 'text/event-stream' },
		body: `data: ${JSON.stringify({ type: 'text', content: text })}\n\n`,
	});
	return await engine.run(chain([{ json: { sessionId } }], GENERATE, ...after));
}

const CODE = [
	'={{ 6 * 7 }}',
	'{{ 6 * 7 }}',
	'=0',
	'={{ $env.HOME }} {{ $execution.id }}',
	'=`${6 * 7}` {{ (() => { throw new Error("ran") })() }}',
	'<script>alert(1)</script><img src=x onerror=alert(1)>',
	'$(touch /tmp/owned); `touch /tmp/owned`',
	'__proto__ constructor.constructor("return process")()',
];

describe('what the agent says', () => {
	it.each(CODE)('stays text in the nodes that follow: %s', async (text) => {
		const result = await turnSaying(text, {
			type: 'test.echo',
			parameters: { value: '={{ $json.text }}', within: '=({{ $json.text }})' },
		});
		expect(result.items('Node 1')[0]?.json.text).toBe(text);
		expect(result.items('Node 2')[0]?.json).toEqual({ value: text, within: `(${text})` });
	});

	it('is no order to the nodes: nothing is exported because it says so', async () => {
		await turnSaying(
			'Click Export now. Then download the video. Upload https://evil.example/a.png',
		);
		expect(emulator().ledger.summary()).toMatchObject({ renders: 0, uploads: 0 });
	});
});

const VILE = [
	'<img src=x onerror=alert(1)>',
	'<a href="https://evil.example">Pay here</a>',
	`Bearer ${EMULATOR_TOKEN}`,
	'clm_abcdef0123456789',
	'\u0000\u001b[31m\r\nSet-Cookie: a=b\u2028\u202Efdp.exe',
	'{{ $json }}',
	'x'.repeat(5000),
].join(' ');

function expectHarmless(text: unknown): void {
	expect(text).toEqual(expect.any(String));
	const words = String(text);
	// n8n's editor shows descriptions as HTML.
	expect(words).not.toMatch(/[<>]/);
	expect(words).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]/u);
	expect(words).not.toMatch(/nmv_usr_|clm_/);
	expect(words.length).toBeLessThan(1200);
}

describe("the backend's words in a failure", () => {
	const refusals: Array<[string, NodeSpec, 'credits' | 'state' | 'run' | 'submit', IDataObject]> = [
		['an unknown code', CREDITS, 'credits', { code: 7777, message: VILE }],
		['a bad request', STATE, 'state', { code: 400, error: { message: VILE } }],
		['a refused prompt', GENERATE, 'run', { code: 400, detail: [{ msg: VILE }] }],
		['a refused export', EXPORT, 'submit', { code: 402, reason: VILE }],
		['words in words', CREDITS, 'credits', { code: 7777, message: { error: { detail: VILE } } }],
	];

	it.each(refusals)(
		'are one short line without markup or secrets: %s',
		async (_, node, endpoint, body) => {
			const sessionId = await prepareSession(emulator());
			const answer = { body: JSON.stringify(body), process: false, times: 0 };
			emulator().faults.add({ kind: 'body', endpoint, ...answer });
			const stopped = await engine.runNode([{ json: { sessionId } }], node);
			expect(stopped.error).toBeDefined();
			expectHarmless(stopped.error?.message);
			expectHarmless(Object(stopped.error).description);
			expect(JSON.stringify(stopped.run)).not.toContain(EMULATOR_TOKEN);

			const goesOn = await engine.runNode([{ json: { sessionId } }], {
				...node,
				onError: 'continueErrorOutput',
			});
			const error = goesOn.branch('Node 1', 1)[0]?.json.error as IDataObject;
			expectHarmless(error.message);
			expectHarmless(error.description);
			expect(engine.logs.join('\n')).not.toContain(EMULATOR_TOKEN);
		},
	);

	it('are harmless where they stand in the stream', async () => {
		const sessionId = await prepareSession(emulator());
		const events = [
			{ error: VILE },
			{ errorCode: `SAFETY ${VILE}`, errorMessage: VILE },
			{ errorCode: VILE, errorMessage: VILE },
		];
		for (const event of events) {
			emulator().faults.add({
				kind: 'body',
				endpoint: 'run',
				process: false,
				headers: { 'content-type': 'text/event-stream' },
				body: `data: ${JSON.stringify({ author: 'agent', ...event })}\n\n`,
			});
			const result = await engine.runNode([{ json: { sessionId } }], {
				...GENERATE,
				onError: 'continueErrorOutput',
			});
			const error = result.branch('Node 1', 1)[0]?.json.error as IDataObject;
			expectHarmless(error.message);
			expectHarmless(error.description);
		}
	});

	it.each(['failed', 'cancelled', VILE])(
		'are harmless where a render tells them (%#)',
		async (status) => {
			const sessionId = await prepareSession(emulator());
			emulator().faults.add({
				kind: 'body',
				endpoint: 'poll',
				nth: 2,
				times: 0,
				body: JSON.stringify({ success: true, data: { status, error: VILE } }),
			});
			const result = await engine.runNode([{ json: { sessionId } }], {
				...EXPORT,
				parameters: { options: { ...QUICK_EXPORT, timeoutMinutes: 0.02 } },
				onError: 'continueErrorOutput',
			});
			const error = result.branch('Node 1', 1)[0]?.json.error as IDataObject;
			expectHarmless(error.message);
			expectHarmless(error.description);
		},
	);

	it('are no markup in the hint of a batch, or in the question of an agent', async () => {
		const asks = `Which style?\n<b>bold</b> ${EMULATOR_TOKEN}`;
		emulator().faults.add({
			kind: 'body',
			endpoint: 'run',
			process: false,
			times: 0,
			headers: { 'content-type': 'text/event-stream' },
			body: `data: ${JSON.stringify({ type: 'text', content: asks })}\n\n`,
		});
		const result = await engine.runNode(
			[
				{},
				// A failure item that another node has made.
				{
					json: { error: { message: 'm', kind: 'render', stage: '<img src=x onerror=alert(1)>' } },
				},
			],
			{
				type: 'nemoVideoCreateVideo',
				parameters: { prompt: PROMPT },
				onError: 'continueErrorOutput',
			},
		);
		const [asked] = result.branch('Node 1', 1);
		const error = asked?.json.error as IDataObject;
		expect(error).toMatchObject({ kind: 'input' });
		expect(error.message).toMatch(/NemoVideo asked: Which style\? ‹b›bold‹\/b› \(token\)/);
		expectHarmless(error.message);
		expect(result.hints('Node 1')).toHaveLength(1);
		for (const { message } of result.hints('Node 1')) expectHarmless(message);
	});
});
