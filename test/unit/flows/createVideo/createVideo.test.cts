import { CreditBudget } from '../../../../src/flows/createVideo/creditBudget';
import { createVideo } from '../../../../src/flows/createVideo/createVideo';
import type { SaveVideo } from '../../../../src/flows/export/exportVideo';
import {
	answer,
	events,
	failureOf,
	lost,
	ok,
	pieces,
	Scripted,
	state,
	VIDEO,
} from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import { videoMemory } from './videoCheckpoints.cts';
import {
	isCreditsUsed,
	isSession,
	type VideoCheckpoints,
	type VideoResult,
	type VideoSettings,
} from '../../../../src/flows/createVideo/video';

const LENGTH = { 'content-length': String(VIDEO.length) };
const SESSION = 'POST /api/tasks/me/with-session/nemo_agent';
const STATE = 'GET /api/state/';
const UPLOAD = 'POST /api/upload-video/';
const RUN = 'POST /run_sse';
const LOOK = 'GET /api/render/proxy/lambda/';
const SUBMIT = 'POST /api/render/proxy/lambda';
const CREDITS = 'GET /api/credits/balance/simple';
const GONE = answer({ code: 1002, message: 'session not found' });
const UNKNOWN = answer({ success: false, error: 'not found' }, 404);
const CALL = { type: 'tool_call', name: 'edit_multitrack', args: {} };
const RESULT = { type: 'tool_result', name: 'edit_multitrack', result: {} };
const DONE = { type: 'text', content: 'Your film is done.' };
const FILM = state({ t: [{ tt: 0, sg: [{ m: { title: 'film' }, s: 0, d: 1000 }] }], d: 1000 });
const MINUTE = 60_000;
const SETTINGS: VideoSettings = {
	taskName: 'summer',
	language: 'en',
	prompt: 'make it',
	turn: {
		timeoutMs: 15 * MINUTE,
		idleMs: 10 * MINUTE,
		recovery: { firstWaitMs: 30_000, intervalMs: MINUTE, checks: 2 },
		onTimeout: 'error',
	},
};
const RENDER: VideoSettings['render'] = {
	output: { format: 'mp4', quality: 'high' },
	renderAgain: false,
	poll: { intervalMs: 30_000, timeoutMs: 5 * MINUTE },
	onTimeout: 'error',
};
const URLS: VideoSettings['media'] = { urls: ['https://files.test/a.png'] };

class Stage extends Heard {
	readonly stages: string[] = [];
	override stage(name?: string): void {
		if (name !== undefined) this.stages.push(name);
	}
}

let nemo: Scripted;
let checkpoints: VideoCheckpoints;
let budget: CreditBudget;
let heard: Stage;
let available: number;

/** A NemoVideo that does everything well. */
beforeEach(() => {
	nemo = new Scripted();
	checkpoints = videoMemory();
	heard = new Stage();
	available = 1_000;
	nemo.on(CREDITS, () => ok({ available }));
	nemo.on(SESSION, ok({ session_id: '7', task_id: 'task7' }));
	nemo.on(STATE, () => {
		if (nemo.count(RUN) > 0) return FILM;
		return state(null, nemo.count(UPLOAD) > 0 ? [{ filename: 'a.png' }] : []);
	});
	nemo.on(UPLOAD, ok({ files: [{ filename: 'a.png' }] }));
	nemo.on(RUN, () => ((available -= 100), events(CALL, RESULT, DONE)));
	nemo.on(LOOK, UNKNOWN, ok({ status: 'completed', outputUrl: 'https://cdn.test/r.mp4' }));
	nemo.on(SUBMIT, ok({ status: 'pending' }));
	nemo.on('URL https://cdn.test/', () => pieces([VIDEO], 200, LENGTH));
	budget = new CreditBudget(
		nemo.client,
		{ minimum: 0, maximum: 0, stopWhenOut: true },
		newCheckpoint(),
		'execution',
	);
});

const make = async (
	settings: Partial<VideoSettings> = {},
	sink?: SaveVideo,
): Promise<VideoResult> =>
	await nemo.run(
		createVideo(nemo.client, { ...SETTINGS, ...settings }, checkpoints, {
			budget,
			progress: heard,
			sink,
		}),
	);

describe('a video', () => {
	it('comes out with its ids, its words, its address, what it took and how long each stage was', async () => {
		nemo.on(
			LOOK,
			UNKNOWN,
			ok({ status: 'completed', outputUrl: 'https://cdn.test/r.mp4', duration: 30 }),
		);
		const video = await make({ media: URLS, render: RENDER });
		expect(video).toMatchObject({
			sessionId: '7',
			taskId: 'task7',
			status: 'completed',
			text: 'Your film is done.',
			timeline: { readyToExport: true },
			url: 'https://cdn.test/r.mp4',
			durationSeconds: 30,
			creditsUsed: 100,
			stages: [
				{ name: 'session', elapsedMs: 0 },
				{ name: 'upload', elapsedMs: 0 },
				{ name: 'generate', elapsedMs: 0 },
				// Three seconds of rest before the render.
				{ name: 'export', elapsedMs: 11_000 },
			],
		});
		expect(video.renderId).toBe(checkpoints.render.read()?.phase === 'done' ? video.renderId : '');
		expect(video).not.toHaveProperty('timedOut');
		expect(nemo.count(SESSION) + nemo.count(UPLOAD) + nemo.count(RUN)).toBe(3);
	});

	it('tells what it is at, and sends the prompt as it is, after the files', async () => {
		await make({ media: URLS, render: RENDER });
		expect(heard.stages).toEqual([
			'Opening a session',
			'Uploading 1 file',
			'Generating',
			'Starting the render',
			'Rendering',
		]);
		const sent = nemo.requests.find(({ path }) => path === '/run_sse')?.json ?? '';
		expect(JSON.parse(sent)).toMatchObject({
			session_id: '7',
			new_message: { parts: [{ text: 'make it' }] },
		});
		const [created] = nemo.requests.filter(({ path }) => path.includes('with-session'));
		expect(JSON.parse(created?.json ?? '')).toEqual({ task_name: 'summer', language: 'en' });
	});

	it('without files and without export is a session and a turn', async () => {
		const video = await make();
		expect(video.stages.map(({ name }) => name)).toEqual(['session', 'generate']);
		for (const field of ['url', 'renderId', 'sizeBytes', 'durationSeconds']) {
			expect(video).not.toHaveProperty(field);
		}
		expect(nemo.count(LOOK) + nemo.count(UPLOAD)).toBe(0);
	});

	it('is handed to whoever stores it, and tells its size', async () => {
		nemo.on('URL https://cdn.test/', () => pieces([VIDEO], 200, LENGTH));
		const sink: SaveVideo = async (download) => {
			let sizeBytes = 0;
			for await (const chunk of download.bytes) sizeBytes += chunk.byteLength;
			return { sizeBytes };
		};
		expect(await make({ render: RENDER }, sink)).toMatchObject({ sizeBytes: VIDEO.length });
	});

	it('of a session that exists is made in it, with its task', async () => {
		nemo.on(STATE, ok({ task_id: 'task9', state: {} }), state(null), FILM);
		expect(await make({ sessionId: '9' })).toMatchObject({ sessionId: '9', taskId: 'task9' });
		expect(nemo.count(SESSION)).toBe(0);
		expect(nemo.log[1]).toContain('/9/');
	});

	it('without a task has none', async () => {
		nemo.on(SESSION, ok({ session_id: '7' }));
		expect(await make()).not.toHaveProperty('taskId');
	});

	it('notes that its session is used before the prompt is sent', async () => {
		nemo.on(RUN, () => {
			expect(nemo.client.sent.noted).toEqual(['7']);
			return events(CALL, RESULT, DONE);
		});
		await make();
		expect(nemo.client.sent.noted).toEqual(['7']);
	});

	it('has no cost where the balance cannot be read', async () => {
		nemo.on(CREDITS, answer({}, 418));
		expect(await make()).toMatchObject({ creditsUsed: null, status: 'completed' });
	});
});

describe('time that is over', () => {
	const hanging = () => {
		let close: () => void = () => undefined;
		const closed = new Promise<void>((resolve) => (close = resolve));
		const next = async () => {
			await closed;
			return { done: true, value: undefined } as const;
		};
		const bytes: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next }) };
		return { status: 200, headers: {}, bytes, close: () => close() };
	};

	it('in the turn gives what there is, without a render, where the user chose to continue', async () => {
		nemo.on(RUN, () => hanging());
		const turn = { ...SETTINGS.turn, timeoutMs: 1_000, onTimeout: 'continue' } as const;
		const video = await make({ turn, render: RENDER });
		expect(video).toMatchObject({ status: 'running', timedOut: true, sessionId: '7' });
		expect(nemo.count(SUBMIT)).toBe(0);
	});

	it('in the render gives the render in progress', async () => {
		nemo.on(LOOK, UNKNOWN, ok({ status: 'processing' }));
		const render = { ...RENDER, onTimeout: 'continue' } as NonNullable<typeof RENDER>;
		const video = await make({ render });
		expect(video).toMatchObject({ status: 'running', timedOut: true, url: '' });
		expect(video.renderId).toEqual(expect.any(String));
	});
});

describe('a failure', () => {
	it('before the session is made has no ids, and its stage', async () => {
		nemo.on(SESSION, answer({}, 418));
		const error = await failureOf(make());
		expect(error.stage).toBe('session');
		expect(error.handles.sessionId).toBeUndefined();
	});

	it('of the upload keeps session and task in hand', async () => {
		nemo.on(UPLOAD, answer({ code: 4001 }));
		expect(await failureOf(make({ media: URLS }))).toMatchObject({
			kind: 'fileType',
			stage: 'upload',
			handles: { sessionId: '7', taskId: 'task7' },
		});
		expect(nemo.count(RUN)).toBe(0);
	});

	it('of the render keeps the render in hand too', async () => {
		nemo.on(LOOK, UNKNOWN, ok({ status: 'processing' }));
		const error = await failureOf(make({ render: RENDER }));
		expect(error).toMatchObject({ kind: 'timeout', stage: 'export' });
		expect(error.handles).toMatchObject({ sessionId: '7', renderId: expect.any(String) });
	});

	it('names the session that the user gave', async () => {
		nemo.on(STATE, GONE);
		expect(await failureOf(make({ sessionId: '9' }))).toMatchObject({
			kind: 'session',
			stage: 'session',
			handles: { sessionId: '9' },
		});
		expect(nemo.count(SESSION)).toBe(0);
	});

	it('is a question of the agent that nobody is there to answer', async () => {
		nemo.on(STATE, state(null));
		nemo.on(RUN, events({ type: 'text', content: 'Which style\ndo you want?' }));
		const error = await failureOf(make({ render: RENDER }));
		expect(error).toMatchObject({
			kind: 'input',
			message: 'NemoVideo asked: Which style do you want?',
			stage: 'generate',
			handles: { sessionId: '7', taskId: 'task7' },
		});
		expect(error.description).toMatch(/'Session ID'/);
		expect(nemo.count(SUBMIT)).toBe(0);
	});

	it('gives back the credits that were counted on, so that the next row is sent', async () => {
		available = 100;
		nemo.on(SESSION, answer({}, 418));
		await failureOf(make());
		await expect(nemo.run(budget.reserve())).resolves.toBeDefined();
	});

	it('that is a bug of our own stays what it is', async () => {
		const bug = new TypeError('a bug');
		nemo.on(SESSION, () => {
			throw bug;
		});
		await expect(make()).rejects.toBe(bug);
	});
});

describe('a session of its own that NemoVideo has forgotten', () => {
	it('is made again once, with its files, before anything was generated', async () => {
		nemo.on(SESSION, ok({ session_id: '7', task_id: 'task7' }), ok({ session_id: '8' }));
		nemo.on(`${UPLOAD}`, GONE, ok({ files: [{ filename: 'a.png' }] }));
		const video = await make({ media: URLS });
		expect(video).toMatchObject({ sessionId: '8', status: 'completed' });
		expect(video).not.toHaveProperty('taskId');
		expect(nemo.count(RUN)).toBe(1);
	});

	it('uploads again what the forgotten one held', async () => {
		nemo.on(SESSION, ok({ session_id: '7' }), ok({ session_id: '8' }));
		nemo.on(STATE, state(null), GONE, state(null), state(null), FILM);
		expect(await make({ media: URLS })).toMatchObject({ sessionId: '8' });
		expect(nemo.count(UPLOAD)).toBe(2);
		expect(nemo.count(RUN)).toBe(1);
	});

	it('is not made a third time', async () => {
		nemo.on(STATE, GONE);
		expect(await failureOf(make())).toMatchObject({ kind: 'session' });
		expect(nemo.count(SESSION)).toBe(2);
	});

	it('is not made again once a prompt was sent: it may have been charged', async () => {
		nemo.on(STATE, state(null), GONE);
		expect(await make()).toMatchObject({ text: 'Your film is done.', timeline: null });
		expect(nemo.count(SESSION)).toBe(1);
		expect(nemo.count(RUN)).toBe(1);
	});
});

it('looks for an equal prompt of another execution, and sends its files no more than the prompt', async () => {
	nemo.on(STATE, () => state(null, nemo.count(UPLOAD) > 0 ? [{ filename: 'a.png' }] : []));
	nemo.on(RUN, lost());
	const order = { sessionId: '7', media: URLS };
	expect(await failureOf(make(order))).toMatchObject({ kind: 'stream', outcome: 'unknown' });
	checkpoints = videoMemory();
	expect(await failureOf(make(order))).toMatchObject({ kind: 'stream', outcome: 'unknown' });
	expect([nemo.count(UPLOAD), nemo.count(RUN)]).toEqual([1, 1]);
});

describe('the same work begun again', () => {
	it('does nothing of what is done', async () => {
		const first = await make({ media: URLS, render: RENDER });
		const requests = nemo.requests.length;
		expect(await make({ media: URLS, render: RENDER })).toEqual({
			...first,
			stages: first.stages.map((stage) => expect.objectContaining({ name: stage.name })),
		});
		expect(nemo.requests).toHaveLength(requests);
	});

	it('continues after the upload in the same session', async () => {
		nemo.on(RUN, answer({}, 422));
		await failureOf(make({ media: URLS }));
		nemo.on(RUN, events(CALL, RESULT, DONE));
		nemo.on(STATE, state(null), FILM);
		expect(await make({ media: URLS })).toMatchObject({ sessionId: '7', taskId: 'task7' });
		expect([nemo.count(SESSION), nemo.count(UPLOAD)]).toEqual([1, 1]);
	});

	it('sees a turn that was sent to its end, without asking for leave and without a new cost', async () => {
		nemo.on(STATE, state(null));
		nemo.on(RUN, lost());
		expect((await failureOf(make())).kind).toBe('stream');
		available = 0;
		nemo.on(STATE, FILM);
		expect(await make()).toMatchObject({ status: 'completed', creditsUsed: null });
		expect(nemo.count(RUN)).toBe(1);
		expect(nemo.client.sent.noted).toEqual(['7']);
	});

	it('adds the times of its tries up', async () => {
		nemo.on(LOOK, UNKNOWN, ok({ status: 'processing' }));
		await failureOf(make({ render: RENDER }));
		nemo.on(
			LOOK,
			ok({ status: 'processing' }),
			ok({ status: 'completed', outputUrl: 'https://cdn.test/r.mp4' }),
		);
		nemo.on('URL https://cdn.test/', () => pieces([VIDEO], 200, LENGTH));
		const { stages } = await make({ render: RENDER });
		expect(stages.at(-1)).toEqual({ name: 'export', elapsedMs: 311_000 });
		expect(stages).toHaveLength(3);
	});

	it('does not render what another prompt has changed since', async () => {
		await make();
		nemo.client.sent.note('7', 'a later prompt');
		const error = await failureOf(make({ render: RENDER }));
		expect(error).toMatchObject({ kind: 'render', stage: 'export' });
		expect(nemo.count(SUBMIT)).toBe(0);
	});
});

describe('what is remembered', () => {
	it('is taken only where it is what it should be', () => {
		expect([{ sessionId: '7' }, { sessionId: 7 }, null].map(isSession)).toEqual([
			true,
			false,
			false,
		]);
		const credits = [{ used: 5 }, { used: null }, { used: '5' }, {}, null];
		expect(credits.map(isCreditsUsed)).toEqual([true, true, false, false, false]);
	});
});
