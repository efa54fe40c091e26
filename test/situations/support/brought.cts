import { targetOf } from './endpoints.cts';
import type { Exchange } from './exchange.cts';
import type { World } from './world.cts';

/** A file of an upload, as a server reads it. */
export interface BroughtFile {
	filename: string;
	type: string;
	bytes: Buffer;
}

/** What one upload brought: files, or addresses. */
export interface Brought {
	urls: string[];
	files: BroughtFile[];
}

/**
 * Lets a world take its uploads as it would, and keeps what they bring.
 *
 * @returns one entry an upload, added as they arrive
 */
export function keepUploads(world: World): Brought[] {
	const kept: Brought[] = [];
	world.every('upload', async (exchange) => {
		kept.push({ urls: urlsOf(exchange), files: filesOf(exchange) });
		await world.byItself(exchange, targetOf(exchange.request.method, exchange.request.url));
	});
	return kept;
}

function urlsOf({ json }: Exchange): string[] {
	return Array.isArray(json.urls) ? json.urls.map(String) : [];
}

/** The files of a form; Latin-1 keeps every byte in its place. */
function filesOf({ request, body }: Exchange): BroughtFile[] {
	const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(request.headers['content-type'] ?? '');
	if (!boundary) return [];
	const parts = body.toString('latin1').split(`--${boundary[1] ?? boundary[2]}`);
	return parts.flatMap((part) => {
		const end = part.indexOf('\r\n\r\n');
		const head = part.slice(0, end);
		const filename = /filename="([^"]*)"/.exec(head)?.[1];
		if (filename === undefined) return [];
		return {
			filename: Buffer.from(filename, 'latin1').toString(),
			type: /content-type: *(\S+)/i.exec(head)?.[1] ?? '',
			bytes: Buffer.from(part.slice(end + 4, -2), 'latin1'),
		};
	});
}
