import type { MediaFormat } from '../text/mediaTypes';
import { describeText } from './textContent';

/** What a file is, as its first bytes tell. */
export type FileContent =
	| {
			is: 'media';
			format: MediaFormat;
			/** Formats whose files begin alike: among them, a file's name decides. */
			alike: readonly MediaFormat[];
	  }
	| {
			/** A text is what people get in place of a file that they asked for. */
			is: 'text' | 'other';
			/** In words for a message, e.g. `a web page`. */
			what: string;
	  };

/** So many first bytes tell what a file is; a shorter file is given whole. */
export const HEAD_BYTES = 4_096;

const ISO_MEDIA = ['mp4', 'mov', 'm4a'] as const;
const MATROSKA = ['webm', 'mkv'] as const;
const TAGGED_AUDIO = ['mp3', 'aac'] as const;

/** Signatures at the beginning of files, as Latin-1 texts, of formats that NemoVideo takes. */
const MEDIA_SIGNATURES: ReadonlyArray<readonly [string, MediaFormat]> = [
	['\xFF\xD8\xFF', 'jpg'],
	['\x89PNG\r\n\x1A\n', 'png'],
	['GIF87a', 'gif'],
	['GIF89a', 'gif'],
	['RF64', 'wav'],
	['ADIF', 'aac'],
];

/** The same of others, which people take for media or get instead of it. */
const OTHER_SIGNATURES: ReadonlyArray<readonly [string, string]> = [
	['%PDF', 'a PDF document'],
	['PK\x03\x04', 'a ZIP archive or an Office document'],
	['PK\x05\x06', 'an empty ZIP archive'],
	['Rar!\x1A\x07', 'a RAR archive'],
	['7z\xBC\xAF\x27\x1C', 'a 7-Zip archive'],
	['\x1F\x8B\x08', 'a GZIP archive'],
	['\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1', 'an Office document'],
	['II*\x00', 'a TIFF picture or a raw photo'],
	['MM\x00*', 'a TIFF picture or a raw photo'],
	['8BPS', 'a Photoshop document'],
	['\x00\x00\x00\x0CJXL \r\n\x87\n', 'a JPEG XL picture'],
	['\x00\x00\x00\x0CjP  \r\n\x87\n', 'a JPEG 2000 picture'],
	['\xFF\x0A', 'a JPEG XL picture'],
	['fLaC', 'a FLAC file'],
	['OggS', 'an Ogg file'],
	['MThd', 'a MIDI file'],
	['#!AMR', 'an AMR recording'],
	['FLV\x01', 'a Flash video'],
	['\x30\x26\xB2\x75\x8E\x66\xCF\x11', 'a Windows Media file'],
	['\x00\x00\x01\xBA', 'an MPEG video'],
	['\x00\x00\x01\xB3', 'an MPEG video'],
	['MZ', 'a program'],
	['\x7FELF', 'a program'],
];

/** Brands of ISO files (ISO 14496-12) that are no video and no sound, by their first letters. */
const OTHER_BRANDS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^(?:hei[cxms]|hev[cxms]|mif1|msf1)/, 'a HEIC photo'],
	[/^avi[fs]/, 'an AVIF picture'],
	[/^crx/, 'a raw photo'],
	[/^jp[2xm]/, 'a JPEG 2000 picture'],
];

/**
 * Tells what a file is by its first bytes, whatever it is called.
 *
 * @param head the first `HEAD_BYTES` of the file, or all of it
 * @returns undefined where the bytes tell nothing
 */
export function readFileContent(head: Uint8Array): FileContent | undefined {
	const text = latin1(head.subarray(0, 64));
	const signature = MEDIA_SIGNATURES.find(([bytes]) => text.startsWith(bytes));
	if (signature) return media(signature[1]);
	const found = isoContent(head, text) ?? riffContent(text) ?? matroskaContent(head) ?? audio(head);
	if (found) return found;
	const other = OTHER_SIGNATURES.find(([bytes]) => text.startsWith(bytes))?.[1];
	if (other !== undefined) return { is: 'other', what: other };
	if (isBitmap(head)) return { is: 'other', what: 'a BMP picture' };
	if (isTransportStream(head)) return { is: 'other', what: 'an MPEG transport stream' };
	const words = describeText(head);
	return words === undefined ? undefined : { is: 'text', what: words };
}

function media(format: MediaFormat, alike: readonly MediaFormat[] = [format]): FileContent {
	return { is: 'media', format, alike };
}

function latin1(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes);
}

/** MP4 and its relatives begin with a box of a known type; QuickTime's older files have no `ftyp`. */
function isoContent(head: Uint8Array, text: string): FileContent | undefined {
	const type = text.slice(4, 8);
	if (type === 'ftyp') {
		const brand = text.slice(8, 12);
		const other = OTHER_BRANDS.find(([letters]) => letters.test(brand))?.[1];
		if (other !== undefined) return { is: 'other', what: other };
		if (brand === 'qt  ') return media('mov', ISO_MEDIA);
		return media(/^M4[ABP] /.test(brand) ? 'm4a' : 'mp4', ISO_MEDIA);
	}
	if (!/^(?:moov|mdat|wide|skip|free|pnot)$/.test(type)) return undefined;
	const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
	// Words that happen to hold such a type would make a box of half a gigabyte.
	const isBox = length < 2 || (length >= 8 && length < 0x2000_0000);
	return isBox ? media('mov', ISO_MEDIA) : undefined;
}

function riffContent(text: string): FileContent | undefined {
	if (text.startsWith('FORM') && /^AIF[FC]/.test(text.slice(8, 12))) {
		return { is: 'other', what: 'an AIFF recording' };
	}
	if (!text.startsWith('RIFF')) return undefined;
	switch (text.slice(8, 12)) {
		case 'AVI ':
			return media('avi');
		case 'WAVE':
			return media('wav');
		case 'WEBP':
			return media('webp');
		default:
			return undefined;
	}
}

/** An EBML header names its document type within its first bytes. */
function matroskaContent(head: Uint8Array): FileContent | undefined {
	const text = latin1(head.subarray(0, 128));
	if (!text.startsWith('\x1A\x45\xDF\xA3')) return undefined;
	return media(/\x42\x82.webm/s.test(text) ? 'webm' : 'mkv', MATROSKA);
}

/** Frames of MPEG audio: eleven bits set, then version, layer, rate and frequency in range. */
function audio(head: Uint8Array): FileContent | undefined {
	const [first = 0, second = 0, third = 0] = head;
	if (latin1(head.subarray(0, 3)) === 'ID3') return media('mp3', TAGGED_AUDIO);
	if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
	const layer = (second >> 1) & 3;
	// In AAC's own framing the layer is always zero; layer 3 is written as one.
	if (layer === 0) return (second & 0xf0) === 0xf0 ? media('aac') : undefined;
	const isFrame = ((second >> 3) & 3) !== 1 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
	return layer === 1 && isFrame ? media('mp3') : undefined;
}

/** The length of a bitmap's second header tells its version. */
const BITMAP_HEADERS: readonly unknown[] = [12, 40, 52, 56, 64, 108, 124];

function isBitmap(head: Uint8Array): boolean {
	return (
		latin1(head.subarray(0, 2)) === 'BM' && BITMAP_HEADERS.includes(head[14]) && head[15] === 0
	);
}

/** A packet of 188 bytes begins with the same byte, time after time; a disc's are four bytes longer. */
function isTransportStream(head: Uint8Array): boolean {
	const repeats = (from: number, every: number): boolean =>
		[0, 1, 2, 3].every((packet) => head[from + packet * every] === 0x47);
	return repeats(0, 188) || repeats(4, 192);
}
