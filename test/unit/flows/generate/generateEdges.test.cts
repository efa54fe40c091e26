import { generate } from '../../../../src/flows/generate/generate';
import {
	isTurnCheckpoint,
	type GenerateResult,
	type TurnCheckpoint,
} from '../../../../src/flows/generate/turnCheckpoint';
import type { Checkpoint } from '../../../../src/flows/checkpoint';
import type { ByteStream } from '../../../../src/api/transport';
import {
	answer,
	events,
	failureOf,
	lost,
	Scripted,
	state,
	type Answer,
} from '../../support/scripted.cts';
import { Heard, newCheckpoint } from '../fakeNemoVideo.cts';
import type { GenerateSettings } from '../../../../src/flows/generate/generateSettings';

const STATE = 'GET /api/state/';
const RUN = 'POST /run_sse';
const MINUTE = 60_000;
const SETTINGS: GenerateSettings = {
	sessionId: '7',
	prompt: 'make it',
	timeoutMs: 15 * MINUTE,
	idleMs: 10 * MINUTE,
	recovery: { firstWaitMs: 30_000, intervalMs: MINUTE, checks: 2 },
	onTimeout: 'error',
	minimumCredits: 0,
};
const title = (text: string) => ({
	t: [{ tt: 0, sg: [{ m: { title: text }, s: 0, d: 1000 }] }],
	d: 1000,
});
const OLD = state(title('old'));
const NEW = state(title('new'));
const EMPTY = state(null);
const CALL = { type: 'tool_call', name: 'edit_multitrack', args: {} };
const RESULT = { type: 'tool_result', name: 'edit_multitrack', result: {} };
const text = (content: string) => ({ type: 'text', content });

class Told extends Heard {
	readonly stages: string[] = [];
	override stage(name?: string): void {
		if (name !== undefined) this.stages.push(name);
	}
}

let nemo: Scripted;
let checkpoint: Checkpoint<TurnCheckpoint>;
let told: Told;
beforeEach(() => {
	nemo = new Scripted();
	checkpoint = newCheckpoint();
	told = new Told();
});

const attempt = async (
	states: Answer[],
	runs: Answer[] = [],
	settings: Partial<GenerateSettings> = {},
): Promise<GenerateResult> => {
	nemo.on(STATE, ...states);
	if (runs.length > 0) nemo.on(RUN, ...runs);
	return await nemo.run(generate(nemo.client, { ...SETTINGS, ...settings }, checkpoint, told));
};
const reads = (): number => nemo.count(STATE);

/** A stream that says something every so often and never ends. */
function dragging(everyMs: number, data = 'heartbeat', begin: object[] = []): ByteStream {
	let closed = false;
	const encode = (payload: string) => new TextEncoder().encode(`data: ${payload}\n\n`);
	const bytes = async function* (): AsyncGenerator<Uint8Array> {
		for (const event of begin) yield encode(JSON.stringify(event));
		while (!closed) {
			await nemo.clock.wait(everyMs);
			yield encode(data);
		}
	};
	return { status: 200, headers: {}, bytes: bytes(), close: () => (closed = true) };
}
const silent = (...begin: object[]) => dragging(MINUTE, 'heartbeat', begin);

describe('what is told while a turn runs', () => {
	it('is what the agent says, once', async () => {
		await attempt([OLD, NEW], [events(CALL, RESULT, text('Your title '), text('is new.'))]);
		expect(told.words).toBe('Your title is new.');
		expect(told.stages).toEqual(['Generating']);
	});

	it.each([
		['nothing', [CALL, RESULT]],
		['blanks', [text(' \n'), CALL, RESULT]],
	])('is what has changed where the agent says %s', async (_what, said) => {
		const result = await attempt([OLD, NEW], [events(...said)]);
		expect(told.words.trim()).toBe(result.text);
		expect(told.pieces.at(-1)).toBe(result.text);
		expect(result.text).toMatch(/new.*\.$/);
	});

	it('is what was found after the words of a stream that broke', async () => {
		const broken = events(CALL, RESULT, text('I am on it. '), lost());
		const result = await attempt([OLD, NEW, NEW], [broken]);
		expect(result.completedBy).toBe('state');
		expect(result.text).toBe('I am on it.');
		expect(told.words).toBe(`I am on it. \n\n${result.changes.join('. ')}.`);
		expect(told.stages).toEqual(['Generating', 'Looking for the result in the session']);
	});

	it('is every two minutes that the work continues, also while the state is looked at', async () => {
		await failureOf(attempt([OLD], [silent(CALL)], { timeoutMs: 5 * MINUTE }));
		expect(told.pieces).toEqual(['(working)', '(working)']);
		told.pieces.length = 0;
		checkpoint.clear();
		const recovery = { firstWaitMs: 30_000, intervalMs: MINUTE, checks: 5 };
		await failureOf(attempt([OLD], [lost()], { recovery }));
		expect(told.pieces).toEqual(['(working)', '(working)']);
	});
});

describe('the result of a turn', () => {
	it('tells each change in a sentence where the agent said nothing', async () => {
		const result = await attempt([EMPTY, NEW], [events(CALL, RESULT)]);
		expect(result.changes.length).toBeGreaterThan(0);
		expect(result.text).toBe(`${result.changes.join('. ')}.`);
	});

	it('says that something changed where it cannot be told what', async () => {
		const huge = state({ ...title('old'), extra: 'x'.repeat(300_000) });
		const result = await attempt([huge, NEW], [events(CALL, RESULT)]);
		expect(result).toMatchObject({ changes: [], text: 'NemoVideo changed the timeline.' });
	});

	it('is a failure where nothing was said and nothing has changed in the end', async () => {
		const error = await failureOf(attempt([OLD], [events(CALL, RESULT)]));
		expect(error).toMatchObject({ kind: 'stream', safeToRepeat: false });
		expect(error.message).toMatch(/ended the turn without a message.*did not change in 2 checks/);
	});

	it('is a question where the last words ask and the timeline is unchanged', async () => {
		const asks = text('Which style?');
		expect((await attempt([OLD], [events(asks)])).status).toBe('awaitingInput');
		checkpoint.clear();
		expect((await attempt([OLD], [events(CALL, RESULT, asks)])).status).toBe('awaitingInput');
		checkpoint.clear();
		expect((await attempt([OLD, NEW], [events(asks)])).status).toBe('completed');
		checkpoint.clear();
		const answers = text('The film has three scenes.');
		expect((await attempt([OLD], [events(answers)])).status).toBe('completed');
	});

	it('says how long it took', async () => {
		nemo.on(RUN, async () => {
			await nemo.clock.wait(90_000);
			return events(CALL, RESULT, text('Done.')) as never;
		});
		expect(await attempt([OLD, NEW])).toMatchObject({ elapsedMs: 90_000 });
	});

	it('is read from the state once where the agent spoke or something has changed', async () => {
		await attempt([OLD], [events(CALL, RESULT, text('Done.'))]);
		expect(reads()).toBe(2);
		checkpoint.clear();
		nemo.requests.length = 0;
		await attempt([OLD, NEW], [events(CALL, RESULT)]);
		expect(reads()).toBe(2);
	});

	it('holds no talk of buttons, nor blanks around what is left', async () => {
		const said = text('Ready. Click the Export button to download your video.');
		const result = await attempt([OLD, NEW], [events(CALL, RESULT, said)]);
		expect(result).toMatchObject({ text: 'Ready.', suggestedActions: ['export'] });
	});

	it('of a lost stream has neither tools nor words of the agent', async () => {
		expect(await attempt([OLD, NEW, NEW], [lost()])).toMatchObject({
			completedBy: 'state',
			tools: [],
			suggestedActions: [],
		});
	});
});

describe('time that is over', () => {
	const late = async (settings: Partial<GenerateSettings> = {}, states: Answer[] = [OLD]) =>
		await failureOf(attempt(states, [() => silent(CALL)], { timeoutMs: 90_000, ...settings }));

	it('is reported with the limit by the name of its parameter, and the last state seen', async () => {
		const error = await late({}, [OLD, NEW]);
		expect(error.kind).toBe('timeout');
		expect(error.message).toBe("NemoVideo did not finish within 1.5 min ('Timeout (Minutes)')");
		expect(error.description).toMatch(/won't be sent again\. Last state seen: Timeline.*session 7/);
	});

	it('has the name that the node gives the limit', async () => {
		const { message } = await late({ timeoutLabel: 'Generate Timeout' });
		expect(message).toMatch(/\('Generate Timeout'\)$/);
	});

	it('without any sign of work is reported as such', async () => {
		const error = await late({ timeoutMs: 15 * MINUTE, idleMs: 3 * MINUTE });
		expect(error.message).toBe("NemoVideo made no progress for 3 min ('Idle Limit (Minutes)')");
	});

	it('while the timeline still moves after a lost stream is reported as such', async () => {
		const moving = Array.from({ length: 9 }, (_state, index) => state(title(`v${index}`)));
		const error = await failureOf(attempt(moving, [lost()]));
		expect(error).toMatchObject({ kind: 'timeout' });
		expect(error.message).toMatch(/still changing the timeline/);
		expect(error.description).toMatch(/Last state seen: Timeline/);
	});

	it('is looked at once more, for ten seconds at most', async () => {
		nemo.on(STATE, OLD);
		await late();
		const [, last] = nemo.requests.filter(({ path }) => path.includes('/api/state/'));
		expect(last?.timeoutMs).toBeLessThanOrEqual(10_000);
	});

	it('and a state that cannot be read at the moment leaves it open', async () => {
		expect((await late({}, [OLD, lost()])).description).toMatch(/Last state seen: not readable/);
	});

	it('and a session that cannot be found then does not hide the timeout', async () => {
		expect(await late({}, [OLD, answer({ code: 1002 })])).toMatchObject({ kind: 'timeout' });
	});

	it('gives what there is where the user chose to continue', async () => {
		const settings = { timeoutMs: 2 * MINUTE, onTimeout: 'continue' } as const;
		const result = await attempt([OLD, NEW], [silent(CALL)], settings);
		expect(result).toMatchObject({
			sessionId: '7',
			status: 'running',
			text: expect.stringMatching(/^NemoVideo is still working\. Timeline/),
			suggestedActions: [],
			completedBy: 'state',
			tools: ['edit_multitrack'],
			elapsedMs: 2 * MINUTE,
			timedOut: true,
		});
		expect(result.changes.length).toBeGreaterThan(0);
	});

	it('gives nothing where the state cannot be read then', async () => {
		const settings = { timeoutMs: 90_000, onTimeout: 'continue' } as const;
		expect(await attempt([OLD, lost()], [silent(CALL)], settings)).toMatchObject({
			text: 'NemoVideo is still working.',
			changes: [],
			timeline: null,
		});
	});
});

describe('a failure', () => {
	it('of a prompt that nothing came of says how often it was looked at, and what was seen', async () => {
		const error = await failureOf(attempt([OLD], [lost()]));
		expect(error).toMatchObject({ kind: 'stream', stage: 'generate' });
		expect(error.message).toMatch(/did not change in 2 checks$/);
		expect(error.description).toMatch(/Last state seen: Timeline.*session 7/);
	});

	it('of a prompt whose session could not be read shows no state', async () => {
		const unread = await failureOf(attempt([OLD, lost()], [lost()]));
		expect(unread.description).toMatch(/Last state seen: none/);
	});

	it('that is a bug of our own stays what it is', async () => {
		const bug = new TypeError('a bug');
		const broken = attempt(
			[OLD],
			[
				() => {
					throw bug;
				},
			],
		);
		await expect(broken).rejects.toBe(bug);
	});

	it('of Stop leaves the turn to be looked for with patience', async () => {
		const work = failureOf(attempt([OLD], [() => silent(CALL)]));
		await nemo.clock.advance(MINUTE);
		nemo.stop.abort();
		const { kind, description } = await work;
		expect(kind).toBe('cancelled');
		expect(description).toMatch(/continues with the prompt.*may charge it\. Look at session 7/);
		expect(checkpoint.read()).toMatchObject({ phase: 'sent' });
		expect(checkpoint.read()).not.toHaveProperty('failure');
	});

	it('of a lost turn stays the same, whatever another look at the session meets', async () => {
		const first = await failureOf(attempt([OLD], [lost()]));
		const again = await failureOf(attempt([answer({ code: 1002 })]));
		expect(again.message).toBe(first.message);
		nemo.requests.length = 0;
		expect((await failureOf(attempt([OLD]))).message).toBe(first.message);
		expect(reads()).toBe(1);
	});

	it('of a turn that was overtaken says where to look', async () => {
		const before = { fingerprint: 'before', timelineFingerprint: 'before' };
		checkpoint.write({ phase: 'sent', sessionId: '7', ticket: 'mine', startedAt: 0, before });
		nemo.client.sent.note('7', 'a later prompt');
		const error = await failureOf(attempt([NEW]));
		expect(error.description).toMatch(/sent once and won't be sent again.*session 7/);
		expect(nemo.requests).toEqual([]);
	});
});

it('only the record of a turn is taken for one', () => {
	const given = [
		{ phase: 'sent', ticket: 't' },
		{ phase: 'done', ticket: 't' },
		{ phase: 'sent' },
		{ phase: 'sending', ticket: 't' },
		{},
		'sent',
		null,
	];
	expect(given.map(isTurnCheckpoint)).toEqual([true, true, false, false, false, false, false]);
});
