import {
	isExportCheckpoint,
	type ExportCheckpoint,
	type ExportResult,
} from '../../../../src/flows/export/exportCheckpoint';
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
} from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import { draft, Renders, UNKNOWN } from './renders.cts';

const LOOK = 'GET /api/render/proxy/lambda/';
const SUBMIT = 'POST /api/render/proxy/lambda';
const STATE = 'GET /api/state/';
const CDN = 'URL https://cdn.test/';
const DOWNLOAD = 'GET /api/render/proxy/*/download';
const GONE = answer({}, 404);
const SETTINGS: ExportSettings = {
	sessionId: '7',
	output: { format: 'mp4', quality: 'high' },
	renderAgain: false,
	poll: { intervalMs: 30_000, timeoutMs: 300_000 },
	onTimeout: 'error',
};

class Stages extends Heard {
	readonly stages: string[] = [];
	override stage(name?: string): void {
		if (name !== undefined) this.stages.push(name);
	}
}

let nemo: Scripted;
let checkpoint: Checkpoint<ExportCheckpoint>;
let renders: Renders;
let heard: Stages;
const sink: SaveVideo = async ({ bytes }) => {
	let sizeBytes = 0;
	for await (const chunk of bytes) sizeBytes += chunk.byteLength;
	return { sizeBytes };
};
const begin = (...endings: string[]): void => {
	nemo = new Scripted();
	checkpoint = newCheckpoint();
	heard = new Stages();
	renders = new Renders(nemo, endings);
};
const run = async (
	settings: Partial<ExportSettings> = {},
	into?: SaveVideo,
): Promise<ExportResult> =>
	await nemo.run(
		new VideoExport(nemo.client, { ...SETTINGS, ...settings }, checkpoint, heard).run(into),
	);
const refusal = async (settings: Partial<ExportSettings> = {}, into?: SaveVideo) =>
	await failureOf(run(settings, into));

describe('the result of an export', () => {
	it('tells length and size where NemoVideo does', async () => {
		begin();
		renders.details = { duration: 30, size: 1_000 };
		expect(await run()).toMatchObject({ durationSeconds: 30, sizeBytes: 1_000 });
		begin();
		const video = await run();
		expect(video).not.toHaveProperty('durationSeconds');
		expect(video).not.toHaveProperty('sizeBytes');
		expect(video).not.toHaveProperty('reason');
		expect(video).not.toHaveProperty('timedOut');
	});

	it('has the size that was stored where none was told', async () => {
		begin();
		expect(await run({}, sink)).toMatchObject({ sizeBytes: VIDEO.length });
	});

	it('has the address of the API where the render names none', async () => {
		begin();
		renders.details = { outputUrl: undefined };
		nemo.on(DOWNLOAD, () => pieces([VIDEO]));
		const { url, renderId } = await run();
		expect(url).toBe(`https://api.test/api/render/proxy/${renderId}/download`);
	});

	it('tells what it is at', async () => {
		begin();
		await run({}, sink);
		expect(heard.stages).toEqual(['Starting the render', 'Rendering (5%)', 'Downloading']);
	});
});

describe('an export whose time is over', () => {
	it('gives the render in progress where the user chose to continue, and is not done', async () => {
		begin('processing');
		renders.details = { progress: 40 };
		expect(await run({ onTimeout: 'continue' })).toMatchObject({
			status: 'processing',
			progress: 40,
			url: '',
			timedOut: true,
			attempts: 1,
		});
		expect(checkpoint.read()).toEqual({ phase: 'rendering', renderId: renders.ids[0], attempt: 1 });
	});

	it('is at no percent where NemoVideo tells none', async () => {
		begin('processing');
		expect((await run({ onTimeout: 'continue' })).progress).toBe(0);
	});

	it('fails otherwise, naming its limit', async () => {
		begin('processing');
		const poll = { ...SETTINGS.poll, timeoutLabel: 'Export Timeout (Minutes)' };
		expect((await refusal({ poll })).message).toMatch(/5 min \('Export Timeout \(Minutes\)'\)/);
	});
});

describe('an export that fails', () => {
	it('of an empty timeline says what to do first', async () => {
		begin();
		nemo.on(STATE, state(null));
		const error = await refusal();
		expect(error).toMatchObject({ kind: 'input', stage: 'export' });
		expect(error.message).toMatch(/nothing to export/);
		expect(error.description).toMatch(/Run the Generate node first/);
		expect(checkpoint.read()).toBeUndefined();
	});

	it('for good is forgotten; one that a connection broke is not', async () => {
		begin('failed', 'failed');
		expect((await refusal()).message).toMatch(/did not succeed, also on the second attempt/);
		expect(checkpoint.read()).toBeUndefined();
		begin();
		nemo.on(LOOK, UNKNOWN, lost('refused'));
		nemo.on(SUBMIT, answer({}, 402));
		expect((await refusal()).kind).toBe('plan');
		expect(checkpoint.read()).toMatchObject({ phase: 'rendering' });
	});

	it('by a bug of our own stays what it is', async () => {
		begin();
		const bug = new TypeError('a bug');
		const broken = run({}, async () => {
			throw await Promise.resolve(bug);
		});
		await expect(broken).rejects.toBe(bug);
	});

	it('was cancelled by somebody, twice', async () => {
		begin('cancelled', 'cancelled');
		expect((await refusal()).message).toMatch(/was cancelled, also on the second attempt/);
		expect(renders.ids).toHaveLength(2);
	});

	it('because its video is gone says how it is rendered again', async () => {
		begin();
		nemo.on(CDN, answer({}, 410)).on(DOWNLOAD, GONE);
		const error = await refusal({}, sink);
		expect(error).toMatchObject({ kind: 'render', handles: { sessionId: '7' } });
		expect(error.handles.renderId).toBe(renders.ids[1]);
		expect(error.description).toMatch(/'Render Again'/);
	});

	it('with an old link that no longer leads anywhere is rendered again', async () => {
		begin();
		await run();
		checkpoint = newCheckpoint();
		nemo.on(CDN, GONE, pieces([VIDEO])).on(DOWNLOAD, GONE);
		const again = await run();
		expect(again).toMatchObject({ attempts: 2, renderId: renders.ids[1] });
	});
});

describe("'Render Again'", () => {
	it('renders what is there already once more', async () => {
		begin();
		await run();
		checkpoint = newCheckpoint();
		await run({ renderAgain: true });
		expect(new Set(renders.ids).size).toBe(2);
	});

	it('and a failed render of an earlier run is the first attempt only without it', async () => {
		begin('failed', 'completed');
		await nemo.run(new VideoExport(nemo.client, SETTINGS, newCheckpoint(), heard).submit());
		expect(await run({ renderAgain: true })).toMatchObject({ attempts: 1, status: 'completed' });
	});
});

describe('the second attempt', () => {
	it('is gone on with where it was begun in an earlier try', async () => {
		begin('failed', 'processing');
		expect((await refusal()).kind).toBe('timeout');
		expect(checkpoint.read()).toMatchObject({ attempt: 2, renderId: renders.ids[1] });
		nemo.on(LOOK, ok({ status: 'failed', error: 'no audio' }));
		expect((await refusal()).message).toMatch(/second attempt/);
		expect(renders.ids).toHaveLength(2);
	});
});

describe('a timeline that has moved on since', () => {
	const existingOnly = { existingOnly: true };

	it('is not rendered: without a render that was begun before, the export fails', async () => {
		begin();
		const error = await refusal(existingOnly);
		expect(error).toMatchObject({ kind: 'render', outcome: 'refused', stage: 'export' });
		expect(error.message).toMatch(/timeline has changed since this edit/);
		expect(error.description).toMatch(/Another prompt was sent to the same session/);
		expect(nemo.requests).toEqual([]);
	});

	it('leaves the render that was begun before, to be waited for', async () => {
		begin('processing');
		await refusal();
		nemo.on(STATE, state(draft('another film')));
		nemo.on(
			LOOK,
			ok({ status: 'processing' }),
			ok({ status: 'completed', outputUrl: 'https://cdn.test/r' }),
		);
		expect(await run(existingOnly)).toMatchObject({ renderId: renders.ids[0], attempts: 1 });
		expect(renders.ids).toHaveLength(1);
	});

	it('leaves the video that was rendered before', async () => {
		begin();
		const first = await run();
		expect(await run(existingOnly, sink)).toMatchObject({
			renderId: first.renderId,
			sizeBytes: VIDEO.length,
		});
	});

	it('makes a render that NemoVideo no longer knows a failure', async () => {
		begin('processing');
		await refusal();
		nemo.on(LOOK, UNKNOWN);
		expect(await refusal(existingOnly)).toMatchObject({
			kind: 'render',
			handles: { renderId: renders.ids[0] },
		});
	});

	it.each(['failed', 'gone'])('makes a render that is %s final', async (how) => {
		begin('processing');
		await refusal();
		const ended =
			how === 'gone'
				? { status: 'completed', outputUrl: 'https://cdn.test/r' }
				: { status: 'failed' };
		nemo.on(LOOK, ok(ended)).on(CDN, GONE).on(DOWNLOAD, GONE);
		expect((await refusal(existingOnly, sink)).kind).toBe('render');
		expect(renders.ids).toHaveLength(1);
	});
});

describe('Stop', () => {
	it('while the render is being submitted cancels it', async () => {
		begin();
		nemo.on(SUBMIT, () => (nemo.stop.abort(), lost()));
		nemo.on(`${SUBMIT}/*/cancel`, ok({}));
		expect((await refusal()).kind).toBe('cancelled');
		expect(nemo.log.filter((entry) => entry.endsWith('/cancel'))).toHaveLength(1);
	});

	it('does not wait for the end of the cancelling', async () => {
		begin('processing');
		nemo.on(`${SUBMIT}/*/cancel`, lost());
		const work = failureOf(new VideoExport(nemo.client, SETTINGS, checkpoint, heard).run());
		await nemo.clock.advance(1_000);
		nemo.stop.abort();
		expect((await nemo.run(work)).kind).toBe('cancelled');
	});

	it('is what cancels a render, and no other failure does', async () => {
		begin('processing');
		await refusal();
		nemo.on(LOOK, ok({ status: 'processing' }), answer({}, 403));
		expect((await refusal()).kind).toBe('auth');
		expect(nemo.log.some((entry) => entry.endsWith('/cancel'))).toBe(false);
	});
});

describe('submit', () => {
	const submit = async (): Promise<ExportResult> => {
		return await nemo.run(new VideoExport(nemo.client, SETTINGS, checkpoint, heard).submit());
	};

	it.each(['failed', 'cancelled'])(
		'starts the second attempt where an earlier render has %s, and no third',
		async (ending) => {
			begin(ending, ending);
			expect(await submit()).toMatchObject({ status: 'pending', attempts: 1 });
			expect(await submit()).toMatchObject({ status: 'pending', attempts: 2 });
			expect(await submit()).toMatchObject({ status: ending, attempts: 2 });
			expect(renders.ids).toHaveLength(2);
		},
	);

	it.each(['processing', 'completed'])('attaches to a render that is %s', async (status) => {
		begin(status);
		await submit();
		checkpoint = newCheckpoint();
		expect(await submit()).toMatchObject({ status, attempts: 1 });
		expect(renders.ids).toHaveLength(1);
	});
});

describe('the other operations', () => {
	const known = { sessionId: '7', renderId: 'r' };
	const status = async (body: object, into?: SaveVideo): Promise<ExportResult> => {
		begin();
		nemo.on(LOOK, ok(body));
		return await nemo.run(exportStatus(nemo.client, known, heard, into));
	};

	it('get status downloads nothing while the render is in progress, and looks at the link where nobody stores it', async () => {
		const stored = jest.fn(sink);
		expect(await status({ status: 'processing', progress: 40 }, stored)).toMatchObject({
			status: 'processing',
			progress: 40,
			url: '',
		});
		expect(stored).not.toHaveBeenCalled();
		const found = await status({ status: 'completed', outputUrl: 'https://cdn.test/r' });
		expect(found).toMatchObject({ url: 'https://cdn.test/r' });
		expect(nemo.urls).toHaveLength(1);
		expect(heard.stages).toEqual([]);
	});

	it('get status of a video that is gone tells that, though it was to be downloaded', async () => {
		begin();
		nemo.on(CDN, GONE).on(DOWNLOAD, GONE);
		nemo.on(LOOK, ok({ status: 'completed', outputUrl: 'https://cdn.test/r' }));
		const work = nemo.run(exportStatus(nemo.client, known, heard, sink));
		expect(await work).toMatchObject({ status: 'completed', url: '', urlExpired: true });
	});

	it('get status of an unknown render names the parameter to check', async () => {
		begin();
		const work = nemo.run(exportStatus(nemo.client, known, heard));
		const error = await failureOf(work);
		expect(error).toMatchObject({ stage: 'export', outcome: 'refused' });
		expect(error.message).toMatch(/does not know this render/);
		expect(error.description).toMatch(/'Render ID'/);
	});

	it('cancel of an unknown render names the parameter to check as well', async () => {
		begin();
		nemo.on(`${SUBMIT}/*/cancel`, UNKNOWN);
		const error = await failureOf(nemo.run(cancelExport(nemo.client, known)));
		expect(error.message).toMatch(/does not know this render/);
		expect(error.description).toMatch(/'Render ID'/);
	});

	it('cancel fails in its stage, and passes on what is no failure of NemoVideo', async () => {
		begin();
		nemo.on(`${SUBMIT}/*/cancel`, UNKNOWN);
		expect((await failureOf(nemo.run(cancelExport(nemo.client, known)))).stage).toBe('export');
		const bug = new TypeError('a bug');
		nemo.on(`${SUBMIT}/*/cancel`, () => {
			throw bug;
		});
		await expect(nemo.run(cancelExport(nemo.client, known))).rejects.toBe(bug);
	});
});

it('only a record of an export is taken for one', () => {
	const given = [{ phase: 'rendering' }, { phase: 'done' }, { phase: 'sent' }, {}, null];
	expect(given.map(isExportCheckpoint)).toEqual([true, true, false, false, false]);
});
