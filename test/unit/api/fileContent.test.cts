import { spawnSync } from 'node:child_process';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import fc from 'fast-check';
import { HEAD_BYTES, readFileContent, type FileContent } from '../../../src/api/fileContent';
import { MEDIA_FORMATS, mediaFile } from '../../mediaFile.cts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const told = (content: FileContent | undefined): string | undefined =>
	content?.is === 'media' ? content.format : content?.what;

/** A file as ffmpeg writes it: a picture, or a fifth of a second of a film or of sound. */
function made(...args: string[]): Buffer {
	const input = '-v error -f lavfi -i testsrc=s=64x64:d=0.2:r=25 -f lavfi -i sine=d=0.2';
	const { stdout, stderr } = spawnSync(ffmpeg.path, [...input.split(' '), ...args, '-'], {
		maxBuffer: 1e8,
	});
	if (stdout.length === 0) throw new Error(String(stderr));
	return stdout.subarray(0, HEAD_BYTES);
}

describe('the first bytes of a file', () => {
	it.each([
		['mp4', '-f mp4 -movflags frag_keyframe+empty_moov'],
		['mp4', '-f ipod -vn -movflags frag_keyframe+empty_moov'],
		['mov', '-f mov -movflags frag_keyframe+empty_moov'],
		['avi', '-f avi'],
		['webm', '-f webm -c:v libvpx -c:a libvorbis'],
		['mkv', '-f matroska'],
		['jpg', '-f image2pipe -c:v mjpeg -frames:v 1 -an'],
		['png', '-f image2pipe -c:v png -frames:v 1 -an'],
		['gif', '-f gif -an'],
		['webp', '-f webp -frames:v 1 -an'],
		['mp3', '-f mp3 -vn'],
		['mp3', '-f mp3 -vn -id3v2_version 0 -write_xing 0'],
		['wav', '-f wav -vn'],
		['aac', '-f adts -vn'],
		['a FLAC file', '-f flac -vn'],
		['an Ogg file', '-f ogg -vn'],
		['an AIFF recording', '-f aiff -vn'],
		['a Windows Media file', '-f asf'],
		['a Flash video', '-f flv -ar 44100'],
		['an MPEG transport stream', '-f mpegts'],
		['an MPEG video', '-f vob'],
		['a TIFF picture or a raw photo', '-f image2pipe -c:v tiff -frames:v 1 -an'],
		['a BMP picture', '-f image2pipe -c:v bmp -frames:v 1 -an'],
	])('tell %s as ffmpeg writes it (%s)', (what, args) => {
		const found = told(readFileContent(made(...args.split(' '))));
		// An M4A from a stream has the brand of sound.
		expect(args.includes('ipod') ? found?.replace('m4a', 'mp4') : found).toBe(what);
	});

	it.each(MEDIA_FORMATS)("tell the tests' own %s", (format) => {
		expect(told(readFileContent(mediaFile(format, 'text')))).toBe(format.replace('jpeg', 'jpg'));
	});

	it.each([
		['an MP4 of a phone', '\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4', 'mp4'],
		['an old QuickTime film', '\0\0\0\x08wide\0\0\x10\0mdat', 'mov'],
		['a QuickTime film that begins with its media', '\0\0\0\0mdat\0\0\0\0', 'mov'],
		['sound with a tag', 'ID3\x04\0\0\0\0\0\x23', 'mp3'],
		['a large WAV', 'RF64\xFF\xFF\xFF\xFFWAVEds64', 'wav'],
		['a HEIC', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'a HEIC photo'],
		['an AVIF', '\0\0\0\x1Cftypavif\0\0\0\0avifmif1', 'an AVIF picture'],
		['a PDF', '%PDF-1.4\n%\xE2', 'a PDF document'],
		['a ZIP', 'PK\x03\x04\0\0', 'a ZIP archive or an Office document'],
	])('tell %s', (_what, text, format) => expect(told(readFileContent(bytes(text)))).toBe(format));

	it.each([
		['<!DOCTYPE html><html>', 'a web page'],
		['\uFEFF\n  <html lang="de">', 'a web page'],
		['<!-- saved from -->\n<!-- by -->\n<HTML>', 'a web page'],
		['<?xml version="1.0"?>\n<!DOCTYPE html>', 'a web page'],
		['<script>location="/login"</script>', 'a web page'],
		['<svg xmlns="http://www.w3.org/2000/svg">', 'an SVG drawing'],
		['<?xml version="1.0"?><svg>', 'an SVG drawing'],
		['<?xml version="1.0"?><Error>', 'an XML text'],
		['<Error><Code>AccessDenied</Code></Error>', 'an XML text'],
		['{"code":404}', 'a JSON text'],
		['[]', 'a JSON text'],
		['[1, 2]', 'a JSON text'],
		['data:image/png;base64,AAAA', 'a text with a data URL'],
		['#EXTM3U\n#EXT-X-VERSION:3', "a stream's playlist"],
		['WEBVTT\n\n00:01', 'a file of subtitles'],
		['Nicht gefunden: größe', 'plain text'],
		['any free space', 'plain text'],
		['产品照片', 'plain text'],
		['MZ is not only the beginning of a program', 'a program'],
	])('tell texts apart: %j', (text, what) => {
		expect(told(readFileContent(Buffer.from(text)))).toBe(what);
	});

	it('tell a text in UTF-16 and a page in an older encoding', () => {
		expect(told(readFileContent(Buffer.from('\uFEFF<html>', 'utf16le')))).toBe('a web page');
		expect(told(readFileContent(Buffer.from('\uFEFF"words"', 'utf16le')))).toBe('plain text');
		expect(told(readFileContent(bytes('<html><p>gr\xFC\xDFe')))).toBe('a web page');
	});

	it('tell a text whose last character is cut in two', () => {
		const text = Buffer.from('ü'.repeat(HEAD_BYTES)).subarray(0, HEAD_BYTES - 1);
		expect(told(readFileContent(text))).toBe('plain text');
	});

	it.each([
		['nothing', ''],
		['zeros', '\0\0\0\0\0\0\0\0'],
		['other bytes', '\x01\x02\x03\x04'],
		['a broken frame of sound', '\xFF\xFB\xF0\0'],
		['letters of a wider encoding', 'gr\xFC\xDFe'],
	])('may tell nothing: %s', (_what, text) => {
		expect(readFileContent(bytes(text))).toBeUndefined();
	});

	it('are read whatever they are, and a file is media or not, never both', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (head) => {
				const content = readFileContent(head);
				if (content?.is === 'media') expect(content.alike).toContain(content.format);
				else expect(content?.what ?? 'a').toMatch(/\S/);
			}),
		);
	});
});
