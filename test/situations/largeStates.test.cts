import { report } from '../report.cts';
import { flat } from './support/dialects.cts';
import { film, type Draft } from './support/drafts.cts';
import { expectLinear } from './support/measure.cts';
import {
	assistant,
	createVideo,
	failure,
	generate,
	inSession,
	state,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import type { Session } from './support/session.cts';
import { close, send, take } from './support/turnOnWire.cts';

// A limit for what hangs, not for what is slow on a busy machine.
jest.setTimeout(240_000);

const { world, engine } = withWorld();
const situation = situations('D9');

const NOTHING = { credits: 0, prompts: 0, uploads: 0, renders: 0 };
/** Each was sent once, however often the time was measured. */
const paidFor = (prompts: number) => ({ ...NOTHING, credits: 100 * prompts, prompts });
/** An item's JSON, whatever a session holds. Characters. */
const MAX_ITEM = 500_000;

type Fill = (session: Session, count: number) => void;

const many = <T,>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));
/** A film and as many tracks without anything on them. */
const emptyTracks = (count: number): Draft => ({
	t: [...(film().t as unknown[]), ...many(count, () => ({}))],
});

const SHAPES: ReadonlyArray<[what: string, count: number, fill: Fill]> = [
	['empty tracks', 40_000, (session, count) => void (session.draft = emptyTracks(count))],
	[
		'segments of one track',
		10_000,
		(session, count) =>
			void (session.draft = {
				t: [{ tt: 7, sg: many(count, (d) => ({ d, m: { text: `${d}` } })) }],
			}),
	],
	[
		'files',
		10_000,
		(session, count) => void many(count, (index) => session.addFile(`${index}.png`)),
	],
	[
		'files of one name',
		10_000,
		(session, count) => void many(count, () => session.addFile('same.png')),
	],
	[
		'generated clips',
		10_000,
		(session, count) =>
			void (session.generated = many(count, (index) => ({
				url: `https://a.example/${index}.mp4`,
			}))),
	],
	[
		'keys that nobody knows',
		10_000,
		(session, count) =>
			void (session.draft = {
				...film(),
				x: Object.fromEntries(many(count, (index) => [`k${index}`, index])),
			}),
	],
];

/** The session holds half as much before the prompt as after it. */
function growDuringPrompt(session: Session, size: number, fill: Fill): void {
	fill(session, Math.floor(size / 2));
	world().onPrompt(take, () => fill(session, size), send(flat.text('Done.')), close);
}

for (const [what, count, fill] of SHAPES) {
	situation(`[D9] takes time that grows with ${what} before and after a prompt`, async () => {
		const text = await expectLinear(count, async (size) => {
			const session = world().session(film());
			growDuringPrompt(session, size, fill);
			const made = success(await engine().runNode(inSession(session), generate()));
			expect(made).toMatchObject({ status: 'completed', text: 'Done.' });
			expect(JSON.stringify(made).length).toBeLessThan(MAX_ITEM);
		});
		report(`Time of a prompt with ${what}`, text);
		expect(world().spent()).toEqual(paidFor(world().prompts.length));
	});
}

situation('[D9] takes time that grows with empty tracks in a look at the state', async () => {
	const text = await expectLinear(160_000, async (size) => {
		const session = world().session(emptyTracks(size));
		const { timeline } = success(await engine().runNode(inSession(session), state()));
		expect(timeline).toMatchObject({ summary: expect.stringContaining(`${size + 1} tracks`) });
		expect((timeline as { tracks: unknown[] }).tracks).toHaveLength(1_000);
	});
	report('Time of a look at the state with empty tracks', text);
	expect(world().spent()).toEqual(NOTHING);
});

situation('[D9] takes time that grows with empty tracks in a video', async () => {
	const text = await expectLinear(15_000, async (size) => {
		const session = world().session(film());
		growDuringPrompt(session, size, (one, count) => void (one.draft = emptyTracks(count)));
		const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
		expect(success(run)).toMatchObject({ status: 'completed' });
	});
	report('Time of a video with empty tracks', text);
	const { length } = world().prompts;
	expect(world().spent()).toEqual({ ...paidFor(length), renders: length });
});

situation('[D9] takes time that grows with segments in an answer to a chat', async () => {
	const text = await expectLinear(10_000, async (size) => {
		const session = world().session({ t: [{ tt: 7, sg: many(size, (d) => ({ d })) }] });
		const parameters = { message: 'export the subtitles as SRT', sessionId: session.id };
		const run = await engine().runNode([{}], assistant(parameters));
		expect(success(run)).toMatchObject({ action: 'state' });
	});
	report('Time of subtitles with many segments', text);
	expect(world().spent()).toEqual(NOTHING);
});

situation('[D9] sends no prompt to a session whose state is nested without end', async () => {
	const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
	const session = world().session();
	world().every('state', (exchange) => {
		exchange.response.writeHead(200, { 'content-type': 'application/json' });
		exchange.response.end(`{"code":0,"data":{"state":{"draft":{"t":${deep}}}}}`);
	});
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ kind: 'protocol', retryable: false });
	expect(failure(run).message).toContain('nested too deeply');
	expect(world().spent()).toEqual(NOTHING);
});
