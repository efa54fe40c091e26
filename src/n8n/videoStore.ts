import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { Render } from '../api/render';
import { settle } from '../api/settle';
import type { Download } from '../flows/download';
import { safeFileName } from './binary';
import { toReadable } from './readable';

/**
 * Streams a video into n8n's binary store.
 *
 * @param fileName from the user; without one the render's id names the file
 * @returns the file as items carry it
 * @throws NemoVideoError when the download does not end whole: a short file is never kept
 */
export async function storeVideo(
	context: IExecuteFunctions,
	download: Download,
	render: Render,
	fileName: string,
): Promise<IBinaryData> {
	const wanted = fileName.trim() === '' ? render.renderId : fileName.trim();
	const name = safeFileName(/\.[a-z0-9]{2,4}$/i.test(wanted) ? wanted : `${wanted}.mp4`);
	let failure: unknown;
	const source = watched(download.bytes, (error) => (failure = error));
	const stored = await settle(
		async () =>
			await context.helpers.prepareBinaryData(toReadable(source), name, download.mimeType),
	);
	download.close();
	// The store wraps what the stream threw; the stream's own failure says more.
	if (failure !== undefined) throw failure;
	if (!stored.ok) throw stored.error;
	return stored.value;
}

async function* watched(
	bytes: AsyncIterable<Uint8Array>,
	failed: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
	const reader = bytes[Symbol.asyncIterator]();
	for (;;) {
		const next = await settle(async () => await reader.next());
		if (!next.ok) {
			failed(next.error);
			throw next.error;
		}
		if (next.value.done) return;
		yield next.value.value;
	}
}
