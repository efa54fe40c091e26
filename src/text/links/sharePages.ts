import { ENDS_LIKE_MEDIA } from '../mediaTypes';
import { SITES, type Site } from './sites';

const DOWNLOAD_FIRST =
	"NemoVideo can only fetch direct links. Download the file in n8n first, with the service's own node or HTTP Request, and upload it as a file.";
const COPY_ADDRESS =
	'NemoVideo can only fetch direct links. Use the address of the file itself, or download the file and upload it from n8n.';
const ONE_FILE = `Share a single file, not a folder. ${DOWNLOAD_FIRST}`;

/** Why a link leads to no file, and what to do about it. */
export interface NoFile {
	/** What the link is, for a message: `a link to a share page`. */
	what: string;
	/** In sentences. */
	advice: string;
	/** It is a page that people look at, and may be meant as one. */
	isPortal?: true;
}

/**
 * Tells links that lead to a page about a file from links to files, by what is known of the sites
 * that people share files with. A link of any other site is believed to be a file's.
 *
 * @returns undefined where the link may be a file's
 */
export function findSharePage(url: URL): NoFile | undefined {
	const inner = wrappedLink(url);
	if (inner !== undefined)
		return { what: 'a link that leads to another one', advice: `Use ${inner}.` };
	const site = siteOf(url);
	if (site === undefined) return ownCloudPage(url);
	if (site.needsLogin) return { what: 'a link that needs a login', advice: DOWNLOAD_FIRST };
	const what = 'a link to a share page, not to a file';
	if (site.folders?.test(url.pathname)) return { what, advice: ONE_FILE };
	const direct = site.direct?.(url);
	if (direct !== undefined) {
		const shared = /^https:\/\/drive\.google\.com\//.test(direct)
			? ' and share the file with everyone who has the link'
			: '';
		return { what, advice: `Use ${direct}${shared}.` };
	}
	return site.isPortal
		? { what, advice: COPY_ADDRESS, isPortal: true }
		: { what, advice: DOWNLOAD_FIRST };
}

function siteOf(url: URL): Site | undefined {
	const host = url.hostname.toLowerCase();
	const isNamedLikeFile = ENDS_LIKE_MEDIA.test(url.pathname);
	return SITES.find(
		({ hosts, pages, namesPages, folders, isFile }) =>
			hosts.some((name) => host === name || host.endsWith(`.${name}`)) &&
			pages.test(url.pathname) &&
			(namesPages === true || !isNamedLikeFile) &&
			(isFile?.(url) !== true || folders?.test(url.pathname) === true),
	);
}

/** Mail programs and search engines put a link of their own around the one that was meant. */
function wrappedLink({ hostname, pathname, searchParams }: URL): string | undefined {
	const isGoogle = /^(?:www\.)?google\.[a-z.]{2,6}$/i.test(hostname);
	const name =
		isGoogle && pathname === '/imgres'
			? 'imgurl'
			: isGoogle && pathname === '/url'
				? searchParams.has('q')
					? 'q'
					: 'url'
				: /(?:^|\.)safelinks\.protection\.outlook\.com$/i.test(hostname)
					? 'url'
					: undefined;
	const inner = name === undefined ? null : searchParams.get(name);
	return inner !== null && /^https?:\/\//i.test(inner) ? inner : undefined;
}

/** Nextcloud and ownCloud run under anybody's host name. */
function ownCloudPage(url: URL): NoFile | undefined {
	if (!/\/index\.php\/s\/[A-Za-z0-9]{10,32}\/?$/.test(url.pathname)) return undefined;
	const direct = new URL(url);
	direct.pathname = `${url.pathname.replace(/\/$/, '')}/download`;
	return { what: 'a link to a share page, not to a file', advice: `Use ${direct.href}.` };
}
