import { ACCEPTED_FORMATS } from '../../api/errorTable';

/** MIME types of the accepted formats, as n8n and browsers name them. */
const MIME_TYPES: Readonly<Record<string, string>> = {
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	avi: 'video/x-msvideo',
	webm: 'video/webm',
	mkv: 'video/x-matroska',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	webp: 'image/webp',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
	aac: 'audio/aac',
};

/** Other names for the same types. */
const MIME_ALIASES: Readonly<Record<string, string>> = {
	'video/avi': 'avi',
	'video/msvideo': 'avi',
	'video/matroska': 'mkv',
	'image/jpg': 'jpg',
	'audio/mp3': 'mp3',
	'audio/x-wav': 'wav',
	'audio/wave': 'wav',
	'audio/vnd.wave': 'wav',
	'audio/x-m4a': 'm4a',
	'audio/m4a': 'm4a',
	'audio/x-aac': 'aac',
	'audio/aacp': 'aac',
};

const EXTENSIONS: ReadonlySet<string> = new Set(Object.values(ACCEPTED_FORMATS).flat());

/**
 * @param fileName with its ending, which counts first
 * @param mimeType may have parameters behind a semicolon; empty where only the name is to count
 * @returns the extension of an accepted format, or undefined
 */
export function acceptedFormat(fileName: string, mimeType: string): string | undefined {
	const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase();
	if (extension !== undefined && EXTENSIONS.has(extension)) return extension;
	const type = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
	if (Object.hasOwn(MIME_ALIASES, type)) return MIME_ALIASES[type];
	return Object.keys(MIME_TYPES).find((format) => MIME_TYPES[format] === type);
}

/** @returns the MIME type that NemoVideo is told for a format, if it is an accepted one */
export function mimeTypeOf(format: string): string | undefined {
	return MIME_TYPES[format];
}
