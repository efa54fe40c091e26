import type { IBinaryData } from 'n8n-workflow';
import { SimulatedBody } from '../network/body.cts';

/** n8n's files on disk: they survive crashes. */
export class BinaryStore {
	private readonly files = new Map<string, Uint8Array>();

	add(bytes: Uint8Array, fileName: string, mimeType: string): IBinaryData {
		const id = `filesystem-v2:${this.files.size + 1}`;
		this.files.set(id, bytes);
		return { id, data: 'filesystem-v2', fileName, mimeType, bytes: bytes.byteLength };
	}

	bytes(id: string): Uint8Array {
		const bytes = this.files.get(id);
		if (!bytes) throw new Error('No such file');
		return bytes;
	}

	stream(id: string): AsyncIterable<Uint8Array> {
		return SimulatedBody.whole(this.bytes(id).slice());
	}

	async store(
		source: Uint8Array | AsyncIterable<Uint8Array>,
		fileName: string,
		mimeType: string,
	): Promise<IBinaryData> {
		if (source instanceof Uint8Array) return this.add(source, fileName, mimeType);
		const pieces: Uint8Array[] = [];
		for await (const piece of source) pieces.push(piece);
		return this.add(Buffer.concat(pieces), fileName, mimeType);
	}
}
