import { NemoVideoError } from '../../../../src/api/errors';
import type { Render } from '../../../../src/api/render';
import type { ByteStream } from '../../../../src/api/transport';
import { ExpiredDownload, withVideo } from '../../../../src/flows/export/download';
import { MEDIA_FORMATS, mediaFile } from '../../../mediaFile.cts';
import {
	answer,
	failureOf,
	lost,
	ok,
	pieces,
	Scripted,
	VIDEO,
	type Answer,
} from '../../support/scripted.cts';
import type { Download } from '../../../../src/flows/export/openVideo';

const RENDER: Render = {
	renderId: 'r',
	status: 'completed',
	statusWord: 'completed',
	url: 'https://cdn.test/r.mp4',
};
const CDN = 'URL https://cdn.test/';
const ENDPOINT = 'GET /api/render/proxy/r/download';
const ENDPOINT_URL = 'https://api.test/api/render/proxy/r/download';
const SIZE = VIDEO.length;
const SIZED = { 'content-length': String(SIZE), etag: '"one"', 'content-type': 'video/mp4' };
/** Where a connection breaks. */
const AT = 30;

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

const film =
	(headers: Record<string, string> = SIZED): Answer =>
	() =>
		pieces([VIDEO], 200, headers);
const page = (type: string): Answer =>
	answer('<!doctype html><p>internal secret</p>', 200, { 'content-type': type });
const called =
	(bytes: string | Buffer): Answer =>
	() =>
		pieces([bytes], 200, { 'content-type': 'video/mp4' });

/** What of a download is known before it is read. */
const look = async (render: Render = RENDER): Promise<Download | ExpiredDownload> =>
	await nemo.run(
		withVideo(nemo.client, render, async (download) => {
			download.close();
			return await Promise.resolve(download);
		}),
	);

async function bytesOf({ bytes }: Download): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of bytes) chunks.push(chunk);
	return Buffer.concat(chunks).toString('latin1');
}

const read = async (render: Render = RENDER, isFresh = false): Promise<string | ExpiredDownload> =>
	await nemo.run(withVideo(nemo.client, render, bytesOf, isFresh));

/** The rest of the file, from a byte on, as a server that knows ranges sends it. */
const rest = (from: number, to = SIZE, tag = '"one"'): Answer =>
	pieces([VIDEO.subarray(from, to), ...(to < SIZE ? [lost()] : [])], 206, {
		'content-range': `bytes ${from}-${SIZE - 1}/${SIZE}`,
		etag: tag,
	});
const broken = (headers: Record<string, string> = SIZED): Answer =>
	pieces([VIDEO.subarray(0, AT), lost()], 200, headers);

const WHOLE = VIDEO.toString('latin1');

describe('a video', () => {
	it('comes from the address that the render names', async () => {
		nemo.on(CDN, pieces([VIDEO.subarray(0, 3), VIDEO.subarray(3)], 200, SIZED));
		expect(await read()).toBe(WHOLE);
		expect(nemo.urls.map(({ url }) => url)).toEqual([RENDER.url]);
		expect(nemo.requests).toEqual([]);
	});

	it('tells where it came from and its size, as the render told it, else as the host did', async () => {
		nemo.on(CDN, film());
		expect(await look()).toMatchObject({ url: RENDER.url, sizeBytes: SIZE });
		expect(await look({ ...RENDER, sizeBytes: 7 })).toMatchObject({ sizeBytes: 7 });
		nemo.on(CDN, film({}));
		expect(await look()).not.toHaveProperty('sizeBytes');
	});

	it.each([
		'video/mp4',
		'text/plain',
		'text/html',
		'application/json',
		'application/octet-stream',
		'',
	])('is one by its first bytes, though it is called %j', async (type) => {
		nemo.on(CDN, film(type === '' ? {} : { 'content-type': type }));
		expect(await look()).toMatchObject({ mimeType: 'video/mp4', format: 'mp4' });
		expect(await read()).toBe(WHOLE);
	});

	it.each([
		['mov', 'video/quicktime'],
		['webm', 'video/webm'],
		['mkv', 'video/x-matroska'],
		['avi', 'video/x-msvideo'],
	])('may be %s', async (format, mimeType) => {
		nemo.on(CDN, pieces([mediaFile(format)], 200, { 'content-type': 'video/mp4' }));
		expect(await look()).toMatchObject({ format, mimeType });
	});

	it.each([
		['forbidden', answer({}, 403)],
		['unreachable', lost()],
		['out of order', answer({}, 500)],
		['a page', page('text/html')],
		['a page that is called a film', page('video/mp4')],
		['a page without a type', page('')],
		['XML', answer('<Error/>', 200, { 'content-type': 'application/octet-stream' })],
		['JSON', answer({}, 200, { 'content-type': 'video/mp4' })],
		['a picture', called(mediaFile('png'))],
		['sound', called(mediaFile('mp3'))],
		['bytes of no format', called('\x01\x02\x03')],
		['empty', called('')],
		['broken before its first byte', () => pieces([lost()], 200, SIZED)],
	])('comes from the endpoint where its address is %s', async (_why, given) => {
		nemo.on(CDN, given).on(ENDPOINT, film());
		expect(await read()).toBe(WHOLE);
		nemo.on(CDN, given).on(ENDPOINT, film());
		expect(await look()).toMatchObject({ url: ENDPOINT_URL });
	});

	it('comes from the endpoint where its address gives one of another size', async () => {
		const render = { ...RENDER, sizeBytes: SIZE };
		for (const other of [[VIDEO, '!'], [VIDEO.subarray(0, -1)]]) {
			nemo.on(CDN, () => pieces(other)).on(ENDPOINT, film());
			expect(await read(render)).toBe(WHOLE);
		}
	});

	it.each([0, -1, 0.5, Number.MAX_VALUE])('of a size that is none (%s) is of any', async (size) => {
		nemo.on(CDN, film());
		expect(await read({ ...RENDER, sizeBytes: size })).toBe(WHOLE);
	});

	it('comes from the address that the endpoint names in JSON, whatever it calls that', async () => {
		for (const type of ['application/json', 'video/mp4', 'text/plain']) {
			const named = answer({ code: 0, data: { output: { url: 'https://other.test/v' } } }, 200, {
				'content-type': type,
			});
			nemo.on(CDN, answer({}, 403)).on(ENDPOINT, named);
			nemo.on('URL https://other.test/', film());
			expect(await read()).toBe(WHOLE);
			expect(await look()).toMatchObject({ url: 'https://other.test/v' });
		}
	});

	it('that is none at both places is a failure of the render', async () => {
		nemo.on(CDN, page('video/mp4')).on(ENDPOINT, page('video/mp4'));
		const error = await failureOf(read());
		expect(error).toMatchObject({ kind: 'render', stage: 'download', outcome: 'free' });
		expect(error.message).toMatch(/a web page/);
		expect(error.description).toMatch(/won't be made or charged again/);
	});

	it.each([403, 404, 410])('is gone where both say so (%i)', async (status) => {
		nemo.on(CDN, answer({}, status)).on(ENDPOINT, answer({}, status));
		expect(await look()).toBeInstanceOf(ExpiredDownload);
	});

	it('is not gone because its host is out of order', async () => {
		nemo.on(CDN, answer({}, 503)).on(ENDPOINT, answer({}, 404));
		expect(await failureOf(look())).toMatchObject({ kind: 'server', httpStatus: 503 });
	});

	it('is not gone because its host gives a page', async () => {
		nemo.on(CDN, page('text/html')).on(ENDPOINT, answer({}, 404));
		expect((await failureOf(look())).kind).toBe('render');
	});

	it('is asked for again where the endpoint fails for passing reasons', async () => {
		nemo.on(CDN, answer({}, 403));
		nemo.on(ENDPOINT, lost(), answer({}, 503), film());
		expect(await read()).toBe(WHOLE);
	});

	it.each<[string, Answer]>([
		['is out of order', answer({}, 503)],
		['is too slow', answer({}, 504)],
		['is asked too often', answer({}, 429, { 'retry-after': '3' })],
		['closes the connection', lost()],
		['closes the connection before the first byte', () => pieces([lost()], 200, SIZED)],
	])('is waited for where its host %s for a while', async (_how, given) => {
		nemo.on(CDN, given, given, given, film()).on(ENDPOINT, answer({}, 404));
		expect(await read()).toBe(WHOLE);
	});

	it('is waited for without holding back what goes to NemoVideo', async () => {
		const busy = answer({}, 429, { 'retry-after': '120' });
		nemo.on(CDN, busy, film());
		nemo.on(ENDPOINT, pieces([], 302, { location: 'https://cdn.test/v' }));
		const pause = jest.spyOn(nemo.client.limiter, 'pause');
		nemo.on('URL https://cdn.test/v', busy);
		expect(await read()).toBe(WHOLE);
		expect(pause).not.toHaveBeenCalled();
	});

	it('whose host asks to wait for a day is given up immediately, and said to be kept', async () => {
		nemo.on(CDN, answer({}, 503, { 'retry-after': '86400' })).on(ENDPOINT, answer({}, 404));
		const begun = nemo.clock.now();
		const error = await failureOf(read());
		expect(nemo.clock.now() - begun).toBeLessThan(60_000);
		expect(error.description).toMatch(/won't be made or charged again/);
	});

	it('that cannot be reached is said to be kept', async () => {
		nemo.on(CDN, lost()).on(ENDPOINT, lost());
		const error = await failureOf(read());
		expect(error).toMatchObject({ kind: 'network', stage: 'download', outcome: 'free' });
		expect(error.description).toMatch(/won't be made or charged again/);
	});

	it('behind a proxy that wants a login says so', async () => {
		nemo.on(CDN, answer('', 407)).on(ENDPOINT, answer({}, 404));
		const error = await failureOf(read());
		expect(error).toMatchObject({ kind: 'network', httpStatus: 407 });
		expect(error.message).toMatch(/user name and password.* cdn\.test/);
	});

	it('of more than two gigabytes is not begun where the render tells no size', async () => {
		nemo.on(CDN, film({ 'content-length': '2147483649' })).on(ENDPOINT, answer({}, 404));
		expect((await failureOf(read())).kind).toBe('fileSize');
	});

	const FRESH: ReadonlyArray<[string, () => ReturnType<typeof answer> | ByteStream]> = [
		['is missing', () => answer({}, 404)],
		['is forbidden', () => answer({}, 403)],
		['is refused otherwise', () => answer({}, 425)],
		['is empty', () => pieces([], 200, { 'content-length': '0' })],
		['is accepted, and empty', () => pieces([], 202, { 'content-length': '0' })],
		['is a page', () => answer('<p>Preparing your file', 200, { 'content-type': 'text/html' })],
		['is JSON', () => answer({ status: 'preparing' })],
	];
	describe.each<[string, Answer]>([
		['knows nothing of it', answer({}, 404)],
		['refuses for the plan', answer({ message: 'upgrade' }, 402)],
		['refuses the token', answer({ code: 1001 }, 401)],
		['has no file ready', answer({ error: 'file not ready' }, 400)],
		['is not ready', answer({ success: false, error: 'render not ready' })],
		['gives a page', page('text/html')],
		['asks for an hour', answer({}, 503, { 'retry-after': '3600' })],
		['asks for five minutes, being asked too often', answer({}, 429, { 'retry-after': '299' })],
	])('whose endpoint %s', (_what, refusal) => {
		it.each(FRESH)('is waited for right after the render where it %s', async (_how, early) => {
			const from = nemo.clock.now();
			nemo
				.on(CDN, () => (nemo.clock.now() - from < 150_000 ? early() : pieces([VIDEO], 200, SIZED)))
				.on(ENDPOINT, refusal);
			expect(await read(RENDER, true)).toBe(WHOLE);
			expect(nemo.requests.filter(({ path }) => path.endsWith('/download')).length).toBeLessThan(9);
		});
	});

	it('of which a part is there right after the render is waited for', async () => {
		for (const render of [RENDER, { ...RENDER, sizeBytes: SIZE }]) {
			nemo.on(ENDPOINT, answer({}, 404));
			const part = (): ByteStream =>
				pieces([VIDEO.subarray(0, -1)], 200, { 'content-length': String(SIZE - 1) });
			nemo.on(CDN, part, part, part, part, film());
			expect(await read(render, true)).toBe(WHOLE);
		}
	});

	it('is not waited for where it is old', async () => {
		const begun = nemo.clock.now();
		for (const [, early] of FRESH) {
			nemo.on(CDN, early, film()).on(ENDPOINT, answer({}, 404));
			const outcome = await read().catch((error: unknown) => error);
			expect(outcome).not.toBe(WHOLE);
		}
		expect(nemo.clock.now()).toBe(begun);
	});

	it('that does not come is a failure of its link, with what the endpoint answers', async () => {
		nemo.on(CDN, page('text/html')).on(ENDPOINT, answer({ message: 'upgrade' }, 402));
		const error = await failureOf(read(RENDER, true));
		expect(error).toMatchObject({ kind: 'render', stage: 'download' });
		expect(error.message).toMatch(/a web page/);
		expect(error.description).toMatch(/stored at NemoVideo.*failed as well: The NemoVideo plan/);
		nemo.on(CDN, answer({}, 404));
		expect(await read(RENDER, true)).toMatchObject({
			refusal: { httpStatus: 404, description: expect.stringMatching(/plan/) as string },
		});
	});

	it('that is gone is gone whatever the endpoint refuses, unless it may give it later', async () => {
		nemo.on(CDN, answer({}, 410));
		for (const refusal of [answer({}, 402), answer({}, 400), answer({ success: false })]) {
			nemo.on(ENDPOINT, refusal);
			expect(await look()).toBeInstanceOf(ExpiredDownload);
		}
		nemo.on(ENDPOINT, answer({}, 503));
		expect(await failureOf(look())).toMatchObject({ kind: 'server', httpStatus: 410 });
	});

	it('is asked for at the endpoint twice where that is asked too often, new or old', async () => {
		for (const isFresh of [true, false]) {
			nemo.on(CDN, answer({}, 403)).on(ENDPOINT, answer({}, 429, { 'retry-after': '1' }));
			nemo.requests.length = 0;
			const error = await failureOf(read(RENDER, isFresh));
			expect(error).toMatchObject({ kind: 'rateLimit', httpStatus: 403, retryable: true });
			expect(nemo.requests.filter(({ path }) => path.endsWith('/download'))).toHaveLength(2);
		}
	});

	it('whose taking in fails is not asked for elsewhere', async () => {
		nemo.on(CDN, film());
		const full = new NemoVideoError('fileSize', 'The store is full');
		const work = withVideo(nemo.client, RENDER, async () => await Promise.reject(full));
		expect(await failureOf(nemo.run(work))).toBe(full);
		expect(nemo.requests).toEqual([]);
	});
});

describe('a host that NemoVideo named', () => {
	it.each([
		['a page', page('text/html')],
		['a page that is called a film', page('video/mp4')],
		['a refusal', answer({ message: 'internal secret', code: 4001 }, 403)],
		['a failure', answer('internal secret', 500)],
	])('is never quoted: %s', async (_what, given) => {
		const render = { ...RENDER, url: 'http://169.254.169.254/latest' };
		nemo.on('URL http://169', given).on(ENDPOINT, answer({}, 404));
		const outcome = await nemo.run(
			withVideo(nemo.client, render, bytesOf).catch((error: unknown) => error),
		);
		const told =
			outcome instanceof NemoVideoError ? `${outcome.message} ${outcome.description}` : '';
		expect(told).not.toMatch(/secret|4001/);
	});

	it('is never quoted either where the endpoint sends on to it', async () => {
		nemo.on(ENDPOINT, pieces([], 302, { location: 'http://169.254.169.254/latest' }));
		nemo.on('URL http://169', answer('internal secret', 500));
		const error = await failureOf(read({ ...RENDER, url: undefined }));
		expect(`${error.message} ${error.description}`).not.toContain('secret');
		expect(error.message).toMatch(/status 500/);
	});

	it('is not the API: it waits for no pause that the API has asked for', async () => {
		nemo.on(CDN, film());
		nemo.client.limiter.pause(10_000);
		const begun = nemo.clock.now();
		await look();
		expect(nemo.clock.now()).toBe(begun);
	});

	it('is the API where it has its origin', async () => {
		nemo.on('URL https://api.test/', film());
		nemo.client.limiter.pause(10_000);
		const begun = nemo.clock.now();
		await look({ ...RENDER, url: 'https://api.test/files/r.mp4' });
		expect(nemo.clock.now() - begun).toBeGreaterThanOrEqual(10_000);
	});
});

describe('a download that breaks', () => {
	it('continues where it broke', async () => {
		nemo.on(CDN, broken(), rest(AT));
		expect(await read()).toBe(WHOLE);
		expect(nemo.urls[1]?.headers).toEqual({ range: `bytes=${AT}-`, 'if-range': '"one"' });
	});

	it('continues after several breaks', async () => {
		nemo.on(CDN, broken(), rest(AT, AT + 1), rest(AT + 1));
		expect(await read()).toBe(WHOLE);
	});

	it('continues at the endpoint where its host refuses now', async () => {
		nemo.on(CDN, broken(), answer({}, 403)).on(ENDPOINT, rest(AT));
		expect(await read()).toBe(WHOLE);
	});

	it('begins again where the server knows no ranges, and gives no byte twice', async () => {
		nemo.on(CDN, broken(), pieces([VIDEO.subarray(0, 7), VIDEO.subarray(7)], 200, SIZED));
		expect(await read()).toBe(WHOLE);
	});

	it.each([
		['another length', pieces([VIDEO, 'ab'], 200, { 'content-length': String(SIZE + 2) })],
		['another tag', pieces([VIDEO], 200, { ...SIZED, etag: '"two"' })],
		['another part', rest(AT + 1)],
	])('is never put together from two files: %s', async (_what, other) => {
		nemo.on(CDN, broken(), other).on(ENDPOINT, answer({}, 404));
		const error = await failureOf(read());
		expect(error).toMatchObject({ kind: 'network', retryable: true });
		expect(error.description).toMatch(/won't be made or charged again/);
	});

	it('that ends short of its length is no whole video', async () => {
		nemo.on(CDN, pieces([VIDEO.subarray(0, AT)], 200, SIZED), lost());
		nemo.on(ENDPOINT, answer({}, 404));
		expect((await failureOf(read())).message).toMatch(new RegExp(`after ${AT} of ${SIZE} bytes`));
	});

	it('is given up after breaks without a new byte', async () => {
		nemo.on(CDN, broken(), lost()).on(ENDPOINT, lost());
		await failureOf(read());
		expect(nemo.urls.length).toBeLessThan(20);
	});

	it('ends with Stop, as the failure that Stop is', async () => {
		nemo.on(CDN, pieces([VIDEO.subarray(0, AT)], 200, SIZED), () => (nemo.stop.abort(), lost()));
		expect((await failureOf(read())).kind).toBe('cancelled');
	});
});

describe('the endpoint of a video', () => {
	const NAMELESS: Render = { renderId: 'r', status: 'completed', statusWord: 'completed' };
	const redirect = (location: string): Answer => pieces([], 302, { location });

	it('is asked at once where the render names no address, for the file as it is', async () => {
		nemo.on(ENDPOINT, film());
		expect(await read(NAMELESS)).toBe(WHOLE);
		expect(nemo.urls).toEqual([]);
		expect(nemo.requests[0]).toMatchObject({
			accept: '*/*',
			mayRedirect: true,
			headers: { 'accept-encoding': 'identity' },
		});
	});

	it.each([
		['https://cdn.test/v.mp4', 'https://cdn.test/v.mp4'],
		['/files/v.mp4', 'https://api.test/files/v.mp4'],
		['other', 'https://api.test/api/render/proxy/r/other'],
		['/größe/影片.mp4', 'https://api.test/gr%C3%B6%C3%9Fe/%E5%BD%B1%E7%89%87.mp4'],
	])('may send on to %s', async (location, url) => {
		nemo.on(ENDPOINT, redirect(location)).on('URL https://', film());
		expect(await read(NAMELESS)).toBe(WHOLE);
		expect(nemo.urls.map((asked) => asked.url)).toEqual([url]);
		expect(await look(NAMELESS)).toMatchObject({ url });
	});

	it('that sends on to no address at all is a failure of NemoVideo, not of the node', async () => {
		nemo.on(ENDPOINT, redirect('http://[')).on('URL http', answer({}, 404));
		expect(await look(NAMELESS)).toBeInstanceOf(ExpiredDownload);
	});

	it('is asked for the rest where the connection breaks, wherever it sends on to', async () => {
		nemo.on(ENDPOINT, redirect('https://cdn.test/v.mp4'));
		nemo.on('URL https://', broken(), rest(AT));
		expect(await read(NAMELESS)).toBe(WHOLE);
		expect(nemo.urls[1]?.headers).toEqual({ range: `bytes=${AT}-`, 'if-range': '"one"' });
		expect(nemo.requests[1]?.headers).toMatchObject({ range: `bytes=${AT}-` });
	});

	it('alone says that a video is gone', async () => {
		nemo.on(ENDPOINT, answer({}, 410));
		expect(await look(NAMELESS)).toBeInstanceOf(ExpiredDownload);
	});

	it.each([
		['names no address', ok({ output: {} }), 'render', /names no video/],
		['sends a page', page('text/html'), 'render', /a web page/],
		['does not know where', pieces([], 304), 'protocol', /./],
		['refuses the token', answer({ code: 1001 }), 'auth', /token/],
	])('that %s is a failure', async (_how, given, kind, message) => {
		nemo.on(ENDPOINT, given);
		const error = await failureOf(look(NAMELESS));
		expect(error.kind).toBe(kind);
		expect(error.message).toMatch(message);
	});
});

describe('a video that is opened', () => {
	it('can be closed before it is read', async () => {
		let closed = false;
		nemo.on(CDN, { ...pieces([VIDEO], 200, SIZED), close: () => (closed = true) });
		await look();
		expect(closed).toBe(true);
	});

	it('is closed where it is none', async () => {
		let closed = false;
		nemo.on(CDN, { ...pieces(['<html>']), close: () => (closed = true) }).on(ENDPOINT, film());
		await look();
		expect(closed).toBe(true);
	});

	it('is given up where its first bytes do not come within a minute', async () => {
		let end: (reason: Error) => void = () => undefined;
		const silent = async function* (): AsyncGenerator<Uint8Array> {
			yield await new Promise<Uint8Array>((_resolve, reject) => (end = reject));
		};
		const close = (): void => end(new NemoVideoError('network', 'Closed'));
		nemo.on(CDN, { ...pieces([]), bytes: silent(), close }).on(ENDPOINT, film());
		expect(await read()).toBe(WHOLE);
	});

	it('and stopped meanwhile asks nowhere else', async () => {
		nemo.on(CDN, new NemoVideoError('cancelled', 'Stopped'));
		expect((await failureOf(look())).kind).toBe('cancelled');
		expect(nemo.requests).toEqual([]);
	});

	it('is not held back by a rate limit of the API, which is another host', async () => {
		nemo.on(CDN, film());
		nemo.client.limiter.pause(86_400_000);
		const begun = nemo.clock.now();
		expect(await read()).toBe(WHOLE);
		expect(nemo.clock.now()).toBe(begun);
	});

	it('of any format is recognized by what it is', async () => {
		for (const format of MEDIA_FORMATS) {
			nemo.on(CDN, pieces([mediaFile(format)])).on(ENDPOINT, answer({}, 404));
			const outcome = await look().catch((error: unknown) => error);
			const isVideo = ['mp4', 'mov', 'avi', 'webm', 'mkv'].includes(format);
			expect(outcome instanceof NemoVideoError).toBe(!isVideo);
		}
	});
});
