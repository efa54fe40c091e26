import { jsonParse, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { isRecord, toJson, toPlainJson } from '../api/json';
import type { ItemOutput } from './itemWork';

/** A result as an item carries it: plain JSON, digits kept as text, nothing undefined. */
export function toItemJson(result: object): IDataObject {
	return jsonParse<IDataObject>(toJson(toPlainJson(result)));
}

/**
 * The same value with its keys in camel case (`file_type` becomes `fileType`), however deep; where
 * two keys would become one, the first is kept.
 */
export function withCamelKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withCamelKeys);
	if (!isRecord(value)) return value;
	const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
		camelCase(key),
		withCamelKeys(inner),
	]);
	return Object.fromEntries(entries.reverse());
}

function camelCase(key: string): string {
	return key.replace(/(?<=[a-z0-9])_+([a-z0-9])/gi, (_whole, letter: string) =>
		letter.toUpperCase(),
	);
}

/**
 * @param input the item whose fields and files go into the output too, where the user wants that
 */
export function toItem(
	{ fields, files }: ItemOutput,
	input: INodeExecutionData | undefined,
): INodeExecutionData {
	const json = input ? { ...withoutError(input.json), ...fields } : fields;
	const binary = { ...input?.binary, ...files };
	return Object.keys(binary).length > 0 ? { json, binary } : { json };
}

/** An `error` of the input would make a failure of what has just been finished. */
function withoutError(json: IDataObject = {}): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'error'));
}
