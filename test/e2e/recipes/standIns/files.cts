import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHOTO_FOLDER, PHOTOS } from '../../../../tools/demo/example.cts';
import type { Service } from './hub.cts';

/** The bytes of a photo. */
export const PHOTO = readFileSync(join(PHOTO_FOLDER, PHOTOS[0] ?? ''));

const EXPIRED = { code: 'AccessDenied', message: 'Request has expired' };

/** A host of photos whose links in `expired` are no longer good. */
export const photoHost: Service = ({ path, method }) => {
	if (!path.startsWith('/photos/') || method !== 'GET') return undefined;
	if (path.includes('expired')) return { status: 403, body: EXPIRED };
	return { headers: { 'content-type': 'image/jpeg' }, body: PHOTO };
};

/** An article of a blog. */
export interface Article {
	title: string;
	/** Link to a picture, or another file. */
	picture: string;
	/** That of a picture where left out. */
	mimeType?: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A blog's feed as Atom, whose posts have an ID and a summary in HTML, the newest first. */
export const atomOf =
	(titles: readonly string[]): Service =>
	({ path }) => {
		if (path !== '/feed.xml') return undefined;
		const entries = titles.map((title, index) =>
			[
				'<entry>',
				`<title>${escaped(title)}</title>`,
				`<id>tag:blog.example,2026:${index + 1}</id>`,
				`<link rel="alternate" href="https://blog.example/${index + 1}"/>`,
				`<summary type="html">${escaped(`<p>All about <b>${title}</b>.</p>`)}</summary>`,
				'</entry>',
			].join(''),
		);
		const feed = `<title>Blog</title>${entries.reverse().join('')}`;
		const body = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${feed}</feed>`;
		return { headers: { 'content-type': 'application/atom+xml' }, body };
	};

/** A blog's feed. */
export const feedOf =
	(articles: readonly Article[]): Service =>
	({ path }) => {
		if (path !== '/feed.xml') return undefined;
		const items = articles.map(({ title, picture, mimeType = 'image/jpeg' }, index) =>
			[
				'<item>',
				`<title>${escaped(title)}</title>`,
				`<link>https://blog.example/${index + 1}</link>`,
				`<guid>https://blog.example/?p=${index + 1}</guid>`,
				`<description>${escaped(`All about ${title}.`)}</description>`,
				`<enclosure url="${escaped(picture)}" type="${mimeType}" length="${PHOTO.length}"/>`,
				'</item>',
			].join(''),
		);
		const channel = `<channel><title>Blog</title>${items.join('')}</channel>`;
		const body = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">${channel}</rss>`;
		return { headers: { 'content-type': 'application/rss+xml' }, body };
	};
