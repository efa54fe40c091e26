import { assist } from '../../../../src/flows/assistant/assistant';
import type { AssistantResult, AssistantSettings } from '../../../../src/flows/assistant/chat';
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

async function say(
	message: string,
	more: Partial<AssistantSettings> = {},
	sink?: Parameters<typeof assist>[2]['sink'],
): Promise<AssistantResult> {
	let isOver = false;
	const end = (): void => void (isOver = true);
	const chat = { keeper, checkpoints: memoryOf(), progress: heard, sink };
	const reply = assist(nemo.client, settings(message, more), chat);
	reply.then(end, end);
	for (let second = 0; second < 1_200 && !isOver; second++) await nemo.clock.advance(1_000);
	if (!isOver) throw new Error('There is no reply after twenty minutes');
	return await reply;
}

const film = (more: object = {}): void => {
	nemo.turns = [{ tool: 'generate', draft: urbanDreams(), ...more }];
};

async function withFilm(message = 'Create a film of a city'): Promise<void> {
	film({ says: ['Here is your film.'] });
	await say(message);
	nemo.requests.length = 0;
	nemo.prompts.length = 0;
	heard.pieces.length = 0;
}

describe('words that may be a wish, and surely are none', () => {
	it('are asked about, and sent once the user says yes', async () => {
		await withFilm();
		const question = 'do you do voiceovers in german?';
		expect((await say(question)).text).toMatch(/haven't sent it. Say 'yes' to send it/);
		expect(nemo.requests).toEqual([]);
		nemo.turns = [{ says: ['Yes, in many languages.'] }];
		expect((await say('yes')).text).toMatch(/^Yes, in many languages/);
		expect(nemo.prompts).toEqual([question]);
	});

	it('are forgotten with the next message', async () => {
		await withFilm();
		await say('do you do voiceovers in german?');
		await say('credits');
		await say('yes');
		expect(nemo.prompts).toEqual([]);
	});

	it.each([
		['wow thats sick 🔥 thank you!!', /^You're welcome/],
		['new video', /^This chat keeps its project, and nothing was sent/],
		['how much does a video cost?', /90 credits are available.*uses credits/],
		['whats in the video rn', /^Timeline \(3 tracks\)/],
	])('cost nothing: %s', async (message, reply) => {
		await withFilm();
		expect((await say(message)).text).toMatch(reply);
		expect(nemo.prompts).toEqual([]);
	});
});

describe('a new chat', () => {
	it.each([
		'can you add subtitles?',
		'can you make videos in spanish',
		'kannst du auch videos auf deutsch machen',
		'can you make a video from a pdf?',
		'write me a python script that sorts a list',
		'translate good morning to french',
		'book me a table for two at 8',
		'my name is Anna and I have a bakery',
		'<!here> please remove the old banner from the office',
	])('does not pay for %j', async (message) => {
		await say(message);
		expect(nemo.prompts).toEqual([]);
	});

	it('makes what a polite question asks for', async () => {
		film();
		await say('can you make a 10 second video of a lake');
		expect(nemo.prompts).toHaveLength(1);
	});

	it('takes a polite question for a part as a wish once there is a video', async () => {
		await withFilm();
		nemo.turns = [{ says: ['Subtitles are on.'] }];
		await say('can you add subtitles?');
		expect(nemo.prompts).toEqual(['can you add subtitles?']);
	});
});

describe('the question whether a wish beside an export is meant', () => {
	it.each([
		['exporta mas com a música mais baixa', 'sim', 'com a música mais baixa'],
		['baja la música y expórtalo', 'sí', 'baja la música'],
		['음악 줄이고 내보내줘', '네', '음악 줄이고'],
	])('sends the whole words of the wish: %j', async (order, yes, wish) => {
		await withFilm();
		await say(order);
		expect(nemo.prompts).toEqual([]);
		nemo.turns = [{ says: ['Done.'] }];
		await say(yes);
		expect(nemo.prompts[0]).toContain('Change the video like this: ');
		expect(nemo.prompts[0]).toContain(wish);
		expect(nemo.prompts[0]).not.toMatch(/exporta|expórta|내보내/);
	});

	beforeEach(async () => {
		await withFilm();
		expect((await say('export with fewer words and subtitles')).text).toMatch(/Say 'yes'/);
		nemo.prompts.length = 0;
		nemo.turns = [{ tool: 'edit', says: ['Done.'], draft: urbanDreams() }];
	});

	it.each(['👎', '❌', '😂', '🤔', '❤', ':-1:', 'no way', 'not now', 'nö', 'as it is'])(
		'is no yes, and pays for nothing: %s',
		async (answer) => {
			await say(answer);
			expect(nemo.prompts).toEqual([]);
		},
	);

	it.each(['no subtitles', 'without subtitles', 'keine Untertitel'])(
		'is refused in the same words: %s',
		async (answer) => {
			await say(answer);
			expect(nemo.prompts).toEqual([]);
		},
	);

	it.each(['yes', 'y', 'yea', 'klar', 'ok', '👍', '✅', ':+1:', 'confirm', 'absolutely'])(
		'is agreed to in many ways: %s',
		async (answer) => {
			await say(answer);
			expect(nemo.prompts).toHaveLength(1);
			expect(nemo.prompts[0]).toMatch(/^Change the video like this/);
		},
	);
});

describe('a message that says too little to be surely a wish', () => {
	it('is asked about, and answers where NemoVideo has asked', async () => {
		await withFilm();
		expect((await say('the blue one')).text).toMatch(/Say 'yes' to send it/);
		expect(nemo.prompts).toEqual([]);
		nemo.turns = [{ says: ['Which of the two colors do you like?'] }];
		await say('Change the color of the title');
		nemo.turns = [{ tool: 'edit', says: ['Done.'], draft: urbanDreams() }];
		await say('Modern ❤️');
		expect(nemo.prompts.at(-1)).toBe('Modern ❤️');
	});
});

describe('words that ask for nothing', () => {
	it.each(['hello', 'help', 'what can you do?', '/start', '/help@my_bot', 'ok', 'yes', '👍'])(
		'%s as the first words of a chat are answered at no cost',
		async (message) => {
			const { text, action, sessionId } = await say(message);
			expect(action).toBe('message');
			expect(text).toMatch(/^Send images or text.*30-second promo video/s);
			expect(sessionId).toBeUndefined();
			expect(nemo.requests).toEqual([]);
		},
	);

	it.each([
		['thanks', /^You're welcome/],
		['great, thank you so much!', /^You're welcome/],
		['hello', /^Send images or text/],
		['help', /^Send images or text/],
		['ok', /^Tell me what to make or change/],
		['perfect!', /^Tell me what to make or change/],
	])('%s costs nothing after a film either', async (message, reply) => {
		await withFilm();
		expect((await say(message)).text).toMatch(reply);
		expect(nemo.requests).toEqual([]);
	});

	it.each([
		['你好', /^把图片或文字发给我/],
		['谢谢', /^不客气/],
		['hola', /^Send images|^Envía/],
		['こんにちは', /^画像やテキスト/],
		['안녕하세요', /^Send images/],
	])('%s is answered in its own language where that can be told', async (message, reply) => {
		expect((await say(message)).text).toMatch(reply);
	});

	it('answer what NemoVideo asked, so they reach it', async () => {
		await withFilm();
		nemo.turns = [{ says: ['Shall I use a calmer song?'] }];
		await say('Change the song to another one');
		nemo.prompts.length = 0;
		nemo.turns = [{ tool: 'edit', says: ['Done.'], draft: urbanDreams() }];
		await say('ok');
		expect(nemo.prompts).toEqual(['ok']);
	});

	it.each(['yes please', 'no', '1', 'sure', 'the second one'])(
		'answer NemoVideo only where it asked: %s',
		async (message) => {
			await withFilm();
			expect((await say(message)).text).toMatch(/^Tell me what to make or change/);
			expect(nemo.requests).toEqual([]);
			nemo.turns = [{ says: ['Shall I use a calmer song?'] }];
			await say('Change the song to another one');
			await say('credits');
			nemo.turns = [{ tool: 'edit', says: ['Done.'], draft: urbanDreams() }];
			await say(message);
			expect(nemo.prompts.slice(1)).toEqual([message]);
		},
	);

	it('answer nothing anymore once the video was exported', async () => {
		await withFilm();
		nemo.turns = [{ says: ['Shall I use a calmer song?'] }];
		await say('Change the song to another one');
		await say('export');
		await say('yes');
		expect(nemo.prompts).toEqual(['Change the song to another one']);
	});

	it('answer the question how to export, and export nothing', async () => {
		await withFilm();
		expect((await say('how do I export?')).text).toMatch(/^Say 'export' to get the video/);
		expect((await say('Wie exportiere ich das Video?')).text).toMatch(/^Sag „exportieren“/);
		expect(nemo.requests).toEqual([]);
	});
});

describe('what an order to export wants besides', () => {
	const vertical = (): void => {
		nemo.turns = [{ tool: 'edit', says: ['It is vertical now.'], draft: urbanDreams() }];
	};

	it('is edited first where it is clear, then exported', async () => {
		await withFilm();
		vertical();
		const reply = await say('can you export it in vertical and with a logo?');
		expect(nemo.prompts).toEqual(['Change the video like this: in vertical and with a logo.']);
		expect(reply).toMatchObject({ action: 'message', status: 'completed' });
		expect(reply.text).toMatch(/^It is vertical now\..*Your video is ready/s);
		expect(reply.url).toMatch(/\.mp4$/);
	});

	it('is edited in Chinese', async () => {
		await withFilm();
		vertical();
		await say('导出竖屏的视频');
		expect(nemo.prompts[0]).toMatch(/^请这样修改视频：竖屏的视频。/);
	});

	it('is exported at once where the timeline has it already', async () => {
		await withFilm();
		const [session] = nemo.sessions.values();
		const cues = [segment('One', 0, 4_000), segment('Two', 4_000, 4_000)];
		if (session) session.draft = { ...urbanDreams(), t: [...urbanDreams().t, track(7, ...cues)] };
		for (const order of [
			...['export with subtitles', 'export with captions', 'mit Untertiteln exportieren'],
			...['带字幕导出', 'exportar con subtítulos', 'export with music and subtitles'],
		]) {
			expect((await say(order)).url).toMatch(/\.mp4$/);
		}
		expect(nemo.prompts).toEqual([]);
	});

	it('is asked about where the text on the timeline may be a title instead of subtitles', async () => {
		await withFilm();
		const reply = await say('export with subtitles');
		expect(reply.text).toMatch(/You also asked for "with subtitles"/);
		expect(reply.url).toBeUndefined();
		expect((await say('mit Untertiteln exportieren')).text).toMatch(/„mit Untertiteln“/);
		expect(nemo.prompts).toEqual([]);
		vertical();
		await say('ja');
		expect(nemo.prompts).toEqual([
			'Change the video like this: mit Untertiteln.\n\nBitte antworte auf Deutsch.',
		]);
	});

	it('is left where the user says no', async () => {
		await withFilm();
		await say('export only the first 10 seconds');
		expect((await say('no')).text).toMatch(/^Tell me what to make or change/);
		await say('yes');
		expect(nemo.prompts).toEqual([]);
	});

	it('is edited where the timeline lacks it', async () => {
		await withFilm();
		const [session] = nemo.sessions.values();
		if (session) session.draft = { t: [track(0, segment('clip', 0, 5_000))], d: 5_000 };
		vertical();
		await say('export with subtitles');
		expect(nemo.prompts).toEqual(['Change the video like this: with subtitles.']);
	});

	it('is asked about where it is not clear, and nothing is charged', async () => {
		await withFilm();
		const reply = await say('export only the first 10 seconds');
		expect(reply).toMatchObject({ action: 'export' });
		expect(reply.text).toMatch(/You also asked for "only the first 10 seconds"/);
		expect(reply.url).toBeUndefined();
		expect(nemo.prompts).toEqual([]);
		expect(nemo.log.filter((request) => request.includes('render'))).toEqual([]);
	});

	it('is edited once the user agrees', async () => {
		await withFilm();
		await say('export only the first 10 seconds');
		vertical();
		const reply = await say('yes');
		expect(nemo.prompts).toEqual(['Change the video like this: only the first 10 seconds.']);
		expect(reply.url).toMatch(/\.mp4$/);
	});

	it('is forgotten once the user says something else', async () => {
		await withFilm();
		await say('export only the first 10 seconds');
		expect(await say('export')).toMatchObject({ action: 'export', status: 'completed' });
		expect((await say('yes')).text).toMatch(/^Tell me what to make or change/);
		expect(nemo.prompts).toEqual([]);
	});

	it('is reported where only the workflow can grant it', async () => {
		await withFilm();
		const reply = await say('export in 4k');
		expect(reply.url).toMatch(/\.mp4$/);
		expect(reply.text).toMatch(/I couldn't take "4k" into account/);
		expect(nemo.prompts).toEqual([]);
	});

	it('needs no word where the workflow is set so', async () => {
		await withFilm();
		const { render } = settings('');
		const output = { ...render.output, resolution: '4k' };
		const reply = await say('export in 4k', { render: { ...render, output } });
		expect(reply.text).not.toMatch(/into account/);
	});

	it('waits for a video in a chat that has none', async () => {
		keeper.id = 'none yet';
		nemo.sessions.set('none yet', { draft: undefined, files: [] });
		expect((await say('export in vertical')).text).toMatch(/no video in this chat yet/);
		expect(nemo.prompts).toEqual([]);
	});
});

describe('the language of a chat', () => {
	const languages: string[] = [];

	beforeEach(() => {
		languages.length = 0;
		const send = nemo.send.bind(nemo);
		nemo.send = async (request) => {
			if (request.path.includes('with-session')) {
				languages.push(JSON.parse(request.json ?? '{}').language);
			}
			return await send(request);
		};
	});

	it('is that of each message, although the session was made for another', async () => {
		await withFilm();
		expect(languages).toEqual(['en']);
		nemo.turns = [{ tool: 'edit', draft: { ...urbanDreams(), d: 9_000 } }];
		const reply = await say('把视频缩短一点，再加一个标题');
		expect(nemo.prompts).toEqual(['把视频缩短一点，再加一个标题\n\n请用中文回答。']);
		expect(reply.text).toMatch(/时间线（3 条轨道）：1\. 视频: city timelapse/);
		expect(reply.text).not.toMatch(/Timeline|Length/);
		expect((await say('状态')).text).toMatch(/^时间线（3 条轨道）/);
		expect((await say('show me the timeline')).text).toMatch(/^Timeline \(3 tracks\)/);
	});

	it('is told to NemoVideo only where it differs', async () => {
		await withFilm('做一个城市的视频');
		expect(languages).toEqual(['zh']);
		nemo.turns = [{ tool: 'edit', says: ['好了。'], draft: urbanDreams() }];
		await say('把标题改大');
		expect(nemo.prompts).toEqual(['把标题改大']);
	});

	it('continues where a message is too short to tell', async () => {
		await withFilm('Erstelle bitte einen Film über unsere schöne Stadt am Fluss');
		expect((await say('credits')).text).toMatch(/Credits sind verfügbar/);
		expect((await say('danke')).text).toMatch(/^Gern!/);
	});

	it.each([...['hello', 'thanks', 'no', 'help', 'how much does it cost?', 'download it']])(
		'is that of the words of a short message, not that of the last: %s',
		async (message) => {
			await withFilm('Erstelle bitte einen Film über unsere schöne Stadt am Fluss');
			expect((await say(message)).text).toMatch(/^(?:Send|You're|Tell me|\d+ credits|Your video)/);
		},
	);

	it.each([
		['Hilfe', /^Schick Bilder/],
		['Danke', /^Gern!/],
		['Guten Morgen', /^Schick Bilder/],
		['merci beaucoup', /^Avec plaisir/],
		['„exportieren“', /^In diesem Chat/],
		['«exporter»', /^Il n’y a pas encore/],
		['obrigado', /^De nada|^Por nada|^Disponha/],
		['/start', /^Send images/],
	])('is that of a phrase that the router knows: %s', async (message, reply) => {
		expect((await say(message)).text).toMatch(reply);
	});

	it('is that of a short prompt, and the session is made for it', async () => {
		film();
		const reply = await say('Mach ein Video über rote Schuhe, bitte');
		expect(languages).toEqual(['de']);
		expect(reply.text).toMatch(/Timeline \(3 Spuren\): .*Titel: “Urban Dreams”/s);
	});

	it('puts the quotation marks of a title where its words end', async () => {
		const titles = [0, 1, 2].map((n) => segment(`Title ${n + 1}`, n * 1_000, 1_000));
		film({ draft: { t: [track(7, ...titles)], d: 3_000 } });
		const { text } = await say('Mach ein Video über rote Schuhe, bitte');
		expect(text).toMatch(/Titel: “Title 1” und 2 weitere \(0-3s\)/);
	});

	it('may be chosen for all messages', async () => {
		film({ says: ['Voilà.'] });
		await say('Create a film of a city', { language: 'fr' });
		expect(languages).toEqual(['fr']);
		expect((await say('credits', { language: 'fr' })).text).toMatch(/crédits sont disponibles/);
	});

	it('of a request decides where its words do', async () => {
		await withFilm();
		expect((await say('exporta el video')).text).toMatch(/^Tu vídeo está listo/);
		expect((await say('mi saldo')).text).toMatch(/créditos disponibles/);
		expect(nemo.prompts).toEqual([]);
	});

	it('is that of the words that tell what a silent edit has changed', async () => {
		await withFilm('做一个城市的视频');
		const louder = urbanDreams();
		louder.t[1] = track(1, segment('Lo-fi', 0, 10_000, { volume: 0.8 }));
		nemo.turns = [{ tool: 'edit', draft: louder }];
		const reply = await say('音乐大声一点');
		expect(reply.text).toMatch(/^背景音乐: 35% → 80%\n\n时间线/);
		expect(heard.words).toContain('背景音乐: 35% → 80%');
		nemo.turns = [{ tool: 'edit', draft: { ...louder, theme: 'night' } }];
		expect((await say('再大声一点')).text).toMatch(/^NemoVideo 修改了时间线/);
	});
});

describe('an export in a chat', () => {
	it('is announced at once, told while it continues, and ends in a link', async () => {
		await withFilm();
		nemo.percents = [45, 50, 70];
		const reply = await say('export');
		expect(heard.pieces[0]).toBe('Exporting. This usually takes 30 to 90 seconds…\n\n');
		expect(heard.words).toContain('Rendering: 45%\n\nRendering: 70%');
		expect(reply.text).toMatch(/\[Download the video\]\(https:[^\s()]+\)$/);
	});

	it('hands the video itself over where that is wanted', async () => {
		await withFilm();
		let taken = 0;
		const reply = await say('send me the video', {}, async (download) => {
			for await (const chunk of download.bytes) taken += chunk.byteLength;
			return { sizeBytes: taken };
		});
		expect(taken).toBeGreaterThan(0);
		expect(reply).toMatchObject({ action: 'export', sizeBytes: taken });
	});
});

describe('files that cannot be used', () => {
	it.each([
		['fileType', /'invoice\.pdf'.*isn't supported.*MP4/],
		['fileSize', /'invoice\.pdf'.*larger than 500 MB/],
		['empty', /'invoice\.pdf'.*empty/],
	] as const)('are an answer with their names (%s)', async (reason, says) => {
		const refusedFiles = [{ name: 'invoice.pdf', reason }];
		const reply = await say('Turn this into a promo', { refusedFiles });
		expect(reply).toMatchObject({ action: 'upload', refused: true });
		expect(reply.text).toMatch(says);
		expect(nemo.requests).toEqual([]);
	});

	it('leave the rest of their message undone, which the answer says', async () => {
		const refusedFiles = [{ name: 'x.pdf', reason: 'fileType' as const }];
		const files = [
			{
				filename: 'b.jpg',
				mimeType: 'image/jpeg',
				sizeBytes: 3,
				contentId: 'b',
				async *open() {
					yield new Uint8Array(3);
				},
			},
		];
		const reply = await say('add these at the end', { files, refusedFiles });
		expect(reply.text).toMatch(/'x\.pdf'.*\n.*either: b\.jpg, "add these at the end"\./);
		const link = await say('add https://drive.google.com/file/d/1A/view at the end', { files });
		expect(link.text).toMatch(/drive\.google.*\n.*either: b\.jpg, "add at the end"\./s);
		expect(nemo.requests).toEqual([]);
	});

	it('are reported in the language of the message', async () => {
		const refusedFiles = [{ name: 'a.pdf', reason: 'fileType' as const }];
		expect((await say('做成视频', { refusedFiles })).text).toMatch(/^“a\.pdf”无法使用/);
	});

	it.each([
		['make a promo from https://drive.google.com/file/d/1AbC_d/view?usp=sharing', /drive\.google/],
		['use https://cdn.test/IMG_1.heic as the first picture', /IMG_1\.heic.*MP4/],
		['add this sound https://www.dropbox.com/s/abc/song.mp3?dl=0 please', /Attach the file itself/],
		['make a film from ex.com/photos/a.jpg, please', /'ex\.com\/photos\/a\.jpg'/],
		['use the logo at www.ex.com/logo.png', /'www\.ex\.com\/logo\.png'/],
		['make a film of our brochure https://cdn.test/brochure.pdf', /brochure\.pdf.*MP4/],
		['make a film of data:image/png;base64,iVBORw0KGgo=', /'data:image\/png'/],
		['Mach ein Video aus https://1drv.ms/i/s!abc', /kein direkter Link.*Häng die Datei selbst an/],
		['Fais une vidéo de https://1drv.ms/i/s!abc', /pas un lien direct.*Joignez/],
		['Haz un vídeo de https://1drv.ms/i/s!abc', /enlace directo.*Adjunta/],
		['Faça um vídeo de https://1drv.ms/i/s!abc', /link direto.*Anexe/],
		['https://1drv.ms/i/s!abc の動画を作ってください', /添付してください/],
		['用 https://1drv.ms/i/s!abc 做一个视频', /请直接附上文件/],
	])('may be addresses inside a wish, which is not paid for: %s', async (message, says) => {
		const reply = await say(message);
		expect(reply).toMatchObject({ refused: true });
		expect(reply.text).toMatch(says);
		expect(reply.text).not.toMatch(/n8n|Message|HTTP Request/);
		expect(nemo.prompts).toEqual([]);
	});

	it('are named without the token in their link', async () => {
		const link = 'https://api.telegram.org/file/bot123456:AAEhBP0av28abcdefghijklmnop/a.jpg';
		const { text } = await say(`make a film of ${link}`);
		expect(text).toMatch(/'api\.telegram\.org'/);
		expect(text).not.toContain('AAEhBP0');
	});

	it.each([
		['a HEIC photo', /'a' \(HEIC photo\): this type/, /„a“ \(HEIC\) kann ich/],
		['a web page', /'a' \(web page\): this type/, /„a“ \(HTML\) kann ich/],
		['plain text', /'a' \(plain text\): this type/, /„a“ kann ich/],
	])('are said to be %s', async (what, inEnglish, inGerman) => {
		const refusedFiles = [{ name: 'a', reason: 'fileType' as const, what }];
		expect((await say('Make a film', { refusedFiles })).text).toMatch(inEnglish);
		const german = (await say('Mach bitte ein Video', { refusedFiles })).text;
		expect(german).toMatch(inGerman);
	});

	it.each([
		'make a promo in the style of https://www.youtube.com/watch?v=abc',
		'make a promo for our shop https://shop.test/products/1.html',
	])('are not pages that a wish is about: %s', async (message) => {
		nemo.turns = [{ tool: 'generate', says: ['Done.'], draft: urbanDreams() }];
		await say(message);
		expect(nemo.prompts).toHaveLength(1);
	});

	it('may be addresses', async () => {
		const reply = await say('upload https://drive.google.com/file/d/1AbC_d/view?usp=sharing');
		expect(reply).toMatchObject({ action: 'upload', refused: true });
		expect(reply.text).toMatch(/drive\.google\.com|Drive/);
		expect(nemo.prompts).toEqual([]);
	});
});
