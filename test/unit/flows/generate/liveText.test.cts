import { LiveText } from '../../../../src/flows/generate/liveText';

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

it.each([
	['bullets', '- a title', '- quieter music'],
	['numbers', '1. a title', '2. quieter music'],
	['numbers of two digits, indented', '   10) a title', '   11) quieter music'],
	['Chinese numbers', '1、标题', '2、音乐'],
])('a list with %s waits for the plain words behind it', (_what, first, second) => {
	expect(shown(`${first}\n`, `${second}\n`, 'Anything', ' else? ', 'No.')).toEqual([
		'',
		'',
		`${first}\n${second}\n`,
		'Anything else? ',
		'',
		'No.',
	]);
});

it('a line that ends with a colon waits for what it announces', () => {
	expect(shown('I did this:\n', '- a title\n', 'Done. ')).toEqual([
		'',
		'',
		'I did this:\n- a title\nDone. ',
		'',
	]);
	expect(shown('**我做了：**\n', '- 标题\n')).toEqual(['', '', '**我做了：**\n- 标题\n']);
});

it('a colon within a line announces nothing, nor does one before the line is there', () => {
	expect(shown('Note: the title is on.\n', 'And the music.\n')).toEqual([
		'Note: the title is on.\n',
		'And the music.\n',
		'',
	]);
	expect(shown('Done. Next:', ' music.\n').slice(0, 1)).toEqual(['Done. ']);
});

it('a dash or a number within a line makes no list of it', () => {
	expect(shown('The film - 30 s - has 3. tracks\n', 'And music.\n')).toEqual([
		'The film - 30 s - has 3. tracks\n',
		'And music.\n',
		'',
	]);
});

it.each([
	['The title says "Sale!" ', 'Good.'],
	['Really?! ', 'Yes.'],
	['One moment...   ', 'Done.'],
	['标题是“大减价！！”', '好的'],
])('%j is complete with all of its marks', (sentence, next) => {
	expect(shown(`${sentence}${next}`)).toEqual([sentence, next]);
});

it('a list without an end is shown as it comes once it is too long to wait for', () => {
	const line = `- ${'x'.repeat(997)}\n`;
	const pieces = Array.from({ length: 22 }, () => line);
	const now = shown(...pieces);
	expect(now.slice(0, 20).join('')).toBe('');
	expect(now[20]).toHaveLength(21 * 1_000);
	expect(now.join('')).toBe(pieces.join(''));
});

it('what is left is shown once', () => {
	const live = new LiveText();
	live.push('And the music');
	expect([live.rest(), live.rest()]).toEqual(['And the music', '']);
});

// Thousands of mutants need no more than a few; see stryker.config.mjs.
const PIECES = 'examplesAtMost' in globalThis ? 500 : 20_000;

it('text of many pieces is not read again and again', () => {
	const live = new LiveText();
	let length = 0;
	for (let piece = 0; piece < PIECES; piece++) length += live.push('- point\n').length;
	expect(length + live.rest().length).toBe(PIECES * 8);
});
