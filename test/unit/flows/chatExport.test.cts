import { renderIdFor } from '../../../src/api/render';
import { assist } from '../../../src/flows/assistant';
import type { AssistantResult } from '../../../src/flows/chat';
import { FakeKeeper, memoryOf, settings } from './chat.cts';
import { FakeNemoVideo, FakeStream, Heard } from './fakeNemoVideo.cts';

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

const say = (message: string, more: Partial<typeof turn> = {}): Promise<AssistantResult> => {
	const chat = { keeper, memory: memoryOf(), progress: heard };
	const reply = assist(nemo.client, settings(message, { turn: { ...turn, ...more } }), chat);
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

describe('an export that is ordered in a chat', () => {
	it.each(['error', 'continue'] as const)(
		'shows the edit that nobody waited for any more (On Timeout: %s)',
		async (onTimeout) => {
			await abandoned(onTimeout);
			const reply = say('export');
			await nemo.clock.advance(10 * SECOND);
			edit('red');
			expect(await nemo.clock.passUntil(reply)).toMatchObject({
				status: 'completed',
				renderId: renderOf('red'),
			});
			expect(heard.hints).toEqual([]);
		},
	);

	it('is told as waiting meanwhile', async () => {
		await abandoned('error');
		const reply = say('export');
		await nemo.clock.advance(5 * SECOND);
		expect(heard.words).toMatch(/Still on your last message/);
		edit('red');
		expect((await nemo.clock.passUntil(reply)).text).toMatch(
			/^Still on your last message.*Your video is ready/su,
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

	it('is refused without waiting where nothing is at work and nothing was made', async () => {
		nemo.sessions.set(SESSION, { draft: {}, files: [] });
		const before = nemo.clock.now();
		expect((await nemo.clock.passUntil(say('export'))).text).toMatch(/no video in this chat yet/);
		expect(nemo.clock.now() - before).toBeLessThan(2 * SECOND);
	});
});
