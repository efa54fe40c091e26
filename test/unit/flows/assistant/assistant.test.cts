import { assist } from '../../../../src/flows/assistant/assistant';
import type {
	AssistantCheckpoints,
	AssistantResult,
	AssistantSettings,
} from '../../../../src/flows/assistant/chat';
import { segment, track, urbanDreams } from '../../api/drafts.cts';
import { FakeKeeper, memoryOf, settings } from './chat.cts';
import { FakeNemoVideo, Heard } from '../fakeNemoVideo.cts';

let nemo: FakeNemoVideo;
let heard: Heard;
let keeper: FakeKeeper;

beforeEach(() => {
	nemo = new FakeNemoVideo();
	heard = new Heard();
	keeper = new FakeKeeper();
});

const memory = (): AssistantCheckpoints => memoryOf();

/** Says something in the chat; time passes until the reply is there. */
async function say(
	message: string,
	more: Partial<AssistantSettings> = {},
	remembered = memory(),
): Promise<AssistantResult> {
	let isOver = false;
	const chat = { keeper, checkpoints: remembered, progress: heard };
	const reply = assist(nemo.client, settings(message, more), chat);
	const end = reply.then(
		() => (isOver = true),
		() => (isOver = true),
	);
	for (let second = 0; second < 1_200 && !isOver; second++) await nemo.clock.advance(1_000);
	if (!isOver) throw new Error('There is no reply after twenty minutes');
	await end;
	return await reply;
}

/** A chat with the film of NemoVideo's skill text in it. */
async function withFilm(): Promise<void> {
	nemo.turns = [{ tool: 'generate', draft: urbanDreams() }];
	await say('Create a film of a city');
	nemo.requests.length = 0;
	nemo.prompts.length = 0;
	heard.pieces.length = 0;
}

describe('before anything was made', () => {
	it.each(['export', '导出', 'status', '状态', 'send me the video'])(
		"'%s' asks NemoVideo nothing and says what to do",
		async (message) => {
			const { text, sessionId } = await say(message);
			expect(text).toMatch(/no video in this chat yet|还没有视频/);
			expect(sessionId).toBeUndefined();
			expect(nemo.requests).toEqual([]);
		},
	);

	it('credits need no session', async () => {
		expect(await say('balance')).toMatchObject({
			action: 'credits',
			credits: { available: 90, frozen: 10, total: 100 },
			text: '90 credits are available, and 10 are reserved for work in progress. Making or changing a video uses credits, and NemoVideo decides how many. Exporting is free.',
		});
		expect(nemo.log).toEqual(['GET /api/credits/balance/simple']);
	});

	it('an announced upload without files asks for them', async () => {
		expect(await say('I want to upload some photos')).toMatchObject({
			action: 'upload',
			text: expect.stringMatching(/^Send the files/),
		});
		expect(nemo.requests).toEqual([]);
	});
});

describe('a message', () => {
	it('is reported with what the agent said and the timeline at the end', async () => {
		nemo.turns = [{ tool: 'generate', says: ['Here is your film.'], draft: urbanDreams() }];
		const summary =
			'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)';
		expect(await say('Create a film of a city')).toMatchObject({
			action: 'message',
			status: 'completed',
			text: `Here is your film.\n\n${summary}`,
		});
		expect(heard.words).toBe(`Setting up...\n\nHere is your film.\n\n${summary}`);
	});

	it('tells an edit as before -> after, whether the agent speaks or not', async () => {
		await withFilm();
		const quieter = urbanDreams();
		quieter.t[1] = track(1, segment('Lo-fi', 0, 10_000, { volume: 0.2 }));
		nemo.turns = [{ tool: 'edit', says: ['Done.'], draft: quieter }];
		const spoken = await say('Make the music quieter');
		expect(spoken.text).toMatch(/^Done\.\n\n.*35% -> 20%.*\n\nTimeline \(3 tracks\)/);
		nemo.turns = [{ tool: 'edit', draft: urbanDreams() }];
		const silent = await say('Make the music as loud as before');
		expect(silent.text).toMatch(/^[^\n]*20% -> 35%[^\n]*\n\nTimeline \(3 tracks\)/);
		expect(heard.words).toContain(silent.text);
	});

	it('that the agent answers with a question waits for the user', async () => {
		await withFilm();
		nemo.turns = [{ says: ['Which song would you like?'] }];
		expect(await say('Change the song to another one')).toMatchObject({
			status: 'awaitingInput',
			text: 'Which song would you like?',
		});
	});

	it('never carries an order to export to the agent', async () => {
		nemo.turns = [{ tool: 'generate', draft: urbanDreams() }];
		const reply = await say('Create a film of a city, then export it');
		expect(nemo.prompts).toEqual(['Create a film of a city']);
		expect(reply.url).toMatch(/^https:.*\.mp4$/);
		expect(reply.text).toContain(String(reply.url));
	});

	it('is noted as sent to its session', async () => {
		nemo.turns = [{ tool: 'generate', draft: urbanDreams() }];
		await say('Create a film of a city');
		expect(nemo.client.sent.noted).toEqual([keeper.id]);
	});
});

describe('talk of buttons', () => {
	const speaking = (says: string) => {
		nemo.turns = [{ tool: 'generate', says: [says], draft: urbanDreams() }];
	};

	it.each(['Click the Export button to download it.', '点击“导出”按钮即可下载视频。'])(
		"'%s' becomes an offer to export",
		async (words) => {
			speaking(`All set. ${words}`);
			const reply = await say('Create a film of a city');
			expect(reply.suggestedActions).toEqual(['export']);
			expect(reply.text).toMatch(/Say 'export' to get the video as an MP4\.$/);
			expect(reply.text).not.toContain(words);
			expect(reply.url).toBeUndefined();
		},
	);

	it('is performed where the node is set so', async () => {
		speaking('All set. Click the Export button to download it.');
		const reply = await say('Create a film of a city', { afterSuggestedExport: 'perform' });
		expect(reply).toMatchObject({ action: 'message', status: 'completed' });
		const link = `Your video is ready: [Download the video](${reply.url})`;
		expect(reply.text).toContain(link);
		expect(heard.words).toContain(link);
	});

	it('of a panel or a preview becomes the summary of the tracks', async () => {
		await withFilm();
		for (const words of ['Open the timeline panel to see all tracks.', '您可以在时间线中预览。']) {
			nemo.turns = [{ says: [words], tool: 'look' }];
			const reply = await say('Tell me more about the second clip of it');
			expect(reply.text).toMatch(/Timeline \(3 tracks\)/);
			expect(reply.text).not.toContain(words);
		}
	});

	it('of dragging becomes an offer to say it', async () => {
		await withFilm();
		nemo.turns = [{ says: ['Drag and drop the clips to change their order.'], tool: 'look' }];
		const reply = await say('I would like the second clip to be first');
		expect(reply.text).toMatch(/To move or change something.* just say so/);
	});

	it('of billing becomes the balance', async () => {
		await withFilm();
		nemo.turns = [
			{ says: ['Done. Check your billing page for the remaining credits.'], tool: 'look' },
		];
		const reply = await say('Add a second title to the film please');
		expect(reply).toMatchObject({ credits: { available: 90 } });
		expect(reply.text).toMatch(/^Done\.\n\n90 credits are available/);
	});
});

describe('a message in Chinese', () => {
	it('is answered in Chinese', async () => {
		expect((await say('余额')).text).toBe(
			'可用积分：90，另有 10 积分被正在进行的任务占用。制作或修改视频会消耗积分，数量由 NemoVideo 决定；导出不消耗积分。',
		);
		await withFilm();
		expect((await say('导出视频')).text).toMatch(/^视频已完成：\[下载视频\]\(https:\S+\.mp4\)$/);
		expect((await say('我想上传几张照片')).text).toMatch(/^请把文件和消息一起发送/);
	});
});

describe('an order to export', () => {
	it('waits for the video and replies with its link', async () => {
		await withFilm();
		expect(await say('export the video')).toMatchObject({
			action: 'export',
			status: 'completed',
			text: expect.stringMatching(/^Your video is ready: \[Download the video\]\(https:.*\.mp4\)$/),
		});
		expect(nemo.prompts).toEqual([]);
	});

	it('tells every two minutes that the render continues', async () => {
		await withFilm();
		nemo.renderStatus = 'processing';
		await expect(say('export')).rejects.toMatchObject({ kind: 'timeout' });
		expect(heard.pieces).toEqual([
			'Exporting. This usually takes 30 to 90 seconds…\n\n',
			'(working)',
			'(working)',
		]);
	});

	it('for subtitles reads them from the state', async () => {
		await withFilm();
		expect(await say('download the srt')).toMatchObject({
			action: 'state',
			text: '1\n00:00:00,000 --> 00:00:03,000\nUrban Dreams\n',
		});
		expect(nemo.requests).toHaveLength(1);
	});
});

describe('files', () => {
	const photo = {
		filename: 'front.png',
		mimeType: 'image/png',
		sizeBytes: 5,
		contentId: 'front',
		async *open() {
			yield new Uint8Array(5);
		},
	};

	it('are uploaded before the words are sent', async () => {
		nemo.turns = [{ tool: 'generate', draft: urbanDreams() }];
		const reply = await say('Turn these photos into a film', { files: [photo] });
		expect(reply.files).toMatchObject([{ filename: 'front.png' }]);
		expect(reply.text).toMatch(/^Uploaded 1 file: front\.png\.\n\n/);
		expect(heard.pieces).toContain('Uploaded 1 file: front.png.\n\n');
		const [upload, turn] = ['upload-video', 'run_sse'].map((part) =>
			nemo.log.findIndex((request) => request.includes(part)),
		);
		expect(upload).toBeLessThan(turn ?? -1);
	});

	it('without words are an upload', async () => {
		expect(await say('', { files: [photo] })).toMatchObject({
			action: 'upload',
			text: 'Uploaded 1 file: front.png. Now tell me what to make with it.',
		});
		expect(nemo.prompts).toEqual([]);
	});
});

describe('a session that NemoVideo has forgotten', () => {
	it('is made again once, and the message sent in it', async () => {
		await withFilm();
		nemo.sessions.delete(keeper.id ?? '');
		nemo.sessions.set('placeholder', { draft: {}, files: [] });
		nemo.turns = [{ tool: 'generate', says: ['A new film.'], draft: urbanDreams() }];
		const reply = await say('Create another film of a city');
		expect(reply.text).toMatch(/^A new film\./);
		expect(reply.sessionId).toBe(keeper.id);
		expect(nemo.prompts).toHaveLength(1);
	});

	it('holds no video any more', async () => {
		await withFilm();
		nemo.sessions.clear();
		expect((await say('export')).text).toMatch(/no video in this chat yet/);
		expect(keeper.id).toBeUndefined();
	});

	it('fails the second time', async () => {
		await withFilm();
		nemo.sessions.clear();
		const { set } = nemo.sessions;
		nemo.sessions.set = () => nemo.sessions;
		await expect(say('Create another film of a city')).rejects.toMatchObject({ kind: 'session' });
		expect(nemo.log.filter((request) => request.includes('with-session'))).toHaveLength(1);
		nemo.sessions.set = set;
	});
});

describe('a message that is tried again', () => {
	it('continues where it was, in the same session, and is not sent again', async () => {
		const remembered = memory();
		nemo.turns = [{ breaks: true }];
		const message = 'Create a film of a city';
		await expect(say(message, {}, remembered)).rejects.toMatchObject({ kind: 'stream' });
		const [session] = nemo.sessions.values();
		if (session) session.draft = urbanDreams();
		keeper.id = undefined;
		expect(await say(message, {}, remembered)).toMatchObject({ status: 'completed' });
		expect(nemo.sessions.size).toBe(1);
		expect(nemo.prompts).toHaveLength(1);
	});
});
