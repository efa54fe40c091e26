import { repliesTo, type Replies } from '../../../src/flows/replies';

const english = repliesTo('Make a film of these photos please');
const chinese = repliesTo('请用这些照片做一个视频');
const URL = 'https://cdn.test/r.mp4';

/** Everything the Assistant can say by itself. */
const everything = (replies: Replies): string[] => [
	replies.settingUp,
	replies.nothingYet,
	replies.askForFiles,
	replies.sayExport,
	replies.sayEdit,
	replies.uploaded(['a']),
	replies.askForWords(1),
	replies.credits({ available: 90, frozen: 10, total: 100 }),
	replies.ready(URL, undefined),
	replies.stillRendering('processing', 'render-1'),
	replies.noSubtitles(''),
];

it('is said in the language of the message', () => {
	for (const reply of everything(chinese)) expect(reply).toMatch(/\p{Script=Han}{2}/u);
	for (const reply of everything(english)) {
		expect(reply).toMatch(/[a-z]{2}/u);
		expect(reply).not.toMatch(/\p{Script=Han}/u);
	}
	expect(repliesTo('Haz un video con estas fotos de la playa, por favor')).toBe(english);
	expect(repliesTo('')).toBe(english);
});

it('says what to do next', () => {
	expect(english.nothingYet).toMatch(/Send images/);
	expect(english.askForFiles).toMatch(/500 MB/);
	expect(english.sayExport).toMatch(/'export'/);
	expect(english.sayEdit).toMatch(/say which one and how/);
	expect(chinese.nothingYet).toMatch(/发送图片/);
	expect(chinese.askForFiles).toMatch(/500 MB/);
	expect(chinese.sayExport).toMatch(/“导出”/);
	expect(chinese.sayEdit).toMatch(/哪一个、怎么改/);
});

it('counts files', () => {
	expect(english.uploaded(['a.png'])).toBe('Uploaded 1 file: a.png.');
	expect(english.uploaded(['a.png', 'b.png'])).toBe('Uploaded 2 files: a.png, b.png.');
	expect(english.askForWords(1)).toMatch(/make of it\.$/);
	expect(english.askForWords(2)).toMatch(/make of them\.$/);
	expect(chinese.uploaded(['a.png', 'b.png'])).toBe('已上传 2 个文件：a.png、b.png。');
});

it('tells of reserved credits only where there are any', () => {
	const free = { available: 90, frozen: 0, total: 90 };
	expect(english.credits(free)).toBe('90 credits are available. Exporting costs none.');
	expect(chinese.credits(free)).toBe('可用积分：90。导出不消耗积分。');
	const reserved = { available: 90, frozen: 10, total: 100 };
	expect(english.credits(reserved)).toMatch(/10 are reserved/);
	expect(chinese.credits(reserved)).toMatch(/10 积分/);
});

it('gives a video with its size where that is known, and its address for a chat to link', () => {
	expect(english.ready(URL, '1.5')).toBe(`Your video is ready (1.5 MB): ${URL}`);
	expect(english.ready(URL, undefined)).toBe(`Your video is ready: ${URL}`);
	expect(chinese.ready(URL, '1.5')).toBe(`视频已完成（1.5 MB）： ${URL}`);
	expect(chinese.ready(URL, undefined)).toBe(`视频已完成： ${URL}`);
});

it('names state and render of a video that is not ready', () => {
	expect(english.stillRendering('processing', 'render-1')).toMatch(
		/\(processing\).*'export'.*render-1$/,
	);
	expect(chinese.stillRendering('processing', 'render-1')).toMatch(/processing.*“导出”.*render-1$/);
});

it('shows the timeline where it has no text for subtitles', () => {
	expect(english.noSubtitles('One track.')).toMatch(/no text.* One track\.$/);
	expect(chinese.noSubtitles('One track.')).toMatch(/没有.*One track\.$/);
});
