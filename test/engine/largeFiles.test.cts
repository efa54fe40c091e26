import { createHash } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { type Readable } from 'node:stream';
import { SyntheticVideo } from '../../emulator/syntheticVideo.cts';
import { systemClock, wait } from '../../src/n8n/wait';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type EngineOptions } from './support/engine.cts';
import { FilmServer, type FilmAnswer } from './support/filmServer.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession } from './support/sessions.cts';

const MIB = 1024 * 1024;
const LARGE = 64 * MIB;
/** The pauses between tries pass this many times faster. */
const FASTER = 1000;

const emulator = withEmulator();
const films = new FilmServer();

beforeAll(async () => await films.listen());
afterAll(async () => await films.close());
beforeEach(() => {
	films.reset();
	jest
		.spyOn(systemClock, 'wait')
		.mockImplementation(async (ms, signal) => await wait(ms / FASTER, signal));
});
afterEach(() => jest.restoreAllMocks());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Export's Get Status of a render whose video is at the film server. */
async function download(
	answers: FilmAnswer[],
	{
		engine: more = {},
		fallback = false,
		size,
		url = films.url,
	}: { engine?: EngineOptions; fallback?: boolean; size?: number; url?: string } = {},
): Promise<{ result: RunResult; file?: Buffer }> {
	films.answers = answers;
	const data = { id: 'render_1', status: 'completed', output: { url, size } };
	emulator().faults.add({
		kind: 'body',
		endpoint: 'poll',
		process: false,
		times: 0,
		body: JSON.stringify({ code: 0, data }),
	});
	if (fallback) {
		emulator().faults.add({ kind: 'redirect', endpoint: 'download', times: 0, to: films.url });
	}
	const engine = await createEngine({ credential: connectedCredential(emulator()), ...more });
	const result = await engine.runNode([{}], {
		type: 'nemoVideoExport',
		onError: 'continueErrorOutput',
		parameters: { operation: 'getStatus', sessionId: 'session-1', renderId: 'render_1' },
	});
	const stored = result.items('Node 1')[0]?.binary?.data;
	return stored === undefined ? { result } : { result, file: await engine.readBinary(stored) };
}

const failure = ({ result }: { result: RunResult }): Record<string, unknown> =>
	Object(result.branch('Node 1', 1)[0]?.json.error);

describe('a large file on its way to NemoVideo', () => {
	it('is sent as a stream with its exact length, byte for byte', async () => {
		const sessionId = await prepareSession(emulator(), { generate: false });
		const film = new SyntheticVideo('upload', LARGE);
		const engine = await createEngine({ credential: connectedCredential(emulator()) });
		const content = (): Readable => film.read(0, film.size - 1);
		const result = await engine.runNode(
			[
				{
					json: { sessionId },
					files: { data: { fileName: 'film.mp4', mimeType: 'video/mp4', content } },
				},
			],
			{ type: 'nemoVideoUpload' },
		);
		expect(result.error?.message).toBeUndefined();
		expect(emulator().ledger.uploads).toMatchObject([
			{ filename: 'film.mp4', sizeBytes: film.size, sha256: film.sha256() },
		]);
		const [request] = emulator().requests.all({ endpoint: 'upload' });
		const envelope = Number(request?.headers['content-length']) - film.size;
		expect(envelope).toBeGreaterThan(100);
		expect(envelope).toBeLessThan(1000);
		expect(request?.headers).not.toHaveProperty('transfer-encoding');
	});
});

describe('a large video on its way into n8n', () => {
	it('is stored byte for byte', async () => {
		films.film = new SyntheticVideo('large', LARGE);
		const { result, file } = await download([{}]);
		expect(failure({ result })).toEqual({});
		expect(sha256(file ?? Buffer.alloc(0))).toBe(films.film.sha256());
		expect(result.items('Node 1')[0]?.json).toMatchObject({ sizeBytes: films.film.size });
		expect(films.requests).toHaveLength(1);
	});

	it('continues where the connection broke, if the file is still the same', async () => {
		const ways = { ranges: true };
		const { file } = await download([
			{ ...ways, cutAfter: 1_000_000 },
			{ ...ways, cutAfter: 500_000 },
			ways,
		]);
		expect(file && sha256(file)).toBe(films.film.sha256());
		const [, second, third] = films.requests;
		expect(second?.ifRange).toBe(films.film.etag);
		const from = (range = ''): number => Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
		expect(from(second?.range)).toBeGreaterThan(0);
		expect(from(third?.range)).toBeGreaterThan(from(second?.range));
	});

	it.each<[string, FilmAnswer[]]>([
		['that knows no ranges', [{ cutAfter: 1_000_000 }, {}]],
		[
			'that knows no ranges and gives no entity tag',
			[{ cutAfter: 1_000_000, etag: null }, { etag: null }],
		],
		['without a length, in chunks', [{ end: 'chunked', cutAfter: 1_000_000 }, { end: 'chunked' }]],
		[
			'without a length, in chunks, that knows ranges',
			[
				{ end: 'chunked', ranges: true, cutAfter: 1_000_000 },
				{ end: 'chunked', ranges: true },
			],
		],
		[
			'that marks the end by closing alone',
			[{ end: 'close', cutAfter: 1_000_000 }, { end: 'close' }],
		],
		[
			'that marks the end by closing alone and knows ranges',
			[
				{ end: 'close', ranges: true, cutAfter: 1_000_000 },
				{ end: 'close', ranges: true },
			],
		],
		['that compresses', [{ gzip: true, cutAfter: 1_000_000 }, { gzip: true }]],
		[
			'that compresses, in chunks',
			[
				{ gzip: true, end: 'chunked', cutAfter: 1_000_000 },
				{ gzip: true, end: 'chunked' },
			],
		],
		[
			'that is out of order for a while',
			[
				{ cutAfter: 1_000_000, ranges: true },
				{ status: 503 },
				{ status: 429 },
				{ status: 502 },
				{ ranges: true },
			],
		],
	])('is whole after a break with a server %s', async (_name, answers) => {
		const got = await download(answers);
		expect(failure(got)).toEqual({});
		expect(got.file && sha256(got.file)).toBe(films.film.sha256());
		expect(films.requests.length).toBeGreaterThan(1);
	});

	it.each<[string, FilmAnswer]>([
		['in chunks', { end: 'chunked' }],
		['with its end marked by closing', { end: 'close' }],
		['compressed against the request', { gzip: true }],
		['compressed and in chunks', { gzip: true, end: 'chunked' }],
	])('is whole at once %s', async (_name, answer) => {
		const got = await download([answer]);
		expect(failure(got)).toEqual({});
		expect(got.file && sha256(got.file)).toBe(films.film.sha256());
		expect(films.requests).toHaveLength(1);
		expect(films.requests[0]?.acceptEncoding).toBe('identity');
	});

	it('is asked for at the download endpoint when its own link expires on the way', async () => {
		const got = await download(
			[{ ranges: true, cutAfter: 1_000_000 }, { status: 403 }, { ranges: true }],
			{ fallback: true },
		);
		expect(failure(got)).toEqual({});
		expect(got.file && sha256(got.file)).toBe(films.film.sha256());
		expect(emulator().requests.all({ endpoint: 'download' })).toHaveLength(1);
		expect(films.requests.at(-1)?.authorization).toBeUndefined();
	});

	it('comes uncompressed from the download endpoint', async () => {
		const got = await download([{ status: 404 }, {}], { fallback: true });
		expect(got.file && sha256(got.file)).toBe(films.film.sha256());
		const [request] = emulator().requests.all({ endpoint: 'download' });
		expect(request?.headers['accept-encoding']).toBe('identity');
	});

	const other = new SyntheticVideo('another film', 3_000_000);
	const longer = new SyntheticVideo('film', 3_100_000);
	it.each<[string, FilmAnswer[]]>([
		['that always breaks at the same place', [{ cutAfter: 1_000_000 }]],
		['that always breaks at the same place, in chunks', [{ end: 'chunked', cutAfter: 1_000_000 }]],
		['that always closes at the same place', [{ end: 'close', cutAfter: 1_000_000 }]],
		['that always closes before the first byte', [{ end: 'close', cutAfter: 0 }]],
		['that has another film after the break', [{ cutAfter: 1_000_000 }, { film: other }]],
		[
			'that has a longer film after the break',
			[
				{ cutAfter: 1_000_000, etag: null },
				{ film: longer, etag: null },
			],
		],
		[
			'that goes on in a longer film',
			[
				{ cutAfter: 1_000_000, etag: null },
				{ film: longer, etag: null, ranges: true },
			],
		],
		['that refuses to go on', [{ cutAfter: 1_000_000 }, { status: 404 }]],
	])('is never kept short or mixed, with a server %s', async (_name, answers) => {
		const got = await download(answers);
		expect(got.file).toBeUndefined();
		expect(failure(got)).toMatchObject({ kind: 'network', retryable: true, renderId: 'render_1' });
		expect(failure(got).description).toMatch(/Run this node again/);
	});

	it.each(['text/html', 'video/mp4', 'application/octet-stream'])(
		'is asked for at the download endpoint when its link leads to a page called %s',
		async (type) => {
			const page = { type, page: '<!doctype html><title>Log in</title>' };
			const got = await download([page, {}], { fallback: true });
			expect(got.file && sha256(got.file)).toBe(films.film.sha256());
			expect(emulator().requests.all({ endpoint: 'download' })).toHaveLength(1);
			expect(got.result.items('Node 1')[0]?.json.url).toBe(films.url);
		},
	);

	it.each(['text/plain', 'application/octet-stream', ''])(
		'is taken by what it is where its host calls it %j',
		async (type) => {
			const got = await download([{ type }]);
			expect(got.file && sha256(got.file)).toBe(films.film.sha256());
			expect(got.result.items('Node 1')[0]?.binary?.data).toMatchObject({
				mimeType: 'video/mp4',
				fileExtension: 'mp4',
			});
		},
	);

	it('is asked for at the download endpoint when its link gives one of another size', async () => {
		const size = films.film.size;
		for (const film of [
			new SyntheticVideo('film', size - 1_000),
			new SyntheticVideo('film', 2 * size),
		]) {
			for (const end of ['length', 'chunked', 'close'] as const) {
				films.answersAt.set('/other.mp4', { film, end, ranges: true });
				const url = films.url.replace('film.mp4', 'other.mp4');
				const got = await download([{}], { fallback: true, size, url });
				expect(failure(got)).toEqual({});
				expect(got.file && sha256(got.file)).toBe(films.film.sha256());
			}
		}
	});

	it('fails as a render where neither gives what was rendered, and leaves nothing', async () => {
		const got = await download([{}], { fallback: true, size: 1_000 });
		expect(failure(got)).toMatchObject({ kind: 'render', retryable: false, renderId: 'render_1' });
		expect(failure(got).message).toMatch(/more than 1000 bytes/);
		expect(got.file).toBeUndefined();
	});

	it('is found behind a redirect whose address has letters beyond ASCII, as servers write it', async () => {
		const { port } = new URL(films.url);
		const server = createServer((socket) => {
			socket.once('data', () =>
				socket.end(
					`HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${port}/größe/影片.mp4\r\nContent-Length: 0\r\n\r\n`,
				),
			);
		});
		await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
		const { port: first } = server.address() as AddressInfo;
		const got = await download([{}], { url: `http://127.0.0.1:${first}/v` });
		server.close();
		expect(got.file && sha256(got.file)).toBe(films.film.sha256());
		expect(films.requests.at(-1)?.path).toBe('/gr%C3%B6%C3%9Fe/%E5%BD%B1%E7%89%87.mp4');
	});

	it('is not taken for lost while only its host is out of order', async () => {
		const got = await download([{ status: 503 }]);
		expect(failure(got)).toMatchObject({ kind: 'server', retryable: true });
	});
});

describe('a store that holds files in memory', () => {
	it('is not given a video that it cannot hold: the download is refused before it begins', async () => {
		const got = await download([{ claims: 300 * MIB }], { engine: { binaryMode: 'default' } });
		expect(got.file).toBeUndefined();
		expect(failure(got)).toMatchObject({ kind: 'fileSize', retryable: false });
		expect(failure(got).message).toMatch(/300(\.0)? MB/);
		expect(failure(got).description).toMatch(/N8N_DEFAULT_BINARY_DATA_MODE=filesystem/);
		expect(failure(got).description).toMatch(/'Download'/);
	});

	it('takes a video of ordinary size', async () => {
		const got = await download([{}], { engine: { binaryMode: 'default' } });
		expect(failure(got)).toEqual({});
		expect(got.file && sha256(got.file)).toBe(films.film.sha256());
	});
});
