import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PHOTO } from './support/createVideo.cts';
import { connectedCredential, withEmulator } from './support/emulator.cts';
import { createEngine, type Engine } from './support/engine.cts';
import type { RunResult } from './support/result.cts';
import { prepareSession, PROMPT, QUICK_EXPORT } from './support/sessions.cts';
import type { FileSpec, RowSpec } from './support/testNodes.cts';
import { agent, type NodeSpec } from './support/workflow.cts';

const NODE = 'Node 1';
const emulator = withEmulator();
let engine: Engine;
let chats = 0;

beforeEach(async () => {
	engine = await createEngine({ credential: connectedCredential(emulator()) });
});

const assistant = (parameters: INodeParameters, more: Partial<NodeSpec> = {}): NodeSpec => ({
	type: 'nemoVideoAssistant',
	...more,
	parameters: { ...parameters, options: { ...QUICK_EXPORT, ...Object(parameters.options) } },
});
const wordsOf = (result: RunResult): string =>
	result.chunks.map(({ content }) => content ?? '').join('');
const sent = (): string[] => emulator().ledger.prompts.map(({ text }) => text);

const PDF: FileSpec = { fileName: 'invoice.pdf', mimeType: 'application/pdf', content: '%PDF-1.7' };
const EMPTY: FileSpec = { fileName: 'photo.png', mimeType: 'image/png', content: '' };
const HUGE: FileSpec = {
	fileName: 'film.mp4',
	mimeType: 'video/mp4',
	content: 'bytes',
	paddedTo: 524_288_001,
};

const MODES = [true, false].flatMap((streaming) =>
	(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const).map(
		(onError) => [streaming, onError] as const,
	),
);

describe.each(MODES)('in a chat (streamed: %s, On Error: %s)', (streaming, onError) => {
	/** What the chat shows: the streamed words, or the item that n8n answers with. */
	const shown = async (row: RowSpec, parameters: INodeParameters = {}): Promise<string> => {
		const json = { sessionId: `modes ${++chats}`, ...row.json };
		const spec = assistant(parameters, { onError });
		const result = await engine.runNode([{ ...row, json }], spec, { streaming });
		expect(result.error?.message).toBeUndefined();
		const { text, refused } = result.items(NODE)[0]?.json ?? {};
		expect(refused).toBe(true);
		if (streaming) expect(wordsOf(result)).toBe(text);
		return String(text);
	};

	it.each([
		['a document', PDF, /'invoice\.pdf'.*MP4.*JPG/],
		['a file without bytes', EMPTY, /'photo\.png'.*empty/],
		['a file beyond 500 MB', HUGE, /'film\.mp4'.*500 MB/],
	])('%s is refused in words, with its name', async (_what, file, says) => {
		const row = { json: { chatInput: PROMPT }, files: { data0: PHOTO, data1: file } };
		const text = await shown(row);
		expect(text).toMatch(says);
		expect(text.split('\n')).toEqual([
			expect.not.stringContaining('front.png'),
			`The rest of the message wasn't added or sent either: front.png, "${PROMPT}". Send that again on its own.`,
		]);
		expect(emulator().requests.all()).toEqual([]);
	});

	it.each([
		...['', '   ', null, '?', '...', 'undefined', '#N/A', '[object Object]', '{{ $json.text }}'],
		...['@nemo_bot', '<@U02ABC123> ?', '&nbsp;', '<p>&nbsp;</p>'],
	])('a message without words is answered: %j', async (chatInput) => {
		expect(await shown({ json: { chatInput } })).toMatch(/^The message is empty/);
		expect(emulator().requests.all()).toEqual([]);
	});

	it('an address that is no file is refused in words', async () => {
		const text = await shown({
			json: { chatInput: 'upload https://drive.google.com/drive/folders/1AbC' },
		});
		expect(text).toMatch(/Drive|drive\.google\.com/);
		expect(sent()).toEqual([]);
	});
});

it('a wrong setting of the node is reported in a streamed chat as well', async () => {
	for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
		const json = { sessionId: `modes ${++chats}`, chatInput: PROMPT };
		const spec = assistant({ options: { exportTimeoutMinutes: 99 } }, { onError });
		const result = await engine.runNode([{ json }], spec, { streaming: true });
		expect(wordsOf(result)).toMatch(/'Export Timeout \(Minutes\)' is 99/);
	}
	expect(emulator().requests.all()).toEqual([]);
});

describe('Telegram as the chat', () => {
	const parameters = {
		message: '={{ $json.message.text ?? $json.message.caption }}',
		chatId: '={{ $json.message.chat.id }}',
	};
	const tell = async (
		message: IDataObject,
		files: RowSpec['files'] = {},
		more: Partial<NodeSpec> = {},
	): Promise<IDataObject> => {
		const json = { update_id: 1, message: { chat: { id: -1_001_234_567_890 }, ...message } };
		const result = await engine.runNode([{ json, files }], assistant(parameters, more));
		expect(result.error?.message).toBeUndefined();
		return result.items(NODE)[0]?.json ?? {};
	};

	it('knows the chat by its number, and the commands of bots', async () => {
		expect((await tell({ text: '/start' })).text).toMatch(/^Send images or text/);
		expect((await tell({ text: '/help@my_bot' })).text).toMatch(/^Send images or text/);
		expect(sent()).toEqual([]);
		const made = await tell({ text: PROMPT });
		expect(made.status).toBe('completed');
		expect(await tell({ text: '/credits@my_bot' })).toMatchObject({ action: 'credits' });
		expect(await tell({ text: '/status' })).toMatchObject({ sessionId: made.sessionId });
		expect(await tell({ text: '/export' })).toMatchObject({
			action: 'export',
			status: 'completed',
		});
		expect(sent()).toEqual([PROMPT]);
		expect(emulator().ledger.sessions).toHaveLength(1);
	});

	it('brings a photo with its caption', async () => {
		const message = { caption: PROMPT, photo: [{ file_id: 'a' }], chat: { id: 7 } };
		const reply = await tell(message, { data: { ...PHOTO, fileName: 'file_1.jpg' } });
		expect(reply).toMatchObject({ status: 'completed', files: [{ filename: 'file_1.jpg' }] });
	});

	/** A file that n8n has and the Assistant hasn't, whatever On Error is set to. */
	const withoutFile = async (message: IDataObject): Promise<string> => {
		const texts = new Set<unknown>();
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			const reply = await tell({ chat: { id: 8 }, ...message }, {}, { onError });
			expect(reply).toMatchObject({ refused: true });
			texts.add(reply.text);
		}
		expect(emulator().requests.all()).toEqual([]);
		expect(texts.size).toBe(1);
		return [...texts].join();
	};

	it.each([
		['photo', [{ file_id: 'a' }]],
		['video', { file_id: 'a' }],
		['document', { file_id: 'a' }],
	])('costs nothing where the %s was not downloaded', async (kind, value) => {
		const text = await withoutFile({ caption: PROMPT, [kind]: value });
		expect(text).toMatch(/n8n hasn't downloaded.*Telegram Trigger, Download Images\/Files/);
		expect(text).toContain(`wasn't added or sent either: "${PROMPT}"`);
	});

	it.each(['voice', 'audio', 'sticker', 'animation', 'video_note'])(
		'says how to send what the trigger never downloads: %s',
		async (kind) => {
			const text = await withoutFile({ [kind]: { file_id: 'a' } });
			expect(text).toMatch(/Telegram Trigger doesn't pass on.*voice.*stickers.*as a document/);
			expect(text).not.toMatch(/switch on|Download|\n/i);
		},
	);

	it('says so in the language of the caption or of the chat, and what became of the caption', async () => {
		const chat = { id: 81 };
		const caption = 'Pon la música más baja, por favor';
		const captioned = await withoutFile({ chat, caption, voice: { file_id: 'a' } });
		expect(captioned).toMatch(/Envíalo como documento.*\n.*tampoco se ha añadido ni enviado: "Pon/);
		await tell({ chat, text: 'Haz un vídeo de esta taza con música de fondo, por favor' });
		const reply = await tell({ chat, voice: { file_id: 'a' } });
		expect(reply.text).toMatch(/^El Telegram Trigger de n8n/);
	});
});

describe('Slack as the chat', () => {
	const parameters = { message: '={{ $json.text }}', chatId: '={{ $json.channel }}' };
	const tell = async (json: IDataObject, files: RowSpec['files'] = {}) => {
		const spec = assistant(parameters, { onError: 'continueErrorOutput' });
		return await engine.runNode([{ json: { channel: `C${++chats}`, ...json }, files }], spec);
	};

	it('understands mentions and links as Slack writes them', async () => {
		const balance = await tell({ text: '<@U012ABCDEF> credits' });
		expect(balance.items(NODE)[0]?.json).toMatchObject({ action: 'credits' });
		const link = await tell({ text: '<@U012ABCDEF> <https://example.com/beach.jpg|beach.jpg>' });
		expect(link.items(NODE)[0]?.json).toMatchObject({ files: [{ filename: 'beach.jpg' }] });
	});

	it('brings files that the trigger has downloaded, and costs nothing where it has not', async () => {
		const files = [{ id: 'F1', name: 'front.png', url_private: 'https://files.slack.com/a' }];
		const made = await tell({ text: PROMPT, files }, { file_0: PHOTO });
		expect(made.items(NODE)[0]?.json).toMatchObject({ files: [{ filename: 'front.png' }] });
		emulator().reset();
		const left = await tell({ text: PROMPT, files });
		const { refused, text } = left.items(NODE)[0]?.json ?? {};
		expect(refused).toBe(true);
		expect(text).toMatch(/n8n hasn't downloaded.*Slack Trigger, Download Files/);
		expect(emulator().requests.all()).toEqual([]);
	});
});

describe('WhatsApp as the chat', () => {
	it.each(['image', 'document', 'audio'])(
		'costs nothing where it brings a file: %s',
		async (kind) => {
			const message = { from: '1', type: kind, [kind]: { id: 'a', caption: PROMPT } };
			const parameters = { message: `={{ $json.messages[0].${kind}.caption }}`, chatId: 'wa' };
			const result = await engine.runNode(
				[{ json: { messages: [message] } }],
				assistant(parameters),
			);
			const { refused, text } = result.items(NODE)[0]?.json ?? {};
			expect(refused).toBe(true);
			expect(text).toMatch(/n8n hasn't downloaded.*WhatsApp Business Cloud/);
			expect(emulator().requests.all()).toEqual([]);
		},
	);
});

describe('the video itself', () => {
	it('is in the field data where Download is on, for an export and after a film', async () => {
		const sessionId = await prepareSession(emulator());
		const options = { download: true };
		for (const message of ['send me the video', 'Add the title "Sale", then export it']) {
			const result = await engine.runNode([{}], assistant({ message, sessionId, options }));
			const [item] = result.items(NODE);
			expect(item?.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
			expect(item?.json.url).toMatch(/\.mp4/);
		}
	});

	it('is not fetched without it, for other answers, or for a language model', async () => {
		const spec = async (message: string, download: boolean) =>
			assistant({
				message,
				sessionId: await prepareSession(emulator()),
				options: { download },
			});
		for (const node of [await spec('export', false), await spec('status', true)]) {
			const [item] = (await engine.runNode([{}], node)).items(NODE);
			expect(item?.binary).toBeUndefined();
		}
		const calls = [{ node: 'Tool 1', input: {} }];
		await engine.run(agent(2, {}, calls, await spec('export', true)));
		expect(emulator().ledger.renders).toHaveLength(2);
		// Each link was looked at once, to see that it answers.
		const looks = emulator().requests.all({ endpoint: 'file' });
		expect(looks.length).toBeLessThanOrEqual(2);
	});
});
