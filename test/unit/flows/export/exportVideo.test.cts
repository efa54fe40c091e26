import type { ExportCheckpoint, ExportResult } from '../../../../src/flows/export/exportCheckpoint';
import {
	cancelExport,
	exportStatus,
	type ExportSettings,
	type SaveVideo,
	VideoExport,
} from '../../../../src/flows/export/exportVideo';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import {
	answer,
	failureOf,
	lost,
	ok,
	pieces,
	Scripted,
	state,
	VIDEO,
	type Answer,
} from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import { draft, Renders, UNKNOWN } from './renders.cts';

const LOOK = 'GET /api/render/proxy/lambda/';
const CANCEL = 'POST /api/render/proxy/lambda/*/cancel';
const STATE = 'GET /api/state/';
const SETTINGS: ExportSettings = {
	sessionId: '7',
	output: { format: 'mp4', quality: 'high' },
	renderAgain: false,
	poll: { intervalMs: 30_000, timeoutMs: 300_000 },
	onTimeout: 'error',
};
let nemo: Scripted;
let checkpoint: Checkpoint<ExportCheckpoint>;
let renders: Renders;
let stored: string[];
const sink: SaveVideo = async (download) => {
	let bytes = 0;
	for await (const chunk of download.bytes) bytes += chunk.byteLength;
	stored.push(`${bytes}`);
	return { sizeBytes: bytes };
};
/** Notes each piece that is read. */
async function* counted(
	bytes: AsyncIterable<Uint8Array>,
	read: number[],
): AsyncGenerator<Uint8Array> {
	for await (const chunk of bytes) {
		read.push(chunk.byteLength);
		yield chunk;
	}
}
const begin = (...endings: string[]): void => {
	nemo = new Scripted();
	checkpoint = newCheckpoint();
	stored = [];
	renders = new Renders(nemo, endings);
};
const run = async (
	settings: Partial<ExportSettings> = {},
	into: SaveVideo | null = sink,
): Promise<ExportResult> =>
	await nemo.run(
		new VideoExport(nemo.client, { ...SETTINGS, ...settings }, checkpoint, new Heard()).run(
			into ?? undefined,
		),
	);

describe('an export', () => {
	it('renders, waits, downloads', async () => {
		begin();
		expect(await run()).toMatchObject({
			sessionId: '7',
			renderId: renders.ids[0],
			status: 'completed',
			progress: 100,
			url: `https://cdn.test/${renders.ids[0]}.mp4`,
			sizeBytes: VIDEO.length,
			attempts: 1,
		});
		expect(stored).toEqual([String(VIDEO.length)]);
	});

	it('of an empty timeline fails before anything is submitted', async () => {
		begin();
		nemo.on(STATE, state(null));
		const error = await failureOf(run());
		expect(error).toMatchObject({ kind: 'input', outcome: 'refused', handles: { sessionId: '7' } });
		expect(renders.ids).toEqual([]);
	});

	it('of the same timeline attaches to the render that is there', async () => {
		begin();
		await run();
		checkpoint = newCheckpoint();
		await run();
		expect(renders.ids).toHaveLength(1);
	});

	it('tries a failed render once more, and no third time', async () => {
		begin('failed', 'completed');
		expect(await run()).toMatchObject({ attempts: 2, status: 'completed' });
		begin('failed', 'failed', 'completed');
		expect((await failureOf(run())).kind).toBe('render');
		expect(new Set(renders.ids).size).toBe(2);
	});

	it('begun by someone else and failed counts as the first attempt', async () => {
		begin('failed', 'completed');
		await nemo.run(new VideoExport(nemo.client, SETTINGS, newCheckpoint(), new Heard()).submit());
		await nemo.clock.advance(1_000);
		expect(await run()).toMatchObject({ attempts: 2, status: 'completed' });
		expect(renders.ids).toHaveLength(2);
	});

	it('whose video is gone is rendered once more', async () => {
		begin();
		const gone = answer({}, 404);
		nemo.on('GET /api/render/proxy/*/download', gone);
		nemo.on('URL https://cdn.test/', (_request) =>
			renders.ids.length === 1 ? gone : pieces([VIDEO]),
		);
		expect(await run()).toMatchObject({ attempts: 2, sizeBytes: VIDEO.length });
		nemo.on('URL https://cdn.test/', gone);
		begin();
		nemo.on('GET /api/render/proxy/*/download', gone).on('URL https://cdn.test/', gone);
		const error = await failureOf(run());
		expect(error).toMatchObject({ kind: 'server', retryable: true });
		expect(error.message).toMatch(/is finished, but its link doesn't work yet/);
		expect(error.description).toMatch(/stored at NemoVideo.*Run this node again later\.$/);
		expect(renders.ids).toHaveLength(2);
	});

	it('whose link says for good that it is gone is rendered once more immediately', async () => {
		for (const refusal of [answer({}, 404), answer({ message: 'upgrade' }, 402)]) {
			begin();
			nemo.on('GET /api/render/proxy/*/download', refusal);
			nemo.on('URL https://cdn.test/', answer({}, 410));
			expect((await failureOf(run())).message).toMatch(/no longer be downloaded/);
			expect(nemo.urls).toHaveLength(2);
			expect(renders.ids).toHaveLength(2);
		}
	});

	it.each(['', '3600'])('tells in which node the video is had, and when (%s)', async (after) => {
		const when = after === '' ? 'later' : 'in about 60 min';
		for (const [isPart, node] of [
			[undefined, 'this node again'],
			[true, "the Export node with this session's ID"],
		] as const) {
			begin();
			const headers: Record<string, string> = after === '' ? {} : { 'retry-after': after };
			nemo.on('URL https://cdn.test/', answer('', 503, headers));
			nemo.on('GET /api/render/proxy/*/download', answer({}, 404));
			const error = await failureOf(run({ isPart }));
			expect(error.message).toBe(
				"The server that stores the video isn't available right now (status 503)",
			);
			expect(error.description).toMatch(
				new RegExp(`stored at NemoVideo.* Run ${node} ${when}\\.$`),
			);
		}
	});

	it('whose link does not work yet when it is finished waits for it', async () => {
		for (const status of [403, 404]) {
			begin();
			const early = answer('<Error/>', status, { 'content-type': 'application/xml' });
			nemo.on('GET /api/render/proxy/*/download', answer({}, 404));
			nemo.on('URL https://cdn.test/', early, early, pieces([VIDEO]));
			expect(await run()).toMatchObject({ attempts: 1, sizeBytes: VIDEO.length });
			expect(renders.ids).toHaveLength(1);
		}
	});

	it('whose link is blocked by a firewall says so, and renders nothing again', async () => {
		begin();
		nemo.on('GET /api/render/proxy/*/download', answer({}, 404));
		nemo.on('URL https://cdn.test/', answer('<html>', 403, { 'content-type': 'text/html' }));
		const error = await failureOf(run());
		expect(error).toMatchObject({ kind: 'network', httpStatus: 403, stage: 'download' });
		expect(error.message).toContain('cdn.test');
		expect(error.description).toMatch(/firewall.*won't be made or charged again/);
		expect(renders.ids).toHaveLength(1);
	});

	it('that is finished without a link says that, and not that a link expired', async () => {
		begin();
		nemo.on('GET /api/render/proxy/*/download', answer({}, 404));
		nemo.on('GET /api/render/proxy/lambda/', UNKNOWN, ok({ status: 'completed' }));
		const error = await failureOf(run());
		expect(error).toMatchObject({ kind: 'render' });
		expect(`${error.message} ${error.description}`).toMatch(/has no link/);
		expect(`${error.message} ${error.description}`).not.toMatch(/no longer/);
	});

	it('without a download looks whether the link answers, and reads no more than its beginning', async () => {
		begin();
		const read: number[] = [];
		nemo.on('URL https://cdn.test/', () => {
			const film = pieces([VIDEO, ...Array.from({ length: 9 }, () => Buffer.alloc(4_096))]);
			return { ...film, bytes: counted(film.bytes, read) };
		});
		expect(await run({}, null)).toMatchObject({
			url: `https://cdn.test/${renders.ids[0]}.mp4`,
		});
		expect(nemo.urls).toHaveLength(1);
		expect(read.length).toBeLessThanOrEqual(2);
	});

	it.each([
		['for lack of rights', answer({}, 403)],
		['with a page', answer('<html>Log in</html>', 200, { 'content-type': 'video/mp4' })],
		['not at all', lost()],
	])('names the endpoint where the link of the render answers %s', async (_how, given) => {
		for (const into of [sink, null]) {
			begin();
			nemo.on('URL https://cdn.test/', given);
			nemo.on('GET /api/render/proxy/*/download', () => pieces([VIDEO]));
			const { url, renderId } = await run({}, into);
			expect(url).toBe(`https://api.test/api/render/proxy/${renderId}/download`);
			expect(stored).toEqual(into ? [String(VIDEO.length)] : []);
		}
	});

	it('stores what the endpoint gives where the link gives a video of another size', async () => {
		begin();
		renders.details = { size: VIDEO.length + 1 };
		const longer = Buffer.concat([VIDEO, Buffer.from('!')]);
		nemo.on('GET /api/render/proxy/*/download', () => pieces([longer]));
		expect(await run()).toMatchObject({
			url: expect.stringContaining('/download') as string,
			sizeBytes: longer.length,
		});
		expect(stored).toEqual([String(longer.length)]);
	});

	it('fails as a render where neither gives the video', async () => {
		begin();
		renders.details = { size: 1_000 };
		nemo.on('GET /api/render/proxy/*/download', () => pieces(['<html>']));
		expect(await failureOf(run())).toMatchObject({
			kind: 'render',
			retryable: false,
			handles: { sessionId: '7', renderId: renders.ids[0] },
		});
		expect(renders.ids).toHaveLength(1);
	});

	it('keeps session and render in hand where it fails', async () => {
		begin();
		nemo.on('URL https://cdn.test/', answer({}, 503));
		nemo.on('GET /api/render/proxy/*/download', lost());
		const error = await failureOf(run());
		expect(error).toMatchObject({
			stage: 'download',
			handles: { sessionId: '7', renderId: renders.ids[0] },
		});
	});
});

describe('an export that is tried again', () => {
	/** A first try that ends while the render is under way. */
	const interrupted = async (settings: Partial<ExportSettings> = {}): Promise<void> => {
		begin('processing');
		expect((await failureOf(run(settings))).kind).toBe('timeout');
	};
	const finish = (id = renders.ids[0]): void => {
		nemo.on(`${LOOK}${id}`, ok({ status: 'completed', outputUrl: `https://cdn.test/${id}.mp4` }));
	};

	it.each([false, true])(
		'continues with its own render (Render Again: %s)',
		async (renderAgain) => {
			await interrupted({ renderAgain });
			finish();
			expect(await run({ renderAgain })).toMatchObject({ renderId: renders.ids[0] });
			expect(renders.ids).toHaveLength(1);
		},
	);

	it('makes another render where the timeline has changed', async () => {
		await interrupted();
		nemo.on(STATE, state(draft('another film')));
		expect(await run()).toMatchObject({ renderId: renders.ids[1], attempts: 1 });
	});

	it('after it failed for good begins again where the timeline has changed', async () => {
		begin('failed', 'failed', 'completed');
		await failureOf(run());
		nemo.on(STATE, state(draft('another film')));
		expect(await run()).toMatchObject({ status: 'completed', attempts: 1 });
	});

	it('after it failed for good renders again where that is asked for', async () => {
		begin('failed', 'failed', 'completed');
		await failureOf(run({ renderAgain: true }));
		expect(await run({ renderAgain: true })).toMatchObject({ attempts: 1 });
		expect(new Set(renders.ids).size).toBe(3);
	});

	it('when it is done gives what it gave, and fetches its file again', async () => {
		begin();
		const first = await run();
		expect(await run({}, null)).toEqual(first);
		nemo.on(STATE, state(draft('another film')));
		expect(await run()).toMatchObject({ renderId: first.renderId });
		expect(stored).toEqual([String(VIDEO.length), String(VIDEO.length)]);
		expect(renders.ids).toHaveLength(1);
	});
});

describe('Stop', () => {
	it('cancels the render that is waited for, once', async () => {
		begin('processing');
		const work = failureOf(
			new VideoExport(nemo.client, SETTINGS, checkpoint, new Heard()).run(sink),
		);
		await nemo.clock.advance(1_000);
		nemo.stop.abort();
		expect((await work).kind).toBe('cancelled');
		expect(nemo.log.filter((entry) => entry.endsWith('/cancel'))).toHaveLength(1);
	});

	it('during the download cancels nothing', async () => {
		begin();
		const work = failureOf(
			new VideoExport(nemo.client, SETTINGS, checkpoint, new Heard()).run(async () => {
				nemo.stop.abort();
				await nemo.clock.wait(1, nemo.signal);
				return { sizeBytes: 0 };
			}),
		);
		expect((await nemo.run(work)).kind).toBe('cancelled');
		expect(nemo.log.some((entry) => entry.endsWith('/cancel'))).toBe(false);
	});
});

describe('the other operations', () => {
	it('submit starts a render and does not wait for it', async () => {
		begin('processing');
		const result = await nemo.run(
			new VideoExport(nemo.client, SETTINGS, checkpoint, new Heard()).submit(),
		);
		expect(result).toMatchObject({ status: 'pending', progress: 5, url: '', attempts: 1 });
		expect(nemo.count(LOOK)).toBe(1);
	});

	const known = { sessionId: '7', renderId: 'r' };
	const status = async (given: Answer, into?: SaveVideo) => {
		begin();
		nemo.on(LOOK, given);
		return await nemo.run(exportStatus(nemo.client, known, new Heard(), into));
	};

	it('get status tells of a failed render without failing', async () => {
		expect(await status(ok({ status: 'failed', error: 'no audio' }))).toMatchObject({
			status: 'failed',
			reason: '"no audio"',
		});
	});

	it('get status of an unknown render fails with both ids', async () => {
		expect(await failureOf(status(UNKNOWN))).toMatchObject({ kind: 'render', handles: known });
	});

	it('get status downloads what is completed', async () => {
		const done = ok({ status: 'completed', outputUrl: 'https://cdn.test/r.mp4' });
		expect(await status(done, sink)).toMatchObject({ sizeBytes: VIDEO.length });
	});

	it('get status says that the link has expired where nothing answers any more', async () => {
		begin();
		const gone = answer({}, 410);
		nemo.on(LOOK, ok({ status: 'completed', outputUrl: 'https://cdn.test/r.mp4' }));
		nemo.on('URL https://cdn.test/', gone).on('GET /api/render/proxy/*/download', gone);
		const result = await nemo.run(exportStatus(nemo.client, known, new Heard()));
		expect(result).toMatchObject({ status: 'completed', url: '', urlExpired: true });
	});

	it('submit renders once more what is there but gives no video any more', async () => {
		begin();
		await run();
		checkpoint = newCheckpoint();
		nemo.on('URL https://cdn.test/', answer({}, 404));
		nemo.on('GET /api/render/proxy/*/download', answer({}, 404));
		const result = await nemo.run(
			new VideoExport(nemo.client, SETTINGS, checkpoint, new Heard()).submit(),
		);
		expect(result).toMatchObject({ status: 'pending', attempts: 2, url: '' });
		expect(result).not.toHaveProperty('urlExpired');
	});

	it('cancel says what became of the render, and keeps the ids where it fails', async () => {
		begin();
		expect(await cancelExport(nemo.client, known)).toMatchObject({ status: 'cancelled', url: '' });
		nemo.on(CANCEL, UNKNOWN);
		expect(await failureOf(cancelExport(nemo.client, known))).toMatchObject({ handles: known });
	});
});
