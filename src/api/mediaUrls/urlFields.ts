import { anyOf } from '../../text/wordList';
import { isRecord } from '../json';

/**
 * Fields that hold the address of a file, the surest first: where a service gives a page or a
 * thumbnail beside the file, the file's own field comes before it. Written without case and marks.
 */
const ADDRESS_FIELDS = [
	// Files that need no login: Microsoft Graph, GitHub and Box, Monday, Supabase, Cloudinary.
	...['microsoftgraphdownloadurl', 'contentdownloadurl', 'downloadurl', 'publicurl', 'signedurl'],
	...['secureurl', 'webcontentlink', 'cdnurl', 'sourceurl', 'originalfileurl', 'medialink'],
	...['mediaurlhttps', 'mediaurl', 'fileurl', 'videourl', 'imageurl', 'audiourl', 'photourl'],
	...['largeimageurl', 'fullhdurl', 'originalsrc', 'originalurl', 'contenturl', 'location'],
	...['url', 'src', 'source', 'href', 'uri', 'link', 'webviewlink', 'urlprivatedownload'],
];

/** The same file in several sizes, the largest first: one of them is enough. */
const VARIANTS = ['original', 'full', 'large2x', 'large', 'hd', 'regular', 'raw'];
const VARIANT_FIELDS = ['src', 'urls', 'formats', 'sizes', 'renditions'];
/** Lists of one video in several qualities. */
const QUALITY_FIELDS = ['videofiles', 'sources'];

/** Fields that hold the file's object: Notion, Contentful, Shopify, Sanity, feeds, AI services. */
const OBJECT_FIELDS = [
	...['file', 'external', 'image', 'video', 'audio', 'photo', 'picture', 'media', 'asset'],
	...['attachment', 'document', 'sharedlink', 'enclosure', 'node', 'featuredimage', 'fields'],
];

/** Fields that hold what a service answered. */
const ANSWER_FIELDS = ['output', 'outputs', 'data', 'result', 'response', 'value'];

/** Fields that hold a list of files or of their objects. */
const LIST_FIELDS = [
	...[
		'files',
		'images',
		'videos',
		'photos',
		'pictures',
		'audios',
		'attachments',
		'media',
		'assets',
	],
	...['nodes', 'edges', 'results', 'items', 'urls', 'links'],
];

const WHICH_FILES = anyOf('all additional other more extra gallery product carousel');
const FILES = anyOf('files images videos photos pictures audios attachments media assets');
const FILE = anyOf('image photo picture video media file');
/** Fields with every file of a product, a post or an album, which may stand beside one of them. */
const ALBUM = new RegExp(
	`^(?:(?:${WHICH_FILES})?(?:${FILES}|(?:${FILE})(?:s?urls|links|s?list))|gallery|children|carousel|slides)$`,
);

/** Each album of an object: a list of what leads to files, or GraphQL's object around one. */
export function albumsIn(object: Record<string, unknown>): unknown[] {
	return Object.entries(object)
		.filter(([name]) => ALBUM.test(plain(name)))
		.map(([, value]) => (isRecord(value) ? (value.edges ?? value.nodes ?? value.data) : value))
		.filter((album) => Array.isArray(album) && album.some(leadsToFile));
}

/** Whether something holds an address, itself or in fields that are known. */
export function leadsToFile(value: unknown): boolean {
	if (!isRecord(value)) return isAddress(value);
	const inner = addressIn(value);
	return Array.isArray(inner) ? inner.some(leadsToFile) : leadsToFile(inner);
}

function plain(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * What of an object leads to its file: an address, a further object or a list. Services name the
 * field differently; an object is never searched beyond the names that are known, because a wrong
 * file would cost.
 *
 * @returns undefined where no known field is filled in
 */
export function addressIn(object: Record<string, unknown>): unknown {
	const fields = new Map<string, unknown>();
	for (const [name, value] of Object.entries(object)) {
		const key = plain(name);
		if (isFilled(value) && !fields.has(key)) fields.set(key, value);
	}
	const first = (names: readonly string[], isWanted: (value: unknown) => boolean) =>
		names.map((name) => fields.get(name)).find((value) => isFilled(value) && isWanted(value));
	const variants = first(
		VARIANT_FIELDS,
		(value) => isRecord(value) && largest(value) !== undefined,
	);
	if (isRecord(variants)) return largest(variants);
	const qualities = first(QUALITY_FIELDS, Array.isArray);
	if (Array.isArray(qualities)) return widest(qualities);
	return (
		first(ADDRESS_FIELDS, isAddress) ??
		first(OBJECT_FIELDS, isRecord) ??
		first(OBJECT_FIELDS, isAddress) ??
		first(ANSWER_FIELDS, (value) => Array.isArray(value) || isRecord(value) || isAddress(value)) ??
		first(LIST_FIELDS, (value) => Array.isArray(value) || isAddress(value)) ??
		// GraphQL's lists are objects.
		first(['images', 'media', 'files'], isRecord) ??
		// What stands where an address belongs is named by its refusal.
		first(['url', 'src', 'href', 'link'], (value) => typeof value === 'string')
	);
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function isAddress(value: unknown): boolean {
	return typeof value === 'string' && /^[^\p{L}\p{N}]*(?:https?:)?\\?\/\\?\//iu.test(value);
}

function largest(variants: Record<string, unknown>): unknown {
	return VARIANTS.map((name) => variants[name]).find(
		(value) => isAddress(value) || (isRecord(value) && isAddress(value.url)),
	);
}

/** The best quality: by width where it is told, else the first. */
function widest(qualities: readonly unknown[]): unknown {
	const widthOf = (quality: unknown): number =>
		isRecord(quality) && typeof quality.width === 'number' ? quality.width : 0;
	return qualities.reduce((best, one) => (widthOf(one) > widthOf(best) ? one : best), qualities[0]);
}
