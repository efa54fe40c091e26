/** @returns what gives a link another path */
export function withPath(from: RegExp | string, to: string): (url: URL) => string {
	return (url) => `${url.origin}${url.pathname.replace(from, to)}${url.search}`;
}

/** @returns what sets one parameter of a link, at its end */
export function withParameter(name: string, value: string): (url: URL) => string {
	return (url) => {
		const changed = new URL(url);
		changed.searchParams.delete(name);
		changed.searchParams.set(name, value);
		return changed.href;
	};
}

/** @returns whether a link has one of these parameters, such as `dl=1` */
export function hasParameter(...pairs: string[]): (url: URL) => boolean {
	return ({ searchParams }) =>
		pairs.some((pair) => {
			const [name = '', value] = pair.split('=');
			return searchParams.get(name) === value;
		});
}

/** The address of a file of Google Drive, from the ID in its page's path or parameter. */
export function googleFile({ pathname, searchParams }: URL): string | undefined {
	const id = /\/d\/([\w-]+)/.exec(pathname)?.[1] ?? searchParams.get('id');
	if (!id) return undefined;
	const key = searchParams.get('resourcekey');
	return `https://drive.google.com/uc?export=download&id=${id}${key ? `&resourcekey=${encodeURIComponent(key)}` : ''}`;
}

/** The address of a GIF, whose ID ends its page's path. */
export function giphyFile({ pathname }: URL): string | undefined {
	const id = /(?:^|[/-])([A-Za-z0-9]{6,})\/?$/.exec(pathname)?.[1];
	return id && `https://media.giphy.com/media/${id}/giphy.gif`;
}
