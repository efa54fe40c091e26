import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { HEAD_BYTES, readFileContent } from '../../api/fileContent';
import { isRecord } from '../../api/json';
import type { UploadPart } from '../../api/transport';
import { FILE_FIELD, fileBytes } from './fileBytes';
import { checkSize, wrongType } from './fileChecks';
import { formatOf, mimeTypeOf } from './fileFormats';
import { fileNameFor } from './fileNames';
import { invalidParameterError } from '../errors/invalidParameter';

/**
 * The files of an item that are to be uploaded, checked before anything is sent.
 *
 * @param fieldNames a field, several split at commas or semicolons, or `*` for every file of the item
 * @throws NemoVideoError of kind `input`, `fileType` or `fileSize`
 */
export async function readFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldNames: string,
): Promise<UploadPart[]> {
	const files = selectFiles(context, itemIndex, fieldNames);
	return await Promise.all(
		files.map(async ([name, data]) => await toPart(context, itemIndex, name, data)),
	);
}

/** The names of fields in a list as people write it. */
export function splitFieldNames(list: string): string[] {
	return list
		.split(/[,;\n]/)
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

/**
 * Files that an expression gives itself, such as `{{ $('Form').item.binary.Photos_0 }}`.
 *
 * @returns undefined where the value is no file and no list of files
 */
export function givenFiles(value: unknown): IBinaryData[] | undefined {
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const files = list.filter(isFile);
	return files.length > 0 && files.length === list.length ? files : undefined;
}

/** Checks files that an expression gave; see `readFiles`. */
export async function readGivenFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	files: IBinaryData[],
): Promise<UploadPart[]> {
	return await Promise.all(
		files.map(async (file, index) => await toPart(context, itemIndex, `file ${index + 1}`, file)),
	);
}

function selectFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldNames: string,
): Array<[string, IBinaryData]> {
	const all = filesOf(context, itemIndex);
	const held =
		all.length === 0
			? 'The item has no files'
			: `The item has ${all.map(([name]) => `'${name}'`).join(', ')}`;
	if (fieldNames.trim() === '*') {
		if (all.length > 0) return all;
		throw invalidParameterError(
			`${FILE_FIELD} is '*', but the item has no files`,
			whereFilesComeFrom(context),
		);
	}
	const names = splitFieldNames(fieldNames);
	if (names.length === 0) {
		throw invalidParameterError(
			`${FILE_FIELD} is empty`,
			`Enter the name of the field that holds the file, or * for every file. ${held}.`,
		);
	}
	return names.map((name) => {
		const wanted = name.startsWith(`${COMBINED_FIELD}.`)
			? name.slice(COMBINED_FIELD.length + 1)
			: name;
		const found = all.find(([held]) => held === wanted);
		if (found) return found;
		throw invalidParameterError(
			`${FILE_FIELD} names '${name}', which the item does not have`,
			all.length === 0
				? `The item has no files. ${whereFilesComeFrom(context)}`
				: `${held}. Enter one of these names, or * for every file.`,
		);
	});
}

/** n8n pins the JSON of items alone, and a node cannot tell that its input is pinned. */
function whereFilesComeFrom(context: IExecuteFunctions): string {
	const sources =
		'Connect a node that outputs files, such as a form with a file field, HTTP Request or Read/Write Files from Disk.';
	return context.getMode() === 'manual'
		? `${sources} Pinned data contains no files. If the previous node's data is pinned, unpin it and run the node again.`
		: sources;
}

/** Whether an item has files at all. */
export function hasFiles(context: IExecuteFunctions, itemIndex: number): boolean {
	return filesOf(context, itemIndex).length > 0;
}

/** Where n8n puts an item's files in its binary mode `combined`. */
const COMBINED_FIELD = '_files';

/** In the binary mode `combined`, files sit among the JSON fields. */
function filesOf(context: IExecuteFunctions, itemIndex: number): Array<[string, IBinaryData]> {
	const item = context.getInputData()[itemIndex];
	if (!item) return [];
	const files: Array<[string, IBinaryData]> = Object.entries(item.binary ?? {});
	const { [COMBINED_FIELD]: combined, ...json } = item.json;
	for (const [name, value] of Object.entries({
		...json,
		...(isRecord(combined) ? combined : {}),
	})) {
		if (Array.isArray(value)) {
			value.forEach((entry: unknown, index) => {
				if (isFile(entry)) files.push([`${name}[${index}]`, entry]);
			});
		} else if (isFile(value)) files.push([name, value]);
	}
	return files;
}

function isFile(value: unknown): value is IBinaryData {
	return (
		isRecord(value) &&
		typeof value.mimeType === 'string' &&
		(typeof value.id === 'string' || typeof value.data === 'string') &&
		('fileName' in value || 'fileType' in value || 'fileExtension' in value)
	);
}

async function toPart(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: string,
	file: IBinaryData,
): Promise<UploadPart> {
	const data = context.helpers.assertBinaryData(
		itemIndex,
		fileReference(context, itemIndex, fieldName, file),
	);
	const shown = data.fileName || fieldName;
	const { head, ...bytes } = await fileBytes(context, data);
	checkSize(shown, bytes.sizeBytes);
	const content = readFileContent(head.subarray(0, HEAD_BYTES));
	const format = formatOf(data, content);
	if (format === undefined) throw wrongType(shown, data.mimeType, content);
	return { filename: fileNameFor(shown, format), mimeType: mimeTypeOf(format), ...bytes };
}

/** By name where the engine knows it, so that its own checks apply; else the file itself. */
function fileReference(
	context: IExecuteFunctions,
	itemIndex: number,
	fieldName: string,
	file: IBinaryData,
): string | IBinaryData {
	return context.getInputData()[itemIndex]?.binary?.[fieldName] === undefined ? file : fieldName;
}
