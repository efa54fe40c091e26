import type { IncomingMessage, ServerResponse } from 'node:http';
import { mediaFile } from '../mediaFile.cts';
import { film, mp4 } from './support/drafts.cts';
import { Host } from './support/host.cts';
import {
	createVideo,
	exporting,
	failure,
	inSession,
	NODE,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';

const { world, engine } = withWorld();
const situation = situations('B2', 'B3', 'B15', 'D12', 'D13');
const HTML = '<!DOCTYPE html><html><body>Sign in to the internal secret</body></html>';
const JSON_TEXT = '{"error":"internal secret"}';

/** What the host of the videos does. */
let serve: (request: IncomingMessage, response: ServerResponse) => void;
let cdn: Host;
beforeEach(async () => {
	cdn = new Host(async (request, response) => await Promise.resolve(serve(request, response)));
	await cdn.open();
	world().filmUrl = `${cdn.url}/film.mp4`;
});
afterEach(async () => await cdn.shut());

/** Lets a host answer with a file, under some label. */
const gives =
	(bytes: Buffer | string, type?: string, status = 200): typeof serve =>
	(_request, response) => {
		response.writeHead(status, type === undefined ? {} : { 'content-type': type });
		response.end(bytes);
	};
const ENDPOINT = /\/api\/render\/proxy\/[^/]+\/download$/;

const exported = async (parameters: object = {}) =>
	await engine().runNode(inSession(world().session(film())), exporting(parameters as never));
/** The stored file of a run's one item. */
async function storedFile(run: Awaited<ReturnType<typeof exported>>): Promise<Buffer> {
	const file = run.items(NODE)[0]?.binary?.data;
	if (file === undefined) throw new Error('No video was stored');
	return await engine().readBinary(file);
}

const PAGES: ReadonlyArray<[what: string, bytes: Buffer | string, type?: string]> = [
	['a page', HTML, 'text/html'],
	['a page called a video', HTML, 'video/mp4'],
	['a page of unknown type', HTML, 'application/octet-stream'],
	['a page without a type', HTML],
	['JSON called a video', JSON_TEXT, 'video/mp4'],
	['a picture called a video', mediaFile('png', 'picture'), 'video/mp4'],
	['a film that is cut short', mp4().subarray(0, 500), 'video/mp4'],
];
for (const [what, bytes, type] of PAGES) {
	situation(`[B2] stores the video of the endpoint where its host gives ${what}`, async () => {
		serve = gives(bytes, type);
		const run = await exported();
		expect(success(run)).toMatchObject({ status: 'completed', attempts: 1 });
		expect(String(success(run).url)).toMatch(ENDPOINT);
		expect((await storedFile(run)).equals(mp4())).toBe(true);
		expect(world().spent().renders).toBe(1);
	});

	situation(`[B2] fails as a render where host and endpoint give ${what}`, async () => {
		serve = gives(bytes, type);
		world().every('download', (exchange) =>
			gives(bytes, type)(exchange.request, exchange.response),
		);
		const told = failure(await exported());
		expect(told).toMatchObject({ kind: 'render', retryable: false, safeToRepeat: true });
		expect(told.renderId).toBeDefined();
		expect(JSON.stringify(told)).not.toContain('secret');
	});
}

situation('[B2] makes a whole video whose host gives a page called a video', async () => {
	serve = gives(HTML, 'video/mp4');
	const run = await engine().runNode([{}], createVideo());
	expect(success(run)).toMatchObject({ creditsUsed: 100 });
	expect((await storedFile(run)).equals(mp4())).toBe(true);
	expect(world().spent()).toMatchObject({ prompts: 1, renders: 1 });
});

for (const status of [403, 404, 410]) {
	for (const download of [true, false]) {
		const how = download ? 'downloaded' : 'not downloaded';
		situation(
			`[B3] names the address that answers, ${how}, where the host says ${status}`,
			async () => {
				serve = gives('', 'text/plain', status);
				const result = success(await exported({ download }));
				expect(String(result.url)).toMatch(ENDPOINT);
				expect(result).not.toHaveProperty('urlExpired');
				expect(world().spent().renders).toBe(1);
			},
		);
	}
}

for (const status of [402, 404]) {
	situation(`[B3] renders again where a link is gone and the endpoint says ${status}`, async () => {
		serve = gives('', 'text/plain', 410);
		world().every('download', (exchange) => exchange.answer(status, { detail: 'No' }));
		const told = failure(await exported());
		expect(told.message).toMatch(/no longer be downloaded/);
		expect(world().spent().renders).toBe(2);
		const [renderId] = world().renders.keys();
		const looked = await engine().runNode(
			inSession(world().session(film())),
			exporting({ operation: 'getStatus', renderId } as never),
		);
		expect(success(looked)).toMatchObject({ url: '', urlExpired: true });
	});
}

situation('[B3] says that the link has expired where no address answers', async () => {
	serve = gives('', 'text/plain', 403);
	world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
	const session = world().session(film());
	const submitted = await engine().runNode(
		inSession(session),
		exporting({ operation: 'submit' } as never),
	);
	const { renderId } = success(submitted);
	const status = await engine().runNode(
		inSession(session),
		exporting({ operation: 'getStatus', renderId, download: false } as never),
	);
	expect(success(status)).toMatchObject({ status: 'completed', url: '', urlExpired: true });
});

/** Sends on to a path that is written in raw UTF-8, as many servers do. */
const sendsOn =
	(path: string): typeof serve =>
	(request, response) => {
		if (request.url === '/film.mp4') {
			const location = Buffer.from(`${cdn.url}/${path}`).toString('latin1');
			response.socket?.end(
				`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`,
				'latin1',
			);
			return;
		}
		const isThere = decodeURIComponent(request.url ?? '') === `/${path}`;
		gives(isThere ? mp4() : 'Not found', undefined, isThere ? 200 : 404)(request, response);
	};
for (const path of ['größe/сон.mp4', '产品视频.mp4', 'été à Paris.mp4']) {
	for (const download of [true, false]) {
		const how = download ? 'download' : 'look at';
		situation(`[B15] follows a redirect to /${path} to ${how} the video`, async () => {
			serve = sendsOn(path);
			const run = await exported({ download });
			expect(success(run)).toMatchObject({ attempts: 1, url: world().filmUrl });
			if (download) expect((await storedFile(run)).equals(mp4())).toBe(true);
			expect(world().spent().renders).toBe(1);
			expect(world().count('download')).toBe(0);
		});
	}
}

const MEGABYTE = 1_048_576;
/** Gives a film that never ends, without saying how long it is. */
function endless(counted: { bytes: number }): typeof serve {
	const chunk = Buffer.alloc(64 * 1024);
	return (_request, response) => {
		response.writeHead(200, { 'content-type': 'video/mp4' });
		response.write(mp4());
		const more = (): void => {
			while (!response.destroyed && response.write(chunk)) counted.bytes += chunk.length;
		};
		response.on('drain', more);
		more();
	};
}
/** A finished render that tells the size of its video. */
const tells = (size?: number): void =>
	world().every('poll', (exchange) => {
		const { renders, filmUrl } = world();
		if (renders.size === 0) return exchange.answer(404, { detail: 'Not Found' });
		const output = { url: filmUrl, duration: 10, ...(size === undefined ? {} : { size }) };
		exchange.answer(200, { status: 'completed', progress: 100, output });
	});

situation('[D12] takes no more of a video than the render told', async () => {
	const counted = { bytes: 0 };
	serve = endless(counted);
	tells(mp4().length);
	const run = await exported();
	expect(String(success(run).url)).toMatch(ENDPOINT);
	expect((await storedFile(run)).equals(mp4())).toBe(true);
	expect(counted.bytes).toBeLessThan(16 * MEGABYTE);
});

situation('[D12] fails where both addresses give more than the render told', async () => {
	const counted = { bytes: 0 };
	serve = endless(counted);
	world().every('download', ({ request, response }) => endless(counted)(request, response));
	tells(1_000);
	const told = failure(await exported());
	expect(told).toMatchObject({ kind: 'render', safeToRepeat: true });
	expect(told.message).toContain('more than 1000 bytes');
	expect(counted.bytes).toBeLessThan(16 * MEGABYTE);
});

situation('[D12] says the limit where no size was told and the host announces more', async () => {
	const length = String(3 * 1024 * MEGABYTE);
	const announces: typeof serve = (_request, response) => {
		response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': length });
		response.write(mp4());
	};
	serve = announces;
	world().every('download', ({ request, response }) => announces(request, response));
	tells();
	const told = failure(await exported());
	expect(told).toMatchObject({ kind: 'fileSize', safeToRepeat: true });
	expect(told.message).toContain('2 GB');
	expect(told.description).toContain("Switch 'Download' off");
});

/** Lets the host fail so often before it gives the film. */
const after =
	(times: number, fails: typeof serve): typeof serve =>
	(request, response) =>
		times-- > 0 ? fails(request, response) : gives(mp4(), 'video/mp4')(request, response);
const PASSING: ReadonlyArray<[what: string, fails: typeof serve]> = [
	['answers 503', gives('<html>Maintenance', 'text/html', 503)],
	['answers 504', gives('', undefined, 504)],
	[
		'answers 429',
		(_request, response) => void response.writeHead(429, { 'retry-after': '2' }).end(),
	],
	['closes the connection', (_request, response) => void response.socket?.destroy()],
	[
		'closes the connection before the first byte',
		(_request, response) => {
			response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': mp4().length });
			response.flushHeaders();
			setImmediate(() => response.socket?.destroy());
		},
	],
	['does not have it yet', gives('<Error/>', 'application/xml', 404)],
	['does not give it out yet', gives('<Error/>', 'application/xml', 403)],
	['gives an empty file', gives('', 'video/mp4')],
	['gives a part of it', gives(mp4().subarray(0, 1_000), 'video/mp4')],
	['gives a page', gives('<html>Preparing your file', 'text/html')],
];
for (const [what, fails] of PASSING) {
	situation(`[B2] pays once for a film whose host ${what} three times`, async () => {
		serve = after(3, fails);
		world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
		const run = await engine().runNode([{}], createVideo());
		expect(success(run)).toMatchObject({ url: world().filmUrl });
		expect((await storedFile(run)).equals(mp4())).toBe(true);
		expect(world().spent()).toMatchObject({ prompts: 1, renders: 1 });
	});
}

for (const [what, status, body] of [
	['for the plan', 402, { code: 402, message: 'Payment required' }],
	['for the token', 401, { code: 1001, message: 'token' }],
	['for a file that is not ready', 400, { message: 'file not ready' }],
	['in words', 200, { success: false, error: 'render not ready' }],
] as const) {
	situation(`[B2] waits for a film whose endpoint refuses ${what}`, async () => {
		serve = after(6, gives('<Error/>', 'application/xml', 404));
		world().every('download', (exchange) => exchange.answer(status, body));
		const run = await engine().runNode([{}], createVideo());
		expect(success(run)).toMatchObject({ url: world().filmUrl });
		expect(world().spent()).toMatchObject({ prompts: 1, renders: 1 });
	});
}

/** Breaks off once, then goes on with a part that begins where the server likes. */
const resumes = (from: number | undefined): typeof serve => {
	const size = mp4().length;
	return (request, response) => {
		const asked = request.headers.range !== undefined;
		if (asked && from !== undefined) {
			response.writeHead(206, { 'content-range': `bytes ${from}-${size - 1}/${size}` });
			return void response.end(mp4().subarray(from));
		}
		response.writeHead(asked ? 416 : 200, { 'content-length': asked ? 0 : size });
		if (asked || once()) return void response.end(asked ? undefined : mp4());
		response.write(mp4().subarray(0, 1_000));
		setTimeout(() => response.destroy(), 20);
	};
};
let isBroken = false;
beforeEach(() => (isBroken = false));
/** Whether the connection has broken already; the first one does. */
const once = (): boolean => {
	const before = isBroken;
	isBroken = true;
	return before;
};
for (const [what, from] of [
	['a part that overlaps', 512],
	['a part that comes later', 1_100],
	['no part at all', undefined],
] as const) {
	situation(`[B2] stores a paid film whose host resumes it with ${what}`, async () => {
		serve = resumes(from);
		world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
		const run = await engine().runNode([{}], createVideo());
		expect(success(run)).toMatchObject({ url: world().filmUrl });
		expect((await storedFile(run)).equals(mp4())).toBe(true);
	});
}

for (const [status, words] of [
	[407, /user name and password/],
	[503, /server that stores the video isn't available right now \(status 503\)/],
	[302, /server that stores the video didn't say where it is \(status 302\)/],
] as const) {
	situation(`[B2] tells a paid film's ${status} in words that are true of it`, async () => {
		serve = gives('', 'text/plain', status);
		world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
		const told = failure(await engine().runNode([{}], createVideo()));
		expect(told).toMatchObject({ safeToRepeat: false, retryable: false });
		expect(told.message).toMatch(words);
		expect(told.description).not.toMatch(/nothing was sent/i);
		expect(told.description).toMatch(
			/stored at NemoVideo.*Run the Export node with this session's ID/,
		);
	});
}

situation('[B2] says that a paid film is kept where its host stays out of reach', async () => {
	serve = (_request, response) => void response.socket?.destroy();
	world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
	const told = failure(await engine().runNode([{}], createVideo()));
	expect(told).toMatchObject({ kind: 'network' });
	expect(told.renderId).toBeDefined();
	expect(told.description).toMatch(/won't be made or charged again/);
	expect(world().spent()).toMatchObject({ prompts: 1, renders: 1 });
});

situation("[B2] takes a firewall's page before the film for what it is", async () => {
	serve = gives('<html>Blocked by company policy', 'text/html', 403);
	world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
	const told = failure(await exported());
	expect(told).toMatchObject({ kind: 'network', httpStatus: 403 });
	expect(told.description).toMatch(/firewall/);
	expect(JSON.stringify(told)).not.toMatch(/company policy|no longer/);
	expect(world().spent().renders).toBe(1);
});

/** A film that ends before its end, as a clean answer that says so of nothing. */
const cutFilm = (...headers: ReadonlyArray<[string, string]>): typeof serve => {
	const status = headers.some(([name]) => name === 'content-range') ? 206 : 200;
	return (_request, response) => {
		response.writeHead(status, Object.fromEntries(headers));
		response.write(mp4().subarray(0, 1_000));
		response.end();
	};
};
for (const [what, cut] of [
	['without a length', cutFilm()],
	[
		'as a part that nobody asked for',
		cutFilm(['content-range', `bytes 0-999/${mp4().length}`], ['content-length', '1000']),
	],
	['with the length of what is there', cutFilm(['content-length', '1000'])],
] as const) {
	situation(`[B3] stores no film that its host cuts off ${what}`, async () => {
		serve = cut;
		tells();
		world().every('download', (exchange) => exchange.answer(404, { detail: 'Not Found' }));
		const told = failure(await exported());
		expect(['render', 'network']).toContain(told.kind);
		expect(told.description).toMatch(/won't be made or charged again/);
	});

	situation(`[B3] stores the endpoint's film where the host cuts it off ${what}`, async () => {
		serve = cut;
		tells();
		const run = await exported();
		expect((await storedFile(run)).equals(mp4())).toBe(true);
	});
}

/** An internal service that a redirect leads to. */
const INTERNAL: ReadonlyArray<[what: string, answer: typeof serve]> = [
	['a page', gives(HTML, 'text/html')],
	['a page called a video', gives(HTML, 'video/mp4')],
	['JSON', gives(JSON_TEXT, 'application/json')],
	['plain words', gives('internal secret', 'text/plain', 500)],
	[
		'a refusal in JSON',
		gives('{"code":4001,"message":"internal secret"}', 'application/json', 403),
	],
];
for (const [what, answer] of INTERNAL) {
	for (const where of ['the host', 'the endpoint'] as const) {
		situation(`[D13] never quotes ${what} of a service that ${where} sends on to`, async () => {
			const internal = new Host(
				async (request, response) => await Promise.resolve(answer(request, response)),
			);
			await internal.open();
			const redirect: typeof serve = (_request, response) =>
				void response.writeHead(302, { location: `${internal.url}/latest` }).end();
			const refuses = gives('', 'text/plain', 404);
			serve = where === 'the host' ? redirect : refuses;
			world().every('download', ({ request, response }) =>
				(where === 'the host' ? refuses : redirect)(request, response),
			);
			const told = failure(await exported());
			await internal.shut();
			expect(JSON.stringify(told)).not.toMatch(/secret|4001/);
			expect(internal.asked.length).toBeGreaterThan(0);
			expect(internal.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
		});
	}
}
