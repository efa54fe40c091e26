import { isNoValue, isUnfilled } from '../leftovers';
import { ENDS_LIKE_MEDIA, MEDIA_ENDINGS } from '../mediaTypes';

/** Characters that show nothing, wherever they are copied from. Joiners count at the ends only. */
const INVISIBLE = /(?!\s)[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const JOINERS_AT_ENDS = /^[\u200C\u200D]|[\u200C\u200D]$/gu;

/** Between cells and lines. A link never goes on behind one. */
const LINE_END = /[\n\r\t\v\f\u0085\u2028\u2029]|<br ?\/?>/i;
const BULLET = /^ {0,20}(?:[-*•·–]|\d{1,3}[.)]) /u;
/** Within a line, only what stands before the next link separates: links hold commas themselves. */
const SEPARATOR = /[\s,;|、，；｜]{1,20}(?=["'“‘<(]{0,2}https?:\/\/)/iu;
/** What is left of separators at the ends of an entry. */
const AT_ENDS = /[\s,;|、，；｜]/u;

/** Links inside other notations: Markdown, chat, formulas of a sheet, Airtable's export as CSV. */
const NOTATIONS: readonly RegExp[] = [
	/!?\[[^\]\n]{0,200}\]\( ?<?(https?:\/\/(?:[^\s()<>]|\([^\s()]{0,200}\)){1,4000})>?(?: "[^"\n]{0,200}")? ?\)/giu,
	/<a\s[^<>]{0,500}?\bhref ?= ?["']?(https?:\/\/[^\s"'<>]{1,4000})[^<>]{0,500}>[^<]{0,200}(?:<\/a>)?/giu,
	/<\w{2,10}\s(?:[^<>]{0,4000}?\s)?src ?= ?["']?(https?:\/\/[^\s"'<>]{1,4000})[^<>]{0,4000}>/giu,
	/<(https?:\/\/[^>|\n]{1,4000})(?:\|[^>\n]{0,200})?>/giu,
	/= ?(?:HYPERLINK|IMAGE) ?\( ?"(https?:\/\/[^"\n]{1,4000})"[^)\n]{0,200}\)/giu,
	/(?<=^|[,;\n])[^\n,;|]{1,200} \((https?:\/\/[^()\s]{1,4000})\)/giu,
];

/** Elements around links. */
const WRAPPING = /<\/?(?:a|p|div|span|figure|picture|ul|ol|li|video|audio)\s?>/giu;
/** What stands before a link in a list that people write: `Photo 1: https://…` */
const LABEL = /(?<=^|[\s,;])[\p{L}\d][\p{L}\d #_-]{0,40}[:：]\s{1,9}(?=https?:\/\/)/gimu;

const QUOTES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		'"': '"',
		"'": "'",
		'“': '”',
		'‘': '’',
		'«': '»',
		'`': '`',
		'<': '>',
		'(': ')',
	}),
);

/**
 * Takes a text apart into links. Lines and tabs separate always; spaces, commas, semicolons and bars
 * separate where a link follows, because links hold them too.
 *
 * @returns the entries in order, without quotes, bullets and invisible characters; not checked
 */
export function splitUrlText(text: string): string[] {
	return unwrap(visible(text))
		.split(LINE_END)
		.flatMap((line) => line.replace(BULLET, '').split(SEPARATOR))
		.map(withoutDressing)
		.flatMap(withoutTail)
		.filter((entry) => entry !== '');
}

/**
 * The same text as a person means it: without invisible characters, and without the escapes of JSON
 * and HTML that links are often copied with.
 */
export function visible(text: string): string {
	return text
		.replace(INVISIBLE, '')
		.replaceAll('\\/', '/')
		.replace(/\\[nrt](?=(?:\\[nrt]|[\s"'“‘<(]){0,20}(?:https?:\/\/|$))/gi, '\n')
		.replace(/\\u00([2-7][\da-f])/gi, (_escape, code: string) => letter(parseInt(code, 16)))
		.replace(/&(?:amp;)+/gi, '&')
		.replace(/&#0*(\d{2,3});/g, (_escape, code: string) => letter(Number(code)))
		.replace(/&#x0*([2-7][\da-f]);/gi, (_escape, code: string) => letter(parseInt(code, 16)));
}

/** A character of ASCII, which is all that links are made of. */
function letter(code: number): string {
	return String.fromCharCode(code);
}

function unwrap(text: string): string {
	return NOTATIONS.reduce((left, notation) => left.replace(notation, ' $1 '), text)
		.replace(WRAPPING, '\n')
		.replace(LABEL, '\n');
}

function withoutDressing(text: string): string {
	// The opening of a list in a notation that is not JSON.
	let entry = trimmed(text).replace(/^\[(?=["'])/, '');
	for (;;) {
		const before = entry;
		entry = trimmed(entry)
			.replace(JOINERS_AT_ENDS, '')
			.replace(/(?<=["'])\]$/, '');
		const closing = QUOTES.get(entry.charAt(0));
		if (closing !== undefined && entry.length > 1 && entry.endsWith(closing)) {
			entry = entry.slice(1, -1);
		}
		if (entry === before) break;
	}
	// Pasted behind what the field already held.
	entry = entry.replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '');
	// A full stop belongs to the sentence, not to the file.
	const isSentence = entry.endsWith('.') && ENDS_LIKE_MEDIA.test(entry.slice(0, -1));
	return isSentence ? entry.slice(0, -1) : entry;
}

function trimmed(text: string): string {
	let from = 0;
	let to = text.length;
	while (from < to && AT_ENDS.test(text.charAt(from))) from++;
	while (to > from && AT_ENDS.test(text.charAt(to - 1))) to--;
	return text.slice(from, to);
}

/** Where a link may end: at marks, at white space, or at both. */
const MAY_END = /[\s,;|、，；｜]{1,20}/gu;
/** A longer rest is no value of one cell. */
const MAX_VALUE = 60;

/** Links hold marks and spaces of their own; one ends where what follows is no part of it. */
function withoutTail(entry: string): string[] {
	if (!/^(?:https?:)?\/\//i.test(entry)) return [entry];
	for (const { 0: gap, index } of entry.matchAll(MAY_END)) {
		const link = entry.slice(0, index);
		const rest = entry.slice(index + gap.length);
		if (endsThere(link, gap, rest)) return [link, rest];
	}
	return [entry];
}

function endsThere(link: string, gap: string, rest: string): boolean {
	const hasSpace = /\s/.test(gap);
	if (hasSpace && /\S/.test(gap)) return true;
	if (rest.length <= MAX_VALUE && isUnfilled(rest)) return true;
	const isFile = ENDS_LIKE_MEDIA.test(link.slice(-LONGEST_ENDING));
	if (!isFile || hasSpace) return isFile;
	return rest.length <= MAX_VALUE && (isNoValue(rest) || FILE_NAME.test(rest));
}

const LONGEST_ENDING = 6;
const FILE_NAME = new RegExp(`^[^/?#=&]+\\.(?:${MEDIA_ENDINGS})$`, 'i');
