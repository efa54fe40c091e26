import { LiveText } from '../../../src/flows/liveText';

/** What was shown, piece by piece; the last is what was left at the end. */
function shown(...pieces: string[]): string[] {
	const live = new LiveText();
	const now = pieces.map((piece) => live.push(piece));
	return [...now, live.rest()];
}

it('a sentence is shown once it is complete', () => {
	expect(shown('The title', ' is on. And', ' the music too.')).toEqual([
		'',
		'The title is on. ',
		'',
		'And the music too.',
	]);
});

it('Chinese sentences need no space to be complete', () => {
	expect(shown('标题已经添加。接下来', '是音乐')).toEqual(['标题已经添加。', '', '接下来是音乐']);
});

it('an order to click is never shown, however it is cut', () => {
	const text = 'Done. Click the Export button to download your video. See you.';
	for (let cut = 1; cut < text.length; cut++) {
		expect(shown(text.slice(0, cut), text.slice(cut)).join('')).toBe('Done. See you.');
	}
	expect(shown('已完成。点击“导出”按钮即可', '下载视频。再见。').join('')).toBe('已完成。再见。');
});

it('a list is judged as a whole', () => {
	const steps = [
		'To get it:\n',
		'1. Click Export\n',
		'2. Choose MP4\n',
		'\nThe film has 3 tracks.',
	];
	expect(
		shown(...steps)
			.join('')
			.trim(),
	).toBe('The film has 3 tracks.');
});

it('a list of what was done stays', () => {
	const text = 'I did this:\n- added a title\n- lowered the music\n\nAnything else?';
	expect(shown(...text).join('')).toBe(text);
});

// Thousands of mutants need no more than a few; see stryker.config.mjs.
const PIECES = 'examplesAtMost' in globalThis ? 500 : 20_000;

it('text of many pieces is not read again and again', () => {
	const live = new LiveText();
	let length = 0;
	for (let piece = 0; piece < PIECES; piece++) length += live.push('- point\n').length;
	expect(length + live.rest().length).toBe(PIECES * 8);
});
