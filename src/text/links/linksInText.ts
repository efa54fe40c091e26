import { MEDIA_ENDINGS } from '../mediaTypes';
import { findSharePage } from './sharePages';

/** Other media, and documents: what a sentence means as a file, although NemoVideo takes none. */
const OTHER_FILES =
	/\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|svg|heic|heif|avif|tiff?|bmp|psd|dng|flac|ogg|oga|opus|wma|aiff?|ogv|mts|m2ts|mpe?g|3gp|flv|wmv)$/i;
/** Services that deliver pictures turn them into the format that a parameter or the path names. */
const CONVERTS =
	/[?&](?:fm|f|format|ext|output|output-format|as)=(?:auto|mp4|mov|webm|jpe?g|pjpg|png|gif|webp|mp3|wav|m4a|aac)\b|[/,]f_(?:auto|mp4|webm|jpg|png|gif|webp|mp3)\b/i;

const HALF_ADDRESS = new RegExp(
	String.raw`\bdata:(?:image|video|audio)\/[\w.+-]{1,40}(?=[;,])|(?<![\w/@.:%-])(?:[a-z\d-]{1,63}\.){1,5}[a-z]{2,24}\/[^\s"'<>]{0,500}?\.(?:${MEDIA_ENDINGS})\b`,
	'gi',
);

/**
 * Whether a link in the middle of a sentence is certainly meant as a file, and NemoVideo can't use it:
 * a drive's share page, or a document, picture, video or sound of another format. Pages that people look at,
 * such as a video portal's, may be what the sentence is about.
 */
export function isUnusableFile(link: string): boolean {
	const url = parseLink(link);
	if (url === undefined) return false;
	const page = findSharePage(url);
	if (page !== undefined) return page.isPortal !== true;
	return OTHER_FILES.test(url.pathname) && !isConverted(url);
}

/** What stands for a file in a sentence and is no complete address: `ex.com/a.jpg`, a data URL. */
export function halfAddresses(text: string): string[] {
	return text.replace(/https?:\/\/\S+/gi, ' ').match(HALF_ADDRESS) ?? [];
}

/** Complete web addresses only: the URL parser would also take `https:example.com`. */
export function parseLink(text: string): URL | undefined {
	if (!/^https?:\/\/[^/?#]/i.test(text)) return undefined;
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

/** Whether a service turns the file into a format that NemoVideo takes, whatever its path ends in. */
export function isConverted({ pathname, search }: URL): boolean {
	return CONVERTS.test(pathname + search);
}
