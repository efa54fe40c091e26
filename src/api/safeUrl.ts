/**
 * An address that the backend named, where it may be followed and shown: http or https, complete,
 * and without a user name or password in it.
 *
 * @param base the address of the answer that holds it, where it may be relative to that
 * @returns the normalised address; undefined for everything else, such as `file:`, `data:`,
 * `javascript:` or an address without its scheme
 */
export function parseSafeUrl(value: unknown, base?: string): string | undefined {
	if (typeof value !== 'string') return undefined;
	const url = parse(value, base);
	if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		return undefined;
	}
	return url.username === '' && url.password === '' ? url.href : undefined;
}

function parse(text: string, base: string | undefined): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}
