/** How files of each format begin; enough for whoever looks at first bytes only. */
const HEADS: Readonly<Record<string, string>> = {
	mp4: '\0\0\0\x18ftypisom\0\0\x02\0isommp42',
	mov: '\0\0\0\x14ftypqt  \0\0\x02\0qt  ',
	m4a: '\0\0\0\x18ftypM4A \0\0\x02\0M4A mp42',
	avi: 'RIFF\xFF\xFF\0\0AVI LIST',
	webm: '\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\xF7\x81\x01\x42\xF2\x81\x04\x42\xF3\x81\x08\x42\x82\x84webm',
	mkv: '\x1A\x45\xDF\xA3\xA3\x42\x86\x81\x01\x42\xF7\x81\x01\x42\xF2\x81\x04\x42\xF3\x81\x08\x42\x82\x88matroska',
	jpg: '\xFF\xD8\xFF\xE0\0\x10JFIF\0',
	jpeg: '\xFF\xD8\xFF\xE1\0\x10Exif\0',
	png: '\x89PNG\r\n\x1A\n\0\0\0\rIHDR',
	gif: 'GIF89a\x01\0\x01\0',
	webp: 'RIFF\xFF\xFF\0\0WEBPVP8 ',
	mp3: '\xFF\xFB\x90\x64\0',
	wav: 'RIFF\xFF\xFF\0\0WAVEfmt ',
	aac: '\xFF\xF1\x50\x80\0',
};

/**
 * A file that begins like one of its format and holds a text, so that files can be told apart.
 *
 * @param format an extension, or a name that ends in one
 * @returns the text alone for a format that NemoVideo does not take
 */
export function mediaFile(format: string, text = ''): Buffer {
	const extension = /[^.]*$/.exec(format)?.[0].toLowerCase() ?? '';
	const head = Buffer.from(HEADS[extension] ?? '', 'latin1');
	return Buffer.concat([head, ISO_MEDIA.has(extension) ? boxes(text) : Buffer.from(text)]);
}

const ISO_MEDIA = new Set(['mp4', 'mov', 'm4a']);

/** What a film of this kind has behind its head: an empty index, and the text in place of frames. */
function boxes(text: string): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(8 + Buffer.byteLength(text));
	return Buffer.concat([
		Buffer.from('\0\0\0\x08moov', 'latin1'),
		length,
		Buffer.from(`mdat${text}`),
	]);
}

/** The formats that `mediaFile` makes. */
export const MEDIA_FORMATS = Object.keys(HEADS);
