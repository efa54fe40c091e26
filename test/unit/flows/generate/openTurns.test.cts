import { NemoVideoError } from '../../../../src/api/errors';
import { generate } from '../../../../src/flows/generate/generate';
import { submitTurn } from '../../../../src/flows/generate/submitTurn';
import type { GenerateResult, TurnCheckpoint } from '../../../../src/flows/generate/turnCheckpoint';
import { upload } from '../../../../src/flows/upload/upload';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import { testClient, type TestClient } from '../../support/client.cts';
import { failureOf } from '../../support/scripted.cts';
import { settled } from '../fakeClock.cts';
import { FakeNemoVideo, FakeStream, Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import type { GenerateSettings } from '../../../../src/flows/generate/generateSettings';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SESSION = '9000';
const SETTINGS: GenerateSettings = {
	sessionId: SESSION,
	prompt: 'make it',
	timeoutMs: 15 * MINUTE,
	idleMs: 10 * MINUTE,
	recovery: { firstWaitMs: 30 * SECOND, intervalMs: MINUTE, checks: 5 },
	onTimeout: 'error',
	minimumCredits: 0,
};
const film = (title: string) => ({ t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }], d: 1_000 });

let nemo: FakeNemoVideo;
let stream: FakeStream;
beforeEach(() => {
	nemo = new FakeNemoVideo();
	nemo.sessions.set(SESSION, { draft: film('old'), files: [] });
	stream = nemo.stream = new FakeStream();
});

const edit = (title: string): void => {
	const held = nemo.sessions.get(SESSION);
	if (held) held.draft = film(title);
};
/** Another execution, node or chat of the same process. */
const another = (): TestClient => {
	const { limiter, queue } = nemo.client;
	return testClient(nemo, nemo.clock, { limiter, queue });
};
const begin = (
	settings: Partial<GenerateSettings> = {},
	client: TestClient = nemo.client,
	checkpoint: Checkpoint<TurnCheckpoint> = newCheckpoint(),
): Promise<GenerateResult> => {
	const work = generate(client, { ...SETTINGS, ...settings }, checkpoint, new Heard());
	work.catch(() => undefined);
	return work;
};
const end = async <T,>(work: Promise<T>): Promise<T> => await nemo.clock.passUntil(work);
const pass = async (ms: number): Promise<void> => {
	for (let left = ms; left > 0; left -= SECOND) {
		await nemo.clock.advance(SECOND);
		await settled();
	}
};
/** A prompt whose node gave up while NemoVideo works on. */
async function givenUp(): Promise<void> {
	stream.say({ type: 'text', content: 'On it.' });
	const error = await failureOf(end(begin({ timeoutMs: MINUTE })));
	expect(error).toMatchObject({ kind: 'timeout', outcome: 'unknown' });
}
const says = (text: string): void => {
	stream = nemo.stream = new FakeStream();
	stream.say({ type: 'text', content: text });
	stream.end();
};

describe('a prompt whose end is not known', () => {
	it('is paid once where it is asked for again before another one that waits for its end', async () => {
		await givenUp();
		says('Another.');
		const other = begin({ prompt: 'another' }, another());
		await pass(SECOND);
		const again = begin({}, another());
		await pass(10 * SECOND);
		edit('new');
		expect(await end(other)).toMatchObject({ text: 'Another.' });
		expect(await end(again)).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(nemo.prompts).toEqual(['make it', 'another']);
	});

	it('is sent as a new wish where it left no trace before another one went to the session', async () => {
		await givenUp();
		nemo.stream = undefined;
		nemo.turns = [{ says: ['Another.'] }, { says: ['Done.'] }];
		const other = begin({ prompt: 'another' }, another());
		await pass(SECOND);
		const again = begin({}, another());
		expect(await end(other)).toMatchObject({ text: 'Another.' });
		expect(await end(again)).toMatchObject({ text: 'Done.' });
		expect(nemo.prompts).toEqual(['make it', 'another', 'make it']);
	});

	it('is not sent again by another node of its execution, however much later', async () => {
		await givenUp();
		await pass(20 * MINUTE);
		edit('new');
		expect(await end(begin())).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is not sent again by another execution while NemoVideo may be working on it', async () => {
		const lost = begin();
		await pass(SECOND);
		stream.break();
		expect(await failureOf(end(lost))).toMatchObject({ kind: 'stream', outcome: 'unknown' });
		edit('new');
		expect(await end(begin({}, another()))).toMatchObject({ completedBy: 'state' });
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is a new wish in another execution once NemoVideo can no longer be working on it', async () => {
		await givenUp();
		await pass(15 * MINUTE);
		says('Done again.');
		expect(await end(begin({}, another()))).toMatchObject({ text: 'Done again.' });
		expect(nemo.prompts).toEqual(['make it', 'make it']);
	});

	it('is found by Submit too, with the words that were heard', async () => {
		await givenUp();
		const checkpoint = newCheckpoint<TurnCheckpoint>();
		const submitted = submitTurn(
			another(),
			{ ...SETTINGS, timeoutMs: MINUTE },
			checkpoint,
			new Heard(),
		);
		expect(await end(submitted)).toMatchObject({ text: expect.stringMatching(/^On it\./) });
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is not in the way once its own node has found its end', async () => {
		edit('old');
		const lost = begin();
		await pass(SECOND);
		stream.break();
		edit('new');
		expect(await end(lost)).toMatchObject({ status: 'completed' });
		says('Done again.');
		expect(await end(begin({}, another()))).toMatchObject({ text: 'Done again.' });
		expect(nemo.prompts).toEqual(['make it', 'make it']);
	});

	it('is not in the way where NemoVideo refused it', async () => {
		stream.say({ code: 2001, message: 'none left' });
		stream.end();
		expect(await failureOf(end(begin()))).toMatchObject({ outcome: 'refused' });
		says('Done.');
		expect(await end(begin({}, another()))).toMatchObject({ text: 'Done.' });
	});
});

describe('other work in a session with a turn that nobody reads', () => {
	it('waits until the timeline rests', async () => {
		await givenUp();
		says('Next is done.');
		const next = begin({ prompt: 'next' }, another());
		await pass(20 * SECOND);
		edit('half');
		await pass(50 * SECOND);
		expect(nemo.prompts).toEqual(['make it']);
		edit('new');
		expect(await end(next)).toMatchObject({ text: 'Next is done.' });
		expect(nemo.prompts).toEqual(['make it', 'next']);
	});

	it('is given up unsent where the timeline never rests', async () => {
		await givenUp();
		let version = 0;
		const moving = begin({ prompt: 'next', timeoutMs: 60 * MINUTE }, another());
		let isOver = false;
		moving.catch(() => (isOver = true));
		for (let step = 0; step < 3_600 && !isOver; step++) {
			edit(`version ${version++}`);
			await pass(SECOND);
		}
		const error = await failureOf(moving);
		expect(error).toMatchObject({ kind: 'timeout', safeToRepeat: true });
		expect(error.message).toMatch(/Another prompt of this session is still running/);
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is an upload that waits as well', async () => {
		await givenUp();
		const urls = [new URL('https://example.com/a.jpg').href];
		const isUpload = (request: string): boolean => request.includes('/upload-video/');
		const settings = { sessionId: SESSION, media: { urls } };
		const work = upload(another(), settings, new Heard(), newCheckpoint());
		work.catch(() => undefined);
		await pass(20 * SECOND);
		expect(nemo.log.filter(isUpload)).toEqual([]);
		await end(work);
		expect(nemo.log.filter(isUpload)).toHaveLength(1);
	});
});

it('a failure that NemoVideo told is not told as another one by the next execution', async () => {
	stream.say({ type: 'tool_call', name: 'edit', args: {} });
	stream.say({ type: 'error', message: 'Model overloaded' });
	stream.end();
	const first = await failureOf(end(begin()));
	expect(first).toBeInstanceOf(NemoVideoError);
	says('Done.');
	expect(await end(begin({}, another()))).toMatchObject({ text: 'Done.' });
	expect(nemo.prompts).toHaveLength(2);
});
