import type { IBinaryData } from 'n8n-workflow';
import { SimulatedBody } from '../network/body.cts';

const TEMPORARY = 'filesystem-v2:temp/';
const KEPT = 'filesystem-v2:kept/';
const PLACE = /filesystem-v2:temp\/(\d+)/gu;

/** n8n's files on disk: they survive crashes. */
export class BinaryStore {
	private readonly files = new Map<string, Uint8Array>();
	private count = 0;

	add(bytes: Uint8Array, fileName: string, mimeType: string): IBinaryData {
		const id = `${TEMPORARY}${++this.count}`;
		this.files.set(id, bytes);
		return { id, data: 'filesystem-v2', fileName, mimeType, bytes: bytes.byteLength };
	}

	/**
	 * What n8n does with the files of an execution that is saved while it waits, or when it's over:
	 * their old places are empty then.
	 *
	 * @param data plain JSON
	 * @returns the same with the files' new places
	 */
	moved<Data>(data: Data): Data {
		const text = JSON.stringify(data).replaceAll(PLACE, (old: string, number: string) => {
			const id = `${KEPT}${number}`;
			const bytes = this.files.get(old);
			if (bytes) this.files.set(id, bytes);
			this.files.delete(old);
			return id;
		});
		return JSON.parse(text) as Data;
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
