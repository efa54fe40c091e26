import fc from 'fast-check';

import { detectLanguage } from '../../../src/text/detectLanguage';
import prompts from '../../fixtures/prompts.json';
import { report } from '../../report.cts';

const lettersOf = (text: string) => (text.match(/\p{Script=Latin}/gu) ?? []).length;

describe('telling the language of a prompt', () => {
	it.each([
		['把这些图片做成30秒的宣传片', 'zh'],
		['为Nike Air Max做一个30秒的宣传视频，加背景音乐', 'zh'],
		['この写真で30秒のプロモーション動画を作ってください', 'ja'],
		['이 사진들로 30초 홍보 영상을 만들어 주세요', 'ko'],
		['Сделай короткий рекламный ролик с музыкой', 'ru'],
		['Зроби коротке відео з музикою для нашої кав’ярні', 'uk'],
		['حوّل هذه الصور إلى فيديو ترويجي مدته 30 ثانية', 'ar'],
		['ทำวิดีโอโปรโมตสั้น ๆ พร้อมเพลงประกอบ', 'th'],
		['צור סרטון פרסומת קצר עם מוזיקה', 'he'],
		['Φτιάξε ένα σύντομο διαφημιστικό βίντεο', 'el'],
		['इन तस्वीरों से एक छोटा वीडियो बनाओ', 'hi'],
	])('knows %j by its script', (sample, language) => {
		expect(detectLanguage(sample)).toBe(language);
	});

	it.each(['', '   ', '12345 !?', '🎬🎵', 'Hola', 'Mach ein Video', 'Crée une vidéo courte'])(
		'takes %j, which holds fewer than forty letters, for English',
		(sample) => {
			expect(detectLanguage(sample)).toBe('en');
		},
	);

	it('takes a foreign name in an English prompt for no other language', () => {
		expect(
			detectLanguage('Make a video about our visit to the Москва café with upbeat music'),
		).toBe('en');
	});

	it.each(Object.entries(prompts))('knows %s by its words', (language, samples) => {
		const long = samples.filter((sample) => lettersOf(sample) >= 40);
		const right = long.filter((sample) => detectLanguage(sample) === language);
		// One slip is allowed a language: a caption of borrowed words is anyone's.
		expect(long.length).toBeGreaterThanOrEqual(6);
		expect(right.length).toBeGreaterThanOrEqual(long.length - 1);
	});

	it('tells nearly all prompts of forty letters and more', () => {
		const long = Object.entries(prompts).flatMap(([language, samples]) =>
			samples.filter((sample) => lettersOf(sample) >= 40).map((sample) => ({ language, sample })),
		);
		const right = long.filter(({ language, sample }) => detectLanguage(sample) === language);
		expect(right.length / long.length).toBeGreaterThanOrEqual(0.95);
		report('languages', `${right.length} of ${long.length} Latin prompts told right`);
	});

	it('gives a language code for any text, however long', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (sample) => {
				expect(detectLanguage(sample)).toMatch(/^[a-z]{2}$/u);
			}),
			{ numRuns: 300 },
		);
		expect(detectLanguage('Ein Film über Kaffee und Kuchen. '.repeat(60_000))).toBe('de');
	});
});
