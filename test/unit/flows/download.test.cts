import { NemoVideoError } from '../../../src/api/errors';
import type { Render } from '../../../src/api/render';
import { openDownload, type Download } from '../../../src/flows/download';
import {
	answer,
	failureOf,
	lost,
	ok,
	pieces,
	Scripted,
	type Answer,
} from '../support/scripted.cts';

const RENDER = {
	renderId: 'r',
	status: 'completed',
	statusWord: 'completed',
	url: 'https://cdn.test/r.mp4',
} as const;
const CDN = 'URL https://cdn.test/';
const ENDPOINT = 'GET /api/render/proxy/r/download';
const SIZED = { 'content-length': '10', etag: '"one"', 'content-type': 'video/mp4' };

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

const open = async (): Promise<Download | 'gone'> =>
	await nemo.run(openDownload(nemo.client, RENDER));
async function read(): Promise<string> {
	const download = await open();
	if (download === 'gone') throw new Error('gone');
	const take = async (): Promise<string> => {
		const chunks: Uint8Array[] = [];
		for await (const chunk of download.bytes) chunks.push(chunk);
		return Buffer.concat(chunks).toString();
	};
	return await nemo.run(take());
}
/** The rest of the file, from a byte on, as a server that knows ranges sends it. */
const rest = (from: number, text: string, tag = '"one"'): Answer =>
	pieces([text], 206, { 'content-range': `bytes ${from}-9/10`, etag: tag });

describe('a video', () => {
	it('comes from the address that the render names', async () => {
		nemo.on(CDN, pieces(['01234', '56789'], 200, SIZED));
		expect(await read()).toBe('0123456789');
		expect(nemo.urls.map(({ url }) => url)).toEqual([RENDER.url]);
	});

	it('has its type and size from the answer', async () => {
		nemo.on(CDN, pieces([], 200, { ...SIZED, 'content-type': 'video/webm; codecs=vp9' }));
		expect(await open()).toMatchObject({ mimeType: 'video/webm', sizeBytes: 10 });
		nemo.on(CDN, pieces([], 200, { 'content-type': 'application/octet-stream' }));
		expect(await open()).toMatchObject({ mimeType: 'video/mp4' });
		expect(await open()).not.toHaveProperty('sizeBytes');
	});

	it.each([
		['forbidden', answer({}, 403)],
		['unreachable', lost()],
		['out of order', answer({}, 500)],
		[
			'an error page with status 200',
			answer('<html>no</html>', 200, { 'content-type': 'text/html' }),
		],
		['XML', answer('<Error/>', 200, { 'content-type': 'application/xml' })],
		['JSON', answer({}, 200, { 'content-type': 'application/json' })],
		['a problem', answer({}, 200, { 'content-type': 'application/problem+json' })],
	])('comes from the endpoint where its address is %s', async (_why, given) => {
		nemo.on(CDN, given).on(ENDPOINT, pieces(['0123456789'], 200, SIZED));
		expect(await read()).toBe('0123456789');
	});

	it('comes from the address that the endpoint names in JSON', async () => {
		nemo.on(CDN, answer({}, 403)).on(ENDPOINT, ok({ output: { url: 'https://other.test/v' } }));
		nemo.on('URL https://other.test/', pieces(['0123456789'], 200, SIZED));
		expect(await read()).toBe('0123456789');
	});

	it('that is words at both places is a failure, and no video', async () => {
		const words = answer('{"code":0,"data":{}}', 200, { 'content-type': 'text/plain' });
		nemo.on(CDN, words).on(ENDPOINT, words);
		expect(await nemo.run(failureOf(openDownload(nemo.client, RENDER)))).toMatchObject({
			kind: 'protocol',
			message: 'The video could not be downloaded',
			outcome: 'refused',
			httpStatus: 200,
		});
	});

	it.each([403, 404, 410])('is gone where both say so (%i)', async (status) => {
		nemo.on(CDN, answer({}, status)).on(ENDPOINT, answer({}, status));
		expect(await open()).toBe('gone');
	});

	it('is not gone because its host is out of order', async () => {
		nemo.on(CDN, answer({}, 503)).on(ENDPOINT, answer({}, 404));
		expect((await failureOf(open())).kind).toBe('server');
	});

	it('is asked for again where the endpoint fails for passing reasons', async () => {
		nemo.on(CDN, answer({}, 403));
		nemo.on(ENDPOINT, lost(), answer({}, 503), pieces(['0123456789'], 200, SIZED));
		expect(await read()).toBe('0123456789');
	});
});

describe('a download that breaks', () => {
	it('goes on where it broke', async () => {
		nemo.on(CDN, pieces(['0123', lost()], 200, SIZED), rest(4, '456789'));
		expect(await read()).toBe('0123456789');
		expect(nemo.urls[1]?.headers).toEqual({ range: 'bytes=4-', 'if-range': '"one"' });
	});

	it('goes on after several breaks', async () => {
		const broken = pieces(['45', lost()], 206, { 'content-range': 'bytes 4-9/10', etag: '"one"' });
		nemo.on(CDN, pieces(['0123', lost()], 200, SIZED), broken, rest(6, '6789'));
		expect(await read()).toBe('0123456789');
	});

	it('begins again where the server knows no ranges, and gives no byte twice', async () => {
		nemo.on(CDN, pieces(['0123', lost()], 200, SIZED), pieces(['012', '3456789'], 200, SIZED));
		expect(await read()).toBe('0123456789');
	});

	it.each([
		['another length', pieces(['0123456789ab'], 200, { 'content-length': '12' })],
		['another tag', pieces(['abcdefghij'], 200, { ...SIZED, etag: '"two"' })],
		['another part', rest(5, '56789')],
	])('is never put together from two files: %s', async (_what, other) => {
		nemo.on(CDN, pieces(['0123', lost()], 200, SIZED), other);
		nemo.on(ENDPOINT, answer({}, 404));
		const error = await failureOf(read());
		expect(error).toMatchObject({ kind: 'network', retryable: true });
		expect(error.description).toMatch(/not rendered anew/);
	});

	it('that ends short of its length is no whole video', async () => {
		nemo.on(CDN, pieces(['01234'], 200, SIZED), lost());
		nemo.on(ENDPOINT, answer({}, 404));
		expect((await failureOf(read())).message).toMatch(/after 5 of 10 bytes/);
	});

	it('is given up after breaks without a new byte', async () => {
		nemo.on(CDN, pieces(['01234', lost()], 200, SIZED), lost());
		nemo.on(ENDPOINT, lost());
		await failureOf(read());
		expect(nemo.urls.length).toBeLessThan(20);
	});

	it('ends with Stop, as the failure that Stop is', async () => {
		nemo.on(CDN, pieces(['01234'], 200, SIZED), () => (nemo.stop.abort(), lost()));
		expect((await failureOf(read())).kind).toBe('cancelled');
	});
});

describe('the endpoint of a video', () => {
	const NAMELESS: Render = { renderId: 'r', status: 'completed', statusWord: 'completed' };
	const film = (): Answer => pieces(['0123456789'], 200, SIZED);
	const fromEndpoint = async () => await nemo.run(openDownload(nemo.client, NAMELESS));
	const textOf = async (download: Download | 'gone'): Promise<string> => {
		if (download === 'gone') return download;
		const chunks: Uint8Array[] = [];
		for await (const chunk of download.bytes) chunks.push(chunk);
		return Buffer.concat(chunks).toString();
	};
	const redirect = (location: string): Answer => pieces([], 302, { location });

	it('is asked at once where the render names no address, for the file as it is', async () => {
		nemo.on(ENDPOINT, film());
		expect(await textOf(await fromEndpoint())).toBe('0123456789');
		expect(nemo.urls).toEqual([]);
		expect(nemo.requests[0]).toMatchObject({
			accept: '*/*',
			headers: { 'accept-encoding': 'identity' },
		});
	});

	it.each([
		['https://cdn.test/v.mp4', 'https://cdn.test/v.mp4'],
		['/files/v.mp4', 'https://api.test/files/v.mp4'],
		['other', 'https://api.test/api/render/proxy/r/other'],
	])('may send on to %s', async (location, url) => {
		nemo.on(ENDPOINT, redirect(location)).on('URL https://', film());
		expect(await textOf(await fromEndpoint())).toBe('0123456789');
		expect(nemo.urls.map((asked) => asked.url)).toEqual([url]);
	});

	it('that sends on to no address at all is a failure of NemoVideo, not of the node', async () => {
		nemo.on(ENDPOINT, redirect('http://[')).on('URL http', answer({}, 404));
		expect(await fromEndpoint()).toBe('gone');
	});

	it('is asked for the rest where the connection breaks, wherever it sends on to', async () => {
		nemo.on(ENDPOINT, redirect('https://cdn.test/v.mp4'));
		nemo.on('URL https://', pieces(['0123', lost()], 200, SIZED), rest(4, '456789'));
		expect(await nemo.run(textOf(await fromEndpoint()))).toBe('0123456789');
		expect(nemo.urls[1]?.headers).toEqual({ range: 'bytes=4-', 'if-range': '"one"' });
		expect(nemo.requests[1]?.headers).toMatchObject({ range: 'bytes=4-' });
	});

	it('alone says that a video is gone', async () => {
		nemo.on(ENDPOINT, answer({}, 410));
		expect(await fromEndpoint()).toBe('gone');
	});

	it.each([
		['names no address', ok({ output: {} }), /named no address/],
		[
			'sends a page',
			answer('<html>', 200, { 'content-type': 'text/html' }),
			/not be downloaded|answer/,
		],
		['does not know where', pieces([], 304), /./],
	])('that %s is a failure', async (_how, given, message) => {
		nemo.on(ENDPOINT, given);
		const error = await failureOf(fromEndpoint());
		expect(error.kind).toBe('protocol');
		expect(error.message).toMatch(message);
	});
});

describe('a video that is opened', () => {
	it.each([
		['Video/MP4', 'video/mp4'],
		['video/quicktime ; x=y', 'video/quicktime'],
		['image/gif', 'video/mp4'],
		[undefined, 'video/mp4'],
	])('of type %s is of type %s', async (given, mimeType) => {
		const headers: Record<string, string> = given === undefined ? {} : { 'content-type': given };
		nemo.on(CDN, pieces(['x'], 200, headers));
		expect(await open()).toMatchObject({ mimeType });
	});

	it('can be closed before it is read', async () => {
		let closed = false;
		nemo.on(CDN, { ...pieces([], 200, SIZED), close: () => (closed = true) });
		const download = await open();
		if (download !== 'gone') download.close();
		expect(closed).toBe(true);
	});

	it('and stopped meanwhile asks nowhere else', async () => {
		nemo.on(CDN, new NemoVideoError('cancelled', 'Stopped'));
		expect((await failureOf(open())).kind).toBe('cancelled');
		expect(nemo.requests).toEqual([]);
	});

	it('waits while NemoVideo asks for patience', async () => {
		nemo.on(CDN, pieces([], 200, SIZED));
		nemo.client.gate.close(10_000);
		const begun = nemo.clock.now();
		await open();
		expect(nemo.clock.now() - begun).toBeGreaterThanOrEqual(10_000);
	});
});
