import type { IDataObject } from 'n8n-workflow';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { PHOTO } from './support/createVideo.cts';
import { createEngine, type Engine, type RunOptions } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession, PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import type { RowSpec } from './support/testNodes.cts';
import type { NodeSpec } from './support/workflow.cts';

const emulator = withEmulator();
const NODE = 'Node 1';
const RECOVERY = { recoveryWaitSeconds: 0, recoveryIntervalSeconds: 0.1, recoveryChecks: 2 };

let engine: Engine;
let chats = 0;
let chatId: string;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
	chatId = `chat ${++chats}`;
});

const assistant = (parameters: IDataObject = {}, more: Partial<NodeSpec> = {}): NodeSpec => ({
	type: 'nemoVideoAssistant',
	...more,
	parameters: {
		...parameters,
		options: { ...QUICK_EXPORT, ...RECOVERY, ...Object(parameters.options) },
	},
});

/** A message as n8n's Chat Trigger gives it. */
const row = (chatInput: string, more: Partial<RowSpec> & { chat?: string } = {}): RowSpec => ({
	json: { sessionId: more.chat ?? chatId, action: 'sendMessage', chatInput, ...more.json },
	...(more.files ? { files: more.files } : {}),
});

const run = async (
	rows: RowSpec[],
	parameters?: IDataObject,
	more?: Partial<NodeSpec>,
	options?: RunOptions,
): Promise<RunResult> => await engine.runNode(rows, assistant(parameters, more), options);

/** One message in the chat. */
async function say(message: string, parameters?: IDataObject): Promise<IDataObject> {
	const result = await run([row(message)], parameters);
	expect(result.error?.message).toBeUndefined();
	return result.items(NODE)[0]?.json ?? {};
}

const sent = (): string[] => emulator().ledger.prompts.map(({ text }) => text);
const endpoints = (): string[] =>
	emulator()
		.requests.all()
		.map(({ endpoint }) => endpoint);

describe.each([
	[
		'English',
		{
			...{ film: PROMPT, export: 'export', credits: 'credits', status: 'status' },
			...{
				ready: 'Your video is ready: [Download the video]',
				balance: /credits are available/,
				timeline: /Timeline \(\d tracks?\): 1\. Video/,
			},
		},
	],
	[
		'Chinese',
		{
			...{ film: '生成一个海边日落的视频', export: '导出', credits: '积分', status: '状态' },
			...{
				ready: '视频已完成：[下载视频]',
				balance: /可用积分：\d+/,
				timeline: /时间线（\d 条轨道）：1\. 视频/,
			},
		},
	],
])('a chat in %s', (_language, words) => {
	it('makes a film and tells what is on the timeline', async () => {
		const reply = await say(words.film);
		expect(reply).toMatchObject({ action: 'message', status: 'completed' });
		expect(reply.text).toMatch(words.timeline);
		expect(reply.sessionId).toBe(emulator().ledger.sessions[0]?.sessionId);
	});

	it('exports, tells credits and state without a word to the agent', async () => {
		await say(words.film);
		const exported = await say(words.export);
		expect(exported).toMatchObject({ action: 'export', status: 'completed' });
		expect(exported.text).toBe(`${words.ready}(${String(exported.url)})`);
		expect(await say(words.credits)).toMatchObject({
			action: 'credits',
			credits: { available: expect.any(Number) },
			text: expect.stringMatching(words.balance),
		});
		expect(await say(words.status)).toMatchObject({
			action: 'state',
			text: expect.stringMatching(words.timeline),
		});
		expect(sent()).toEqual([words.film]);
		expect(emulator().ledger.sessions).toHaveLength(1);
	});
});

describe('files that come with a message', () => {
	const withPhoto = (message: string) => row(message, { files: { data0: PHOTO } });

	it('are uploaded before the message is sent', async () => {
		const result = await run([withPhoto(PROMPT)]);
		expect(result.items(NODE)[0]?.json).toMatchObject({ files: [{ filename: 'front.png' }] });
		expect(endpoints().indexOf('upload')).toBeLessThan(endpoints().indexOf('run'));
		expect(emulator().ledger.summary()).toMatchObject({ uploads: 1, promptsAccepted: 1 });
	});

	it('are all that happens where the message only announces them', async () => {
		const result = await run([withPhoto('here are my photos')]);
		expect(result.items(NODE)[0]?.json).toMatchObject({
			action: 'upload',
			text: expect.stringContaining('front.png'),
		});
		expect(sent()).toEqual([]);
	});

	it('may come without any message', async () => {
		const result = await run([withPhoto('')]);
		expect(result.items(NODE)[0]?.json).toMatchObject({ action: 'upload' });
	});

	it('may be named by address', async () => {
		const reply = await say('上传 https://example.com/beach.jpg');
		expect(reply).toMatchObject({ action: 'upload', files: [{ filename: 'beach.jpg' }] });
	});

	it('stay in the session for the messages after', async () => {
		await run([withPhoto('here are my photos')]);
		await say(PROMPT);
		expect(emulator().sessions.all()).toHaveLength(1);
		expect(emulator().ledger.prompts[0]?.sessionId).toBe(emulator().ledger.sessions[0]?.sessionId);
	});
});

describe('the session of a chat', () => {
	it('is made at the first message that needs one, not before', async () => {
		await say('hello, how many credits do I have?');
		await say('export');
		expect(emulator().ledger.sessions).toEqual([]);
	});

	it('is not that of another chat', async () => {
		await run([row(PROMPT), row(PROMPT, { chat: `other of ${chatId}` })]);
		const used = emulator().ledger.prompts.map(({ sessionId }) => sessionId);
		expect(new Set(used).size).toBe(2);
	});

	it('is one for two messages at once', async () => {
		await Promise.all([run([row(PROMPT)]), run([row('Create a video of the sea at night')])]);
		expect(emulator().ledger.sessions).toHaveLength(1);
		expect(sent()).toHaveLength(2);
	});

	it('is made again once when NemoVideo has forgotten it', async () => {
		const before = await say(PROMPT);
		emulator().sessions.forget(String(before.sessionId));
		const after = await say('Create a video of a quiet lake');
		expect(after.status).toBe('completed');
		expect(after.sessionId).not.toBe(before.sessionId);
		expect(emulator().ledger.sessions).toHaveLength(2);
		expect((await say('status')).sessionId).toBe(after.sessionId);
	});

	it('gives way to one that the user names', async () => {
		const sessionId = await prepareSession(emulator());
		expect(await say('status', { sessionId })).toMatchObject({
			sessionId,
			text: expect.stringMatching(/^Timeline/),
		});
		emulator().sessions.forget(sessionId);
		const result = await run([row(PROMPT)], { sessionId }, { onError: 'continueErrorOutput' });
		expect(result.branch(NODE, 1)[0]?.json).toMatchObject({
			error: { kind: 'session', sessionId },
		});
	});
});

describe('one timeline over several messages', () => {
	it('is reported as what was before and what is now', async () => {
		await say(PROMPT);
		await say('Add the title "Summer Sale" [[silent]]');
		const changed = await say('Change the title to "Winter Sale" [[talk]]');
		expect(changed.text).toMatch(/Summer Sale.* -> .*Winter Sale/);
		const silent = await say('Change the title to "Last Days" [[silent]]');
		expect(silent.text).toMatch(/Winter Sale.* -> .*Last Days/);
		expect(emulator().ledger.sessions).toHaveLength(1);
	});

	it('waits for the user where NemoVideo asks something', async () => {
		await say(PROMPT);
		const reply = await say('make it better [[vague]]');
		expect(reply).toMatchObject({ action: 'message', status: 'awaitingInput' });
		expect(reply.text).toMatch(/\?/);
	});
});

describe("NemoVideo's talk of buttons", () => {
	it.each([
		['export', /Say 'export' to get the video/],
		['open', /Timeline \(/],
		['preview', /Timeline \(/],
		['drag', /just say so/],
		['billing', /credits are available/],
	])('of %s becomes what the API can do', async (phrase, words) => {
		const reply = await say(`${PROMPT} [[gui:${phrase}]]`);
		expect(reply.text).toMatch(words);
		expect(reply.text).not.toMatch(/\b[Cc]lick|[Dd]rag and drop|Open the timeline panel/);
		expect(emulator().ledger.renders).toEqual([]);
	});

	it('of the Export button is performed where that is chosen', async () => {
		const reply = await say(`${PROMPT} [[gui:export]]`, {
			options: { afterSuggestedExport: 'perform' },
		});
		expect(reply.text).toContain(`Your video is ready`);
		expect(reply.url).toMatch(/\.mp4/);
		expect(emulator().ledger.renders).toHaveLength(1);
	});
});

describe('in a chat that is streamed', () => {
	const streamed = async (message: string, more?: Partial<NodeSpec>) => {
		const result = await run([row(message)], {}, more, { streaming: true });
		const words = result.chunks.map(({ content }) => content ?? '').join('');
		return { result, words, types: result.chunks.map(({ type }) => type) };
	};

	it('the words come as chunks between a begin and an end', async () => {
		const { result, words, types } = await streamed(`${PROMPT} [[talk]]`);
		expect(types[0]).toBe('begin');
		expect(types.at(-1)).toBe('end');
		expect(types.filter((type) => type !== 'item')).toEqual(['begin', 'end']);
		expect(words).toMatch(/^Setting up\.\.\.\n\n/);
		expect(
			words
				.replace(/^Setting up\.\.\./u, '')
				.trim()
				.replace(/\s+/gu, ' '),
		).toBe(String(result.items(NODE)[0]?.json.text).replace(/\s+/gu, ' '));
	});

	it('a turn without words ends with what has changed', async () => {
		await say(PROMPT);
		const { result, words } = await streamed('Add the title "Summer Sale" [[silent]]');
		expect(words).toContain('Summer Sale');
		expect(words).toBe(result.items(NODE)[0]?.json.text);
	});

	it.each(['credits', 'status'])("the answer to '%s' is there too", async (message) => {
		await say(PROMPT);
		const { result, words } = await streamed(message);
		expect(words).toBe(result.items(NODE)[0]?.json.text);
	});

	it('an export is announced at once and ends in a link', async () => {
		await say(PROMPT);
		const { result, words } = await streamed('export');
		expect(words).toMatch(/^Exporting. This usually takes 30 to 90 seconds…\n\n/);
		expect(words.endsWith(String(result.items(NODE)[0]?.json.text))).toBe(true);
		expect(words).toMatch(/\[Download the video\]\(http[^()\s]+\)$/);
	});

	it('orders to click are not shown', async () => {
		const { words } = await streamed(`${PROMPT} [[gui:export]]`);
		expect(words).not.toMatch(/[Cc]lick/);
		expect(words).toMatch(/Say 'export'/);
	});
});

describe("n8n's Retry On Fail", () => {
	it('sends nothing a second time and stays in the session, with a chat or without', async () => {
		const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } as const;
		for (const chat of [chatId, '']) {
			emulator().reset();
			emulator().faults.add({ kind: 'dropAfter', endpoint: 'upload' });
			emulator().faults.add({ kind: 'dropAfterAnswer', endpoint: 'run' });
			// The first try does not wait long enough for the render.
			emulator().options.renderMs = 1_500;
			const message = row(`${PROMPT}, then export it`, { chat, files: { data0: PHOTO } });
			const options = { exportTimeoutMinutes: 0.02 };
			const parameters = chat === '' ? { chatId: '', options } : { options };
			const result = await run([message], parameters, retried);
			expect(result.error?.message).toBeUndefined();
			expect(emulator().ledger.summary()).toMatchObject({
				sessions: 1,
				uploads: 1,
				promptsAccepted: 1,
				renders: 1,
			});
		}
	});
});

describe('a chat ID', () => {
	it.each([
		['an item that names no chat', '={{ $json.sessionId }}'],
		['a field that is not there', '={{ $json.message?.chatid }}'],
	])('of %s is refused before a session is begun, and told how to give it', async (_what, id) => {
		const message = { json: { chatInput: PROMPT, text: PROMPT } };
		const result = await run([message], { chatId: id }, { onError: 'continueErrorOutput' });
		const [{ json: { error } = {} } = {}] = result.branch(NODE, 1);
		expect(error).toMatchObject({ kind: 'input', message: "'Chat ID' is empty" });
		expect(JSON.stringify(error)).toMatch(/message\.chat\.id.*clear the field/);
		expect(emulator().requests.all()).toEqual([]);
	});
});

describe('what cannot be answered', () => {
	it('is reported in a chat that is streamed', async () => {
		for (const { account } of emulator().tokens.all()) account.available = 0;
		const tell = async (onError: NodeSpec['onError']): Promise<string> => {
			const result = await run([row(PROMPT)], {}, { onError }, { streaming: true });
			return result.chunks.map(({ content }) => content ?? '').join('');
		};
		expect(await tell('continueErrorOutput')).toMatch(/out of credits.*[Tt]op up/s);
		expect(await tell('stopWorkflow')).toMatch(/out of credits/);
	});

	it('speaks in a streamed chat of no workflow and no IDs, which its user does not know', async () => {
		for (const { account } of emulator().tokens.all()) account.available = 0;
		for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
			const result = await run([row(PROMPT)], {}, { onError }, { streaming: true });
			const chunks = result.chunks.map(({ content }) => content ?? '').join('');
			const { description = '' } = Object(result.error) as { description?: string };
			expect(`${chunks} ${description}`).toMatch(/Top up the account/);
			expect(`${chunks} ${description}`).not.toMatch(/workflow|\bitems?\b|Session ID/i);
		}
	});

	it('becomes a failure item with its session', async () => {
		for (const { account } of emulator().tokens.all()) account.available = 0;
		const result = await run([row(PROMPT)], {}, { onError: 'continueErrorOutput' });
		expect(result.branch(NODE, 1)[0]?.json).toMatchObject({
			error: { kind: 'credits', code: 2001, sessionId: emulator().ledger.sessions[0]?.sessionId },
		});
	});

	it('does not stop other chats of the same run', async () => {
		const result = await run(
			[row(`${PROMPT} [[error:raw]]`), row(PROMPT, { chat: `b ${chatId}` })],
			{},
			{ onError: 'continueErrorOutput' },
		);
		expect(result.branch(NODE, 1)).toHaveLength(1);
		expect(result.items(NODE)).toHaveLength(1);
	});
});

it('input fields are kept where that is asked for', async () => {
	const reply = await say('credits', { options: { includeInputFields: true } });
	expect(reply).toMatchObject({ chatInput: 'credits', action: 'credits' });
});

describe('two equal messages of one chat in one run', () => {
	const EDIT = 'Make it a little brighter';
	const CONTINUE = { onError: 'continueErrorOutput' } as const;

	it('are refused before anything is sent, because both would be paid', async () => {
		const result = await run([row(EDIT), row(EDIT)], {}, CONTINUE);
		const failures = result.branch(NODE, 1).map(({ json }) => json.error);
		const failure = { kind: 'input', message: expect.stringMatching(/same session and the same/) };
		expect(failures).toMatchObject([failure, failure]);
		expect(sent()).toEqual([]);
	});

	it.each([
		['ask for nothing that is paid', () => [row('credits'), row('credits')], {}],
		['are of two chats', () => [row(EDIT), row(EDIT, { chat: 'another chat' })], {}],
		['are wanted', () => [row(EDIT), row(EDIT)], { options: { sendEqualPrompts: true } }],
	] as const)('are answered where they %s', async (_case, rows, parameters) => {
		const result = await run(rows(), { ...parameters });
		expect(result.error?.message).toBeUndefined();
		expect(result.items(NODE)).toHaveLength(2);
	});
});
