import type { IncomingMessage } from 'node:http';

/** More than this of a body is not kept. Bytes. */
const MAX_KEPT = 1_000_000;

const NAME = /filename="([^"]*)"/;
const MAX_NAME = 500;

/**
 * Reads a request to its end.
 *
 * @param names gets the names of the files in it, as a form or as URLs
 * @returns the body, or its beginning where it is large
 */
export async function readUpload(request: IncomingMessage, names: string[]): Promise<Buffer> {
	const kept: Buffer[] = [];
	let size = 0;
	let rest = '';
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= MAX_KEPT) kept.push(Buffer.from(chunk));
		// A name may lie across two chunks; what is found is taken off.
		rest = `${rest.slice(-MAX_NAME)}${chunk.toString('latin1')}`;
		for (let found = NAME.exec(rest); found; found = NAME.exec(rest)) {
			names.push(Buffer.from(found[1] ?? '', 'latin1').toString());
			rest = rest.slice(found.index + found[0].length);
		}
	}
	const body = Buffer.concat(kept);
	if (body.toString('latin1', 0, 7) === '{"urls"') {
		const { urls } = JSON.parse(body.toString()) as { urls: string[] };
		names.push(...urls.map((url) => url.split('/').at(-1) ?? url));
	}
	return body;
}
