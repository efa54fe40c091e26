import type { NemoVideoClient } from '../../../../src/api/client';
import type { Transport } from '../../../../src/api/transport';
import { CreditBudget } from '../../../../src/flows/createVideo/creditBudget';
import { assist } from '../../../../src/flows/assistant/assistant';
import { createVideo } from '../../../../src/flows/createVideo/createVideo';
import { generate } from '../../../../src/flows/generate/generate';
import { submitTurn } from '../../../../src/flows/generate/submitTurn';
import { FakeKeeper, memoryOf, settings } from '../assistant/chat.cts';
import { testClient } from '../../support/client.cts';
import { failureOf } from '../../support/scripted.cts';
import { settled } from '../fakeClock.cts';
import { videoMemory } from '../createVideo/videoCheckpoints.cts';
import { FakeNemoVideo, FakeStream, Heard, newCheckpoint } from '../fakeNemoVideo.cts';

const SESSION = '9000';
const PROMPT = 'Create a film of a city';
const film = (title: string) => ({ t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }], d: 1_000 });
const { turn } = settings(PROMPT);

let nemo: FakeNemoVideo;
beforeEach(() => {
	nemo = new FakeNemoVideo();
	nemo.sessions.set(SESSION, { draft: film('old'), files: [] });
	const cityFilm = { tool: 'generate', says: ['Here it is.'], draft: film('city') };
	nemo.turns = [cityFilm, cityFilm];
});

type Ask = () => Promise<{ text: string }>;

const video = async ({ client }: { client: NemoVideoClient } = nemo) =>
	await createVideo(
		client,
		{ sessionId: SESSION, taskName: 'city', language: 'en', prompt: PROMPT, turn },
		videoMemory(),
		{
			budget: new CreditBudget(
				client,
				{ minimum: 0, maximum: 0, stopWhenOut: true },
				newCheckpoint(),
				'execution',
			),
			progress: new Heard(),
		},
	);

/** A chat in a language that the session is known to have, so that the words go out as they are. */
async function chat(): Promise<{ text: string }> {
	const keeper = new FakeKeeper();
	keeper.id = SESSION;
	keeper.isNamed = true;
	keeper.kept = { language: 'en', sessionLanguage: 'en' };
	const told = { keeper, checkpoints: memoryOf(), progress: new Heard() };
	return await assist(nemo.client, settings(PROMPT), told);
}

const order = { ...turn, sessionId: SESSION, prompt: PROMPT };
const WAYS: Array<[string, Ask]> = [
	['Generate', async () => await generate(nemo.client, order, newCheckpoint(), new Heard())],
	['Submit', async () => await submitTurn(nemo.client, order, newCheckpoint(), new Heard())],
	['Create Video', async () => await video()],
	['Assistant', chat],
];
const PAIRS = WAYS.flatMap(([first, one]) =>
	WAYS.map(([second, other]) => ({ first, one, second, other })),
);

describe('two equal prompts of the same moment in one session are paid once', () => {
	it('and are sent as the first was written where only blanks and invisible characters differ', async () => {
		const same = { ...order, prompt: `\uFEFF Create a\u00A0film\nof a ci\u200Bty ` };
		const asked = generate(nemo.client, same, newCheckpoint(), new Heard());
		const both = Promise.all([asked, generate(nemo.client, order, newCheckpoint(), new Heard())]);
		const [first, second] = await nemo.clock.passUntil(both);
		expect(nemo.prompts).toEqual([same.prompt]);
		expect(second.text).toBe(first.text);
	});

	it.each(PAIRS)('$first, then $second', async ({ one, other }) => {
		const both = Promise.all([one(), other()]);
		const [first, second] = await nemo.clock.passUntil(both);
		expect(nemo.prompts).toEqual([PROMPT]);
		expect(first.text).not.toBe('');
		expect(second.text).not.toBe('');
		expect(nemo.client.queue.busySessions).toBe(0);
	});

	it.each(PAIRS)('$first, and $second a moment later', async ({ one, other }) => {
		const first = one();
		await Promise.resolve();
		await nemo.clock.passUntil(Promise.all([first, other()]));
		expect(nemo.prompts).toEqual([PROMPT]);
	});
});

describe('an equal prompt that waits for one that takes long', () => {
	const MINUTE = 60_000;
	const waitFor = (settings: object) =>
		nemo.clock.passUntil(
			generate(nemo.client, { ...order, ...settings }, newCheckpoint(), new Heard()),
		);
	let leading: Promise<{ status: string }>;
	beforeEach(async () => {
		nemo.stream = new FakeStream();
		leading = generate(
			nemo.client,
			{ ...order, timeoutMs: 1.5 * MINUTE },
			newCheckpoint(),
			new Heard(),
		);
		nemo.stream.say({ type: 'text', content: 'On it.' });
		await nemo.clock.advance(0);
	});
	const finish = async (): Promise<void> => {
		nemo.stream?.end();
		expect(await nemo.clock.passUntil(leading)).toMatchObject({ status: 'completed' });
		expect(nemo.prompts).toEqual([PROMPT]);
	};

	it('fails when its own time is over, and the other continues', async () => {
		const error = await failureOf(waitFor({ timeoutMs: MINUTE, onTimeout: 'error' }));
		expect(error).toMatchObject({
			kind: 'timeout',
			safeToRepeat: false,
			handles: { sessionId: SESSION },
		});
		expect(error.message).toContain('within 1 min');
		await finish();
	});

	it('continues when its own time is over, where On Timeout says so', async () => {
		expect(await waitFor({ timeoutMs: MINUTE, onTimeout: 'continue' })).toMatchObject({
			status: 'running',
			timedOut: true,
			text: expect.stringContaining('On it.'),
		});
		await finish();
	});

	it('continues where the other fails for its time', async () => {
		const late = failureOf(leading);
		const result = await waitFor({ timeoutMs: 20 * MINUTE, onTimeout: 'continue' });
		expect(result).toMatchObject({ status: 'running', timedOut: true });
		expect((await late).kind).toBe('timeout');
	});
});

describe('an equal prompt that waits for one that is never sent sends its own', () => {
	const stopper = (): { stop: () => void; client: NemoVideoClient } => {
		const controller = new AbortController();
		const transport: Transport = Object.create(nemo, { signal: { value: controller.signal } });
		const { limiter, queue } = nemo.client;
		const client = testClient(transport, nemo.clock, { limiter, queue });
		return { stop: () => controller.abort(), client };
	};

	it.each(WAYS)('%s', async (_, other) => {
		let free: () => void = () => undefined;
		const held = nemo.client.queue.hold(
			SESSION,
			{},
			async () => await new Promise<void>((resolve) => (free = resolve)),
		);
		const { stop, client } = stopper();
		const first = video({ client });
		await settled();
		const second = other();
		await settled();
		stop();
		await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
		expect(nemo.prompts).toEqual([]);
		free();
		await held;
		expect((await nemo.clock.passUntil(second)).text).not.toBe('');
		expect(nemo.prompts).toEqual([PROMPT]);
	});
});
