import { chain } from '../engine/support/workflow.cts';
import type { RunResult } from '../engine/support/result.cts';
import { HEARTBEAT } from './support/dialects.cts';
import { film } from './support/drafts.cts';
import { targetOf } from './support/endpoints.cts';
import {
	assistant,
	createVideo,
	failures,
	generate,
	inSession,
	photo,
	results,
	RETRIED,
	success,
	uploading,
	withWorld,
	UNSURE,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import type { Session } from './support/session.cts';
import { reset, send } from './support/turnOnWire.cts';
import type { Answer } from './support/world.cts';

const { world, engine } = withWorld();
const situation = situations('A8');
const SUPERSEDED = 'something else was sent to the session';

const takeFiles: Answer = async (exchange) =>
	await world().byItself(exchange, targetOf('POST', exchange.request.url));

/** Two rows of one session, each with a photo of its own. */
function twoRows({ id }: Session) {
	const row = (prompt: string, file: string) => ({
		json: { sessionId: id, prompt },
		files: { data: photo(file) },
	});
	return [row('Add a title', 'a.png'), row('Use this photo', 'b.png')];
}
const PER_ROW = {
	sessionId: '={{ $json.sessionId }}',
	prompt: '={{ $json.prompt }}',
	source: 'binary',
	exportVideo: false,
};

situation("[A8] never takes a later row's files for the work of a lost prompt", async () => {
	const session = world().session(film());
	world().onPrompt(send(HEARTBEAT), reset);
	world().next('upload', takeFiles, (exchange) => {
		session.addFile('b.png');
		// The session can't be read for as long as the file is looked for.
		world().next('state', ...Array.from({ length: 3 }, (): Answer => (other) => other.reset()));
		exchange.reset();
	});
	const run = await engine().runNode(twoRows(session), createVideo(PER_ROW, RETRIED));
	const [lost, ...others] = failures(run);
	expect(lost).toMatchObject({ ...UNSURE, kind: 'stream', sessionId: session.id });
	expect(others).toEqual([]);
	expect(results(run)).toMatchObject([{ status: 'completed', text: 'Your film is ready.' }]);
	expect(session.files.map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
	expect(world().prompts.map(({ text }) => text)).toEqual(['Add a title', 'Use this photo']);
	expect(world().spent()).toEqual({ credits: 100, prompts: 2, uploads: 2, renders: 0 });
});

situation('[A8] keeps a lost row failed when the execution is retried', async () => {
	const session = world().session(film());
	world().onPrompt(send(HEARTBEAT), reset);
	const node = createVideo(PER_ROW, { onError: 'stopWorkflow' });
	const workflow = chain(twoRows(session), node);
	const first = await engine().run(workflow);
	expect(first.error).toMatchObject({ context: { ...UNSURE, itemIndex: 0 } });
	const files = { data: photo('c.png') };
	success(await engine().runNode([{ json: { sessionId: session.id }, files }], uploading()));
	const second = await engine().retry(workflow, first);
	expect(second.error).toMatchObject({ context: { ...UNSURE, itemIndex: 0 } });
	expect(world().prompts.map(({ text }) => text)).toEqual(['Add a title']);
	expect(world().spent()).toEqual({ credits: 0, prompts: 1, uploads: 2, renders: 0 });
});

const BETWEEN: ReadonlyArray<[what: string, send: (session: string) => Promise<RunResult>]> = [
	[
		'a prompt of another execution',
		async (id) => await engine().runNode(inSession({ id }), generate({ prompt: 'Make it square' })),
	],
	[
		'a message of a chat',
		async (id) =>
			await engine().runNode([{}], assistant({ message: 'make it square', sessionId: id })),
	],
	[
		'an upload of another execution',
		async (id) =>
			await engine().runNode(
				[{ json: { sessionId: id }, files: { data: photo('a.png') } }],
				uploading(),
			),
	],
];
for (const [what, sendBetween] of BETWEEN) {
	situation(`[A8] proves nothing of a lost prompt by what ${what} has changed`, async () => {
		const session = world().session(film());
		world().onPrompt(send(HEARTBEAT), reset);
		const workflow = chain(inSession(session), generate({}, { onError: 'stopWorkflow' }));
		const first = await engine().run(workflow);
		expect(first.error).toMatchObject({ context: { ...UNSURE, kind: 'stream' } });
		success(await sendBetween(session.id));
		const before = world().spent();
		const second = await engine().retry(workflow, first);
		expect(second.error).toMatchObject({ context: { ...UNSURE, kind: 'stream' } });
		expect(world().spent()).toEqual(before);
	});

	situation(`[A8] says so where ${what} came before any look at the session`, async () => {
		const session = world().session(film());
		world().onPrompt(
			() => world().every('state', (other) => other.reset()),
			send(HEARTBEAT),
			reset,
		);
		const workflow = chain(inSession(session), generate({}, { onError: 'stopWorkflow' }));
		const first = await engine().run(workflow);
		world().every('state', undefined);
		success(await sendBetween(session.id));
		const before = world().spent();
		const second = await engine().retry(workflow, first);
		expect(second.error?.message).toContain(SUPERSEDED);
		expect(second.error).toMatchObject({ context: UNSURE });
		expect(world().spent()).toEqual(before);
	});
}
