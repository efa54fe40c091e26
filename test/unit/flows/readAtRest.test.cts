import { exportVideo } from '../../../src/flows/exportVideo';
import { generate } from '../../../src/flows/generate';
import { restingDraft } from '../../../src/flows/readAtRest';
import { submitTurn } from '../../../src/flows/submitTurn';
import { settings } from './chat.cts';
import { settled } from './fakeClock.cts';
import { FakeNemoVideo, FakeStream, Heard, slot } from './fakeNemoVideo.cts';

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
const reads = (): number => nemo.requests.filter((line) => line.includes('/api/state/')).length;
const generated = async (): Promise<void> => {
	nemo.turns = [{ tool: 'generate', says: ['Here it is.'], draft: film('raw clip') }];
	await nemo.clock.passUntil(generate(nemo.client, order, slot(), new Heard()));
	nemo.requests.length = 0;
};
const draft = async (): Promise<unknown> =>
	await nemo.clock.passUntil(restingDraft(nemo.client, SESSION, new Heard()));

describe('what an export renders', () => {
	it('is the film and not the raw clip, where the second stage comes after the turn', async () => {
		await generated();
		const reading = restingDraft(nemo.client, SESSION, new Heard());
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
		await nemo.clock.passUntil(submitTurn(nemo.client, order, slot(), new Heard()));
		const heard = new Heard();
		let isOver = false;
		const reading = restingDraft(nemo.client, SESSION, heard).finally(() => (isOver = true));
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
		const result = await nemo.clock.passUntil(generate(nemo.client, late, slot(), new Heard()));
		expect(result.status).toBe('running');
		const reading = restingDraft(nemo.client, SESSION, new Heard());
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
		const exporting = exportVideo(
			nemo.client,
			{ ...render, sessionId: SESSION },
			slot(),
			new Heard(),
		);
		await expect(nemo.clock.passUntil(exporting)).rejects.toMatchObject({
			kind: 'timeout',
			safeToRepeat: true,
			handles: { sessionId: SESSION },
		});
		expect(nemo.requests.filter((line) => line.startsWith('POST /api/render'))).toEqual([]);
	});
});
