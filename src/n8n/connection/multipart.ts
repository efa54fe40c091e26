import { resultOf } from '../../api/result';
import type { UploadPart } from '../../api/transport';

/** What the HTTP client reads of a file: a blob without its bytes in memory. */
interface BlobLike {
	readonly size: number;
	readonly type: string;
	readonly name: string;
	stream(): AsyncIterable<Uint8Array>;
}

/**
 * A multipart form that is read while it is sent. n8n's HTTP client recognises forms by their
 * shape; one of this shape goes out with an exact Content-Length and without being buffered.
 */
export class StreamedForm {
	private readonly fields: Array<[string, BlobLike]> = [];
	private readonly open = new Set<AsyncIterator<Uint8Array>>();
	private isClosed = false;

	get [Symbol.toStringTag](): string {
		return 'FormData';
	}

	/** Part of the shape; files are added with `addFile`. */
	append(name: string, value: BlobLike): void {
		this.fields.push([name, value]);
	}

	/** @param fieldName the form field, e.g. `files` */
	addFile(fieldName: string, part: UploadPart): void {
		this.append(fieldName, {
			size: part.sizeBytes,
			type: part.mimeType,
			name: part.filename,
			stream: () => ({ [Symbol.asyncIterator]: () => this.read(part) }),
		});
	}

	/**
	 * Closes the files that are open and opens no further one. The HTTP client does neither: where a
	 * request ends before all was sent, it leaves files open, and it goes on to the next file where
	 * NemoVideo answers before it has read the first. Called when the answer has begun or the request
	 * has failed.
	 */
	close(): void {
		this.isClosed = true;
		for (const reader of this.open) void resultOf(async () => await reader.return?.());
		this.open.clear();
	}

	entries(): IterableIterator<[string, BlobLike]> {
		return this.fields.values();
	}

	[Symbol.iterator](): IterableIterator<[string, BlobLike]> {
		return this.entries();
	}

	private read(part: UploadPart): AsyncIterator<Uint8Array> {
		let reader: AsyncIterator<Uint8Array> | undefined;
		return {
			next: async () => {
				// An end would complete the request with bytes missing, and a failure would cut the answer
				// off that is being read; the connection closes after that.
				if (this.isClosed) return await never();
				reader ??= this.opened(part);
				const piece = await reader.next();
				if (piece.done) this.open.delete(reader);
				return piece;
			},
			return: async () => {
				if (reader) {
					this.open.delete(reader);
					await reader.return?.();
				}
				return { done: true, value: undefined };
			},
		};
	}

	private opened(part: UploadPart): AsyncIterator<Uint8Array> {
		const reader = part.open()[Symbol.asyncIterator]();
		this.open.add(reader);
		return reader;
	}
}

async function never(): Promise<never> {
	return await new Promise<never>(() => undefined);
}
