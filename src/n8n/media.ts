import type { IBinaryData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isNemoVideoError } from '../api/errors';
import { mediaUrls, unusableUrls } from '../text/intent/messageUrls';
import { readMediaUrls } from '../api/mediaUrls/mediaUrls';
import { halfAddresses } from '../text/links/linksInText';
import { resultOf } from '../api/result';
import type { UploadPart } from '../api/transport';
import type { Media } from '../api/upload';
import type { RefusedFile } from '../flows/assistant/chat';
import type { Progress } from '../flows/progress';
import { inputFileField, urlsField } from './fields';
import {
	givenFiles,
	hasFiles,
	readFiles,
	readGivenFiles,
	splitFieldNames,
} from './files/inputFiles';
import type { Parameters } from './parameters';

const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{ name: 'Binary File', value: 'binary', description: 'Files of the input item' },
		{ name: 'URL', value: 'url', description: 'Links that NemoVideo fetches itself' },
	],
	default: 'binary',
	description: 'Where the files come from',
};

/** Where an upload takes its files from. */
export const mediaFields: INodeProperties[] = [
	sourceField,
	inputFileField({ show: { source: ['binary'] } }),
	urlsField({ show: { source: ['url'] } }),
];

/**
 * The files or URLs that an item names, all checked.
 *
 * @throws NemoVideoError of kind `input`, `fileType` or `fileSize`
 */
export async function readMedia(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<Media> {
	return await readMediaFrom(
		context,
		parameters,
		parameters.choice(sourceField, ['binary', 'url']),
	);
}

/** The files or URLs of one source; see `readMedia`. */
export async function readMediaFrom(
	context: IExecuteFunctions,
	parameters: Parameters,
	source: 'binary' | 'url',
): Promise<Media> {
	if (source === 'url') return { urls: readMediaUrls(parameters.raw('urls'), 'URLs') };
	const { itemIndex } = parameters;
	const given = givenFiles(parameters.raw('binaryPropertyName'));
	if (given) return { files: await readGivenFiles(context, itemIndex, given) };
	const fields = parameters.text('binaryPropertyName', 'Input Data Field Name', '*');
	return { files: await readFiles(context, itemIndex, fields) };
}

/** Whether an item brings files, its own or those that an expression gives. */
export function bringsFiles(context: IExecuteFunctions, parameters: Parameters): boolean {
	return (
		givenFiles(parameters.raw('binaryPropertyName')) !== undefined ||
		hasFiles(context, parameters.itemIndex)
	);
}

/**
 * The files that came with a chat message, if any, and those among them that NemoVideo does not
 * take: the chat is told of these, because its user sees no failed node.
 *
 * @throws NemoVideoError of kind `input` where a field is named that the item does not have
 */
export async function readMessageFiles(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<{ files: UploadPart[]; refusedFiles: RefusedFile[] }> {
	const { itemIndex } = parameters;
	const given = givenFiles(parameters.raw('binaryPropertyName'));
	if (given) {
		const read = async (file: IBinaryData) => await readGivenFiles(context, itemIndex, [file]);
		return await sort(given.map((file) => [file.fileName ?? '', async () => await read(file)]));
	}
	const fields = parameters.text('binaryPropertyName', 'Input Data Field Name', '*');
	if (fields === '' || (fields === '*' && !hasFiles(context, itemIndex))) {
		return { files: [], refusedFiles: [] };
	}
	const whole = await resultOf(async () => await readFiles(context, itemIndex, fields));
	if (whole.ok) return { files: whole.value, refusedFiles: [] };
	const { binary = {} } = context.getInputData()[itemIndex] ?? {};
	const wanted = splitFieldNames(fields);
	const named = Object.entries(binary).filter(([name]) => fields === '*' || wanted.includes(name));
	const sorted = await sort(
		named.map(([name, { fileName }]) => [
			fileName ?? name,
			async () => await readFiles(context, itemIndex, name),
		]),
	);
	if (sorted.refusedFiles.length > 0) return sorted;
	throw whole.error;
}

/** Reads each file by itself, so that it is known which one is refused. */
async function sort(
	readers: ReadonlyArray<readonly [string, () => Promise<UploadPart[]>]>,
): Promise<{ files: UploadPart[]; refusedFiles: RefusedFile[] }> {
	const files: UploadPart[] = [];
	const refusedFiles: RefusedFile[] = [];
	for (const [name, read] of readers) {
		const file = await resultOf(read);
		if (file.ok) files.push(...file.value);
		else if (isNemoVideoError(file.error)) {
			const { kind, says } = file.error;
			const reason = kind === 'fileType' || kind === 'fileSize' ? kind : 'empty';
			refusedFiles.push({ name, reason, ...(says === undefined ? {} : { what: says }) });
		} else throw file.error;
	}
	return { files, refusedFiles };
}

/** What identifies media without their bytes. */
export function describeMedia(media: Media): unknown {
	if ('urls' in media) return media.urls;
	return media.files.map(({ filename, mimeType, sizeBytes, contentId }) => ({
		filename,
		mimeType,
		sizeBytes,
		contentId,
	}));
}

/**
 * Hints at links to files in a prompt, which would be paid for without the files.
 *
 * @param how says in words how to upload them, as the end of a sentence
 * @param uploaded links that are uploaded beside it
 */
export function hintAtLinks(
	progress: Progress,
	prompt: string,
	how: string,
	uploaded: readonly string[] = [],
): void {
	const links = [...mediaUrls(prompt, false), ...unusableUrls(prompt), ...halfAddresses(prompt)];
	if (links.every((link) => uploaded.includes(link))) return;
	progress.hint(
		`Files behind links in a prompt aren't uploaded, and NemoVideo may not open them. To use them in the video, ${how}.`,
	);
}
