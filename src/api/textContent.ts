/** What files are called whose advice is their own: bytes that spell another file, and drawings. */
export const DATA_URL = 'a text with a data URL';
export const SVG = 'an SVG drawing';

/** How texts begin that people get instead of a file. White space and comments before it do not count. */
const TEXTS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^<svg[\s>]|^<\?xml[^>]{0,200}\?>\s*(?:<!doctype svg|<svg[\s>])/i, SVG],
	[
		/^<!doctype html|^<(?:html|head|body|script|title|meta|div|iframe|h1|p|a|b|center)[\s>]/i,
		'a web page',
	],
	[/^<\?xml[^>]{0,200}\?>\s*(?:<!doctype html|<html)/i, 'a web page'],
	[/^<\?xml|^<[a-z][\w:.-]*[\s/>]/i, 'an XML text'],
	[/^[[{]\s*(?:["'[{\]}\d-]|true|false|null)/, 'a JSON text'],
	[/^data:[\w+./-]{0,100}[;,]/i, DATA_URL],
	[/^#EXTM3U/, "a stream's playlist"],
	[/^WEBVTT|^1\s+\d\d:\d\d:\d\d[,.]\d{3} -->/, 'a file of subtitles'],
	[/^\{\\rtf/, 'an RTF document'],
];

/**
 * Tells a text from a file of media, and what kind of text it is.
 *
 * @param head the first bytes of a file, or all of it
 * @returns in words for a message; undefined where the bytes are no text
 */
export function describeText(head: Uint8Array): string | undefined {
	const text = decode(head);
	if (text !== undefined) return kindOf(text) ?? 'plain text';
	// Pages in an older encoding are told by how they begin, for any bytes are letters there.
	const old = decode(head, 'windows-1252');
	return old === undefined ? undefined : kindOf(old);
}

function kindOf(text: string): string | undefined {
	const beginning = text.replace(/^\s+/, '').replace(/^(?:<!--[^]{0,1000}?-->\s*){1,5}/, '');
	return TEXTS.find(([pattern]) => pattern.test(beginning))?.[1];
}

/** @returns undefined for bytes that no text has */
function decode(head: Uint8Array, label = encodingOf(head)): string | undefined {
	if (head.byteLength === 0) return undefined;
	try {
		// As a stream, because the last character may be cut in two.
		const text = new TextDecoder(label, { fatal: true }).decode(head, { stream: true });
		return /(?!\s)\p{Cc}/u.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
}

function encodingOf([first, second]: Uint8Array): string {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
