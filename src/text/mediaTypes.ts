/** MIME types of the formats that NemoVideo takes and makes (seed: supported formats). */
export const MIME_TYPES = {
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	avi: 'video/x-msvideo',
	webm: 'video/webm',
	mkv: 'video/x-matroska',
	jpg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	webp: 'image/webp',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
	aac: 'audio/aac',
} as const;

/** The formats that NemoVideo takes, `jpeg` as `jpg`. */
export type MediaFormat = keyof typeof MIME_TYPES;

/** The endings of file names of these formats, as alternatives of a regular expression. */
export const MEDIA_ENDINGS = [...Object.keys(MIME_TYPES), 'jpeg'].join('|');
/** A path that ends like a file of these formats. */
export const ENDS_LIKE_MEDIA = new RegExp(`\\.(?:${MEDIA_ENDINGS})$`, 'i');

/** Whether a format is one of films. */
export function isVideoFormat(format: MediaFormat): boolean {
	return MIME_TYPES[format].startsWith('video/');
}

/** The formats as a person reads them. */
export const ACCEPTED_FORMATS_TEXT =
	'video MP4, MOV, AVI, WebM or MKV; image JPG, PNG, GIF or WebP; audio MP3, WAV, M4A or AAC';
