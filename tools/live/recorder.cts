import type { ApiResponse, ByteStream } from '../../src/api/transport';
import { addShape, type Shape } from './shape.cts';
import { source } from './source.cts';

/** All that was seen of one kind of answer. */
export interface Seen {
	count: number;
	contentTypes: string[];
	shape: Shape;
}

/** By kind of answer, e.g. `GET /api/render/proxy/lambda/<id> 200`. */
export type Sightings = Record<string, Seen>;

/** Ids in paths: what no endpoint of NemoVideo is called. */
const ID = /\/(?=[^/]*\d)[^/]{6,}(?=\/|$)/g;

/** Keeps the shapes of all answers, and none of their values. */
export class Recorder {
	readonly seen: Sightings = {};
	/** Streams that are read still, or were closed without having been read to their end. */
	private readonly streams: Array<() => Promise<void>> = [];

	answer(method: string, path: string, response: ApiResponse): void {
		const { shape } = this.note(method, path, response);
		try {
			addShape(shape, JSON.parse(response.body));
		} catch {
			addShape(shape, response.body === '' ? null : 'text', 'not JSON');
		}
	}

	/** @returns what takes the stream's bytes as they pass */
	stream(
		method: string,
		path: string,
		response: Pick<ByteStream, 'status' | 'headers'>,
	): (bytes: Uint8Array) => void {
		const { shape } = this.note(method, path, response);
		const chunks: Uint8Array[] = [];
		this.streams.push(async () => await addEvents(shape, chunks));
		return (bytes) => void chunks.push(bytes);
	}

	file(where: string, response: Pick<ByteStream, 'status' | 'headers'>): void {
		const { shape } = this.note('GET', ` a file from ${where}`, response);
		for (const name of ['content-length', 'accept-ranges', 'content-range', 'etag']) {
			if (name in response.headers) addShape(shape, 'present', `header ${name}`);
		}
	}

	/** Reads the streams; call it once, when all is over. */
	async finish(): Promise<Sightings> {
		for (const read of this.streams.splice(0)) await read();
		return this.seen;
	}

	private note(
		method: string,
		path: string,
		{ status, headers }: Pick<ByteStream, 'status' | 'headers'>,
	): Seen {
		const name = `${method} ${path.replace(ID, '/<id>')} ${status}`;
		const seen = (this.seen[name] ??= { count: 0, contentTypes: [], shape: {} });
		const type = (headers['content-type'] ?? 'none').split(';')[0] ?? '';
		if (!seen.contentTypes.includes(type)) seen.contentTypes.push(type);
		seen.count++;
		return seen;
	}
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* chunks;
}

/** Events of different types have different fields, so their paths begin with the type. */
async function addEvents(shape: Shape, chunks: readonly Uint8Array[]): Promise<void> {
	const whole = Buffer.concat(chunks).toString('utf8');
	if (/^\s*\{/.test(whole)) return addShape(shape, JSON.parse(whole));
	for await (const message of source.decodeSse(each(chunks))) {
		if (message.kind === 'foreign') {
			addShape(shape, 'line', 'no event');
			continue;
		}
		if (message.kind === 'keepAlive') {
			addShape(shape, 'comment', 'keep-alive');
			continue;
		}
		try {
			const event: unknown = JSON.parse(message.data);
			addShape(shape, event, `event${nameOf(event)}`);
		} catch {
			const word = /^[\w[\]-]{0,16}$/.test(message.data) ? message.data || 'empty' : 'text';
			addShape(shape, 'text', `data '${word}'`);
		}
	}
}

function nameOf(event: unknown): string {
	if (typeof event !== 'object' || event === null || !('type' in event)) return '';
	return typeof event.type === 'string' && /^[a-z_]{1,24}$/i.test(event.type)
		? ` ${event.type}`
		: '';
}
