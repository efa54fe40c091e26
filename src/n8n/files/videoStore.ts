import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { isNemoVideoError } from '../../api/errors';
import type { Render } from '../../api/render';
import { resultOf } from '../../api/result';
import { fileNameFor } from './fileNames';
import { freePiece, PIECE_BYTES } from './pieces';
import { toReadable } from './readable';
import { StoreLimit } from './storeLimit';
import type { Download } from '../../flows/export/openVideo';

/**
 * Streams a video into n8n's binary store.
 *
 * @param fileName from the user; without one the render's id names the file
 * @returns the file as items carry it
 * @throws NemoVideoError when the download does not end whole: a short file is never kept; of kind
 *   `fileSize` when n8n's store would take more of it into memory than it can
 */
export async function storeVideo(
	context: IExecuteFunctions,
	download: Download,
	render: Render,
	fileName: string,
): Promise<IBinaryData> {
	const name = fileNameFor(fileName.trim() === '' ? render.renderId : fileName, download.format);
	let failure: unknown;
	const limit = new StoreLimit(context);
	const source = watched(download.bytes, limit, (error) => (failure = error));
	const stored = await resultOf(async () => {
		await limit.check(download.sizeBytes ?? 0);
		return await context.helpers.prepareBinaryData(toReadable(source), name, download.mimeType);
	});
	download.close();
	// The store wraps what the stream threw; the stream's own failure says more.
	const error = failure ?? (stored.ok ? undefined : stored.error);
	if (error !== undefined) {
		limit.release();
		throw isNemoVideoError(error) ? error.with({ handles: { renderId: render.renderId } }) : error;
	}
	if (!stored.ok) throw stored.error;
	limit.stored(stored.value);
	return stored.value;
}

async function* watched(
	bytes: AsyncIterable<Uint8Array>,
	limit: StoreLimit,
	failed: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
	const reader = bytes[Symbol.asyncIterator]();
	let received = 0;
	let chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const next = await resultOf(async () => {
			const result = await reader.next();
			if (result.done !== true) await limit.check((received += result.value.byteLength));
			return result;
		});
		if (!next.ok) {
			failed(next.error);
			throw next.error;
		}
		if (next.value.done !== true) {
			chunks.push(next.value.value);
			size += next.value.value.byteLength;
			// A socket gives 64 kB at most; larger pieces take fewer turns between it and the disk.
			if (size < PIECE_BYTES) continue;
		}
		if (size > 0) {
			const piece = Buffer.concat(chunks, size);
			chunks.forEach(freePiece);
			// Who stores a piece may keep it, so it is left to V8.
			yield piece;
		}
		if (next.value.done) return;
		chunks = [];
		size = 0;
	}
}
