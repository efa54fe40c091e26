import { MEDIA_FORMATS, mediaFile } from '../../mediaFile.cts';
import type { FileSpec } from '../../engine/support/testNodes.cts';

/** A file as people have it, and what becomes of it. */
export interface FileRow {
	/** The row of the table of situations. */
	row: 'B11' | 'B12';
	what: string;
	file: FileSpec;
	/** The name that it is sent under. */
	sent?: string;
	/** What the failure says that it is. */
	refused?: RegExp;
}

/** What its sender or n8n calls a file. An empty label is one that n8n was not given. */
const LABELS: ReadonlyArray<[what: string, fileName: string, mimeType: string, stem: string]> = [
	['nothing but its bytes', '', '', 'file'],
	['a type that says nothing', '', 'application/octet-stream', 'file'],
	['a wrong ending', 'clip.dat', 'application/octet-stream', 'clip.dat'],
	['a wrong type', 'clip', 'text/html', 'clip'],
];

const byBytes: FileRow[] = MEDIA_FORMATS.flatMap((format) =>
	LABELS.map(([label, fileName, mimeType, stem]) => ({
		row: 'B11' as const,
		what: `${format.toUpperCase()} with ${label}`,
		file: { fileName, mimeType, content: mediaFile(format, 'film') },
		sent: `${stem}.${format.replace('jpeg', 'jpg')}`,
	})),
);

const UNTOLD = Buffer.from([0, 1, 2, 3]);
/** Types by which a file is known whose first bytes say nothing. */
const byType: FileRow[] = [
	['application/mp4', 'mp4'],
	['video/x-m4v', 'mp4'],
	['video/vnd.avi', 'avi'],
	['video/avi; codecs=xvid', 'avi'],
	['video/matroska', 'mkv'],
	['image/jpg', 'jpg'],
	['audio/mp3', 'mp3'],
	['audio/x-wav', 'wav'],
	['audio/x-m4a', 'm4a'],
	['audio/aacp', 'aac'],
].map(([mimeType = '', format = '']) => ({
	row: 'B11' as const,
	what: `a file of the type ${mimeType}`,
	file: { fileName: '', mimeType, content: UNTOLD },
	sent: `file.${format}`,
}));

const html = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';
const others: ReadonlyArray<[what: string, bytes: Buffer | string, refused: RegExp]> = [
	['a web page', html, /web page.*direct link/s],
	['a web page in UTF-16', Buffer.from(`\uFEFF${html}`, 'utf16le'), /web page|text.*direct link/s],
	['an answer in JSON', '{"error":"expired"}', /JSON text.*direct link/s],
	['an answer in XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', /XML/],
	['words', 'You need permission', /text/],
	['a PDF', '%PDF-1.7\n%\xE2', /PDF/],
	['a ZIP archive', 'PK\x03\x04\x14\0', /ZIP/],
	['a GZIP archive', '\x1F\x8B\x08\0', /GZIP/],
	['a HEIC photo', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /HEIC/],
	['an AVIF picture', '\0\0\0\x1Cftypavif\0\0\0\0avifmif1', /AVIF/],
	['a TIFF picture', 'II*\0\x08\0\0\0', /TIFF/],
	['a Photoshop document', '8BPS\0\x01', /Photoshop/],
	['a FLAC file', 'fLaC\0\0\0\x22', /FLAC/],
	['an Ogg file', 'OggS\0\x02', /Ogg/],
	['a Windows Media file', '\x30\x26\xB2\x75\x8E\x66\xCF\x11', /Windows Media/],
	['a program', 'MZ\x90\0', /program/],
];
const refused: FileRow[] = others.map(([what, bytes, says]) => ({
	row: 'B12',
	what: `${what} called clip.mp4`,
	file: {
		fileName: 'clip.mp4',
		mimeType: 'video/mp4',
		content: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
	},
	refused: says,
}));

/** Every file that the situations try. */
export const FILE_ROWS: readonly FileRow[] = [...byBytes, ...byType, ...refused];
