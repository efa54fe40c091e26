import { jsonParse, type IDataObject } from 'n8n-workflow';
import { toJson, toPlainJson } from '../api/json';

/** A result as an item carries it: plain JSON, digits kept as text, nothing undefined. */
export function toItemJson(result: object): IDataObject {
	return jsonParse<IDataObject>(toJson(toPlainJson(result)));
}
