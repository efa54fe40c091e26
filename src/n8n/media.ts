import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readMediaUrls } from '../api/mediaUrls';
import type { UploadPart } from '../api/transport';
import { inputFileField, urlsField } from './fields';
import { givenFiles, hasFiles, readFiles, readGivenFiles } from './files/inputFiles';
import type { Parameters } from './parameters';

export type Media = { files: UploadPart[] } | { urls: string[] };

/** Where an upload takes its files from. */
export const mediaFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'Files of the input item' },
			{ name: 'URL', value: 'url', description: 'Links that NemoVideo fetches itself' },
		],
		default: 'binary',
		description: 'Where the files come from',
	},
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
	const source = parameters.choice('source', 'Source', ['binary', 'url'], 'binary');
	if (source === 'url') return { urls: readMediaUrls(parameters.raw('urls'), 'URLs') };
	const { itemIndex } = parameters;
	const given = givenFiles(parameters.raw('binaryPropertyName'));
	if (given) return { files: await readGivenFiles(context, itemIndex, given) };
	const fields = parameters.text('binaryPropertyName', 'Input Data Field Name');
	return { files: await readFiles(context, itemIndex, fields) };
}

/**
 * The files that came with a chat message, if any.
 *
 * @throws NemoVideoError of kind `input`, `fileType` or `fileSize`
 */
export async function readMessageFiles(
	context: IExecuteFunctions,
	parameters: Parameters,
): Promise<UploadPart[]> {
	const { itemIndex } = parameters;
	const given = givenFiles(parameters.raw('binaryPropertyName'));
	if (given) return await readGivenFiles(context, itemIndex, given);
	const fields = parameters.text('binaryPropertyName', 'Input Data Field Name').trim();
	const none = fields === '' || (fields === '*' && !hasFiles(context, itemIndex));
	return none ? [] : await readFiles(context, itemIndex, fields);
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
