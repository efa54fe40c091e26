import {
	baseOf,
	repliesIn,
	tellRest,
	type Messages,
} from '../../../../src/flows/assistant/messages/messages';

const LINK = '[Download the video](https://cdn.test/r.mp4)';
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja', 'pt', 'zh'];
const english = repliesIn('en');
const chinese = repliesIn('zh');

/** Everything the Assistant can say by itself. */
const everything = (replies: Messages): string[] => [
	replies.settingUp,
	replies.atWork,
	replies.gettingStarted,
	replies.welcome,
	replies.whatNext,
	replies.cannotStop,
	replies.askSend,
	replies.sayNew,
	replies.emptyMessage,
	replies.nothingYet,
	replies.askForFiles,
	replies.sayExport,
	replies.sayEdit,
	replies.exporting,
	replies.rendering(40),
	replies.askWish('in vertical'),
	replies.cannotChoose('4K'),
	replies.cannotTake('a.pdf', 'fileType'),
	replies.cannotTake('a.mp4', 'fileSize'),
	replies.cannotTake('a.png', 'empty'),
	replies.cannotTake('https://a.test', 'link'),
	replies.cannotTake('a.gif', 'refused'),
	replies.cannotTake('Slack Trigger', 'notDownloaded'),
	replies.cannotTake('', 'noFile'),
	replies.restUnused('b.jpg'),
	replies.uploaded(['a.png']),
	replies.uploaded(['a.png', 'b.png']),
	replies.askForWords(1),
	replies.credits({ available: 90, frozen: 10, total: 100 }),
	replies.ready(LINK, '1.5 MB'),
	replies.download,
	replies.stillRendering('processing', 'render-1'),
	replies.noSubtitles('Summary'),
	replies.answerIn,
	replies.timeline.head(3),
	replies.timeline.nothing,
	replies.timeline.changed,
	replies.timeline.unchanged,
];

describe.each(LANGUAGES)('the replies in %s', (language) => {
	const replies = repliesIn(language);

	it('are there for everything, none of them in English', () => {
		for (const [index, reply] of everything(replies).entries()) {
			expect(reply.trim()).not.toBe('');
			expect(reply).not.toMatch(/undefined|\$\{/);
			// Some languages say "Rendering" as well.
			const isShared = reply === replies.rendering(40);
			if (language !== 'en' && !isShared) expect(reply).not.toBe(everything(english)[index]);
		}
	});

	it('name what they are about', () => {
		expect(replies.askWish('in vertical')).toContain('in vertical');
		expect(replies.cannotChoose('4K')).toContain('4K');
		for (const reason of ['fileType', 'fileSize', 'empty'] as const) {
			expect(replies.cannotTake('invoice.pdf', reason)).toContain('invoice.pdf');
		}
		expect(replies.cannotTake('Slack Trigger', 'notDownloaded')).toMatch(/n8n.*Slack Trigger/);
		expect(replies.cannotTake('', 'noFile')).toMatch(/Telegram Trigger.*GIF.*MP3.*MP4/);
		expect(replies.restUnused('b.jpg, "shorter"')).toContain('b.jpg, "shorter"');
		expect(replies.cannotTake('a.pdf', 'fileType')).toMatch(/MP4.*JPG.*MP3/s);
		expect(replies.cannotTake('a.mp4', 'fileSize')).toMatch(/500/);
		expect(replies.uploaded(['a.png', 'b.png'])).toMatch(/a\.png.*b\.png/);
		expect(replies.credits({ available: 90, frozen: 10, total: 100 })).toMatch(/90.*10/);
		expect(replies.credits({ available: 90, frozen: 0, total: 90 })).not.toMatch(/\b0\b/);
		expect(replies.ready(LINK, '1.5 MB')).toContain(LINK);
		expect(replies.ready(LINK, '1.5 MB')).toContain('1.5 MB');
		expect(replies.ready(LINK, undefined)).not.toContain('MB');
		expect(replies.stillRendering('processing', 'render-1')).toMatch(/processing.*render-1/);
		expect(replies.noSubtitles('Summary')).toContain('Summary');
		expect(replies.exporting).toMatch(/30.*90/);
		expect(replies.rendering(40)).toContain('40');
		expect(replies.timeline.head(3)).toContain('3');
		expect(replies.gettingStarted).toMatch(/1080p/);
	});
});

it('the replies are English where the language is none of those', () => {
	for (const language of ['pl', 'xx', '', 'constructor']) expect(repliesIn(language)).toBe(english);
});

it('a refusal says what else in the message was left, and nothing where there was nothing else', () => {
	const told = (names: string[], text: string, action: 'message' | 'upload' = 'message') =>
		tellRest(english, names, { action, text }).join();
	expect(told(['b.jpg', 'c.jpg'], 'add these at the end')).toBe(
		'The rest of the message wasn\'t added or sent either: b.jpg, c.jpg, "add these at the end". Send that again on its own.',
	);
	expect(told([], 'make it slower')).toMatch(/either: "make it slower"\./);
	expect(told(['b.jpg'], 'my photo', 'upload')).toMatch(/either: b\.jpg\./);
	expect(told([], 'use https://a.test/x.pdf now')).toMatch(/either: "use now"\./);
	expect(told([], 'x'.repeat(200))).toContain(`"${'x'.repeat(80)}…"`);
	expect(told([], 'https://a.test/x.pdf')).toBe('');
	expect(told([], '')).toBe('');
});

it('a region makes no other language', () => {
	for (const code of ['zh-CN', 'zh_TW', 'ZH']) expect(repliesIn(code)).toBe(chinese);
	expect(baseOf('pt-BR')).toBe('pt');
});

it('the English replies count files and say what to do next', () => {
	expect(english.uploaded(['a.png'])).toBe('Uploaded 1 file: a.png.');
	expect(english.uploaded(['a.png', 'b.png'])).toBe('Uploaded 2 files: a.png, b.png.');
	expect(english.askForWords(1)).toMatch(/make with it\.$/);
	expect(english.askForWords(2)).toMatch(/make with them\.$/);
	expect(english.nothingYet).toMatch(/Send images/);
	expect(english.sayExport).toMatch(/'export'/);
	expect(english.ready(LINK, undefined)).toBe(`Your video is ready: ${LINK}`);
});
