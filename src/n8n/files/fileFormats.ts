import type { FileContent } from '../../api/fileContent';
import { MIME_TYPES, type MediaFormat } from '../../text/mediaTypes';

/** Other names for the same types, as browsers, mail programs and n8n's own detection give them. */
const MIME_ALIASES: ReadonlyMap<string, MediaFormat> = new Map<string, MediaFormat>([
	['application/mp4', 'mp4'],
	['video/x-m4v', 'mp4'],
	['video/x-mp4', 'mp4'],
	['video/x-quicktime', 'mov'],
	['video/vnd.avi', 'avi'],
	['video/avi', 'avi'],
	['video/msvideo', 'avi'],
	['video/x-avi', 'avi'],
	['video/matroska', 'mkv'],
	['application/x-matroska', 'mkv'],
	['image/jpg', 'jpg'],
	['image/pjpeg', 'jpg'],
	['image/x-png', 'png'],
	['image/x-webp', 'webp'],
	['audio/mp3', 'mp3'],
	['audio/x-mp3', 'mp3'],
	['audio/mpeg3', 'mp3'],
	['audio/x-mpeg', 'mp3'],
	['audio/x-wav', 'wav'],
	['audio/wave', 'wav'],
	['audio/vnd.wave', 'wav'],
	['audio/x-pn-wav', 'wav'],
	['audio/x-m4a', 'm4a'],
	['audio/m4a', 'm4a'],
	['audio/x-mp4', 'm4a'],
	['audio/mp4a-latm', 'm4a'],
	['audio/x-aac', 'aac'],
	['audio/aacp', 'aac'],
	['audio/x-hx-aac-adts', 'aac'],
	['audio/vnd.dlna.adts', 'aac'],
]);

/** What n8n knows of a file beside its bytes. */
export interface FileLabels {
	fileName?: string;
	/** Without a point; n8n takes it from the name or the type. */
	fileExtension?: string;
	/** May have parameters behind a semicolon. */
	mimeType: string;
}

/**
 * The format of a file: what its first bytes say. Where they say nothing, or formats begin alike, its
 * labels decide, for a sender may have called it anything.
 *
 * @param content what the bytes say; undefined where they say nothing
 * @returns undefined where it is none that NemoVideo takes
 */
export function formatOf(
	{ fileName = '', fileExtension = '', mimeType }: FileLabels,
	content: FileContent | undefined,
): MediaFormat | undefined {
	if (content !== undefined && content.is !== 'media') return undefined;
	const labelled = [
		formatOfExtension(/\.([a-z0-9]+)$/i.exec(fileName)?.[1] ?? ''),
		formatOfExtension(fileExtension),
		formatOfMimeType(mimeType),
	].filter((format) => format !== undefined);
	if (content === undefined) return labelled[0];
	return labelled.find((format) => content.alike.includes(format)) ?? content.format;
}

function formatOfExtension(extension: string): MediaFormat | undefined {
	const plain = extension.toLowerCase();
	if (plain === 'jpeg') return 'jpg';
	return isFormat(plain) ? plain : undefined;
}

/** @param mimeType may have parameters behind a semicolon */
export function formatOfMimeType(mimeType: string): MediaFormat | undefined {
	const type = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
	return (
		MIME_ALIASES.get(type) ??
		Object.keys(MIME_TYPES)
			.filter(isFormat)
			.find((format) => MIME_TYPES[format] === type)
	);
}

function isFormat(text: string): text is MediaFormat {
	return Object.hasOwn(MIME_TYPES, text);
}

/** @returns the MIME type that NemoVideo is told for a format */
export function mimeTypeOf(format: MediaFormat): string {
	return MIME_TYPES[format];
}

/** @returns whether two extensions stand for the same format, such as `jpeg` and `JPG` */
export function sameFormat(one: string, other: string): boolean {
	const plain = (extension: string) => extension.toLowerCase().replace(/^jpeg$/, 'jpg');
	return plain(one) === plain(other);
}
