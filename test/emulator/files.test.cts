import { createHash, randomBytes } from 'node:crypto';
import { startEmulator, type Emulator } from '../../emulator/server.cts';
import { Client } from './support/client.cts';

let emulator: Emulator;
let client: Client;

beforeAll(async () => {
	emulator = await startEmulator();
});

beforeEach(() => {
	emulator.reset();
	client = new Client(emulator);
});

afterEach(async () => await client.close());

afterAll(async () => await emulator.close());

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

async function render(id: string, prompt = 'create a video of a lake'): Promise<string> {
	const session = await client.session();
	await client.say(session, prompt);
	await client.submit(session, id);
	await emulator.waitFor({ type: 'render.done', render: id });
	return (await client.call('GET', `/api/render/proxy/lambda/${id}`)).json.data.outputUrl;
}

async function bytesOf(url: string): Promise<Buffer> {
	return Buffer.from(await (await client.raw('GET', url)).body.arrayBuffer());
}

describe('an upload', () => {
	it('is counted and hashed, and served back as it came', async () => {
		const bytes = randomBytes(300_000);
		const session = await client.session();
		const answer = await client.upload(session, [
			{ name: '产品 photo.png', bytes },
			{ name: 'clip.mp4', bytes: bytes.subarray(10) },
		]);
		expect(answer.json.data.files).toMatchObject([
			{ filename: '产品 photo.png', file_type: 'image', hash: sha256(bytes) },
			{ filename: 'clip.mp4', file_type: 'video', fps: 30 },
		]);
		expect(emulator.ledger.uploads[0]).toMatchObject({ sizeBytes: 300_000, sha256: sha256(bytes) });
		expect((await bytesOf(answer.json.data.files[0].cdn_url)).equals(bytes)).toBe(true);
	});

	it('of many megabytes is hashed and kept as it came, beside others', async () => {
		const large = randomBytes(20_000_003);
		const session = await client.session();
		const answer = await client.upload(session, [
			{ name: 'small.png', bytes: large.subarray(0, 70_000) },
			{ name: 'large.mp4', bytes: large },
			{ name: 'other.mov', bytes: large.subarray(1, 1_500_000) },
		]);
		expect(emulator.ledger.uploads.map((upload) => upload.sha256)).toEqual([
			sha256(large.subarray(0, 70_000)),
			sha256(large),
			sha256(large.subarray(1, 1_500_000)),
		]);
		expect((await bytesOf(answer.json.data.files[1].cdn_url)).equals(large)).toBe(true);
	});

	it('tells a PNG its real size', async () => {
		const png = Buffer.alloc(64);
		png.writeUInt32BE(0x89504e47, 0);
		png.writeUInt32BE(640, 16);
		png.writeUInt32BE(480, 20);
		const answer = await client.upload(await client.session(), [{ name: 'a.png', bytes: png }]);
		expect(answer.json.data.files[0]).toMatchObject({ width: 640, height: 480 });
	});

	it('of an unknown type is refused with 4001', async () => {
		const session = await client.session();
		const answer = await client.upload(session, [{ name: 'notes.txt', bytes: Buffer.from('x') }]);
		expect(answer).toMatchObject({ status: 200, json: { code: 4001 } });
		expect((await client.state(session)).video_infos).toEqual([]);
	});

	it('that is too large is refused with 4002', async () => {
		emulator.options.maxUploadBytes = 1000;
		const session = await client.session();
		const fits = await client.upload(session, [{ name: 'a.png', bytes: Buffer.alloc(1000) }]);
		const larger = await client.upload(session, [{ name: 'b.png', bytes: Buffer.alloc(1001) }]);
		expect([fits.json.code, larger.json.code]).toEqual([0, 4002]);
	});

	it('that breaks off leaves nothing behind', async () => {
		emulator.options.uploadBytesPerSecond = 1000;
		const session = await client.session();
		const stop = new AbortController();
		const call = client.raw('POST', `/api/upload-video/nemo_agent/me/${session}`, {
			body: `--x\r\ncontent-disposition: form-data; name="files"; filename="a.png"\r\n\r\n${'y'.repeat(99_999)}`,
			headers: { 'content-type': 'multipart/form-data; boundary=x' },
			signal: stop.signal,
		});
		await emulator.waitFor({ type: 'request', endpoint: 'upload' });
		stop.abort();
		await expect(call).rejects.toThrow();
		await emulator.waitFor({ type: 'request.closed', endpoint: 'upload', ended: 'clientClosed' });
		expect(emulator.ledger.uploads).toEqual([]);
	});

	it('may be in the session some time after it has arrived', async () => {
		emulator.options.uploadSettleMs = 200;
		const session = await client.session();
		const call = client.upload(session, [{ name: 'a.png', bytes: Buffer.from('here') }]);
		await emulator.waitFor('upload');
		expect((await client.state(session)).video_infos).toEqual([]);
		await call;
		expect((await client.state(session)).video_infos).toHaveLength(1);
	});

	it('by URL fetches from this machine and invents the rest', async () => {
		const session = await client.session();
		const { json } = await client.upload(session, [{ name: 'a.png', bytes: Buffer.from('here') }]);
		const answer = await client.call('POST', `/api/upload-video/nemo_agent/me/${session}`, {
			urls: [json.data.files[0].cdn_url, 'https://example.com/far/away.mov'],
			source_type: 'url',
		});
		expect(answer.json.data.files).toMatchObject([
			{ filename: 'a.png', file_type: 'image', hash: sha256(Buffer.from('here')) },
			{ filename: 'away.mov', file_type: 'video' },
		]);
	});
});

describe('a rendered file', () => {
	it('differs for different prompts and keeps to the known hash', async () => {
		const lake = await bytesOf(await render('render_a'));
		const sea = await bytesOf(await render('render_b', 'create a video of a sea'));
		expect(sha256(lake)).not.toBe(sha256(sea));
		expect(await emulator.renders.sha256('render_a')).toBe(sha256(lake));
		expect(lake.subarray(4, 8).toString()).toBe('ftyp');
	});

	it('has the size that was asked for', async () => {
		emulator.options.cannedBytes = 3_000_001;
		expect((await bytesOf(await render('render_a'))).length).toBe(3_000_001);
	});

	it('comes in ranges, from the start when it is not the same file any more', async () => {
		const url = await render('render_a');
		const whole = await bytesOf(url);
		const head = await client.raw('HEAD', url);
		await head.body.dump();
		expect(head.headers['content-length']).toBe(String(whole.length));
		const etag = String(head.headers.etag);
		const part = async (headers: Record<string, string>): Promise<[number, Buffer]> => {
			const response = await client.raw('GET', url, { headers });
			return [response.statusCode, Buffer.from(await response.body.arrayBuffer())];
		};
		expect(await part({ range: 'bytes=100-199' })).toEqual([206, whole.subarray(100, 200)]);
		expect(await part({ range: 'bytes=-10' })).toEqual([206, whole.subarray(-10)]);
		expect(await part({ range: 'bytes=5000-', 'if-range': etag })).toEqual([
			206,
			whole.subarray(5000),
		]);
		expect(await part({ range: 'bytes=5000-', 'if-range': '"other"' })).toEqual([200, whole]);
		expect((await part({ range: `bytes=${whole.length}-` }))[0]).toBe(416);
	});

	it('is on another origin when asked to, which needs no token', async () => {
		emulator.options.cdn = 'other';
		const url = await render('render_a');
		expect(url.startsWith(emulator.cdnUrl)).toBe(true);
		client.token = '';
		expect((await bytesOf(url)).length).toBeGreaterThan(1000);
		expect(emulator.requests.all({ origin: 'cdn' }).map((entry) => entry.token)).toEqual([
			undefined,
		]);
	});

	it('is had through the download endpoint when its URL is forbidden', async () => {
		emulator.options.cdnForbidden = true;
		const url = await render('render_a');
		const forbidden = await client.raw('GET', url);
		await forbidden.body.dump();
		const download = await bytesOf('/api/render/proxy/render_a/download');
		expect(forbidden.statusCode).toBe(403);
		expect(await emulator.renders.sha256('render_a')).toBe(sha256(download));
	});

	it('comes no faster than allowed', async () => {
		emulator.options.cannedBytes = 600_000;
		emulator.options.downloadBytesPerSecond = 4_000_000;
		const url = await render('render_a');
		const startedAt = performance.now();
		await bytesOf(url);
		expect(performance.now() - startedAt).toBeGreaterThan(130);
	});

	it('may break off in the middle', async () => {
		emulator.options.cannedBytes = 1_000_000;
		const url = await render('render_a');
		emulator.faults.add({ kind: 'truncate', endpoint: 'file', bytes: 400_000 });
		await expect(bytesOf(url)).rejects.toThrow();
		expect((await bytesOf(url)).length).toBe(1_000_000);
	});
});

it('a download may fall silent in the middle', async () => {
	emulator.options.cannedBytes = 1_000_000;
	const url = await render('render_a');
	emulator.faults.add({ kind: 'truncate', endpoint: 'file', bytes: 300_000, hang: true });
	const { body } = await client.raw('GET', url);
	body.on('error', () => undefined);
	let received = 0;
	for await (const chunk of body) {
		received += chunk.length;
		if (received >= 300_000) break;
	}
	expect(received).toBe(300_000);
	const closed = await emulator.waitFor({ type: 'request.closed', endpoint: 'file' });
	expect(closed.ended).toBe('fault:truncate');
	const [entry] = emulator.requests.all({ endpoint: 'file' });
	expect(entry?.bytesOut).toBeGreaterThan(300_000);
	expect(entry?.bytesOut).toBeLessThan(301_000);
});

describe('a render', () => {
	it.each([
		['failed', 'failed'],
		['noUrl', 'completed'],
	] as const)('ends as "%s" on demand, without a URL', async (outcome, status) => {
		emulator.options.renderOutcomes = [outcome];
		await render('render_a');
		const { json } = await client.call('GET', '/api/render/proxy/lambda/render_a');
		expect(json.data.status).toBe(status);
		expect(json.data).not.toHaveProperty('outputUrl');
	});

	it('may lose its file', async () => {
		const url = await render('render_a');
		emulator.renders.expire('render_a');
		const lost = await client.raw('GET', url);
		await lost.body.dump();
		expect(lost.statusCode).toBe(404);
		expect((await client.call('GET', '/api/render/proxy/render_a/download')).status).toBe(404);
	});

	it('can be cancelled', async () => {
		emulator.options.renderMs = 60_000;
		const session = await client.session();
		await client.say(session, 'create a video of a lake');
		await client.submit(session, 'render_a');
		const answer = await client.call('POST', '/api/render/proxy/lambda/render_a/cancel');
		expect(answer.json.data.status).toBe('cancelled');
		expect(emulator.ledger.renders).toMatchObject([{ status: 'cancelled' }]);
	});

	it('of an unknown id is not found', async () => {
		expect((await client.call('GET', '/api/render/proxy/lambda/render_x')).status).toBe(404);
	});
});
