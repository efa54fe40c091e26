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
			stream: () => part.open(),
		});
	}

	entries(): IterableIterator<[string, BlobLike]> {
		return this.fields.values();
	}

	[Symbol.iterator](): IterableIterator<[string, BlobLike]> {
		return this.entries();
	}
}
