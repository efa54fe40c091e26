import type { NemoVideoError } from '../../../../src/api/errors';
import type { ByteStream } from '../../../../src/api/transport';
import { generate } from '../../../../src/flows/generate/generate';
import { events, failureOf, Scripted, state, type Answer } from '../../support/scripted.cts';
import { settings } from '../assistant/chat.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';

const MINUTE = 60_000;
const title = (text: string): Answer =>
	state({ t: [{ tt: 0, sg: [{ m: { title: text }, s: 0, d: 1000 }] }], d: 1000 });
const OLD = title('old');
const NEW = title('new');
const CALL = { type: 'tool_call', name: 'edit_multitrack', args: {} };
const RESULT = { type: 'tool_result', name: 'edit_multitrack', result: {} };
const text = (content: string) => ({ type: 'text', content });

let nemo: Scripted;
beforeEach(() => (nemo = new Scripted()));

/** A stream that goes on with heartbeats after its events. */
function keptOpen(...begin: object[]): ByteStream {
	let closed = false;
	const encode = (payload: string) => new TextEncoder().encode(`data: ${payload}\n\n`);
	const bytes = async function* (): AsyncGenerator<Uint8Array> {
		for (const event of begin) yield encode(JSON.stringify(event));
		while (!closed) {
			await nemo.clock.wait(MINUTE);
			yield encode('heartbeat');
		}
	};
	return { status: 200, headers: {}, bytes: bytes(), close: () => (closed = true) };
}

const turn = async (said: object[], states: Answer[]) => {
	nemo.on('GET /api/state/', OLD, ...states);
	nemo.on('POST /run_sse', () => keptOpen(...said));
	const order = { ...settings('').turn, sessionId: '7', prompt: 'make it', idleMs: 3 * MINUTE };
	return await nemo.run(generate(nemo.client, order, newCheckpoint(), new Heard()));
};
const lateTurn = async (said: object[], states: Answer[]): Promise<NemoVideoError> =>
	await failureOf(turn(said, states));
const DONE = [CALL, RESULT, text('Your film is ready.')];

describe('a stream that NemoVideo keeps open after its closing words', () => {
	it('is a finished turn at the idle limit where the timeline shows it and rests', async () => {
		expect(await turn(DONE, [NEW, NEW])).toMatchObject({
			status: 'completed',
			text: 'Your film is ready.',
			completedBy: 'state',
			elapsedMs: 3 * MINUTE + 3_000,
		});
	});

	it('is a question at the idle limit where the words ask and nothing changed', async () => {
		expect(await turn([CALL, RESULT, text('Which music do you want?')], [OLD])).toMatchObject({
			status: 'awaitingInput',
			text: 'Which music do you want?',
		});
	});

	it.each<[string, object[], Answer[]]>([
		['a tool still works', [...DONE, CALL], [NEW]],
		['the timeline still moves', DONE, [NEW, title('newer')]],
		['the timeline is as it was', DONE, [OLD]],
		['the session cannot be read', DONE, [() => events()]],
		['no word came', [CALL, RESULT], [NEW]],
	])('stays open where %s', async (_, said, states) => {
		const failure = await lateTurn(said, states);
		expect(failure).toMatchObject({ kind: 'timeout', safeToRepeat: false });
		expect(failure.message).toBe("NemoVideo made no progress for 3 min ('Idle Limit (Minutes)')");
	});
});
