import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	NodeConnectionTypes,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INodeType,
} from 'n8n-workflow';
import { testCredential } from './support/credentialTest.cts';
import { createEngine, type EngineOptions } from './support/engine.cts';
import { agent, chain, type WorkflowSpec } from './support/workflow.cts';

/** A token type whose token is minted when empty and again after 401, as n8n offers it. */
class MintedApi implements ICredentialType {
	name = 'mintedApi';
	displayName = 'Minted API';
	properties: ICredentialType['properties'] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{ displayName: 'Mode', name: 'mode', type: 'string', default: 'mint' },
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
			displayOptions: { show: { mode: ['mint'] } },
		},
	];
	test = {
		request: { baseURL: '={{$credentials.url}}', url: '/check' },
		rules: [
			{
				type: 'responseSuccessBody' as const,
				properties: { key: 'code', value: 1001, message: 'The token was refused' },
			},
		],
	};

	preAuthentication: ICredentialType['preAuthentication'] = async function (credentials) {
		const answer = (await this.helpers.httpRequest({
			url: `${String(credentials.url)}/mint`,
			method: 'POST',
		})) as IDataObject;
		return { token: answer.token };
	};

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await Promise.resolve({
			...options,
			headers: { ...options.headers, authorization: `Bearer ${String(credentials.token)}` },
		});
}

const fetcher: INodeType = {
	description: {
		name: 'fetcher',
		displayName: 'Fetcher',
		group: ['transform'],
		version: 1,
		description: 'Gets a path of the server',
		defaults: { name: 'Fetcher' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'mintedApi', required: true }],
		properties: [{ displayName: 'Path', name: 'path', type: 'string', default: '/echo' }],
	},
	async execute() {
		const credentials = await this.getCredentials('mintedApi');
		const output = await Promise.all(
			this.getInputData().map(async (_item, item) => {
				const json = (await this.helpers.httpRequestWithAuthentication.call(this, 'mintedApi', {
					url: `${String(credentials.url)}${this.getNodeParameter('path', item) as string}`,
				})) as IDataObject;
				return { json, pairedItem: { item } };
			}),
		);
		this.addExecutionHints({ message: `Got ${output.length}`, location: 'outputPane' });
		await this.sendChunk('item', 0, 'half way');
		return [output];
	},
};

/** Takes the node's first failure from its context, so that a later try can succeed. */
const flaky: INodeType = {
	description: {
		...fetcher.description,
		name: 'flaky',
		displayName: 'Flaky',
		credentials: [],
		properties: [{ displayName: 'Failures', name: 'failures', type: 'number', default: 1 }],
	},
	async execute() {
		const context = this.getContext('node') as { tries?: number };
		context.tries = (context.tries ?? 0) + 1;
		if (context.tries <= (this.getNodeParameter('failures', 0) as number)) {
			throw new Error(`Try ${context.tries} failed`);
		}
		return [[{ json: { tries: context.tries }, pairedItem: 0 }]];
	},
};

/** Waits until n8n says stop. */
const waiter: INodeType = {
	description: { ...flaky.description, name: 'waiter', displayName: 'Waiter', properties: [] },
	async execute() {
		const signal = this.getExecutionCancelSignal();
		await new Promise<void>((resolve) => {
			if (signal?.aborted) return resolve();
			return signal?.addEventListener('abort', () => resolve());
		});
		return [[{ json: { aborted: true }, pairedItem: 0 }]];
	},
};

/** Tells how long a file is, by what n8n keeps of it and by what is read. */
const sizes: INodeType = {
	description: { ...flaky.description, name: 'sizes', displayName: 'Sizes', properties: [] },
	async execute() {
		const { id = '' } = this.helpers.assertBinaryData(0, 'data');
		const { fileSize: stored } = await this.helpers.getBinaryMetadata(id);
		const { size: read } = statSync(this.helpers.getBinaryPath(id));
		return [[{ json: { stored, read }, pairedItem: 0 }]];
	},
};

const NODES = {
	'test.sizes': sizes,
	'test.fetcher': fetcher,
	'test.flaky': flaky,
	'test.waiter': waiter,
};

let server: Server;
let url: string;
let minted: number;
let accepted: string;
let refusing: boolean;
let requests: Array<{ path: string; authorization: string | undefined }>;

beforeAll(async () => {
	server = createServer((request: IncomingMessage, response) => {
		const path = request.url ?? '';
		const { authorization } = request.headers;
		requests.push({ path, authorization });
		const send = (status: number, body: object): void => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		if (path === '/mint') {
			minted += 1;
			accepted = `token-${minted}`;
			send(200, { token: accepted });
		} else if (refusing || authorization !== `Bearer ${accepted}`) {
			send(path === '/check' ? 200 : 401, { code: 1001 });
		} else send(200, { path, authorization });
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
	minted = 0;
	accepted = 'none yet';
	refusing = false;
	requests = [];
});

const engineWith = async (token = '', more: EngineOptions = {}) =>
	await createEngine({
		nodes: NODES,
		credentialTypes: [new MintedApi()],
		credentials: { mintedApi: { url, token } },
		...more,
	});

describe('an execution in the test engine', () => {
	it('hands files over through the binary store and keeps every row paired', async () => {
		const engine = await engineWith();
		const rows = [0, 1].map((row) => ({
			json: { row },
			files: {
				data: {
					fileName: `${row}.png`,
					mimeType: 'image/png',
					content: Buffer.from(`picture ${row}`),
				},
			},
		}));
		const result = await engine.runNode(rows, { type: 'test.control' });
		expect(result.status).toBe('success');
		const items = result.items('Result');
		expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
			{ json: { row: 0 }, pairedItem: { item: 0 } },
			{ json: { row: 1 }, pairedItem: { item: 1 } },
		]);
		const file = items[1]?.binary?.data;
		expect(file).toMatchObject({ fileName: '1.png', data: 'filesystem-v2', bytes: 9 });
		expect(file && (await engine.readBinary(file)).toString()).toBe('picture 1');
	});

	it('makes files of any length without writing them', async () => {
		const engine = await engineWith();
		const bytes = 524_288_001;
		const file = { fileName: 'a.mp4', mimeType: 'video/mp4', content: 'x', paddedTo: bytes };
		const result = await engine.runNode([{ files: { data: file } }], { type: 'test.sizes' });
		expect(result.items('Result')).toMatchObject([{ json: { stored: bytes, read: bytes } }]);
	});

	it('loads a built package as n8n loads an installed one', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'nemovideo-package-'));
		writeFileSync(
			join(folder, 'package.json'),
			JSON.stringify({
				name: 'n8n-nodes-tiny',
				version: '1.0.0',
				n8n: { nodes: ['Tiny.node.js'], credentials: [] },
			}),
		);
		writeFileSync(
			join(folder, 'Tiny.node.js'),
			`exports.Tiny = class { description = ${JSON.stringify({ ...flaky.description, name: 'tiny' })};
			async execute() { return [[{ json: { tiny: true } }]]; } };`,
		);
		const engine = await createEngine({ from: { folder } });
		const result = await engine.runNode([{}], { type: 'n8n-nodes-tiny.tiny' });
		rmSync(folder, { recursive: true });
		expect(result.items('Result')).toMatchObject([{ json: { tiny: true } }]);
	});

	it('keeps files in memory or inside json when n8n is set to do so', async () => {
		const memory = await engineWith('', { binaryMode: 'default' });
		const rows = [
			{ files: { data: { fileName: 'a.txt', mimeType: 'text/plain', content: 'abc' } } },
		];
		const inMemory = await memory.runNode(rows, { type: 'test.control' });
		expect(inMemory.items('Result')[0]?.binary?.data).toMatchObject({
			data: Buffer.from('abc').toString('base64'),
		});
		const engine = await engineWith();
		const combined = await engine.runNode(
			rows,
			{ type: 'test.control' },
			{ binaryMode: 'combined' },
		);
		expect(combined.items('Result')[0]?.json).toMatchObject({
			_files: { data: { fileName: 'a.txt' } },
		});
	});

	it('resolves expressions per row', async () => {
		const engine = await engineWith('token-0');
		accepted = 'token-0';
		const result = await engine.runNode([{ json: { p: 1 } }, { json: { p: 2 } }], {
			type: 'test.fetcher',
			parameters: { path: '=/item/{{ $json.p }}' },
		});
		expect(result.items('Result').map(({ json }) => json.path)).toEqual(['/item/1', '/item/2']);
		expect(minted).toBe(0);
		expect(result.hints('Node 1')).toMatchObject([{ message: 'Got 2' }]);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'treats a failure as n8n does with %s',
		async (onError) => {
			const engine = await engineWith();
			const result = await engine.runNode([{ json: { fail: 'No luck' } }], {
				type: 'test.control',
				onError,
			});
			expect(result.status).toBe(onError === 'stopWorkflow' ? 'error' : 'success');
			expect(result.runs('Node 1')[0]?.error?.message).toBe('No luck');
			// What a node throws never reaches the error output: n8n hands the input on instead.
			expect(result.items('Result').map(({ json }) => json)).toEqual(
				onError === 'stopWorkflow' ? [] : [{ fail: 'No luck' }],
			);
			expect(result.runs('Failures')).toHaveLength(0);
		},
	);

	it('tries again with Retry On Fail and keeps the context of the node', async () => {
		const engine = await engineWith();
		const result = await engine.runNode([{}], {
			type: 'test.flaky',
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(result.items('Result')).toMatchObject([{ json: { tries: 2 } }]);
	});

	it('continues at the failed node in a retried execution, context kept', async () => {
		const engine = await engineWith();
		const workflow = chain([{}], { type: 'test.flaky' });
		const first = await engine.run(workflow);
		expect(first).toMatchObject({ status: 'error', error: { message: 'Try 1 failed' } });
		const second = await engine.retry(workflow, first);
		expect(second.status).toBe('success');
		expect(second.items('Result')).toMatchObject([{ json: { tries: 2 } }]);
		expect(second.runs('Rows')).toHaveLength(1);
	});

	it('aborts the signal on Stop and on a workflow timeout', async () => {
		const engine = await engineWith();
		const running = engine.start(chain([{}], { type: 'test.waiter' }));
		await running.started('Node 1');
		running.stop();
		expect((await running.finished).status).toBe('canceled');
		const late = await engine.runNode([{}], { type: 'test.waiter' }, { timeoutMs: 20 });
		expect(late.status).toBe('canceled');
		expect(late.error?.name).toBe('TimeoutExecutionCancelledError');
	});

	it('runs a node once per batch of Loop Over Items', async () => {
		const engine = await engineWith();
		const workflow: WorkflowSpec = {
			nodes: [
				{ type: 'test.rows', name: 'Rows', parameters: { rows: 'rows' } },
				{ type: 'test.loop', name: 'Loop' },
				{ type: 'test.control', name: 'Body' },
				{ type: 'test.collector', name: 'Result' },
			],
			wires: [
				{ from: 'Rows', to: 'Loop' },
				{ from: 'Loop', to: 'Result' },
				{ from: 'Loop', to: 'Body', output: 1 },
				{ from: 'Body', to: 'Loop' },
			],
			rows: { rows: [{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }] },
		};
		const result = await engine.run(workflow);
		expect(result.runs('Body')).toHaveLength(3);
		expect(result.items('Result').map(({ json }) => json.n)).toEqual([1, 2, 3]);
	});

	it('passes chunks on only where streaming was asked for', async () => {
		const engine = await engineWith('token-0');
		accepted = 'token-0';
		const plain = await engine.runNode([{}], { type: 'test.fetcher' });
		const streamed = await engine.runNode([{}], { type: 'test.fetcher' }, { streaming: true });
		expect(plain.chunks).toEqual([]);
		expect(streamed.chunks).toMatchObject([{ type: 'item', content: 'half way' }]);
	});

	it.each([2, 3] as const)('runs a node as a tool of an agent of version %i', async (version) => {
		const engine = await engineWith('token-0');
		accepted = 'token-0';
		const result = await engine.run(
			agent(version, { json: {} }, [{ node: 'Tool 1', input: { path: '/asked' } }], {
				type: 'test.fetcher',
				parameters: { path: "={{ $fromAI('path', 'What to get', 'string') }}" },
			}),
		);
		expect(result.error).toBeUndefined();
		expect(result.items('Result')[0]?.json).toMatchObject({ answer: [{ path: '/asked' }] });
	});
});

describe('a credential in the test engine', () => {
	it('is minted when its expirable field is empty, and kept encrypted', async () => {
		const engine = await engineWith();
		const result = await engine.runNode([{}], { type: 'test.fetcher' });
		expect(result.items('Result')[0]?.json).toMatchObject({ authorization: 'Bearer token-1' });
		const id = engine.store.find('mintedApi') ?? '';
		expect(await engine.store.read(id)).toMatchObject({ token: 'token-1' });
		expect(engine.store.row(id).data).not.toContain('token-1');
		await engine.runNode([{}], { type: 'test.fetcher' });
		expect(minted).toBe(1);
	});

	it('is minted again after a 401 and sent again', async () => {
		const engine = await engineWith('old');
		const result = await engine.runNode([{}], { type: 'test.fetcher' });
		expect(result.status).toBe('success');
		expect(requests.map(({ path }) => path)).toEqual(['/echo', '/mint', '/echo']);
	});

	it('is not minted where the type hides the field', async () => {
		const engine = await engineWith('', {
			credentials: { mintedApi: { url, token: '', mode: 'given' } },
		});
		await engine.runNode([{}], { type: 'test.fetcher' });
		expect(requests[0]?.path).toBe('/echo');
	});

	it('is tested as the form of n8n tests it', async () => {
		const engine = await engineWith('old');
		expect(await testCredential(engine, 'mintedApi')).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		refusing = true;
		const refused = await testCredential(engine, 'mintedApi');
		expect(refused).toEqual({ status: 'Error', message: 'The token was refused' });
		const unreachable = await testCredential(engine, 'mintedApi', {
			url: 'http://127.0.0.1:1',
		});
		expect(unreachable).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});
