import { chain } from '../engine/support/workflow.cts';
import { recoveryWaits } from './support/clocks.cts';
import { adkPieces, DIALECTS, flat, HEARTBEAT } from './support/dialects.cts';
import { film, titled } from './support/drafts.cts';
import {
	assistant,
	createVideo,
	failure,
	generate,
	inSession,
	RETRIED,
	success,
	withWorld,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import {
	atOnce,
	begin,
	change,
	cut,
	inPieces,
	reset,
	send,
	take,
	type Step,
} from './support/turnOnWire.cts';

const { world, engine, asked } = withWorld();
const situation = situations('A6');
const ONCE = { credits: 100, prompts: 1, uploads: 0, renders: 0 };
const QUESTION = 'Which music do you want?';
const ANSWER = 'The film has one clip of ten seconds.';
const LOST = { kind: 'stream', safeToRepeat: false, retryable: false };
const PATIENT = { recoveryWaitSeconds: 30, recoveryIntervalSeconds: 60, recoveryChecks: 5 };

/** Ends of the last event at which it is whole, and how the connection goes. */
const ENDS: ReadonlyArray<[where: string, less: number, gone: Step]> = [
	['behind the event', 0, cut],
	['before its blank line', 1, cut],
	['before its line break', 2, cut],
	['behind the event, by a reset', 0, reset],
];

for (const { name, text, call, result } of DIALECTS) {
	for (const [where, less, gone] of ENDS) {
		const place = `${where}, in the ${name} dialect`;
		const until = (events: string) => events.slice(0, events.length - less);

		situation(`[A6] takes a whole question for an answer that is cut ${place}`, async () => {
			const session = world().session(film());
			world().onPrompt(take, send(HEARTBEAT, until(text(QUESTION))), gone);
			const run = await engine().runNode(inSession(session), generate({ options: PATIENT }));
			expect(success(run)).toMatchObject({ status: 'awaitingInput', text: QUESTION });
			expect(recoveryWaits(asked())).toEqual([]);
			expect(world().spent()).toEqual(ONCE);
		});

		situation(`[A6] keeps tools and words of an edit that is cut ${place}`, async () => {
			const session = world().session(film());
			const events = call('edit_multitrack') + result('edit_multitrack') + text('Title added.');
			world().onPrompt(take, change(titled('Dawn')), atOnce(until(events)), gone);
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({
				status: 'completed',
				text: 'Title added.',
				tools: ['edit_multitrack'],
				changes: ["Title added: 'Dawn' (0-3s)"],
			});
			expect(world().spent()).toEqual(ONCE);
		});

		situation(`[A6] tells a whole answer that is cut ${place}`, async () => {
			const session = world().session(film());
			world().onEveryPrompt(take, inPieces(until(text(ANSWER)), 9), gone);
			const run = await engine().runNode(inSession(session), generate({}, RETRIED));
			expect(failure(run)).toMatchObject(LOST);
			expect(failure(run).description).toContain(ANSWER);
			expect(world().spent()).toEqual(ONCE);
		});
	}

	situation(
		`[A6] keeps the whole words before an event that is cut, in the ${name} dialect`,
		async () => {
			const session = world().session(film());
			const broken = text('This was never whole.').slice(0, -12);
			world().onPrompt(take, send(text(ANSWER), broken), cut);
			const run = await engine().runNode(inSession(session), generate());
			expect(failure(run)).toMatchObject(LOST);
			expect(failure(run).description).toContain(ANSWER);
			expect(failure(run).description).not.toContain('never');
			expect(world().spent()).toEqual(ONCE);
		},
	);

	situation(
		`[A6] keeps words where a server compresses what it may, in the ${name} dialect`,
		async () => {
			const session = world().session(film());
			world().onPrompt(
				take,
				begin({ gzip: 'whereAccepted' }),
				send(HEARTBEAT, text(QUESTION)),
				cut,
			);
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({ status: 'awaitingInput', text: QUESTION });
			expect(world().spent()).toEqual(ONCE);
		},
	);

	situation(`[A6] renders an edit whose words were cut off, in the ${name} dialect`, async () => {
		const session = world().session(film());
		world().onPrompt(take, change(titled('Dawn')), send(text('Title added.')), cut);
		const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
		expect(success(run)).toMatchObject({ status: 'completed', text: 'Title added.' });
		expect(world().spent()).toEqual({ ...ONCE, renders: 1 });
	});

	situation(
		`[A6] answers a chat with a question that was cut off, in the ${name} dialect`,
		async () => {
			const session = world().session(film());
			world().onPrompt(take, send(text(QUESTION)), reset);
			const parameters = { message: 'add music', sessionId: session.id };
			const run = await engine().runNode([{}], assistant(parameters));
			expect(success(run)).toMatchObject({ status: 'awaitingInput', text: QUESTION });
			expect(world().spent()).toEqual(ONCE);
		},
	);
}

situation('[A6] keeps words that came in pieces before the cut', async () => {
	const session = world().session(film());
	const [first = '', second = ''] = adkPieces(['The film has ', 'one clip.']);
	world().onPrompt(take, send(first, second), cut);
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject(LOST);
	expect(failure(run).description).toContain('The film has one clip.');
	expect(world().spent()).toEqual(ONCE);
});

situation('[A6] keeps Chinese words whose last character was cut in two', async () => {
	const session = world().session(film());
	const whole = Buffer.from(flat.text('视频有一个片段。'));
	const half = Buffer.from(flat.text('还')).subarray(0, -6);
	world().onPrompt(take, send(whole, half), cut);
	const run = await engine().runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject(LOST);
	expect(failure(run).description).toContain('视频有一个片段。');
	expect(world().spent()).toEqual(ONCE);
});

situation(
	'[A6] tells the words again when the execution is retried, and sends nothing',
	async () => {
		const session = world().session(film());
		world().onEveryPrompt(take, send(flat.text(ANSWER)), cut);
		const workflow = chain(inSession(session), generate({}, { onError: 'stopWorkflow' }));
		const first = await engine().run(workflow);
		const second = await engine().retry(workflow, first);
		for (const { error } of [first, second]) {
			expect(error).toMatchObject({ context: LOST });
			expect(error?.description).toContain(ANSWER);
		}
		expect(world().spent()).toEqual(ONCE);
	},
);

situation('[A6] looks for the film where a question was cut off in the midst of work', async () => {
	const session = world().session();
	world().onPrompt(take, change(film()), send(flat.text('Shall I add music?')), cut);
	session.atReading(3, titled('Dawn'));
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ status: 'completed', text: 'Shall I add music?' });
	expect(success(run).timeline).toMatchObject({ tracks: [{}, { name: 'Dawn' }] });
	expect(world().spent()).toEqual(ONCE);
});
