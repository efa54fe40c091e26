import { NemoVideoError } from '../errors';
import { outcomeOf } from '../outcome';
import { isRecord } from '../json';
import { ENDS_LIKE_MEDIA, ACCEPTED_FORMATS_TEXT } from '../../text/mediaTypes';
import { isConverted, parseLink } from '../../text/links/linksInText';
import { findSharePage } from '../../text/links/sharePages';
import { addressIn, albumsIn, leadsToFile } from './urlFields';
import { secretIn } from '../../text/links/urlSecrets';
import { splitUrlText, visible } from '../../text/links/urlText';
import { anyOf } from '../../text/wordList';

/** Extensions of pages and documents: certainly no media. Others may be parts of a file name. */
const NO_MEDIA = new RegExp(
	`\\.(?:${anyOf(
		`htm html pdf doc docx xls xlsx ppt pptx csv txt json xml zip rar 7z tar gz exe dmg js css
		svg heic heif avif tif tiff bmp ico psd ai eps dng srt vtt ass flac ogg oga opus wma aif aiff
		mid midi ogv mts m2ts mpg mpeg 3gp flv wmv m3u8 mpd`,
	)})$`,
	'i',
);
const MAX_SHOWN = 120;
/** Lists in lists are looked into this far. */
const DEEPEST = 12;

/**
 * Reads the links of a parameter, however they came: text with one a line or with separators, JSON
 * as text, lists, and the objects in which Airtable, Notion, Google Drive, shops and forms keep files.
 *
 * @param field display name of the parameter, for messages
 * @returns the URLs in order, each http or https, without secrets, and no known share page
 * @throws NemoVideoError of kind `input` or `fileType`
 */
export function readMediaUrls(value: unknown, field: string): string[] {
	const entries = entriesOf(value, field, 0);
	if (entries.length === 0) {
		throw inputRefusal(
			`'${field}' is empty`,
			'Enter at least one URL of an image, video or audio file, one a line.',
		);
	}
	return entries.map((entry) => checkMediaUrl(entry, field));
}

function entriesOf(value: unknown, field: string, depth: number): string[] {
	if (value === undefined || value === null) return [];
	if (typeof value === 'string') return entriesOfText(value, field, depth);
	if (typeof value !== 'object' || depth > DEEPEST) {
		throw inputRefusal(
			`'${field}' contains ${depth > DEEPEST ? 'lists in lists' : `a ${typeof value}`} instead of URLs`,
			'Enter text with one URL a line, or an expression that gives a list of URLs.',
		);
	}
	if (Array.isArray(value)) {
		return value.flatMap((entry: unknown) => entriesOf(entry, field, depth + 1));
	}
	if (isRecord(value) && !isFile(value)) {
		const address = addressIn(value);
		const read = (part: unknown) => entriesOf(part, field, depth + 1);
		const albums = albumsIn(value).map(read);
		if (albums.length > 0) return together(leadsToFile(address) ? read(address) : [], albums);
		if (address !== undefined) return read(address);
	}
	throw objectRefusal(value, field);
}

/** The files of albums, each file once, after those that stand beside them. */
function together(beside: string[], albums: string[][]): string[] {
	const all = albums.reduce((files, album) => [...files, ...without(album, files)], []);
	return [...without(beside, all), ...all];
}

function without(entries: string[], known: string[]): string[] {
	const keys = new Set(known.map(fileKey));
	return entries.filter((entry) => !keys.has(fileKey(entry)));
}

/** Services sign and size one file differently in each place; what ends like a file is one by its path. */
function fileKey(entry: string): string {
	const [path = ''] = entry.split(/[?#]/, 1);
	return ENDS_LIKE_MEDIA.test(path) ? path : entry;
}

function entriesOfText(text: string, field: string, depth: number): string[] {
	const parsed = parseList(text);
	return parsed === undefined ? splitUrlText(text) : entriesOf(parsed, field, depth + 1);
}

/** A list or object that came as JSON text, which is how forms, sheets and Code nodes pass it on. */
function parseList(text: string): unknown {
	if (!/^\s*[[{"]/.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return value === text ? undefined : value;
	} catch {
		return undefined;
	}
}

/** A file of n8n itself, which its bytes are in and no address. */
function isFile(value: Record<string, unknown>): boolean {
	const isStored = typeof value.id === 'string' || typeof value.data === 'string';
	return typeof value.mimeType === 'string' && isStored && 'fileExtension' in value;
}

function objectRefusal(value: object, field: string): NemoVideoError {
	if (isRecord(value) && isFile(value)) {
		return inputRefusal(
			`'${field}' contains a file instead of URLs`,
			"Set 'Source' to Binary File, and name the file's field there.",
		);
	}
	const names = Object.keys(value)
		.slice(0, 8)
		.map((name) => `'${name}'`)
		.join(', ');
	return inputRefusal(
		`'${field}' contains an object without a known URL field`,
		`Choose the field with the URL by an expression such as {{ $json.photo.url }}. ${names === '' ? 'The object is empty' : `The object has: ${shorten(visible(names))}`}.`,
	);
}

function checkMediaUrl(text: string, field: string): string {
	if (text.includes('{{')) {
		throw inputRefusal(
			`'${field}' contains an n8n expression as plain text`,
			'Switch the field from Fixed to Expression, so that n8n fills it in.',
		);
	}
	const url = parseLink(text.startsWith('//') ? `https:${text}` : text);
	if (url === undefined) {
		throw inputRefusal(
			`'${field}' contains '${shorten(text)}', which is not a web address`,
			'Enter complete URLs that begin with https://, one a line.',
		);
	}
	const secret = secretIn(url);
	if (secret !== undefined) {
		throw inputRefusal(
			`'${field}' contains a URL of '${url.hostname}' with ${secret} in it`,
			"NemoVideo would receive it. Use a link that needs no login, or download the file in n8n first, with the service's own node or HTTP Request, and upload it as a file.",
		);
	}
	const page = findSharePage(url);
	if (page !== undefined) {
		throw inputRefusal(`'${field}' contains ${page.what}: ${shorten(text)}`, page.advice);
	}
	if (NO_MEDIA.test(url.pathname) && !isConverted(url)) {
		throw new NemoVideoError(
			'fileType',
			`'${field}' contains the URL of a file that NemoVideo does not accept: ${shorten(text)}`,
			{ description: `Accepted formats: ${ACCEPTED_FORMATS_TEXT}.`, outcome: outcomeOf('notSent') },
		);
	}
	return url.href;
}

function shorten(text: string): string {
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function inputRefusal(message: string, description: string): NemoVideoError {
	return new NemoVideoError('input', message, { description, outcome: outcomeOf('notSent') });
}
