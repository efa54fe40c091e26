import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { ByteSource } from './bytes.cts';
import { Throttle } from './throttle.cts';

interface Span {
	start: number;
	end: number;
}

/** The span a Range header asks for; undefined: the whole file; null: outside of it. */
function spanOf(request: IncomingMessage, source: ByteSource): Span | undefined | null {
	const { range } = request.headers;
	const ifRange = request.headers['if-range'];
	if (range === undefined) return undefined;
	if (typeof ifRange === 'string' && ifRange !== source.etag) return undefined;
	const hit = /^bytes=(\d*)-(\d*)$/.exec(range);
	if (!hit || (hit[1] === '' && hit[2] === '')) return undefined;
	if (hit[1] === '') {
		const start = Math.max(0, source.size - Number(hit[2]));
		return { start, end: source.size - 1 };
	}
	const start = Number(hit[1]);
	const end = hit[2] === '' ? source.size - 1 : Math.min(Number(hit[2]), source.size - 1);
	return start > end || start >= source.size ? null : { start, end };
}

/** Serves bytes: HEAD, Range, If-Range and If-None-Match, at no more than a given speed. */
export function serveBytes(
	request: IncomingMessage,
	response: ServerResponse,
	source: ByteSource,
	bytesPerSecond: () => number,
): void {
	const common = {
		'content-type': source.contentType,
		'accept-ranges': 'bytes',
		etag: source.etag,
		'cache-control': 'public, max-age=3600',
	};
	if (request.headers['if-none-match'] === source.etag) {
		response.writeHead(304, common).end();
		return;
	}
	const span = spanOf(request, source);
	if (span === null) {
		response.writeHead(416, { ...common, 'content-range': `bytes */${source.size}` }).end();
		return;
	}
	const { start, end } = span ?? { start: 0, end: source.size - 1 };
	response.writeHead(span ? 206 : 200, {
		...common,
		'content-length': String(end - start + 1),
		...(span ? { 'content-range': `bytes ${start}-${end}/${source.size}` } : {}),
	});
	if (request.method === 'HEAD' || source.size === 0) {
		response.end();
		return;
	}
	pipeline(source.read(start, end), new Throttle(bytesPerSecond), response, () => undefined);
}
