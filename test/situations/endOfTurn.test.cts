import { chain } from '../engine/support/workflow.cts';
import { recoveryWaits } from './support/clocks.cts';
import {
	adk,
	adkPiece,
	adkThought,
	DIALECTS,
	event,
	flat,
	HEARTBEAT,
} from './support/dialects.cts';
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
	change,
	changeAtReading,
	close,
	inPieces,
	send,
	take,
} from './support/turnOnWire.cts';

const { world, engine, asked } = withWorld();
const situation = situations('A1', 'A2', 'A3');
const TOOL = 'generate_video_with_seedance';
const ONCE = { credits: 100, prompts: 1, uploads: 0, renders: 0 };
const RENDERED = { ...ONCE, renders: 1 };
/** How long an unchanged session is looked at by default. Milliseconds. */
const PATIENCE = [30_000, 60_000, 60_000, 60_000, 60_000];
const LOST = { kind: 'stream', safeToRepeat: false, retryable: false };
/** Default waits in the place of quick ones. */
const PATIENT = {
	recoveryWaitSeconds: 30,
	recoveryIntervalSeconds: 60,
	recoveryChecks: 5,
};

for (const { name, call, result, text } of DIALECTS) {
	const dialect = `in the ${name} dialect`;

	situation(`[A1] waits for the film of a tool that still works, ${dialect}`, async () => {
		const session = world().session();
		world().onPrompt(take, send(HEARTBEAT, call(TOOL)), changeAtReading(2, film()), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({
			status: 'completed',
			completedBy: 'state',
			text: expect.stringContaining("Video added: 'Harbor at dawn'"),
			tools: [TOOL],
		});
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A1] waits with the whole default patience, ${dialect}`, async () => {
		const session = world().session();
		world().onPrompt(take, send(call(TOOL)), changeAtReading(5, film()), close);
		const run = await engine().runNode(inSession(session), generate({ options: PATIENT }));
		expect(success(run)).toMatchObject({ status: 'completed', completedBy: 'state' });
		// The reading after the change has to agree with it.
		expect(recoveryWaits(asked())).toEqual([...PATIENCE, 60_000]);
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A1] looks as long where one of two tools has answered, ${dialect}`, async () => {
		const session = world().session();
		const events = [call('suno_music'), call(TOOL), result('suno_music')];
		world().onPrompt(take, atOnce(...events), changeAtReading(3, film()), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ completedBy: 'state', tools: ['suno_music', TOOL] });
		expect(world().spent()).toEqual(ONCE);
	});

	situation(
		`[A1] looks for a change where every tool answered in silence, ${dialect}`,
		async () => {
			const session = world().session(film());
			const events = call('edit_multitrack') + result('edit_multitrack');
			world().onPrompt(take, inPieces(events, 7), changeAtReading(3, titled('Dawn')), close);
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({
				completedBy: 'state',
				changes: ["Title added: 'Dawn' (0-3s)"],
			});
			expect(world().spent()).toEqual(ONCE);
		},
	);

	situation(`[A1] fails and never pays again where no film comes, ${dialect}`, async () => {
		const session = world().session();
		world().onEveryPrompt(take, send(HEARTBEAT, call(TOOL)), close);
		const run = await engine().runNode(inSession(session), generate({}, RETRIED));
		expect(failure(run)).toMatchObject(LOST);
		expect(failure(run).message).toContain(`'${TOOL}' was still running`);
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A2] keeps what was said before a tool that still works, ${dialect}`, async () => {
		const session = world().session();
		const events = [text("I'll generate it now."), call(TOOL)];
		world().onPrompt(take, send(...events), changeAtReading(2, film()), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({
			status: 'completed',
			completedBy: 'state',
			text: "I'll generate it now.",
		});
		expect(success(run).changes).toContain("Video added: 'Harbor at dawn' (0-10s)");
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A2] tells in the failure what was said before the tool, ${dialect}`, async () => {
		const session = world().session();
		const events = text("I'll generate it now. ") + text('One moment.') + call(TOOL);
		world().onPrompt(take, inPieces(events, 11), close);
		const run = await engine().runNode(inSession(session), generate({}, RETRIED));
		expect(failure(run)).toMatchObject(LOST);
		expect(failure(run).description).toContain("I'll generate it now.");
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A2] does not take an announcement for the end of a turn, ${dialect}`, async () => {
		const session = world().session();
		const events = [text('Working on it.'), call('search_media'), result('search_media')];
		world().onPrompt(take, send(...events), changeAtReading(2, film()), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ completedBy: 'state', text: 'Working on it.' });
		expect(success(run).changes).toContain("Video added: 'Harbor at dawn' (0-10s)");
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A2] takes a job that was only begun for no end, ${dialect}`, async () => {
		const session = world().session();
		const begun = result(TOOL, { status: 'pending', task_id: 't1' });
		const events = [call(TOOL), begun, text('Your clip is being generated now.')];
		world().onPrompt(take, send(...events), changeAtReading(2, film()), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({
			completedBy: 'state',
			text: 'Your clip is being generated now.',
		});
		expect(success(run).changes).toContain("Video added: 'Harbor at dawn' (0-10s)");
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A2] is done at once where the agent saw the job to its end, ${dialect}`, async () => {
		const session = world().session();
		const events = [
			call(TOOL),
			result(TOOL, { status: 'pending', task_id: 't1' }),
			call('check_task', { task_id: 't1' }),
			result('check_task', { status: 'completed' }),
			text('Your clip is ready.'),
		];
		world().onPrompt(take, send(...events), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ completedBy: 'stream', text: 'Your clip is ready.' });
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A1] names in the failure why a tool failed, ${dialect}`, async () => {
		const session = world().session();
		const refused = result(TOOL, { error: 'content policy: <b>a face</b>' });
		world().onPrompt(take, send(call(TOOL), refused), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(failure(run)).toMatchObject(LOST);
		expect(failure(run).description).toContain(
			`NemoVideo's tool '${TOOL}' said: "content policy: ‹b›a face‹/b›"`,
		);
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A1] quotes a claimed issue where the timeline stays, ${dialect}`, async () => {
		const session = world().session();
		const claim = 'I encountered a temporary issue. Please try again.';
		world().onPrompt(take, send(call(TOOL), result(TOOL), text(claim)), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(failure(run)).toMatchObject(LOST);
		expect(failure(run).description).toContain(`NemoVideo said: "${claim}"`);
		expect(world().spent()).toEqual(ONCE);
	});

	for (const nothing of ['\u200B', '...', '**\n**']) {
		const what = JSON.stringify(nothing);
		situation(`[A2] takes ${what} for no answer, ${dialect}`, async () => {
			const session = world().session();
			const events = [call(TOOL), result(TOOL), text(nothing)];
			world().onPrompt(take, send(...events), changeAtReading(2, film()), close);
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({
				completedBy: 'state',
				text: expect.stringContaining("Video added: 'Harbor at dawn'"),
			});
			expect(world().spent()).toEqual(ONCE);
		});
	}

	situation(`[A3] renders the new timeline and never the old one, ${dialect}`, async () => {
		const session = world().session(film('The old film'));
		const wanted = film('The new film');
		world().onPrompt(take, send(call(TOOL)), changeAtReading(3, wanted), close);
		const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
		expect(success(run)).toMatchObject({ status: 'completed', sessionId: session.id });
		expect([...world().renders.values()].map(({ draft }) => draft)).toEqual([wanted]);
		expect(world().spent()).toEqual(RENDERED);
	});

	situation(`[A3] renders nothing where the timeline stays the old one, ${dialect}`, async () => {
		const session = world().session(film('The old film'));
		world().onEveryPrompt(take, send(text('On it.'), call(TOOL)), close);
		const run = await engine().runNode([{}], createVideo({ sessionId: session.id }, RETRIED));
		expect(failure(run)).toMatchObject({ ...LOST, sessionId: session.id });
		expect(failure(run).description).toContain('On it.');
		expect(world().spent()).toEqual(ONCE);
	});
}

situation('[A1] finds the film when the execution is retried after it had failed', async () => {
	const session = world().session();
	world().onPrompt(take, send(flat.call(TOOL)), close);
	const workflow = chain(inSession(session), generate({}, { onError: 'stopWorkflow' }));
	const first = await engine().run(workflow);
	expect(first.error).toMatchObject({ context: LOST });
	session.draft = film();
	const second = await engine().retry(workflow, first);
	expect(success(second)).toMatchObject({ status: 'completed', completedBy: 'state' });
	expect(world().spent()).toEqual(ONCE);
});

situation('[A1] waits in a chat too, and then tells what was made', async () => {
	const session = world().session();
	world().onPrompt(take, send(flat.call(TOOL)), changeAtReading(2, film()), close);
	const run = await engine().runNode(
		[{}],
		assistant({ message: 'a film of a harbor', sessionId: session.id }),
	);
	expect(success(run)).toMatchObject({ action: 'message', completedBy: 'state' });
	expect(success(run).text).toContain('Harbor at dawn');
	expect(world().spent()).toEqual(ONCE);
});

situation('[A1] takes thoughts and a change of state for no answer', async () => {
	const session = world().session();
	const thinking = [
		adkThought('A harbor, so boats.'),
		event({ actions: { stateDelta: { a: 1 } } }),
	];
	world().onPrompt(take, send(...thinking), changeAtReading(2, film()), close);
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ completedBy: 'state' });
	expect(success(run).text).not.toContain('boats');
	expect(world().spent()).toEqual(ONCE);
});

situation('[A1] waits for the second stage where the raw clip came first', async () => {
	const session = world().session();
	const scored = titled('Dawn', film());
	world().onPrompt(
		take,
		send(flat.call(TOOL)),
		changeAtReading(1, film()),
		changeAtReading(2, scored),
		close,
	);
	const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
	expect(success(run)).toMatchObject({ status: 'completed' });
	expect([...world().renders.values()].map(({ draft }) => draft)).toEqual([scored]);
	expect(world().spent()).toEqual(RENDERED);
});

situation('[A3] renders nothing where only the files of the session have changed', async () => {
	const session = world().session(film('The old film'));
	world().onPrompt(take, send(flat.text('Looked at it.'), flat.call(TOOL)), close);
	session.atReading(3, () => void session.addFile('analysis.png'));
	const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
	expect(failure(run)).toMatchObject({ safeToRepeat: false, sessionId: session.id });
	expect(world().spent()).toEqual(ONCE);
});

situation('[A3] renders nothing when the execution of such a row is retried', async () => {
	const session = world().session(film('The old film'));
	world().onEveryPrompt(take, send(flat.call(TOOL)), close);
	const node = createVideo({ sessionId: session.id }, { onError: 'stopWorkflow' });
	const workflow = chain([{}], node);
	const first = await engine().run(workflow);
	expect(first.error).toMatchObject({ context: LOST });
	const second = await engine().retry(workflow, first);
	expect(second.error).toMatchObject({ context: { ...LOST, sessionId: session.id } });
	expect(world().spent()).toEqual(ONCE);
});

situation('[A3] tells in a chat that nothing was rendered, and renders no old film', async () => {
	const session = world().session(film('The old film'));
	world().onPrompt(take, send(flat.call(TOOL)), close);
	const message = 'make the title red and export it';
	const run = await engine().runNode([{}], assistant({ message, sessionId: session.id }));
	expect(failure(run)).toMatchObject(LOST);
	expect(world().spent()).toEqual(ONCE);
});

situation('[A2] shows the finished film of a turn that closed between two words', async () => {
	const session = world().session(film());
	const events = [flat.call('edit_multitrack'), flat.result('edit_multitrack'), flat.text('Done.')];
	world().onPrompt(take, change(titled('Dawn')), send(...events), close);
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ completedBy: 'stream', text: 'Done.' });
	expect(world().spent()).toEqual(ONCE);
});

situation('[A2] waits for the film where the agent only began to say what it does', async () => {
	const session = world().session();
	const pieces = ['Sure, ', "I'll make it."].map(adkPiece);
	world().onPrompt(take, send(...pieces), changeAtReading(2, film()), close);
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ completedBy: 'state', text: "Sure, I'll make it." });
	expect(success(run).changes).toContain("Video added: 'Harbor at dawn' (0-10s)");
	expect(world().spent()).toEqual(ONCE);
});

situation('[A2] tells in the failure what the agent had only begun to say', async () => {
	const session = world().session();
	world().onEveryPrompt(take, send(adkPiece('I will add the'), adkPiece(' title and')), close);
	const run = await engine().runNode(inSession(session), generate({}, RETRIED));
	expect(failure(run)).toMatchObject(LOST);
	expect(failure(run).message).toContain('NemoVideo closed the stream in the middle');
	expect(failure(run).description).toContain('I will add the title and');
	expect(world().spent()).toEqual(ONCE);
});

situation('[A2] is done at once where the whole message follows its pieces', async () => {
	const session = world().session();
	world().onPrompt(take, send(adkPiece('Two '), adkPiece('clips.'), adk.text('Two clips.')), close);
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ completedBy: 'stream', text: 'Two clips.' });
	expect(world().spent()).toEqual(ONCE);
});
