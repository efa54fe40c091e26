import fc from 'fast-check';
import { fileNameFor, firstWords } from '../../../../src/n8n/files/fileNames';

describe('the name of a file', () => {
	it.each([
		['Promo 26.11.2026', 'Promo 26.11.2026.mp4'],
		['Release v1.25', 'Release v1.25.mp4'],
		['50% off / Herbst', '50% off _ Herbst.mp4'],
		['promo.mp4', 'promo.mp4'],
		['Promo.MP4', 'Promo.MP4'],
		['promo.mov', 'promo.mp4'],
		['promo.mp4.mov', 'promo.mp4.mp4'],
		['promo.final', 'promo.final.mp4'],
		['notes.txt', 'notes.txt.mp4'],
		['a.b.c', 'a.b.c.mp4'],
		['v1.', 'v1.mp4'],
		['.mp4', 'mp4.mp4'],
		['.hidden', 'hidden.mp4'],
		['..', 'file.mp4'],
		['', 'file.mp4'],
		[' ', 'file.mp4'],
		['../../../evil', 'evil.mp4'],
		['..\\..\\windows\\evil.mp4', 'windows_evil.mp4'],
		['/etc/passwd', 'etc_passwd.mp4'],
		['C:evil.mp4', 'C_evil.mp4'],
		['a:b?c*d|e<f>', 'a_b_c_d_e_f_.mp4'],
		['say "hello"', 'say _hello_.mp4'],
		['line one\r\nline two', 'line one_line two.mp4'],
		['a\u0000b', 'a_b.mp4'],
		['photo\u202Egnp.exe', 'photo_gnp.exe.mp4'],
		['half \uD83D', 'half _.mp4'],
		['CON', 'CON_.mp4'],
		['nul.mp4', 'nul_.mp4'],
		['产品照片 🎬', '产品照片 🎬.mp4'],
	])('%j becomes %j', (name, becomes) => expect(fileNameFor(name, 'mp4')).toBe(becomes));

	it.each([
		['photo.jpeg', 'jpg', 'photo.jpeg'],
		['photo.JPG', 'jpg', 'photo.JPG'],
		['photo.heic', 'jpg', 'photo.jpg'],
		['clip', 'webm', 'clip.webm'],
	])('%j of a %s is %j', (name, format, becomes) =>
		expect(fileNameFor(name, format)).toBe(becomes),
	);

	it('fits into 255 bytes and keeps its beginning and its ending', () => {
		const name = fileNameFor(`Sommer ${'ü'.repeat(300)}.mov`, 'mp4');
		expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		expect(name).toMatch(/^Sommer ü+\.mp4$/);
	});

	it('is safe whatever the text is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const name = fileNameFor(text, 'mp4');
				expect(name).toMatch(/^[^./\\\p{Cc}\p{Cs}][^/\\\p{Cc}\p{Cs}]*\.mp4$/iu);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
				expect(fileNameFor(name, 'mp4')).toBe(name);
			}),
		);
	});
});

describe('a video that has no name', () => {
	it.each([
		[
			'Turn these images into a 30-second promo video with background music',
			'Turn these images into a 30-second promo video',
		],
		['A promo. With music!', 'A promo'],
		['Promo for v2.5 of the app', 'Promo for v2.5 of the app'],
		['Make it\nfast', 'Make it'],
		['  “Summer sale”,  now  ', 'Summer sale”, now'],
		['把这些图片做成一段三十秒的宣传视频。配上音乐', '把这些图片做成一段三十秒的宣传视频'],
		['用'.repeat(100), '用'.repeat(60)],
		[`${'long'.repeat(20)} word`, 'long'.repeat(15)],
		['?!', ''],
	])('made from %j is called %j', (prompt, name) => expect(firstWords(prompt)).toBe(name));
});
