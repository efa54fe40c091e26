import { chain } from '../engine/support/workflow.cts';
import { adk, DIALECTS, event, flat } from './support/dialects.cts';
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
import { atOnce, change, close, inPieces, send, take } from './support/turnOnWire.cts';

const { world, engine } = withWorld();
const situation = situations('A4');
const QUESTION = 'Which music do you want?';
const ONCE = { credits: 100, prompts: 1, uploads: 0, renders: 0 };

for (const { name, call, result, text } of DIALECTS) {
	const dialect = `in the ${name} dialect`;
	const asking = [call('understand_media'), result('understand_media'), text(QUESTION)];

	situation(`[A4] returns awaitingInput when the agent asks after a tool, ${dialect}`, async () => {
		const session = world().session(film());
		world().onPrompt(take, send(...asking), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({
			status: 'awaitingInput',
			text: QUESTION,
			changes: [],
			completedBy: 'stream',
		});
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A4] fails a video with the question and its session, ${dialect}`, async () => {
		world().onEveryPrompt(take, inPieces(asking.join(''), 5), close);
		const run = await engine().runNode([{}], createVideo({}, RETRIED));
		const [session] = [...world().sessions.keys()];
		expect(failure(run)).toMatchObject({
			kind: 'input',
			message: `NemoVideo asked: ${QUESTION}`,
			sessionId: session,
			safeToRepeat: false,
			retryable: false,
		});
		expect(world().spent()).toEqual(ONCE);
		expect(world().count('session')).toBe(1);
	});

	situation(`[A4] hands the question on in a chat, ${dialect}`, async () => {
		const session = world().session(film());
		world().onPrompt(take, atOnce(...asking), close);
		const parameters = { message: 'add music', sessionId: session.id };
		const run = await engine().runNode([{}], assistant(parameters));
		expect(success(run)).toMatchObject({ status: 'awaitingInput', text: QUESTION });
		expect(world().spent()).toEqual(ONCE);
	});

	situation(
		`[A4] returns awaitingInput when a tool still noted the question, ${dialect}`,
		async () => {
			const session = world().session(film());
			const events = [text(QUESTION), call('save_note'), result('save_note')];
			world().onPrompt(take, send(...events), close);
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({ status: 'awaitingInput', text: QUESTION });
			expect(world().spent()).toEqual(ONCE);
		},
	);

	situation(
		`[A4] completes a turn that asks after it has changed something, ${dialect}`,
		async () => {
			const session = world().session(film());
			const events = [call('edit_multitrack'), result('edit_multitrack'), text('Want music too?')];
			world().onPrompt(take, change(titled('Dawn')), send(...events), close);
			const run = await engine().runNode(inSession(session), generate());
			expect(success(run)).toMatchObject({ status: 'completed', text: 'Want music too?' });
			expect(world().spent()).toEqual(ONCE);
		},
	);

	situation(`[A4] completes an answer that asks nothing, ${dialect}`, async () => {
		const session = world().session(film());
		const events = [call('understand_media'), result('understand_media'), text('It has one clip.')];
		world().onPrompt(take, send(...events), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({
			status: 'completed',
			text: 'It has one clip.',
			changes: [],
		});
		expect(world().spent()).toEqual(ONCE);
	});

	situation(`[A4] fails a video whose prompt was only answered, ${dialect}`, async () => {
		const session = world().session(film());
		world().onEveryPrompt(take, send(text('It has one clip.')), close);
		const run = await engine().runNode([{}], createVideo({ sessionId: session.id }, RETRIED));
		expect(failure(run)).toMatchObject({
			kind: 'input',
			message: 'NemoVideo answered without changing the timeline: It has one clip.',
			sessionId: session.id,
			safeToRepeat: false,
		});
		expect(world().spent()).toEqual(ONCE);
	});
}

const QUESTIONS: ReadonlyArray<[language: string, words: string]> = [
	['Chinese', '我看了这段视频。请问您想要什么风格的音乐？'],
	['Chinese without a question mark', '请告诉我您想要什么音乐。'],
	['Japanese without a question mark', '素材を確認しました。どの音楽がよろしいでしょうか。'],
	['Korean without a question mark', '영상을 확인했습니다. 어떤 음악을 원하시나요.'],
	['German', 'Ich habe mir das Video angesehen. Welche Musik soll es sein?'],
	['Spanish', '¿Qué música quieres?'],
	['Arabic', 'ما الموسيقى التي تريدها؟'],
	['English with options below', `${QUESTION}\n\n1. Calm piano\n2. Drums\n3. None`],
	['English as a request', 'I looked at the clip. Please tell me which music you want.'],
	['English with an offer behind', `${QUESTION} I can suggest three tracks.`],
];
for (const [language, words] of QUESTIONS) {
	situation(`[A4] knows a question in ${language}`, async () => {
		const session = world().session(film());
		world().onPrompt(
			take,
			send(flat.call('understand_media')),
			send(flat.result('understand_media')),
			inPieces(flat.text(words), 3),
			close,
		);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ status: 'awaitingInput', text: words });
		expect(world().spent()).toEqual(ONCE);
	});
}

const ASKED_BY_TOOL: ReadonlyArray<[what: string, events: string[]]> = [
	['and gets no result', [flat.call('ask_user', { question: QUESTION })]],
	[
		'whose result only says that the user was asked',
		[flat.call('ask_user', { question: QUESTION }), flat.result('ask_user', { status: 'pending' })],
	],
	[
		'for which it wants a confirmation',
		[adk.call('adk_request_confirmation', { toolConfirmation: { hint: QUESTION } })],
	],
	['as an event of its own', [event({ type: 'ask_question', questions: [{ prompt: QUESTION }] })]],
];
for (const [what, events] of ASKED_BY_TOOL) {
	situation(`[A4] returns awaitingInput when the agent asks by a tool ${what}`, async () => {
		const session = world().session(film());
		world().onPrompt(take, send(...events), close);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ status: 'awaitingInput', text: QUESTION });
		expect(world().spent()).toEqual(ONCE);
	});
}

situation('[A4] returns awaitingInput when the agent asks for a login by a tool', async () => {
	const session = world().session(film());
	const args = { functionCallId: 'adk-1', authConfig: { authScheme: {} } };
	world().onPrompt(take, send(adk.call('adk_request_credential', args)), close);
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ status: 'awaitingInput' });
	expect(world().spent()).toEqual(ONCE);
});

situation('[A4] keeps the question when the execution is retried, and sends nothing', async () => {
	world().onEveryPrompt(take, send(flat.text(QUESTION)), close);
	const workflow = chain([{}], createVideo({}, { onError: 'stopWorkflow' }));
	const first = await engine().run(workflow);
	const second = await engine().retry(workflow, first);
	for (const { error } of [first, second]) {
		expect(error?.message).toBe(`NemoVideo asked: ${QUESTION}`);
		expect(error).toMatchObject({ context: { kind: 'input', safeToRepeat: false } });
	}
	expect(world().spent()).toEqual(ONCE);
});

situation('[A4] sends the answer to the question into the same session', async () => {
	const session = world().session(film());
	world().onPrompt(take, send(flat.text(QUESTION)), close);
	const asked = await engine().runNode(inSession(session), generate());
	world().onPrompt(take, change(titled('Dawn')), send(flat.text('Added.')), close);
	const answer = generate({ prompt: 'Calm piano' });
	const answered = await engine().runNode(inSession(session), answer);
	expect(success(asked).status).toBe('awaitingInput');
	expect(success(answered)).toMatchObject({ status: 'completed', sessionId: session.id });
	expect(world().spent()).toEqual({ ...ONCE, credits: 200, prompts: 2 });
});
