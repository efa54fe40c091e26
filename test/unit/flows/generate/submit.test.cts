import { generate } from '../../../../src/flows/generate/generate';
import { RunningTurns } from '../../../../src/flows/generate/runningTurns';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import { submitTurn } from '../../../../src/flows/generate/submitTurn';
import { readTurnId } from '../../../../src/flows/generate/turnId';
import type { GenerateResult, TurnCheckpoint } from '../../../../src/flows/generate/turnCheckpoint';
import { turnStatus } from '../../../../src/flows/generate/turnStatus';
import type { NemoVideoError } from '../../../../src/api/errors';
import { testClient, type TestClient } from '../../support/client.cts';
import { over } from '../../support/over.cts';
import { answer, failureOf, lost } from '../../support/scripted.cts';
import { settled } from '../fakeClock.cts';
import { FakeNemoVideo, FakeStream, Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import type { GenerateSettings } from '../../../../src/flows/generate/generateSettings';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const RECOVERY = { firstWaitMs: 30 * SECOND, intervalMs: MINUTE, checks: 5 };
const SESSION = '9000';
const SETTINGS: GenerateSettings = {
	sessionId: SESSION,
	prompt: 'make it',
	timeoutMs: 15 * MINUTE,
	idleMs: 10 * MINUTE,
	recovery: RECOVERY,
	onTimeout: 'error',
	minimumCredits: 0,
};
const film = (title: string) => ({ t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }], d: 1_000 });

let nemo: FakeNemoVideo;
let stream: FakeStream;
let checkpoint: Checkpoint<TurnCheckpoint>;
beforeEach(() => {
	nemo = new FakeNemoVideo();
	nemo.sessions.set(SESSION, { draft: film('old'), files: [] });
	stream = nemo.stream = new FakeStream();
	checkpoint = newCheckpoint();
});

const edit = (title: string): void => void (session().draft = film(title));
function session() {
	const held = nemo.sessions.get(SESSION);
	if (!held) throw new Error('The session is gone');
	return held;
}
const end = async <T,>(work: Promise<T>): Promise<T> => await nemo.clock.passUntil(work);
const submit = async (settings: Partial<GenerateSettings> = {}): Promise<GenerateResult> => {
	const work = over(submitTurn(nemo.client, { ...SETTINGS, ...settings }, checkpoint, new Heard()));
	await nemo.clock.advance(0);
	return await end(work);
};
const status = async (
	turnId: string,
	client: TestClient = nemo.client,
	waitMs = 0,
): Promise<GenerateResult> =>
	await end(turnStatus(client, { turnId, timeoutMs: 15 * MINUTE, recovery: RECOVERY, waitMs }));
const statusFailure = async (turnId: string, client?: TestClient): Promise<NemoVideoError> =>
	await failureOf(status(turnId, client));
/** A process that knows nothing of this one, such as another worker or n8n after a restart. */
const otherProcess = (): TestClient => testClient(nemo, nemo.clock);
const taken = async (settings: Partial<GenerateSettings> = {}): Promise<GenerateResult> => {
	stream.say({ type: 'text', content: 'On it. ' });
	return await submit(settings);
};

describe('a submitted prompt', () => {
	it('is in progress at the first event, with a turn ID that holds the session', async () => {
		const result = await taken();
		expect(result).toMatchObject({
			sessionId: SESSION,
			status: 'running',
			text: 'On it.\n\nNemoVideo is still working.',
			timeline: null,
		});
		expect(readTurnId(result.turnId).sessionId).toBe(SESSION);
		expect(JSON.stringify(result)).not.toMatch(/nmv_usr/);
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is refused where NemoVideo refuses it, and may be sent another time', async () => {
		stream.say({ code: 2001, message: 'none left' });
		expect(await failureOf(submit())).toMatchObject({ kind: 'credits', outcome: 'refused' });
		expect(checkpoint.read()).toBeUndefined();
	});

	it('is said to be in progress where NemoVideo is silent for long, for it was sent', async () => {
		expect(await submit()).toMatchObject({ status: 'running' });
		expect(nemo.prompts).toHaveLength(1);
	});

	it('is not sent again when n8n tries the node again', async () => {
		const first = await taken();
		expect(await submit()).toMatchObject({ status: 'running', turnId: first.turnId });
		expect(nemo.prompts).toHaveLength(1);
	});

	it('is not sent again where an equal one is in progress, by whichever operation', async () => {
		const { turnId } = await taken();
		checkpoint = newCheckpoint();
		expect(await submit()).toMatchObject({ status: 'running', turnId });
		const waiting = generate(nemo.client, SETTINGS, newCheckpoint(), new Heard());
		await nemo.clock.advance(MINUTE);
		edit('new');
		stream.say({ type: 'text', content: 'Done.' });
		stream.end();
		expect(await end(waiting)).toMatchObject({ status: 'completed', turnId });
		expect(nemo.prompts).toHaveLength(1);
	});

	it('waits for another prompt of the session, and is taken back where that takes too long', async () => {
		await taken();
		checkpoint = newCheckpoint();
		const error = await failureOf(submit({ prompt: 'another' }));
		expect(error).toMatchObject({ kind: 'timeout', safeToRepeat: true, retryable: true });
		expect(error.message).toMatch(/Another prompt of this session is still running/);
		edit('new');
		stream.end();
		await nemo.clock.advance(10 * MINUTE);
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('holds the session until its stream is over', async () => {
		await taken();
		const next = generate(
			nemo.client,
			{ ...SETTINGS, prompt: 'next' },
			newCheckpoint(),
			new Heard(),
		);
		await nemo.clock.advance(MINUTE);
		expect(nemo.prompts).toEqual(['make it']);
		edit('new');
		stream.end();
		const second = (nemo.stream = new FakeStream());
		for (let round = 0; round < 10; round++) await nemo.clock.advance(SECOND);
		expect(nemo.prompts).toEqual(['make it', 'next']);
		second.say({ type: 'text', content: 'Next is done.' });
		second.end();
		expect(await end(next)).toMatchObject({ text: 'Next is done.' });
	});

	it('writes nothing into the memory of a node that has returned', async () => {
		await taken();
		checkpoint.clear();
		edit('new');
		stream.end();
		await nemo.clock.advance(10 * MINUTE);
		expect(checkpoint.read()).toBeUndefined();
	});

	it('leaves nothing behind once it is over', async () => {
		await taken();
		edit('new');
		stream.end();
		await nemo.clock.advance(10 * MINUTE);
		expect(RunningTurns.of(nemo.client.queue).size).toBe(0);
		expect(nemo.client.queue.busySessions).toBe(0);
	});
});

describe('the status of a submitted prompt in the same process', () => {
	it('is what the agent said so far while it runs', async () => {
		const { turnId } = await taken();
		stream.say({ type: 'text', content: 'First cut is there.' });
		await settled();
		expect(await status(turnId)).toMatchObject({
			status: 'running',
			text: expect.stringMatching(/^On it\. First cut is there\.\n\nNemoVideo is still working/),
			timeline: { readyToExport: true },
			turnId,
		});
	});

	it('is its result once it is over, however often it is asked for', async () => {
		const { turnId } = await taken();
		edit('new');
		stream.say({ type: 'text', content: 'Done.' });
		stream.end();
		await nemo.clock.advance(SECOND);
		const result = await status(turnId);
		expect(result).toMatchObject({
			status: 'completed',
			text: 'On it. Done.',
			completedBy: 'stream',
			turnId,
		});
		expect(result.changes).not.toEqual([]);
		expect(await status(turnId)).toEqual(result);
	});

	it('is a question where NemoVideo asks one', async () => {
		stream.say({ type: 'text', content: 'Which music do you want?' });
		const { turnId } = await submit();
		stream.end();
		await nemo.clock.advance(SECOND);
		expect(await status(turnId)).toMatchObject({
			status: 'awaitingInput',
			text: 'Which music do you want?',
		});
	});

	it('is found in the state where the stream breaks', async () => {
		const { turnId } = await taken();
		stream.break();
		await nemo.clock.advance(SECOND);
		expect((await status(turnId)).status).toBe('running');
		edit('new');
		await nemo.clock.advance(3 * MINUTE);
		expect(await status(turnId)).toMatchObject({ status: 'completed', completedBy: 'state' });
	});

	it('is the failure that NemoVideo told', async () => {
		const { turnId } = await taken();
		stream.say({ error: 'tool exploded' });
		// The session is looked at first.
		await nemo.clock.advance(31 * SECOND);
		const error = await statusFailure(turnId);
		// To look again is free, but what has failed is the prompt, which was charged.
		expect(error).toMatchObject({ kind: 'server', safeToRepeat: false, retryable: false });
		expect(error.message).toContain('tool exploded');
		expect(error.description).toContain("won't be sent again");
	});

	it('is a refusal that came late, after which the prompt may be sent again', async () => {
		const { turnId } = await submit();
		stream.say({ code: 2001, message: 'none left' });
		stream.end();
		await nemo.clock.advance(SECOND);
		expect(await statusFailure(turnId)).toMatchObject({ kind: 'credits', safeToRepeat: true });
	});

	it('is read from the state where the time of its stream was over', async () => {
		const { turnId } = await taken({ timeoutMs: 2 * MINUTE });
		await nemo.clock.advance(3 * MINUTE);
		edit('new');
		expect((await status(turnId)).status).toBe('running');
		await nemo.clock.advance(MINUTE);
		expect(await status(turnId)).toMatchObject({ status: 'completed', completedBy: 'state' });
	});
});

describe('the status of a submitted prompt in another process', () => {
	it('is running until the timeline has changed and has rested for a recovery interval', async () => {
		const { turnId } = await taken();
		const other = otherProcess();
		expect(await status(turnId, other)).toMatchObject({ status: 'running', turnId });
		edit('raw clip');
		expect((await status(turnId, other)).status).toBe('running');
		await nemo.clock.advance(MINUTE / 2);
		edit('with music');
		expect((await status(turnId, other)).status).toBe('running');
		await nemo.clock.advance(MINUTE);
		expect(await status(turnId, other)).toMatchObject({
			status: 'completed',
			completedBy: 'state',
			text: expect.stringMatching(
				/^NemoVideo changed the timeline\. Timeline \(\d+ tracks?\): 1\. /u,
			),
			timeline: { readyToExport: true },
		});
	});

	it('needs no second call once the time of the turn is over', async () => {
		const { turnId } = await taken();
		edit('new');
		await nemo.clock.advance(16 * MINUTE);
		expect(await status(turnId, otherProcess())).toMatchObject({ status: 'completed' });
	});

	it('is a failure where nothing has changed in all the time it had', async () => {
		const { turnId } = await taken();
		await nemo.clock.advance(18 * MINUTE);
		expect((await status(turnId, otherProcess())).status).toBe('running');
		await nemo.clock.advance(3 * MINUTE);
		expect(await statusFailure(turnId, otherProcess())).toMatchObject({
			kind: 'stream',
			safeToRepeat: false,
			retryable: false,
			description: expect.stringContaining("won't be sent again"),
		});
	});

	it('cannot be told where something else went to the session since', async () => {
		const { turnId } = await taken();
		edit('new');
		const other = otherProcess();
		other.sent.note(SESSION, 'a later prompt');
		const error = await statusFailure(turnId, other);
		expect(error.message).toMatch(/something else was sent/);
		expect(error).toMatchObject({ safeToRepeat: false, retryable: false });
	});

	it('cannot be told where something else went to the session while it was read', async () => {
		const { turnId } = await taken();
		const other = otherProcess();
		const send = nemo.send.bind(nemo);
		jest.spyOn(nemo, 'send').mockImplementation(async (request) => {
			other.sent.note(SESSION, "another's upload");
			edit('new');
			return await send(request);
		});
		expect((await statusFailure(turnId, other)).message).toMatch(/something else was sent/);
	});

	it('stays untold in a third process once it was seen that something else was sent', async () => {
		const { turnId } = await taken();
		const [second, third] = [0, 1].map(() =>
			testClient(nemo, nemo.clock, { sent: nemo.client.sent }),
		) as [TestClient, TestClient];
		await second.queue.hold(SESSION, {}, async (lease) => {
			await lease.clear();
			lease.sends("another's prompt");
		});
		edit("another's");
		const seen = await statusFailure(turnId, second);
		expect(seen.message).toMatch(/something else was sent/);
		await nemo.clock.advance(16 * MINUTE);
		expect((await statusFailure(turnId, third)).message).toBe(seen.message);
	});

	it('is the failure that NemoVideo told, whatever changed the timeline since', async () => {
		const { turnId } = await taken();
		stream.say({ code: 500, message: 'The model is overloaded' });
		stream.end();
		await nemo.clock.advance(5 * MINUTE);
		const told = await statusFailure(turnId);
		const other = testClient(nemo, nemo.clock, { sent: nemo.client.sent });
		edit("another's");
		await nemo.clock.advance(16 * MINUTE);
		expect(await statusFailure(turnId, other)).toMatchObject({
			kind: told.kind,
			message: told.message,
		});
	});

	it('is the failure of a session that is gone', async () => {
		const { turnId } = await taken();
		nemo.sessions.clear();
		expect(await statusFailure(turnId, otherProcess())).toMatchObject({
			kind: 'session',
			safeToRepeat: true,
		});
	});

	it.each([
		['answers 503', answer({ message: 'overloaded' }, 503)],
		['has too many requests', answer({}, 429, { 'retry-after': '3600' })],
		['breaks the connection', lost()],
	])('may be asked for again where NemoVideo %s', async (_what, given) => {
		const { turnId } = await taken();
		jest.spyOn(nemo, 'send').mockImplementation(async () => {
			if (given instanceof Error) throw given;
			return given;
		});
		expect(await statusFailure(turnId, otherProcess())).toMatchObject({
			safeToRepeat: true,
			retryable: true,
		});
	});
});

describe('a status that waits', () => {
	it('answers as soon as the turn is over', async () => {
		const { turnId } = await taken();
		const begun = nemo.clock.now();
		const waiting = status(turnId, nemo.client, 30 * SECOND);
		for (let second = 0; second < 10; second++) await nemo.clock.advance(SECOND);
		edit('new');
		stream.say({ type: 'text', content: 'Done.' });
		stream.end();
		expect(await waiting).toMatchObject({ status: 'completed', text: 'On it. Done.' });
		expect(nemo.clock.now() - begun).toBeLessThan(25 * SECOND);
	});

	it('answers that the turn runs once its time is up, in this process and in another', async () => {
		const { turnId } = await taken();
		for (const client of [nemo.client, otherProcess()]) {
			const begun = nemo.clock.now();
			expect((await status(turnId, client, 20 * SECOND)).status).toBe('running');
			expect(nemo.clock.now() - begun).toBeGreaterThanOrEqual(20 * SECOND);
		}
	});

	it('sees a change in another process while it waits', async () => {
		const { turnId } = await taken();
		const waiting = status(turnId, otherProcess(), 5 * MINUTE);
		await nemo.clock.advance(10 * SECOND);
		edit('new');
		expect(await waiting).toMatchObject({ status: 'completed', completedBy: 'state' });
	});
});

it('a status costs nothing and sends nothing', async () => {
	const { turnId } = await taken();
	await status(turnId);
	await status(turnId, otherProcess());
	expect(nemo.log.filter((request) => request.startsWith('POST'))).toEqual(['POST /run_sse']);
});

it('a turn ID of another session is refused before anything is asked', async () => {
	const { turnId } = await taken();
	const asked = nemo.requests.length;
	const settings = {
		turnId,
		sessionId: '1',
		timeoutMs: MINUTE,
		recovery: RECOVERY,
		waitMs: 0,
	};
	expect((await failureOf(turnStatus(nemo.client, settings))).message).toMatch(/another session/);
	expect(nemo.requests).toHaveLength(asked);
});
