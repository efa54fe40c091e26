import { assist, isSessionCheckpoint } from '../../../../src/flows/assistant/assistant';
import type {
	AssistantCheckpoints,
	AssistantResult,
	AssistantSettings,
} from '../../../../src/flows/assistant/chat';
import { segment, track, urbanDreams } from '../../api/drafts.cts';
import { FakeKeeper, memoryOf, settings } from './chat.cts';
import { FakeNemoVideo, FakeStream, Heard } from '../fakeNemoVideo.cts';

const MINUTE = 60_000;
const photo = (filename = 'front.png') => ({
	filename,
	mimeType: 'image/png',
	sizeBytes: 5,
	contentId: filename,
	async *open() {
		yield await Promise.resolve(new Uint8Array(5));
	},
});

let nemo: FakeNemoVideo;
let heard: Heard;
let keeper: FakeKeeper;

const memory = (): AssistantCheckpoints => memoryOf();

async function say(
	message: string,
	more: Partial<AssistantSettings> = {},
	remembered = memory(),
): Promise<AssistantResult> {
	let isOver = false;
	const end = (): void => void (isOver = true);
	const chat = { keeper, checkpoints: remembered, progress: heard };
	const reply = assist(nemo.client, settings(message, more), chat);
	reply.then(end, end);
	for (let second = 0; second < 1_200 && !isOver; second++) await nemo.clock.advance(1_000);
	if (!isOver) throw new Error('There is no reply after twenty minutes');
	return await reply;
}
const generates = (more: object = {}): void => {
	nemo.turns = [{ tool: 'generate', draft: urbanDreams(), ...more }];
};
const asked = (part: string): number => nemo.log.filter((request) => request.includes(part)).length;

/** A chat with a film in it. */
async function withFilm(): Promise<void> {
	generates();
	await say('Create a film of a city');
	nemo.requests.length = 0;
	nemo.prompts.length = 0;
	heard.pieces.length = 0;
	nemo.client.sent.noted.length = 0;
}

beforeEach(() => {
	nemo = new FakeNemoVideo();
	heard = new Heard();
	keeper = new FakeKeeper();
});

describe('addresses in a message', () => {
	const URL = 'https://files.test/beach.png';

	it('alone are an upload', async () => {
		expect(await say(URL)).toMatchObject({
			action: 'upload',
			text: expect.stringMatching(/^Uploaded .* Now tell me what to make with it\.$/),
		});
		expect(asked('upload-video')).toBe(1);
		expect(nemo.prompts).toEqual([]);
	});

	it('are uploaded beside files that came with it, each remembered by itself', async () => {
		const remembered = memory();
		generates();
		const reply = await say(
			`Turn my photo and ${URL} into a film`,
			{ files: [photo()] },
			remembered,
		);
		expect(asked('upload-video')).toBe(2);
		expect(reply.files?.map(({ filename }) => filename)).toEqual(['front.png', 'beach.png']);
		expect(remembered.upload.read()).toMatchObject({ phase: 'done' });
		expect(remembered.uploadOfUrls.read()).toMatchObject({ phase: 'done' });
	});

	it('of a message without files are remembered in their place', async () => {
		const remembered = memory();
		generates();
		await say(`Turn ${URL} into a film`, {}, remembered);
		expect(remembered.upload.read()).toMatchObject({ phase: 'done' });
		expect(remembered.uploadOfUrls.read()).toBeUndefined();
	});
});

describe('files', () => {
	it('that come with a question for the balance are uploaded first', async () => {
		const reply = await say('How many credits do I have left?', { files: [photo()] });
		expect(reply).toMatchObject({ action: 'credits', credits: { available: 90 } });
		expect(reply.text).toMatch(/^Uploaded 1 file: front\.png\.\n\n90 credits/);
		expect(reply.sessionId).toBe(keeper.id);
	});

	it('that come with an order to export are uploaded first', async () => {
		await withFilm();
		const reply = await say('export', { files: [photo()] });
		expect(reply).toMatchObject({ action: 'export', status: 'completed' });
		expect(reply.text).toMatch(/^Uploaded 1 file: front\.png\.\n\nYour video is ready/);
		expect(heard.words).not.toContain('Uploaded');
	});

	it('of several are asked about together', async () => {
		const reply = await say('', { files: [photo('a.png'), photo('b.png')] });
		expect(reply.text).toMatch(/make with them\.$/);
	});

	it('in Chinese need no space between the sentences', async () => {
		const reply = await say('我上传了照片', { files: [photo()] });
		expect(reply.text).toMatch(/^已上传 1 个文件：front\.png。现在请说说/);
	});

	it('are noted as sent to their session', async () => {
		await say('', { files: [photo()] });
		expect(nemo.client.sent.noted).toEqual([keeper.id]);
	});
});

describe('a question for the balance', () => {
	it('names the session of a chat that has one, and makes none', async () => {
		await withFilm();
		expect(await say('balance')).toMatchObject({ sessionId: keeper.id });
		expect(nemo.log).toEqual(['GET /api/credits/balance/simple']);
	});

	it('beside a request is answered after it', async () => {
		generates({ says: ['Done.'] });
		const reply = await say('Create a film of a city, and how many credits are left?');
		expect(nemo.prompts).toEqual(['Create a film of a city']);
		expect(reply).toMatchObject({ action: 'message', credits: { available: 90 } });
		expect(reply.text).toMatch(/90 credits are available/);
	});
});

describe('a question for the state', () => {
	it('is answered with the timeline', async () => {
		await withFilm();
		expect(await say('status')).toMatchObject({
			action: 'state',
			sessionId: keeper.id,
			text: expect.stringMatching(/^Timeline \(3 tracks\)/),
			timeline: { readyToExport: true },
		});
		expect(nemo.prompts).toEqual([]);
	});

	it('for subtitles that the film has not says so', async () => {
		generates({ draft: { ...urbanDreams(), t: [track(0, segment('city', 0, 10_000))] } });
		await say('Create a film of a city');
		const reply = await say('download the srt');
		expect(reply.text).toMatch(/^The timeline has no text to make subtitles from\. Timeline/);
		expect(reply.timeline).toBeDefined();
	});
});

describe('an export', () => {
	it('of a chat whose timeline is empty has nothing to give, and says so', async () => {
		await say('', { files: [photo()] });
		expect(await say('export')).toMatchObject({
			action: 'export',
			sessionId: keeper.id,
			text: expect.stringMatching(/no video in this chat yet/),
			timeline: { readyToExport: false },
		});
		expect(asked('/render/')).toBe(0);
	});

	it('that is asked for with a film that did not come about says so', async () => {
		nemo.turns = [{ tool: 'generate', says: ['It failed.'] }];
		const reply = await say('Create a film of a city, then export it');
		expect(reply.text).toMatch(/^It failed\.\n\nThere's no video in this chat yet/);
		expect(reply.url).toBeUndefined();
	});

	it('says how large the video is where NemoVideo does', async () => {
		await withFilm();
		nemo.renderBytes = 1_572_864;
		expect((await say('export')).text).toMatch(
			/^Your video is ready \(1\.5 MB\): \[Download the video\]\(https:/,
		);
	});

	it('that takes too long can be asked for again', async () => {
		await withFilm();
		nemo.renderStatus = 'processing';
		const render = { ...settings('', {}).render, onTimeout: 'continue' as const };
		const reply = await say('export', { render });
		expect(reply).toMatchObject({ action: 'export', timedOut: true });
		expect(reply.text).toMatch(/still being rendered.*'export' again/);
		expect(reply.text).toContain(String(reply.renderId));
	});

	it('that is tried again continues with its render without a look at the timeline', async () => {
		await withFilm();
		nemo.renderStatus = 'processing';
		const remembered = memory();
		await expect(say('export', {}, remembered)).rejects.toMatchObject({ kind: 'timeout' });
		nemo.renderStatus = 'completed';
		expect(await say('export', {}, remembered)).toMatchObject({ status: 'completed' });
	});
});

describe('a message that n8n tries again', () => {
	it('sends nothing a second time', async () => {
		const remembered = memory();
		nemo.turns = [{ breaks: true }];
		const message = 'Turn this photo into a film';
		const files = [photo()];
		await expect(say(message, { files }, remembered)).rejects.toMatchObject({ kind: 'stream' });
		const before = nemo.client.sent.noted.length;
		const [session] = nemo.sessions.values();
		if (session) session.draft = urbanDreams();
		expect(await say(message, { files }, remembered)).toMatchObject({ status: 'completed' });
		expect(nemo.client.sent.noted).toHaveLength(before);
	});

	it('gives the video it gave, and asks for nothing', async () => {
		await withFilm();
		const remembered = memory();
		const first = await say('export', {}, remembered);
		nemo.requests.length = 0;
		expect(await say('export', {}, remembered)).toEqual(first);
		expect(nemo.requests).toEqual([]);
	});
});

describe('a message', () => {
	it('whose work is not over in time is not followed by what was to be done after it', async () => {
		nemo.stream = new FakeStream();
		const turn = { ...settings('', {}).turn, timeoutMs: MINUTE, onTimeout: 'continue' as const };
		const reply = await say('Create a film of a city, then export it', { turn });
		expect(reply).toMatchObject({ action: 'message', status: 'running', timedOut: true });
		expect(reply.text).toMatch(/^NemoVideo is still working/);
		expect(asked('/render/')).toBe(0);
	});

	it('tells each edit on a line of its own', async () => {
		await withFilm();
		const edited = urbanDreams();
		edited.t = [edited.t[0], track(1, segment('Lo-fi', 0, 10_000, { volume: 0.2 }))] as never;
		generates({ says: ['Done.'], draft: edited });
		const { text } = await say('Make the music quieter and remove the title');
		const [, edits = ''] = text.split('\n\n');
		expect(edits.split('\n')).toEqual([
			expect.stringMatching(/ -> | removed/),
			expect.stringMatching(/ -> | removed/),
		]);
	});

	it('without words and files is answered before anything is sent to the agent', async () => {
		await withFilm();
		expect(await say('   ')).toMatchObject({
			refused: true,
			text: expect.stringMatching(/^The message is empty/),
		});
		expect(nemo.prompts).toEqual([]);
	});

	it('tells the agent’s language of the chat', async () => {
		generates();
		const sent: string[] = [];
		const send = nemo.send.bind(nemo);
		nemo.send = async (request) => {
			if (request.path.includes('with-session')) sent.push(request.json ?? '');
			return await send(request);
		};
		await say('请制作一个关于城市的视频');
		expect(JSON.parse(sent[0] ?? '')).toEqual({ task_name: 'project', language: 'zh' });
	});

	it('tells what is gone from the timeline', async () => {
		await withFilm();
		const shorter = urbanDreams();
		shorter.t = shorter.t.slice(0, 2);
		generates({ says: ['Done.'], draft: shorter });
		expect((await say('Remove the title of the film please')).text).toMatch(
			/^Done\.\n\n.* removed.*\n\nTimeline \(2 tracks\)/s,
		);
	});

	it('that changed nothing shows no timeline', async () => {
		await withFilm();
		nemo.turns = [{ tool: 'look', says: ['The music is Lo-fi.'] }];
		expect((await say('Tell me which music there is in it')).text).toBe('The music is Lo-fi.');
	});
});

describe('a session that NemoVideo has forgotten', () => {
	it('is not made again where the user named it', async () => {
		await withFilm();
		keeper.isNamed = true;
		nemo.sessions.clear();
		await expect(say('Create another film of a city')).rejects.toMatchObject({ kind: 'session' });
		expect(asked('with-session')).toBe(0);
	});

	it('takes nothing along of what was remembered in it', async () => {
		await withFilm();
		const remembered = memory();
		await say('', { files: [photo()] }, remembered);
		nemo.sessions.clear();
		nemo.sessions.set('placeholder', { draft: {}, files: [] });
		generates();
		const reply = await say('Turn this photo into a film', { files: [photo()] }, remembered);
		expect(reply.sessionId).toBe(keeper.id);
		expect(remembered.session.read()).toEqual({ sessionId: keeper.id });
		expect(asked('upload-video')).toBe(2);
	});

	it('is not made again once the prompt was sent: it may have been charged', async () => {
		await withFilm();
		nemo.turns = [{ tool: 'generate', says: ['Done.'] }];
		const open = nemo.open.bind(nemo);
		nemo.open = async (request) => {
			const stream = await open(request);
			nemo.sessions.clear();
			return stream;
		};
		// The words came; what can't be read afterwards costs the timeline, not the reply.
		expect(await say('Create another film of a city')).toMatchObject({
			text: 'Done.',
			timeline: null,
		});
		expect(asked('with-session')).toBe(0);
		expect(nemo.prompts).toHaveLength(1);
	});

	it('after another failure is kept', async () => {
		await withFilm();
		nemo.turns = [{ breaks: true }];
		const before = keeper.id;
		await expect(say('Create another film of a city')).rejects.toMatchObject({ kind: 'stream' });
		expect(keeper.id).toBe(before);
	});
});

it('only the record of a session is taken for one', () => {
	const given = [{ sessionId: '7' }, { sessionId: 7 }, { sessionId: '7', phase: 'done' }, {}, null];
	expect(given.map(isSessionCheckpoint)).toEqual([true, false, false, false, false]);
});
