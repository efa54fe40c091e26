import { createHash } from 'node:crypto';
import { BINARY_ENCODING, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';
import { resultOf } from '../../api/result';
import type { UploadPart } from '../../api/transport';
import { freeBehind, PIECE_BYTES } from './pieces';

/** What the editor calls the field that names an item's files. */
export const FILE_FIELD = "'Input Data Field Name'";

/** A file of an item, read anew each time. */
export interface FileBytes extends Pick<UploadPart, 'sizeBytes' | 'contentId' | 'open'> {
	/** The first bytes, at most `READ_BYTES`. */
	head: Uint8Array;
}

/**
 * So many first bytes, beside name and size, tell whether two files are the same: photos and videos
 * differ long before. Where n8n keeps a file tells nothing: n8n moves it when an execution waits or
 * ends, and a file that is downloaded again is kept as another one.
 */
const READ_BYTES = 65_536;

/** A data URL is decoded as a whole; a larger file that begins like one is something else. */
const MAX_DATA_URL_BYTES = 50_000_000;
const DATA_URL = /^\s*data:[^,]{0,200};base64,/i;

/** How a file of an item is read; where its bytes spell another file as a data URL, it's that one. */
export async function fileBytes(context: IExecuteFunctions, data: IBinaryData): Promise<FileBytes> {
	const file = await storedBytes(context, data);
	const isDataUrl = DATA_URL.test(Buffer.from(file.head.subarray(0, 500)).toString('latin1'));
	if (!isDataUrl || file.sizeBytes > MAX_DATA_URL_BYTES) return file;
	let text = '';
	for await (const chunk of file.open()) text += Buffer.from(chunk).toString('latin1');
	return inlineFile(text);
}

/**
 * How a file of an item is read: from n8n's store, or from the item itself, where n8n keeps files in
 * memory. Only its first bytes are read now.
 *
 * @returns its bytes end with NemoVideoError of kind `input` where the file does not have the size that n8n reported
 * @throws NemoVideoError of kind `input` where n8n's store has the file no more
 */
async function storedBytes(context: IExecuteFunctions, data: IBinaryData): Promise<FileBytes> {
	const { id } = data;
	if (id === undefined) return inlineFile(data.data);
	const { helpers } = context;
	const found = await resultOf(async () => ({
		sizeBytes: (await helpers.getBinaryMetadata(id)).fileSize,
		head: await readHead(await helpers.getBinaryStream(id, READ_BYTES)),
	}));
	if (!found.ok) {
		throw new NemoVideoError('input', `A file in ${FILE_FIELD} can't be read from n8n's storage`, {
			description: 'It may have been deleted. Run the node that created it again.',
			outcome: outcomeOf('notSent'),
		});
	}
	const { sizeBytes, head } = found.value;
	return {
		sizeBytes,
		contentId: hashOf(head),
		head,
		async *open() {
			const bytes = await helpers.getBinaryStream(id, PIECE_BYTES);
			yield* freeBehind(exactly(bytes, sizeBytes));
		},
	};
}

async function readHead(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let left = READ_BYTES;
	for await (const chunk of bytes) {
		chunks.push(chunk.subarray(0, left));
		left -= Math.min(left, chunk.byteLength);
		// To leave the loop closes the file.
		if (left === 0) break;
	}
	return Buffer.concat(chunks);
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
	throw new NemoVideoError(
		'input',
		`A file in ${FILE_FIELD} does not have the size that n8n reported`,
		{
			description: "It has been changed in n8n's storage. Create the file again.",
			outcome: outcomeOf('notSent'),
		},
	);
}

/** Decoded while it is sent, a file in memory is there only once. Four characters are three bytes. */
const BASE64_PIECE = Math.floor(PIECE_BYTES / 3) * 4;

function inlineFile(content: string): FileBytes {
	const base64 = withoutDataPrefix(content);
	// Line breaks in it would shift the pieces.
	const text = /[^A-Za-z0-9+/=]/.test(base64)
		? Buffer.from(base64, BINARY_ENCODING).toString(BINARY_ENCODING)
		: base64;
	const head = Buffer.from(text.slice(0, BASE64_HEAD), BINARY_ENCODING).subarray(0, READ_BYTES);
	return {
		sizeBytes: Buffer.byteLength(text, BINARY_ENCODING),
		contentId: hashOf(head),
		head,
		open: () => freeBehind(decoded(text)),
	};
}

function hashOf(head: Uint8Array): string {
	return createHash('sha256').update(head).digest('hex');
}

const BASE64_HEAD = Math.ceil(READ_BYTES / 3) * 4;

/** Pictures of web pages and AI models come as data URLs; only what follows the comma is the file. */
function withoutDataPrefix(content: string): string {
	const prefix = /^\s*data:[^,]{0,200},/i.exec(content)?.[0];
	return prefix === undefined ? content : content.slice(prefix.length);
}

async function* decoded(base64: string): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < base64.length; at += BASE64_PIECE) {
		yield Buffer.from(base64.slice(at, at + BASE64_PIECE), BINARY_ENCODING);
	}
}
