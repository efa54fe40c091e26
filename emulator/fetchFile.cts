import { get } from 'node:http';
import { basename } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { ApiFailure } from './failure.cts';

/** Scripts that give a file; what they are called says nothing about it. */
const SCRIPT = /\.(?:aspx?|ashx|php|jsp|cgi)$/i;

const PAGE = /^text\/html\b/i;

/** The name of a file as its address has it. */
export function nameInUrl({ pathname }: URL): string {
	const name = basename(decodeURIComponent(pathname)) || 'file';
	return /\.[a-z0-9]{2,4}$/i.test(name) && !SCRIPT.test(name) ? name : `${name}.mp4`;
}

/** Fetches a file; its name is the one that its host gives it, where it gives one. */
export async function fetchFile(url: URL): Promise<{ bytes: Readable; name?: string }> {
	return await new Promise((resolve, reject) => {
		const refuse = (reason: string): void =>
			reject(new ApiFailure(400, `Could not fetch ${url.href}: ${reason}`, 400));
		const request = get(url, { agent: false }, (response) => {
			if (response.statusCode !== 200) return refuse(`HTTP ${response.statusCode}`);
			if (PAGE.test(response.headers['content-type'] ?? ''))
				return refuse('a web page, not a file');
			const disposition = response.headers['content-disposition'] ?? '';
			const name = /filename="?([^";]+)/i.exec(disposition)?.[1];
			const bytes = response.pipe(new PassThrough());
			resolve(name === undefined ? { bytes } : { bytes, name });
		});
		request.on('error', (error) => refuse(error.message));
	});
}
