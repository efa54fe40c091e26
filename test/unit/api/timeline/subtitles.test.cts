import { readCues, toSubtitles as write } from '../../../../src/api/timeline/subtitles';
import { segment, track, urbanDreams } from '../drafts.cts';

const toSubtitles = (draft: unknown, format: 'srt' | 'vtt'): string =>
	write(readCues(draft), format);

it('the titles of a timeline become SubRip', () => {
	expect(toSubtitles(urbanDreams(), 'srt')).toBe(
		'1\n00:00:00,000 --> 00:00:03,000\nUrban Dreams\n',
	);
});

it('the titles of a timeline become WebVTT', () => {
	expect(toSubtitles(urbanDreams(), 'vtt')).toBe(
		'WEBVTT\n\n1\n00:00:00.000 --> 00:00:03.000\nUrban Dreams\n',
	);
});

it('cues of all text tracks are in order of time and numbered', () => {
	const draft = {
		t: [
			track(7, segment('late', 61_500, 1_250)),
			track(0, segment('clip', 0, 90_000)),
			track(7, segment('early', 1_005, 995), segment('very late', 3_661_001, 999)),
		],
	};
	expect(toSubtitles(draft, 'srt')).toBe(
		[
			'1\n00:00:01,005 --> 00:00:02,000\nearly',
			'2\n00:01:01,500 --> 00:01:02,750\nlate',
			'3\n01:01:01,001 --> 01:01:02,000\nvery late\n',
		].join('\n\n'),
	);
});

it('a text cannot forge the line that divides times', () => {
	const draft = { t: [track(7, segment('go --> there', 0, 1_000))] };
	expect(toSubtitles(draft, 'srt').match(/-->/gu)).toHaveLength(1);
});

it('signs that WebVTT takes for markup are shown as they were written', () => {
	const draft = { t: [track(7, segment('Q&A <live> 3 > 2', 0, 1_000))] };
	expect(toSubtitles(draft, 'vtt')).toContain('\nQ&amp;A &lt;live&gt; 3 &gt; 2\n');
	expect(toSubtitles(draft, 'srt')).toContain('\nQ&A <live> 3 > 2\n');
});

it('a cue has its whole text, line by line, and no blank line that would end it', () => {
	const text = `${'A long sentence of a narrator. '.repeat(5)}\n\nSecond line\u0000`;
	const draft = { t: [track(7, { st: 0, d: 1_000, m: { title: 'short', text } })] };
	const [, , ...words] = toSubtitles(draft, 'srt').trimEnd().split('\n');
	expect(words).toEqual(['A long sentence of a narrator. '.repeat(5).trim(), 'Second line']);
});

it.each([
	['nothing', undefined],
	['an empty draft', {}],
	['a draft without text', { t: [track(0, segment('clip', 0, 1_000))] }],
	['a text that lasts no time', { t: [track(7, segment('blink', 5, 0))] }],
	['a title without words', { t: [track(7, { st: 0, d: 1_000, m: {} })] }],
	['something that is no draft', 'soon'],
])('%s gives no subtitles', (_what, draft) => {
	expect(toSubtitles(draft, 'srt')).toBe('');
	expect(toSubtitles(draft, 'vtt')).toBe('');
});

it('a draft as JSON text is read as well', () => {
	expect(toSubtitles(JSON.stringify(urbanDreams()), 'srt')).toContain('Urban Dreams');
});
