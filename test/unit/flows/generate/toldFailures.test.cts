import type { NemoVideoError } from '../../../../src/api/errors';
import { generate } from '../../../../src/flows/generate/generate';
import type { GenerateResult, TurnCheckpoint } from '../../../../src/flows/generate/turnCheckpoint';
import { failureOf } from '../../support/scripted.cts';
import { settings } from '../assistant/chat.cts';
import { Heard, newCheckpoint, type FakeNemoVideo, type FakeStream } from '../fakeNemoVideo.cts';
import { heldStream, SESSION } from './heldStream.cts';
import type { GenerateSettings } from '../../../../src/flows/generate/generateSettings';

const SECOND = 1_000;
const order: GenerateSettings = { ...settings('').turn, sessionId: SESSION, prompt: 'make it' };
const CALL = { type: 'tool_call', name: 'edit', args: {} };

let nemo: FakeNemoVideo;
let stream: FakeStream;
let heard: Heard;
let edit: (title: string) => void;
beforeEach(() => {
	({ nemo, stream, heard, edit } = heldStream());
});
const turn = async (prompt = 'make it'): Promise<GenerateResult> =>
	await nemo.clock.passUntil(generate(nemo.client, { ...order, prompt }, newCheckpoint(), heard));

/** Errors after which NemoVideo may be at work, or have done its work. */
const OPEN: Array<[string, object]> = [
	['an upstream timeout', { type: 'error', code: 504, message: 'upstream idle timeout' }],
	['words of a timeout', { error: 'Session service timed out' }],
	['a quota of the model', { error: { code: 429, message: 'quota' } }],
	['a call that the model garbled', { errorCode: 'MALFORMED_FUNCTION_CALL', author: 'n', id: 'x' }],
];

describe('an error in the stream that does not end the work for certain', () => {
	it.each(OPEN)('is looked into: %s', async (_, error) => {
		stream.say(CALL, error);
		stream.end();
		const first = generate(nemo.client, order, newCheckpoint(), heard);
		await nemo.clock.advance(10 * SECOND);
		edit('new');
		expect(await nemo.clock.passUntil(first)).toMatchObject({
			status: 'completed',
			completedBy: 'state',
			text: expect.stringContaining('NemoVideo reported an error at the end: '),
		});
	});

	it.each(OPEN)(
		'holds other prompts back until the session was looked at: %s',
		async (_, error) => {
			stream.say(CALL, error);
			stream.end();
			const first = failureOf(
				nemo.clock.passUntil(generate(nemo.client, order, newCheckpoint(), heard)),
			);
			const other = generate(
				nemo.client,
				{ ...order, prompt: 'another' },
				newCheckpoint(),
				new Heard(),
			);
			await nemo.clock.advance(20 * SECOND);
			expect(nemo.prompts).toEqual(['make it']);
			expect(await first).toMatchObject({ safeToRepeat: false });
			await nemo.clock.passUntil(other.catch(() => undefined));
			expect(nemo.prompts).toEqual(['make it', 'another']);
		},
	);

	it.each(OPEN)('fails as it was told where the session shows nothing: %s', async (_, error) => {
		stream.say(CALL, error);
		stream.end();
		const failure = await failureOf(turn());
		expect(failure).toMatchObject({ safeToRepeat: false, retryable: false });
		expect(failure.message).not.toContain('connection');
	});
});

describe('an error while a tool was running, after a part of the work was done', () => {
	const RESULT = { type: 'tool_result', name: 'edit', result: {} };
	const scene = (): void => {
		stream.say(CALL, RESULT, { type: 'text', content: 'Scene 1 of 3 is ready.' }, CALL);
		edit('scene 1');
	};

	it.each(OPEN)('fails, and tells what was done: %s', async (_, error) => {
		const first = failureOf(turn());
		await nemo.clock.advance(SECOND);
		scene();
		stream.say(error);
		stream.end();
		const failure = await first;
		expect(failure).toMatchObject({ safeToRepeat: false, retryable: false });
		expect(failure.description).toMatch(/part of the work was completed first: .*scene 1/i);
		expect(failure.description).toContain('Scene 1 of 3 is ready.');
	});

	it('fails so again when it is tried again', async () => {
		const kept = newCheckpoint<TurnCheckpoint>();
		const attempt = () => nemo.clock.passUntil(generate(nemo.client, order, kept, heard));
		const first = failureOf(attempt());
		await nemo.clock.advance(SECOND);
		scene();
		stream.say({ error: 'seedance quota exceeded' });
		stream.end();
		const { message } = await first;
		expect(message).toContain('seedance quota exceeded');
		expect((await failureOf(attempt())).message).toBe(message);
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is a result where the tool went on and changed the timeline afterwards', async () => {
		const made = turn();
		await nemo.clock.advance(SECOND);
		scene();
		stream.say({ error: 'upstream timed out' });
		stream.end();
		await nemo.clock.advance(10 * SECOND);
		edit('scene 2');
		expect(await made).toMatchObject({
			status: 'completed',
			text: expect.stringContaining('upstream timed out'),
		});
	});
});

describe('an error that ends the work', () => {
	it.each<[string, object, NemoVideoError['kind']]>([
		['used-up credits', { code: 2001, message: 'insufficient credits' }, 'credits'],
		['content that the model refuses', { errorCode: 'SAFETY', author: 'n', id: 'x' }, 'input'],
	])('is reported immediately: %s', async (_, error, kind) => {
		const before = nemo.clock.now();
		stream.say(CALL, error);
		stream.end();
		expect(await failureOf(turn())).toMatchObject({ kind });
		expect(nemo.clock.now() - before).toBeLessThanOrEqual(SECOND);
	});
});

it('quotes the claim of a temporary issue once where it is all that came', async () => {
	const claim = 'I encountered a temporary issue';
	stream.say({ type: 'text', content: `${claim}. Please try again in a moment.` });
	stream.end();
	const { message, description = '' } = await failureOf(turn());
	expect(`${message} ${description}`.split(claim)).toHaveLength(2);
	expect(message).toContain(claim);
});
