import { adk, COMMENT, event, flat, HEARTBEAT } from './support/dialects.cts';
import { film } from './support/drafts.cts';
import {
	chatting,
	createVideo,
	engineIn,
	failure,
	generate,
	inSession,
	photo,
	RETRIED,
	success,
	uploading,
	withWorld,
	UNSURE,
} from './support/nodes.cts';
import { situations } from './support/rows.cts';
import {
	answer,
	atOnce,
	changeAtReading,
	close,
	inPieces,
	send,
	take,
	type Step,
} from './support/turnOnWire.cts';

const { world, engine } = withWorld();
const situation = situations('D1', 'D3', 'D4');
const UNPAID = { credits: 0, prompts: 1, uploads: 0, renders: 0 };
const PAID = { ...UNPAID, credits: 100 };
const TOOL_WORDS = 'Tool generate_video failed: music of session 55 not found in library';

/** Failures in words, as servers write them into a stream. */
const IN_WORDS: ReadonlyArray<[what: string, events: string]> = [
	['an error text', event({ error: TOOL_WORDS })],
	['an error text that was not escaped', event(`{"error": "${TOOL_WORDS}: "no such track""}`)],
	['an event named error with words alone', `event: error\ndata: ${TOOL_WORDS}\n\n`],
	['an error event of the flat dialect', event({ type: 'error', message: TOOL_WORDS })],
	[
		'an error event of the ADK',
		event({ author: 'system', content: { parts: [{ text: `Error: ${TOOL_WORDS}` }] } }),
	],
	['a detail that names the session', event({ detail: 'Session not found' })],
	[
		'a refusal of a token in words',
		event({ error: 'Tool upload failed: invalid token, unauthorized (401)' }),
	],
	['a rate limit in words', event({ error: '429 Too Many Requests from the music library' })],
];
for (const [what, events] of IN_WORDS) {
	situation(`[D1] makes no second session and sends nothing again for ${what}`, async () => {
		world().onEveryPrompt(take, send(HEARTBEAT, events), close);
		const run = await engine().runNode([{}], createVideo({}, RETRIED));
		expect(failure(run)).toMatchObject(UNSURE);
		expect(failure(run).kind).not.toBe('session');
		expect(failure(run).sessionId).toBe([...world().sessions.keys()][0]);
		expect(world().count('session')).toBe(1);
		expect(world().spent()).toEqual(PAID);
	});

	situation(`[D1] takes no word for a refusal where the stream begins with ${what}`, async () => {
		const session = world().session();
		world().onEveryPrompt(take, inPieces(events, 13), close);
		const run = await engine().runNode(inSession(session), generate({}, RETRIED));
		expect(failure(run)).toMatchObject(UNSURE);
		expect(['session', 'auth', 'rateLimit']).not.toContain(failure(run).kind);
		expect(world().spent()).toEqual(PAID);
	});
}

situation('[D1] keeps the session of a chat where a tool speaks of one', async () => {
	const chat = [{ json: { sessionId: 'chat of a tool', chatInput: 'a film of a harbor' } }];
	world().onPrompt(take, send(HEARTBEAT, event({ error: TOOL_WORDS })), close);
	const node = chatting();
	const first = await engine().runNode(chat, node);
	expect(failure(first)).toMatchObject(UNSURE);
	const again = await engine().runNode(chat, { ...node, name: 'Node 1' });
	expect(success(again).sessionId).toBe(failure(first).sessionId);
	expect(world().count('session')).toBe(1);
	expect(world().spent()).toEqual({ ...PAID, credits: 200, prompts: 2 });
});

/** What may come before a code, so that the code is no refusal anymore. */
const BEFORE: ReadonlyArray<[what: string, text: string]> = [
	['a heartbeat', HEARTBEAT],
	['a comment', COMMENT],
	['empty data', 'data:\n\n'],
	['an event without data', 'event: ping\n\n'],
	['a blank line', '\n'],
	['a thought', event({ type: 'thinking', content: 'A harbor.' })],
];
const CODES: ReadonlyArray<[what: string, event: string]> = [
	['code 429', flat.failure(429, 'too many requests')],
	[
		'the quota of the model',
		event({ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded' } }),
	],
	['the quota as an ADK event', adk.failure('RESOURCE_EXHAUSTED', 'Quota exceeded')],
	['code 1002', event({ code: 1002, message: 'session not found' })],
	['code 1001', event({ code: 1001, message: 'token expired' })],
];
for (const [before, text] of BEFORE) {
	for (const [what, code] of CODES) {
		situation(`[D3] sends a prompt once where ${before} comes before ${what}`, async () => {
			world().onEveryPrompt(take, atOnce(text, code), close);
			const run = await engine().runNode([{}], createVideo({}, RETRIED));
			expect(failure(run)).toMatchObject(UNSURE);
			expect(world().count('session')).toBe(1);
			expect(world().spent()).toEqual(PAID);
		});
	}
}

const REFUSED = { credits: 100, prompts: 2, uploads: 0, renders: 0 };
const SPLITS: ReadonlyArray<[how: string, write: (text: string) => Step]> = [
	['in one chunk', (text) => atOnce(text)],
	['byte by byte', (text) => inPieces(text, 1)],
	['in two chunks', (text) => inPieces(text, 15)],
];
for (const [how, write] of SPLITS) {
	situation(`[D3] makes another session where code 1002 comes first, ${how}`, async () => {
		world().onPrompt(write(event({ code: 1002, message: 'session not found' })), close);
		const run = await engine().runNode([{}], createVideo({ exportVideo: false }));
		expect(success(run)).toMatchObject({ status: 'completed' });
		expect(world().count('session')).toBe(2);
		expect(world().spent()).toEqual(REFUSED);
	});

	situation(`[D3] renews a trial token where code 1001 comes first, ${how}`, async () => {
		const trial = await engineIn(world(), { connectWith: 'freeTrial', token: '' });
		const session = world().session();
		world().onPrompt(
			() => world().next('credits', (exchange) => exchange.answer(200, { code: 1001 })),
			write(event({ code: 1001, message: 'token expired' })),
			close,
		);
		const run = await trial.runNode(inSession(session), generate());
		expect(success(run)).toMatchObject({ status: 'completed' });
		expect(world().count('mint')).toBe(2);
		expect(world().spent()).toEqual(REFUSED);
	});
}

/** What gateways answer where they have no route. */
const NO_ROUTE: ReadonlyArray<[what: string, body: object | string]> = [
	["a gateway's 404 in JSON", { message: 'no Route matched with those values' }],
	["a framework's 404", { detail: 'Not Found' }],
	['a 404 without a body', ''],
];
for (const [what, body] of NO_ROUTE) {
	situation(`[D1] makes no second session and sends nothing again for ${what}`, async () => {
		world().onEveryPrompt(answer(404, body, { 'content-type': 'application/json' }));
		const run = await engine().runNode([{}], createVideo({}, RETRIED));
		expect(failure(run)).toMatchObject({ kind: 'protocol', httpStatus: 404 });
		expect(failure(run).message).toContain('POST /run_sse');
		expect(world().count('session')).toBe(1);
		expect(world().spent()).toEqual(UNPAID);
	});
}
for (const body of [
	{ code: 1002, message: 'session not found' },
	{ detail: 'Session not found' },
	{ error: 'Session not found: 7' },
]) {
	situation(`[D1] makes another session for a 404 with ${JSON.stringify(body)}`, async () => {
		world().onPrompt(answer(404, body));
		const run = await engine().runNode([{}], createVideo({ exportVideo: false }));
		expect(success(run)).toMatchObject({ status: 'completed' });
		expect(world().count('session')).toBe(2);
		expect(world().spent()).toEqual(REFUSED);
	});
}

/** Answers with a status that leaves open whether the prompt was taken, whatever they say. */
const OPEN: ReadonlyArray<[what: string, step: Step]> = [
	[
		'500 with words of a session',
		answer(500, { detail: 'session not found in cache after job was queued' }),
	],
	['500 with code 1002', answer(500, { code: 1002, message: 'session not found' })],
	['500 with code 1001', answer(500, { code: 1001, message: 'token expired' })],
	['504 with code 404', answer(504, { code: 404, message: 'not found' })],
	[
		'502 with code 429',
		answer(502, { code: 429, message: 'too many requests' }, { 'retry-after': '1' }),
	],
	['503 with code 2001', answer(503, { code: 2001, message: 'out of credits' })],
	['408 with code 404', answer(408, { code: 404 })],
	['500 without a body', answer(500, '')],
];
for (const [what, step] of OPEN) {
	situation(`[D4] finds the film behind ${what}`, async () => {
		world().onPrompt(take, changeAtReading(3, film()), step);
		const run = await engine().runNode([{}], createVideo({ exportVideo: false }));
		expect(success(run)).toMatchObject({ status: 'completed' });
		expect(success(run).timeline).toMatchObject({ readyToExport: true });
		expect(world().count('session')).toBe(1);
		expect(world().spent()).toEqual(PAID);
	});

	situation(`[D4] sends nothing again after ${what}`, async () => {
		world().onEveryPrompt(step);
		const run = await engine().runNode([{}], createVideo({}, RETRIED));
		// A number of NemoVideo's own beside a 5xx doesn't say that the server is down.
		const kind = /code \d{4}/.test(what) ? 'stream' : 'server';
		expect(failure(run)).toMatchObject({ ...UNSURE, kind });
		const [code] = /code \d+/.exec(what) ?? [];
		if (code) expect(failure(run).description).toContain(code);
		expect(world().count('session')).toBe(1);
		expect(world().spent()).toEqual(UNPAID);
	});
}

/** Statuses of somebody who gave up, or who may have, after NemoVideo had the prompt. */
const GIVEN_UP: ReadonlyArray<[what: string, step: Step]> = [
	...[409, 421, 423, 424, 425, 428, 460, 499].map((status): [string, Step] => [
		`HTTP ${status}`,
		answer(status, { message: 'gave up' }),
	]),
	['HTTP 499 without a body', answer(499, '')],
	['HTTP 200 with code 499', answer(200, { code: 499, message: 'client closed request' })],
	['HTTP 400 with code 409', answer(400, { code: 409, message: 'in progress' })],
	['a redirect', answer(302, '', { location: '/elsewhere' })],
];
for (const [what, step] of GIVEN_UP) {
	situation(`[D4] finds the film behind ${what}`, async () => {
		world().onPrompt(take, changeAtReading(3, film()), step);
		const run = await engine().runNode([{}], createVideo({ exportVideo: false }));
		expect(success(run)).toMatchObject({ status: 'completed' });
		expect(world().spent()).toEqual(PAID);
	});

	situation(`[D4] pays once in a loop over safeToRepeat where ${what} answers`, async () => {
		world().onEveryPrompt(take, step);
		for (let runs = 0; runs < 3; runs++) {
			const told = failure(await engine().runNode([{}], createVideo({}, RETRIED)));
			if (told.safeToRepeat !== true) break;
		}
		expect(world().count('session')).toBe(1);
		expect(world().spent()).toEqual(PAID);
	});
}

situation('[D4] sends files once where 500 says that their session is gone', async () => {
	const session = world().session();
	world().every('upload', (exchange) => {
		session.addFile('a.png');
		exchange.answer(500, { code: 1002, message: 'session not found' });
	});
	const rows = [{ json: { sessionId: session.id }, files: { data: photo('a.png') } }];
	const run = await engine().runNode(rows, uploading({}, RETRIED));
	expect(world().uploads).toEqual([['a.png']]);
	expect(run.branch('Node 1', 0)).toHaveLength(1);
	expect(world().spent()).toEqual({ credits: 0, prompts: 0, uploads: 1, renders: 0 });
});

situation('[D4] sends a prompt again after a 429 in the place of its stream', async () => {
	const session = world().session();
	world().onPrompt(answer(429, { message: 'slow down' }, { 'retry-after': '0' }));
	const run = await engine().runNode(inSession(session), generate());
	expect(success(run)).toMatchObject({ status: 'completed' });
	expect(world().spent()).toEqual(REFUSED);
});
