import { recoveryWaits } from './support/clocks.cts';
import { DIALECTS, HEARTBEAT } from './support/dialects.cts';
import { film, titled } from './support/drafts.cts';
import {
	chatting,
	createVideo,
	engineIn,
	failure,
	generate,
	inSession,
	RETRIED,
	success,
	withWorld,
	UNSURE,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import {
	answer,
	begin,
	changeAtReading,
	close,
	inPieces,
	send,
	take,
	type Step,
} from './support/turnOnWire.cts';

const { world, engine, asked } = withWorld();
const situation = situations('A7');
const UNPAID = { credits: 0, prompts: 1, uploads: 0, renders: 0 };
const PAID = { ...UNPAID, credits: 100 };
const PATIENT = { recoveryWaitSeconds: 30, recoveryIntervalSeconds: 60, recoveryChecks: 5 };
const PAGE =
	'<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body>Use your company account.\n\n</body></html>\n';

/** What a gateway answers in the place of NemoVideo, and what has to be named of it. */
const AT_ONCE: ReadonlyArray<[what: string, named: string[], steps: Step[]]> = [
	['a 200 page', ['HTML page', 'HTTP 200'], [answer(200, PAGE)]],
	[
		'a 200 page labeled as an event stream',
		['HTML page', 'text/event-stream', 'HTTP 200'],
		[answer(200, PAGE, { 'content-type': 'text/event-stream' })],
	],
	[
		'a 200 page without a label, in small pieces',
		['HTML page', 'HTTP 200'],
		[begin({ type: '' }), inPieces(PAGE, 3), close],
	],
	[
		'a compressed 200 page',
		['HTML page', 'HTTP 200'],
		[begin({ type: 'text/html', gzip: 'always' }), send(PAGE), close],
	],
	[
		'plain text labeled as an event stream',
		['text', 'HTTP 200'],
		[answer(200, 'Service temporarily parked', { 'content-type': 'text/event-stream' })],
	],
	['a 403 page of a firewall', ['HTML page', 'HTTP 403'], [answer(403, PAGE)]],
	['a 404 page', ['HTML page', 'HTTP 404'], [answer(404, PAGE)]],
];
for (const [what, named, steps] of AT_ONCE) {
	situation(`[A7] fails immediately as the gateway's for ${what}`, async () => {
		const session = world().session(film());
		world().onEveryPrompt(...steps);
		const node = generate({ options: PATIENT }, RETRIED);
		const run = await engine().runNode(inSession(session), node);
		const { message, description } = failure(run);
		expect(failure(run)).toMatchObject({
			...UNSURE,
			kind: expect.stringMatching(/^(?:network|server)$/),
		});
		for (const word of named) expect(message).toContain(word);
		expect(message).toContain('127.0.0.1');
		expect(`${String(message)} ${String(description)}`).not.toMatch(
			/refused the token|no longer exists|company/i,
		);
		// A try after the first looks once at the session, and does not wait for it.
		expect(recoveryWaits(asked())).toEqual([]);
		expect(world().spent()).toEqual(UNPAID);
	});
}

situation('[A7] looks for the film behind a redirect, and names where it leads', async () => {
	const session = world().session();
	world().onEveryPrompt(answer(302, '', { location: 'https://sso.example/' }));
	const run = await engine().runNode(inSession(session), generate({}, RETRIED));
	expect(failure(run)).toMatchObject({ ...UNSURE, kind: 'input', httpStatus: 302 });
	expect(failure(run).message).toMatch(
		/127\.0\.0\.1.*redirect to 'https:\/\/sso\.example\/'.*did not/,
	);
	expect(failure(run).description).toContain("Check 'Base URL'");
	expect(world().spent()).toEqual(UNPAID);
});

situation(
	'[A7] fails immediately as the proxy’s where it asks for a login: nothing was sent',
	async () => {
		const session = world().session();
		world().onPrompt(answer(407, PAGE));
		const run = await engine().runNode(inSession(session), generate({ options: PATIENT }));
		const { message, description } = failure(run);
		expect(failure(run)).toMatchObject({ kind: 'network', httpStatus: 407, safeToRepeat: true });
		expect(message).toMatch(/^The proxy .*127\.0\.0\.1.* \(HTTP 407\)$/);
		expect(`${String(message)} ${String(description)}`).not.toMatch(/token|session|company/i);
		expect(recoveryWaits(asked())).toEqual([]);
		expect(world().spent()).toEqual(UNPAID);
	},
);

/** Pages of gateways behind which NemoVideo may work on. */
const MAY_WORK: ReadonlyArray<[what: string, steps: Step[]]> = [
	['a 502 page', [answer(502, PAGE)]],
	['a 503 page', [answer(503, PAGE)]],
	['a 504 page', [answer(504, 'upstream request timeout', { 'content-type': 'text/plain' })]],
	['a 524 page', [answer(524, PAGE)]],
	['a 522 page', [answer(522, PAGE)]],
	['a 530 page', [answer(530, PAGE)]],
];
for (const [what, steps] of MAY_WORK) {
	situation(`[A7] finds the film behind ${what}`, async () => {
		const session = world().session();
		world().onPrompt(take, changeAtReading(2, film()), ...steps);
		const run = await engine().runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ status: 'completed', completedBy: 'state' });
		expect(world().spent()).toEqual(PAID);
	});

	situation(`[A7] never sends a prompt again after ${what}`, async () => {
		const session = world().session();
		world().onEveryPrompt(...steps);
		const run = await engine().runNode(inSession(session), generate({}, RETRIED));
		expect(failure(run)).toMatchObject({ ...UNSURE, kind: 'server' });
		const [status = ''] = /\d{3}/.exec(what) ?? [];
		expect(failure(run).message).toContain(`(HTTP ${status})`);
		expect(failure(run).message).toContain('127.0.0.1');
		expect(world().spent()).toEqual(UNPAID);
	});
}

for (const { name, text, call } of DIALECTS) {
	const broken: ReadonlyArray<[when: string, events: string[]]> = [
		['heartbeats', [HEARTBEAT, HEARTBEAT]],
		['a tool began', [call('generate_video_with_seedance')]],
		['words', [text('I begin with the harbor.')]],
	];
	for (const [when, events] of broken) {
		situation(
			`[A7] finds the film where a page cuts in after ${when}, in the ${name} dialect`,
			async () => {
				const session = world().session();
				world().onPrompt(take, send(...events, PAGE), changeAtReading(2, film()), close);
				const run = await engine().runNode(inSession(session), generate());
				expect(success(run)).toMatchObject({ status: 'completed', completedBy: 'state' });
				expect(success(run).timeline).toMatchObject({ readyToExport: true });
				expect(success(run).text).not.toContain('company');
				expect(world().spent()).toEqual(PAID);
			},
		);
	}
}

situation('[A7] makes one session and sends one prompt for a video behind a page', async () => {
	world().onEveryPrompt(answer(404, PAGE));
	const run = await engine().runNode([{}], createVideo({}, RETRIED));
	expect(failure(run)).toMatchObject({ ...UNSURE, kind: 'network' });
	expect(world().count('session')).toBe(1);
	expect(world().spent()).toEqual(UNPAID);
});

situation('[A7] tells a chat of the gateway and keeps its session', async () => {
	const session = world().session();
	world().onPrompt(answer(200, PAGE));
	const chat = (message: string) => [
		{ json: { sessionId: 'chat of a gateway', chatInput: message } },
	];
	const node = chatting();
	world().next('session', (exchange) =>
		exchange.answer(200, { code: 0, data: { session_id: session.id, task_id: 'task' } }),
	);
	const first = await engine().runNode(chat('a film of a harbor'), node);
	expect(failure(first)).toMatchObject({ ...UNSURE, kind: 'network', sessionId: session.id });
	const second = await engine().runNode(chat('make it longer'), node);
	expect(success(second)).toMatchObject({ status: 'completed', sessionId: session.id });
	expect(world().count('session')).toBe(1);
	expect(world().spent()).toEqual({ ...PAID, prompts: 2 });
});

situation('[A7] renders the film that was made behind a page', async () => {
	const session = world().session(film('The old film'));
	world().onPrompt(take, changeAtReading(2, titled('Dawn')), answer(504, PAGE));
	const run = await engine().runNode([{}], createVideo({ sessionId: session.id }));
	expect(success(run)).toMatchObject({ status: 'completed' });
	expect([...world().renders.values()].map(({ draft }) => draft)).toEqual([titled('Dawn')]);
	expect(world().spent()).toEqual({ ...PAID, renders: 1 });
});

situation('[A7] mints no token for a page that answers in the place of NemoVideo', async () => {
	const trial = await engineIn(world(), { connectWith: 'freeTrial', token: '' });
	const session = world().session();
	world().onPrompt(answer(401, PAGE));
	const run = await trial.runNode(inSession(session), generate());
	expect(failure(run)).toMatchObject({ ...UNSURE, kind: 'network' });
	expect(world().count('mint')).toBe(1);
	expect(world().spent()).toEqual(UNPAID);
});
