import { generate } from '../../../../src/flows/generate/generate';
import { submitTurn } from '../../../../src/flows/generate/submitTurn';
import type { TurnCheckpoint } from '../../../../src/flows/generate/turnCheckpoint';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import { testClient } from '../../support/client.cts';
import { failureOf } from '../../support/scripted.cts';
import { settings } from '../assistant/chat.cts';
import {
	newCheckpoint,
	type FakeNemoVideo,
	type FakeStream,
	type Heard,
} from '../fakeNemoVideo.cts';
import { film, heldStream, SESSION } from './heldStream.cts';
import type { GenerateSettings } from '../../../../src/flows/generate/generateSettings';

const SECOND = 1_000;
const MINUTE = 60_000;
const order: GenerateSettings = {
	...settings('').turn,
	sessionId: SESSION,
	prompt: 'make it',
	timeoutMs: 5 * MINUTE,
};
const CALL = { type: 'tool_call', name: 'edit', args: {} };
const RESULT = { type: 'tool_result', name: 'edit', result: {} };
const words = (content: string) => ({ type: 'text', content });

let nemo: FakeNemoVideo;
let stream: FakeStream;
let heard: Heard;
let edit: (title: string) => void;
beforeEach(() => {
	({ nemo, stream, heard, edit } = heldStream());
});
/** In an execution of its own. */
const anew = async (
	more: Partial<GenerateSettings> = {},
	kept: Checkpoint<TurnCheckpoint> = newCheckpoint(),
) => {
	const { limiter, queue } = nemo.client;
	const client = testClient(nemo, nemo.clock, { limiter, queue });
	return await nemo.clock.passUntil(generate(client, { ...order, ...more }, kept, heard));
};
const loseOne = async (): Promise<void> => {
	stream.say(CALL);
	stream.break();
	await failureOf(anew());
};

describe('an equal prompt of another execution whose end is not known', () => {
	it('keeps this one back, and the failure says since when, until when, and how to send it anyway', async () => {
		await loseOne();
		const failure = await failureOf(anew());
		expect(failure.message).toMatch(
			/^An equal prompt went to this session at 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC/,
		);
		expect(failure.description).toMatch(/^Nothing was sent now\. About that prompt: /);
		expect(failure.description).toMatch(/'Send Equal Prompts', or run the item after 20\d\d-/);
		expect(failure).toMatchObject({ safeToRepeat: false, retryable: false });
		expect(nemo.prompts).toEqual(['make it']);
	});

	it('is reported by Submit in the same way', async () => {
		await loseOne();
		const { limiter, queue } = nemo.client;
		const client = testClient(nemo, nemo.clock, { limiter, queue });
		const submitted = submitTurn(client, order, newCheckpoint(), heard);
		const failure = await failureOf(nemo.clock.passUntil(submitted));
		expect(failure.message).toContain('An equal prompt went to this session');
		expect(failure.safeToRepeat).toBe(false);
	});

	it('does not keep it back where equal prompts are to be sent', async () => {
		await loseOne();
		nemo.stream = undefined;
		nemo.turns = [{ tool: 'edit', says: ['Done.'], draft: film('new') }];
		expect(await anew({ sendsEqual: true })).toMatchObject({ text: 'Done.' });
		expect(nemo.prompts).toEqual(['make it', 'make it']);
	});

	it('is not waited for as one of the same moment where equal prompts are to be sent', async () => {
		const first = anew({ sendsEqual: true });
		const second = anew({ sendsEqual: true });
		await nemo.clock.advance(SECOND);
		nemo.turns = [{ tool: 'edit', says: ['Second.'], draft: film('second') }];
		nemo.stream = undefined;
		stream.say(CALL, RESULT, words('First.'));
		edit('first');
		stream.end();
		expect([(await first).text, (await second).text]).toEqual(['First.', 'Second.']);
	});
});

describe('the failure of a turn of which nothing is found', () => {
	it('does not speak of a lost connection where the item ran out of time', async () => {
		const kept = newCheckpoint<TurnCheckpoint>();
		stream.say(CALL);
		expect((await failureOf(anew({ timeoutMs: MINUTE }, kept))).kind).toBe('timeout');
		const again = await failureOf(anew({}, kept));
		expect(again.message).toMatch(/^The prompt was stopped or ran out of time, /);
	});

	it('names the silence, not the node that gave up on it', async () => {
		stream.say(CALL);
		const failure = await failureOf(anew());
		expect(failure.message).toMatch(/^NemoVideo sent nothing for 120 s, /);
		expect(failure.description).not.toContain('broke');
	});

	it('names a message that was cut short', async () => {
		stream.say(CALL, RESULT, { ...words('I will cut'), partial: true });
		stream.say({
			author: 'n',
			id: 'x',
			content: { parts: [{ text: 'I will' }] },
			interrupted: true,
		});
		stream.end();
		const failure = await failureOf(anew());
		expect(failure.message).toMatch(/^NemoVideo closed the stream in the middle of a message, /);
	});
});

describe('a turn whose time is over while the stream stays open', () => {
	it('is done where NemoVideo has spoken its closing words and the timeline rests', async () => {
		const made = anew({ timeoutMs: MINUTE });
		await nemo.clock.advance(SECOND);
		stream.say(CALL, RESULT, words('Here it is.'));
		edit('new');
		expect(await made).toMatchObject({ status: 'completed', text: 'Here it is.' });
	});

	it('is not done while a tool is running', async () => {
		const made = failureOf(anew({ timeoutMs: MINUTE }));
		await nemo.clock.advance(SECOND);
		stream.say(CALL, RESULT, words('On it.'), CALL);
		edit('new');
		expect((await made).kind).toBe('timeout');
	});
});

it('a result beside a tool that NemoVideo never told the end of says so', async () => {
	const made = anew();
	await nemo.clock.advance(SECOND);
	stream.say(CALL);
	edit('new');
	stream.end();
	expect(await made).toMatchObject({ status: 'completed', completedBy: 'state' });
	expect(heard.hints.join()).toContain("NemoVideo did not report the result of 'edit'");
});
