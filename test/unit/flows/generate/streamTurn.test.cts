import type { StreamEnd } from '../../../../src/flows/generate/streamTurn';
import { streamTurn } from '../../support/streamTurn.cts';
import { over } from '../../support/over.cts';
import { FakeNemoVideo, FakeStream, Heard } from '../fakeNemoVideo.cts';

const MINUTE = 60_000;
const LIMITS = { timeoutMs: 15 * MINUTE, idleMs: 10 * MINUTE };

let nemo: FakeNemoVideo;
let stream: FakeStream;
let heard: Heard;
let ended: Promise<StreamEnd>;

beforeEach(async () => {
	nemo = new FakeNemoVideo();
	stream = nemo.stream = new FakeStream();
	heard = new Heard();
	ended = over(streamTurn(nemo.client, { sessionId: '1', prompt: 'make it' }, LIMITS, heard));
	await nemo.clock.advance(0);
});

/** Heartbeats every half minute. */
const beat = async (minutes: number): Promise<void> => {
	for (let half = 0; half < minutes * 2; half++) {
		stream.say({ type: 'heartbeat' });
		await nemo.clock.advance(MINUTE / 2);
	}
};
const text = (content: string): void => stream.say({ type: 'text', content });

describe('while only heartbeats come', () => {
	it('the user hears every two minutes that the work continues', async () => {
		await beat(1.5);
		expect(heard.pieces).toEqual([]);
		await beat(0.5);
		expect(heard.pieces).toEqual(['(working)']);
		await beat(2);
		expect(heard.pieces).toEqual(['(working)', '(working)']);
		stream.end();
		await ended;
	});

	it('empty data lines count as heartbeats', async () => {
		for (let half = 0; half < 4; half++) {
			stream.say('');
			await nemo.clock.advance(MINUTE / 2);
		}
		expect(heard.pieces).toEqual(['(working)']);
		stream.end();
		await ended;
	});

	it('words put the notice off by two minutes', async () => {
		await beat(1.5);
		text('First cut is there. ');
		await beat(1.5);
		expect(heard.pieces).toEqual(['First cut is there. ']);
		await beat(0.5);
		expect(heard.pieces).toEqual(['First cut is there. ', '(working)']);
		stream.end();
		await ended;
	});

	it('no notice comes after the end', async () => {
		text('Done.');
		stream.end();
		expect(await ended).toMatchObject({ how: 'closed', result: { text: 'Done.' } });
		await nemo.clock.advance(20 * MINUTE);
		expect(heard.pieces).toEqual(['Done.']);
	});

	it('ten minutes of nothing else end the waiting', async () => {
		text('Starting.');
		await beat(10);
		expect(await ended).toMatchObject({ how: 'idle' });
		expect(stream.closed).toBe(true);
	});
});

describe('without a single byte', () => {
	it('two minutes are a lost stream', async () => {
		await nemo.clock.advance(2 * MINUTE);
		expect(await ended).toMatchObject({ how: 'lost', begun: false });
	});
});

describe('words', () => {
	it('are shown a sentence at a time, before the turn ends', async () => {
		text('I am cutting the clips. The music');
		await nemo.clock.advance(0);
		expect(heard.words).toBe('I am cutting the clips. ');
		text(' is next.');
		stream.end();
		await ended;
		expect(heard.words).toBe('I am cutting the clips. The music is next.');
	});

	it('are shown without the talk of buttons', async () => {
		text('Your film is ready. Click the Export button to download your video. ');
		text('Enjoy!');
		stream.end();
		const end = await ended;
		expect(heard.words).toBe('Your film is ready. Enjoy!');
		expect(end).toMatchObject({ result: { text: expect.stringContaining('Click the Export') } });
	});
});
