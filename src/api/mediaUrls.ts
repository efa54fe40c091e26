import { ACCEPTED_FORMATS_TEXT } from './errorTable';
import { NemoVideoError } from './errors';

/** Extensions of pages and documents: certainly no media. Others may be parts of a file name. */
const NO_MEDIA =
	/\.(?:html?|php|aspx?|jsp|pdf|docx?|xlsx?|pptx?|csv|txt|json|xml|zip|rar|7z|tar|gz|svg|heic|heif|tiff?|bmp|psd|ai|eps|srt|vtt|ass|flac|ogg|wma|mts|m2ts|3gp|flv|wmv|exe|dmg|js|css)$/i;

/**
 * Reads a list of URLs: an array, or a text with one a line, split at spaces, or at commas before
 * `http` (URLs may contain commas).
 *
 * @param field display name of the parameter, for messages
 * @returns the URLs in order, each http or https and no share page
 * @throws NemoVideoError of kind `input` or `fileType`
 */
export function readMediaUrls(value: unknown, field: string): string[] {
	const entries = splitUrls(value, field);
	if (entries.length === 0) {
		throw new NemoVideoError('input', `'${field}' is empty`, {
			description: 'Enter at least one URL of an image, video or audio file, one a line.',
		});
	}
	return entries.map((entry) => checkMediaUrl(entry, field));
}

function splitUrls(value: unknown, field: string): string[] {
	if (Array.isArray(value)) {
		return value.flatMap((entry: unknown) => splitUrls(entry, field));
	}
	if (value === undefined || value === null) return [];
	if (typeof value !== 'string') {
		throw new NemoVideoError(
			'input',
			`'${field}' holds ${typeof value === 'object' ? 'an object' : `a ${typeof value}`} instead of URLs`,
			{
				description: 'Enter text with one URL a line, or an expression that gives a list of texts.',
			},
		);
	}
	return value
		.split(/\s+|,\s*(?=https?:)/i)
		.map((entry) => entry.replace(/^[,;]+|[,;]+$/g, ''))
		.filter((entry) => entry !== '');
}

function checkMediaUrl(text: string, field: string): string {
	const shown = text.length > 120 ? `${text.slice(0, 120)}…` : text;
	if (text.includes('{{')) {
		throw new NemoVideoError('input', `'${field}' holds an n8n expression as plain text`, {
			description: 'Switch the field from Fixed to Expression, so that n8n fills it in.',
		});
	}
	const url = parse(text);
	if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
		throw new NemoVideoError('input', `'${field}' holds '${shown}', which is not a web address`, {
			description: 'Enter complete URLs that begin with https://, one a line.',
		});
	}
	if (url.username !== '' || url.password !== '') {
		throw new NemoVideoError('input', `'${field}' holds a URL with a user name or password in it`, {
			description:
				'NemoVideo would receive them. Use a link that needs no login, or download the file first and upload it from n8n.',
		});
	}
	const advice = directForm(url);
	if (advice !== undefined) {
		throw new NemoVideoError(
			'input',
			`'${field}' holds a link to a share page, not to a file: ${shown}`,
			{
				description: advice,
			},
		);
	}
	if (NO_MEDIA.test(url.pathname)) {
		throw new NemoVideoError(
			'fileType',
			`'${field}' holds a URL of a file that NemoVideo does not take: ${shown}`,
			{ description: `Accepted formats: ${ACCEPTED_FORMATS_TEXT}.` },
		);
	}
	return url.href;
}

function parse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

const DOWNLOAD_FIRST =
	'NemoVideo can only fetch direct links. Download the file in n8n first (its node for this service, or HTTP Request) and upload it as binary data.';

/**
 * How to get from a cloud drive's share page to the file.
 *
 * @returns advice, or undefined where the URL is no known share page
 */
function directForm(url: URL): string | undefined {
	const host = url.hostname.toLowerCase().replace(/^www\./, '');
	const path = url.pathname;
	if (host === 'drive.google.com' || host === 'docs.google.com') {
		const id =
			/\/d\/([\w-]+)/.exec(path)?.[1] ?? (path === '/open' ? url.searchParams.get('id') : null);
		if (path === '/uc' || path.startsWith('/uc/')) return undefined;
		return id
			? `Use https://drive.google.com/uc?export=download&id=${id} and share the file with everyone who has the link.`
			: `Share a single file, not a folder. ${DOWNLOAD_FIRST}`;
	}
	if (host === 'dropbox.com') {
		if (url.searchParams.get('dl') === '1' || url.searchParams.get('raw') === '1') return undefined;
		const direct = new URL(url);
		direct.searchParams.delete('dl');
		direct.searchParams.set('dl', '1');
		return `Use ${direct.href} (dl=1 at its end).`;
	}
	if (host === '1drv.ms' || host === 'onedrive.live.com' || host.endsWith('.sharepoint.com')) {
		if (url.searchParams.get('download') === '1' || path.includes('/download')) return undefined;
		return host.endsWith('.sharepoint.com')
			? `Add download=1 to the link: ${withParameter(url, 'download', '1')}`
			: DOWNLOAD_FIRST;
	}
	if (host === 'github.com' && path.includes('/blob/')) {
		return `Use ${url.origin}${path.replace('/blob/', '/raw/')}`;
	}
	const pages = [
		'photos.app.goo.gl',
		'photos.google.com',
		'icloud.com',
		'share.icloud.com',
		'wetransfer.com',
		'we.tl',
		'mega.nz',
		'youtube.com',
		'youtu.be',
		'vimeo.com',
		'tiktok.com',
		'instagram.com',
		'pan.baidu.com',
	];
	if (pages.some((page) => host === page || host.endsWith(`.${page}`))) return DOWNLOAD_FIRST;
	if (host === 'box.com' || host.endsWith('.app.box.com') || host === 'app.box.com') {
		return path.startsWith('/s/') ? DOWNLOAD_FIRST : undefined;
	}
	return undefined;
}

function withParameter(url: URL, name: string, value: string): string {
	const changed = new URL(url);
	changed.searchParams.set(name, value);
	return changed.href;
}
