import { createHash } from 'node:crypto';
import { BINARY_ENCODING, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { NemoVideoError } from '../../api/errors';
import type { UploadPart } from '../../api/transport';
import { freeBehind, PIECE_BYTES } from './pieces';

/** What the editor calls the field that names an item's files. */
export const FILE_FIELD = "'Input Data Field Name'";

/**
 * How a file of an item is read: from n8n's store, or from the item itself, where n8n keeps files in
 * memory.
 *
 * @returns its size in bytes, what tells its content from others, and its bytes, read anew each time.
 *   They end with NemoVideoError of kind `input` where the file is not as long as n8n says
 */
export async function fileBytes(
	context: IExecuteFunctions,
	data: IBinaryData,
): Promise<Pick<UploadPart, 'sizeBytes' | 'contentId' | 'open'>> {
	const { id } = data;
	if (id === undefined) return inlineFile(data.data);
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	return {
		sizeBytes: fileSize,
		contentId: id,
		async *open() {
			const bytes = await context.helpers.getBinaryStream(id, PIECE_BYTES);
			yield* freeBehind(exactly(bytes, fileSize));
		},
	};
}

/** Sent with a Content-Length, a file that has changed its size would leave NemoVideo waiting. */
async function* exactly(
	bytes: AsyncIterable<Uint8Array>,
	sizeBytes: number,
): AsyncGenerator<Uint8Array> {
	let left = sizeBytes;
	for await (const chunk of bytes) {
		left -= chunk.byteLength;
		if (left < 0) break;
		yield chunk;
	}
	if (left === 0) return;
	throw new NemoVideoError('input', `A file in ${FILE_FIELD} is not as long as n8n says`, {
		description: "It was changed in n8n's store since. Make the file anew.",
		outcome: 'refused',
	});
}

/** Decoded while it is sent, a file in memory is there only once. Four characters are three bytes. */
const BASE64_PIECE = Math.floor(PIECE_BYTES / 3) * 4;

function inlineFile(base64: string): Pick<UploadPart, 'sizeBytes' | 'contentId' | 'open'> {
	// Line breaks in it would shift the pieces.
	const text = /[^A-Za-z0-9+/=]/.test(base64)
		? Buffer.from(base64, BINARY_ENCODING).toString(BINARY_ENCODING)
		: base64;
	return {
		sizeBytes: Buffer.byteLength(text, BINARY_ENCODING),
		contentId: createHash('sha256').update(text, BINARY_ENCODING).digest('hex'),
		open: () => freeBehind(decoded(text)),
	};
}

async function* decoded(base64: string): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < base64.length; at += BASE64_PIECE) {
		yield Buffer.from(base64.slice(at, at + BASE64_PIECE), BINARY_ENCODING);
	}
}
