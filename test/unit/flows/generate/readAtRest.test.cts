import { renderIdFor } from '../../../../src/api/render';
import type { Transport } from '../../../../src/api/transport';
import { type ExportSettings, VideoExport } from '../../../../src/flows/export/exportVideo';
import { generate } from '../../../../src/flows/generate/generate';
import { restingDraft } from '../../../../src/flows/generate/readAtRest';
import { submitTurn } from '../../../../src/flows/generate/submitTurn';
import { testClient } from '../../support/client.cts';
import { failureOf } from '../../support/scripted.cts';
import { settings } from '../assistant/chat.cts';
import { settled } from '../fakeClock.cts';
import { FakeNemoVideo, FakeStream, Heard, newCheckpoint } from '../fakeNemoVideo.cts';

const SESSION = '9000';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const film = (title: string) => ({ t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }], d: 1_000 });
const { turn, render } = settings('');
const order = { ...turn, sessionId: SESSION, prompt: 'make it' };

let nemo: FakeNemoVideo;
beforeEach(() => {
	nemo = new FakeNemoVideo();
	nemo.sessions.set(SESSION, { draft: film('old'), files: [] });
});
const edit = (title: string): void => {
	const session = nemo.sessions.get(SESSION);
	if (session) session.draft = film(title);
};
const reads = (): number => nemo.log.filter((line) => line.includes('/api/state/')).length;
const generated = async (): Promise<void> => {
	nemo.turns = [{ tool: 'generate', says: ['Here it is.'], draft: film('raw clip') }];
	await nemo.clock.passUntil(generate(nemo.client, order, newCheckpoint(), new Heard()));
	nemo.requests.length = 0;
};
/** The user's own timeout of an export: 0.3 minutes. */
const SHORT = { ...render.poll, timeoutMs: 18 * SECOND };
/** A prompt whose node has given it up while NemoVideo works on it. */
const givenUp = async (): Promise<void> => {
	nemo.stream = new FakeStream();
	const late = { ...order, timeoutMs: 3 * SECOND };
	await failureOf(nemo.clock.passUntil(generate(nemo.client, late, newCheckpoint(), new Heard())));
	nemo.stream = undefined;
	nemo.requests.length = 0;
};
/** What an export comes to, failures too. */
const exported = async (more: Partial<ExportSettings> = {}) => {
	const heard = new Heard();
	const settled = { ...render, sessionId: SESSION, ...more };
	const work = new VideoExport(nemo.client, settled, newCheckpoint(), heard)
		.run()
		.catch((error: unknown) => error);
	return { result: await nemo.clock.passUntil(work), heard };
};
const renderOf = (title: string): string => renderIdFor(SESSION, film(title), render.output, 1);
const renders = (): string[] => nemo.log.filter((line) => line.startsWith('POST /api/render'));
const draft = async (): Promise<unknown> =>
	await nemo.clock.passUntil(
		restingDraft(nemo.client, { sessionId: SESSION, poll: render.poll }, new Heard()),
	);

describe('what an export renders', () => {
	it('is the film and not the raw clip, where the second stage comes after the turn', async () => {
		await generated();
		const reading = restingDraft(
			nemo.client,
			{ sessionId: SESSION, poll: render.poll },
			new Heard(),
		);
		await nemo.clock.advance(2 * SECOND);
		edit('film');
		expect(await nemo.clock.passUntil(reading)).toEqual(film('film'));
		expect(reads()).toBe(3);
	});

	it('is the timeline as it is where nothing was sent to the session lately', async () => {
		expect(await draft()).toEqual(film('old'));
		expect(reads()).toBe(1);
		await generated();
		await nemo.clock.advance(31 * MINUTE);
		await draft();
		expect(reads()).toBe(1);
	});

	it('is what a submitted prompt leaves, which is waited for', async () => {
		const stream = (nemo.stream = new FakeStream());
		stream.say({ type: 'tool_call', name: 'generate', args: {} });
		await nemo.clock.passUntil(submitTurn(nemo.client, order, newCheckpoint(), new Heard()));
		const heard = new Heard();
		let isOver = false;
		const reading = restingDraft(
			nemo.client,
			{ sessionId: SESSION, poll: render.poll },
			heard,
		).finally(() => (isOver = true));
		await nemo.clock.advance(MINUTE);
		await settled();
		expect(isOver).toBe(false);
		edit('film');
		stream.say({ type: 'tool_result', name: 'generate', result: {} });
		stream.say({ type: 'text', content: 'Ready.' });
		stream.end();
		expect(await nemo.clock.passUntil(reading)).toEqual(film('film'));
	});

	it('is what a prompt leaves that was still running when its time was up', async () => {
		const stream = (nemo.stream = new FakeStream());
		stream.say({ type: 'tool_call', name: 'generate', args: {} });
		const late = { ...order, timeoutMs: MINUTE, onTimeout: 'continue' as const };
		const result = await nemo.clock.passUntil(
			generate(nemo.client, late, newCheckpoint(), new Heard()),
		);
		expect(result.status).toBe('running');
		const reading = restingDraft(
			nemo.client,
			{ sessionId: SESSION, poll: render.poll },
			new Heard(),
		);
		await nemo.clock.advance(20 * SECOND);
		edit('film');
		expect(await nemo.clock.passUntil(reading)).toEqual(film('film'));
	});

	it('fails without a render where the timeline keeps moving', async () => {
		await generated();
		let version = 0;
		const send = nemo.send.bind(nemo);
		jest.spyOn(nemo, 'send').mockImplementation(async (request) => {
			if (request.path.includes('/api/state/')) edit(`version ${version++}`);
			return await send(request);
		});
		const exporting = new VideoExport(
			nemo.client,
			{ ...render, sessionId: SESSION },
			newCheckpoint(),
			new Heard(),
		).run();
		await expect(nemo.clock.passUntil(exporting)).rejects.toMatchObject({
			kind: 'timeout',
			safeToRepeat: true,
			handles: { sessionId: SESSION },
		});
		expect(nemo.log.filter((line) => line.startsWith('POST /api/render'))).toEqual([]);
	});

	it('tells nothing where the edit of a prompt that was given up has come before', async () => {
		await givenUp();
		edit('film');
		const { result, heard } = await exported();
		expect(result).toMatchObject({ renderId: renderOf('film') });
		expect(heard.hints).toEqual([]);
	});

	it('is the old timeline, with a hint, where a prompt that was given up never ends', async () => {
		await givenUp();
		const { result, heard } = await exported();
		expect(result).toMatchObject({ status: 'completed', renderId: renderOf('old') });
		expect(heard.hints).toEqual([expect.stringMatching(/its edit may be missing from this video/)]);
	});

	it.each(['error', 'continue'] as const)(
		'is nothing where such a prompt outlasts its own timeout, which it keeps to (On Timeout: %s)',
		async (onTimeout) => {
			await givenUp();
			const before = nemo.clock.now();
			const { result } = await exported({ poll: SHORT, onTimeout });
			expect(result).toMatchObject({
				kind: 'timeout',
				message: "The export could not start within 0.3 min ('Timeout (Minutes)')",
				safeToRepeat: true,
				stage: 'export',
				handles: { sessionId: SESSION },
			});
			expect(nemo.clock.now() - before).toBeLessThan(20 * SECOND);
			expect(renders()).toEqual([]);
			edit('film');
			expect((await exported()).result).toMatchObject({ renderId: renderOf('film') });
		},
	);

	it('is nothing where a running turn outlasts its timeout, and the turn continues', async () => {
		const stream = (nemo.stream = new FakeStream());
		const turnResult = generate(nemo.client, order, newCheckpoint(), new Heard());
		await nemo.clock.advance(SECOND);
		const { result } = await exported({ poll: SHORT });
		expect(result).toMatchObject({ kind: 'timeout', safeToRepeat: true });
		expect(renders()).toEqual([]);
		edit('film');
		stream.say({ type: 'text', content: 'Ready.' });
		stream.end();
		expect(await nemo.clock.passUntil(turnResult)).toMatchObject({ text: 'Ready.' });
		const reading = (await exported()).result;
		expect(reading).toMatchObject({ renderId: renderOf('film') });
		expect(nemo.client.queue.busySessions).toBe(0);
	});

	it('is waited for no longer once Stop is pressed, and the queue is left free', async () => {
		const stop = new AbortController();
		const stream = (nemo.stream = new FakeStream());
		const turnResult = generate(nemo.client, order, newCheckpoint(), new Heard());
		await nemo.clock.advance(SECOND);
		const { queue, limiter } = nemo.client;
		const transport: Transport = {
			signal: stop.signal,
			send: async (request) => await nemo.send(request),
			open: async (request) => await nemo.open(request),
			openUrl: async (url) => await nemo.openUrl(url),
			renew: async (mark) => await nemo.renew(mark),
		};
		const stopped = testClient(transport, nemo.clock, { queue, limiter });
		const work = failureOf(restingDraft(stopped, { sessionId: SESSION, poll: SHORT }, new Heard()));
		await nemo.clock.advance(SECOND);
		stop.abort();
		expect(await nemo.clock.passUntil(work)).toMatchObject({ kind: 'cancelled' });
		stream.say({ type: 'text', content: 'Ready.' });
		stream.end();
		await nemo.clock.passUntil(turnResult);
		expect(queue.busySessions).toBe(0);
	});
});
