import { renderIdFor } from '../../../../src/api/render';
import { assist } from '../../../../src/flows/assistant/assistant';
import type { AssistantResult } from '../../../../src/flows/assistant/chat';
import { failureOf } from '../../support/scripted.cts';
import { FakeKeeper, memoryOf, settings } from './chat.cts';
import { FakeNemoVideo, FakeStream, Heard } from '../fakeNemoVideo.cts';

const SESSION = '9000';
const SECOND = 1_000;
const film = (title: string) => ({ t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }], d: 1_000 });
const { turn, render } = settings('');

let nemo: FakeNemoVideo;
let keeper: FakeKeeper;
let heard: Heard;
beforeEach(() => {
	nemo = new FakeNemoVideo();
	nemo.sessions.set(SESSION, { draft: film('old'), files: [] });
	keeper = new FakeKeeper();
	keeper.id = SESSION;
	heard = new Heard();
});

const say = (
	message: string,
	more: Partial<typeof turn> = {},
	exporting = render,
): Promise<AssistantResult> => {
	const chat = { keeper, checkpoints: memoryOf(), progress: heard };
	const order = settings(message, { turn: { ...turn, ...more }, render: exporting });
	const reply = assist(nemo.client, order, chat);
	reply.catch(() => undefined);
	return reply;
};
const edit = (title: string): void => {
	const session = nemo.sessions.get(SESSION);
	if (session) session.draft = film(title);
};
const renderOf = (title: string): string => renderIdFor(SESSION, film(title), render.output, 1);
/** A prompt whose time was up while NemoVideo works on it. */
async function abandoned(onTimeout: 'error' | 'continue'): Promise<void> {
	nemo.stream = new FakeStream();
	const reply = say('make it red', { timeoutMs: 3 * SECOND, onTimeout });
	await nemo.clock.passUntil(reply.catch(() => undefined));
	expect(nemo.prompts).toEqual(['make it red']);
	nemo.stream = undefined;
}

describe('a question for the timeline', () => {
	it('says first that NemoVideo is still working on the last message', async () => {
		await abandoned('continue');
		const { action, text } = await nemo.clock.passUntil(say('status'));
		expect(action).toBe('state');
		expect(text).toMatch(/^NemoVideo is still working on your last message\. So far:\n\nTimeline/);
		edit('red');
		expect((await nemo.clock.passUntil(say('status'))).text).toMatch(/^Timeline/);
	});

	it('says so of a message that is still being read', async () => {
		nemo.stream = new FakeStream();
		const reply = say('make it red', { timeoutMs: 60 * SECOND, onTimeout: 'continue' });
		await nemo.clock.advance(2 * SECOND);
		const state = say('wie ist der Stand?');
		await nemo.clock.advance(2 * SECOND);
		expect((await state).text).toMatch(/^NemoVideo arbeitet noch/);
		await nemo.clock.passUntil(reply);
	});
});

describe('an export that is ordered in a chat', () => {
	it.each(['error', 'continue'] as const)(
		'shows the edit that nobody waited for any more (On Timeout: %s)',
		async (onTimeout) => {
			await abandoned(onTimeout);
			const reply = say('export');
			await nemo.clock.advance(10 * SECOND);
			edit('red');
			const { status, renderId, text } = await nemo.clock.passUntil(reply);
			expect({ status, renderId }).toEqual({ status: 'completed', renderId: renderOf('red') });
			expect(text).not.toMatch(/may not be in this video/);
		},
	);

	it('is reported as waiting meanwhile', async () => {
		await abandoned('error');
		const reply = say('export');
		await nemo.clock.advance(5 * SECOND);
		expect(heard.words).toMatch(/still working on your last message/);
		edit('red');
		expect((await nemo.clock.passUntil(reply)).text).toMatch(
			/^I'm still working on your last message.*Your video is ready/su,
		);
	});

	it('has something to export where the first film is still being made', async () => {
		nemo.sessions.set(SESSION, { draft: {}, files: [] });
		await abandoned('error');
		const reply = say('export it with music');
		await nemo.clock.advance(10 * SECOND);
		edit('first film');
		nemo.turns = [{ tool: 'edit', says: ['Music is on.'], draft: film('with music') }];
		expect(await nemo.clock.passUntil(reply)).toMatchObject({ renderId: renderOf('with music') });
	});

	it('is refused without waiting where nothing is running and nothing was made', async () => {
		nemo.sessions.set(SESSION, { draft: {}, files: [] });
		const before = nemo.clock.now();
		expect((await nemo.clock.passUntil(say('export'))).text).toMatch(/no video in this chat yet/);
		expect(nemo.clock.now() - before).toBeLessThan(2 * SECOND);
	});

	it('tells in the chat that an edit may be missing where its prompt never ends', async () => {
		await abandoned('error');
		const { text, renderId } = await nemo.clock.passUntil(say('export'));
		expect(renderId).toBe(renderOf('old'));
		expect(text).toMatch(
			/result of an earlier message, so its change may be missing from this video/,
		);
	});

	it('keeps to its own timeout while it waits: it fails, and nothing was sent', async () => {
		await abandoned('error');
		const before = nemo.clock.now();
		const short = { ...render, poll: { ...render.poll, timeoutMs: 18 * SECOND } };
		const error = await failureOf(nemo.clock.passUntil(say('export', {}, short)));
		expect(error).toMatchObject({ kind: 'timeout', safeToRepeat: true, stage: 'export' });
		expect(nemo.clock.now() - before).toBeLessThan(20 * SECOND);
		expect(nemo.log.filter((line) => line.startsWith('POST /api/render'))).toEqual([]);
	});
});
